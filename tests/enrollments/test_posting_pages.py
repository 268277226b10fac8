"""The pages of a person's postings: each change derives the enrollments anew, or is refused whole."""

import datetime

import pytest

from enrollments.models import Enrollment
from personnel.models import Posting
from tests.builders import EnrollmentBuilder, PostingBuilder, StaffBuilder, UnitBuilder, UserBuilder
from tests.versions import current_version

pytestmark = pytest.mark.django_db
OPENING = datetime.date(2012, 3, 5)  # of the builder's class


@pytest.fixture
def hr(client):
    user = UserBuilder(role="hr")
    client.force_login(user)
    return user


@pytest.fixture
def staff():
    return StaffBuilder(code="CB1", posting__unit=UnitBuilder(code="A", name="Vụ A"))


def send(client, page: str, posting=None, **sent):
    if posting:
        as_it_is = {"unit": posting.unit_id, "position": posting.position_id, "rank": posting.rank_id}
        dates = {"start": f"{posting.start:%d/%m/%Y}", "end": posting.end or ""}
        sent = {**as_it_is, **dates, "version": current_version(posting), **sent}
    return client.post(f"/personnel/CB1/postings/{page}", sent)


def spans() -> list[tuple]:
    return list(Posting.objects.order_by("start").values_list("unit__code", "start", "end"))


def test_move_ends_the_posting_before_and_later_enrollments_follow(client, hr, staff):
    enrollment = EnrollmentBuilder(staff=staff)
    other = UnitBuilder(code="B")
    response = send(client, "add/", unit=other.pk, start="1/3/2012", end_previous="on")
    assert response.status_code == 302
    assert spans() == [
        ("A", datetime.date(2005, 1, 1), datetime.date(2012, 2, 29)),
        ("B", datetime.date(2012, 3, 1), None),
    ]
    assert Enrollment.objects.get(pk=enrollment.pk).unit == other
    assert Posting.history.latest().history_user == hr


def test_overlap_is_refused_and_says_with_what(client, hr, staff):
    response = send(client, "add/", unit=UnitBuilder(code="B").pk, start="1/3/2012")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Chồng với thời gian công tác tại Vụ A (01/01/2005 – nay)." in page
    assert 'value="1/3/2012"' in page
    assert len(spans()) == 1


def test_overlap_with_the_posting_before_names_the_box_that_would_end_it(client, hr, staff):
    response = send(client, "add/", unit=UnitBuilder(code="B").pk, start="1/3/2012")
    page = response.content.decode()
    assert response.context["form"].errors["end_previous"] == [
        "Đánh dấu ô này để kết thúc giai đoạn công tác tại Vụ A."
    ]
    assert (
        '<a href="#id_end_previous">Kết thúc giai đoạn trước vào ngày liền trước: '
        "Đánh dấu ô này để kết thúc giai đoạn công tác tại Vụ A.</a>" in page
    )


@pytest.mark.parametrize(
    "dates", [{"start": "1/1/2010", "end": "31/12/2010"}, {"start": "1/1/2005"}, {"start": "1/1/2004"}]
)
def test_overlap_that_the_box_would_not_mend_does_not_send_there(client, hr, staff, dates):
    response = send(client, "add/", unit=UnitBuilder(code="B").pk, **dates)
    assert list(response.context["form"].errors) == ["start"]


def test_overlap_of_a_correction_is_said_without_a_box_that_is_not_there(client, hr, staff):
    later = PostingBuilder(staff=staff, unit=UnitBuilder(code="B"), start=datetime.date(2012, 3, 1))
    staff.postings.exclude(pk=later.pk).update(end=datetime.date(2012, 2, 29))
    response = send(client, f"{later.pk}/", later, start="1/2/2012")
    assert list(response.context["form"].errors) == ["start"]


def test_each_change_of_postings_names_the_posting_as_it_is_by_now(client, hr, staff):
    send(client, "add/", unit=UnitBuilder(code="B", name="Vụ B").pk, start="1/3/2012", end_previous="on")
    send(client, f"{Posting.objects.earliest('start').pk}/", Posting.objects.earliest("start"), end="28/2/2012")
    page = client.get("/personnel/CB1/postings/")
    first, second = "Vụ A (01/01/2005 – 28/02/2012)", "Vụ B (01/03/2012 – nay)"
    assert [(entry.kind, entry.about) for entry in page.context["changes"]] == [
        ("~", first),
        ("+", second),
        ("~", first),
        ("+", first),
    ]
    assert page.content.decode().count(first) == 3


def test_ending_the_posting_before_has_to_be_chosen(client, hr, staff):
    assert client.get("/personnel/CB1/postings/add/").context["form"]["end_previous"].value() in (None, False)


def test_past_posting_inside_another_is_told_of_the_overlap_even_when_ending_the_other(client, hr, staff):
    EnrollmentBuilder(staff=staff, session__code="L1", session__name="Tin học")
    dates = {"start": "1/1/2010", "end": "31/12/2010", "end_previous": "on"}
    response = send(client, "add/", unit=UnitBuilder(code="B").pk, **dates)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert errors["start"][0].startswith("Chồng với thời gian công tác tại Vụ A (01/01/2005 – nay).")
    assert errors["__all__"] == [
        "Nguyễn Văn An sẽ không có quá trình công tác vào ngày khai giảng của 1 lớp đã được cử đi: "
        "Tin học (L1, 05/03/2012). Hãy sửa quá trình công tác cho khớp."
    ]
    assert spans() == [("A", datetime.date(2005, 1, 1), None)]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"start": "1/3/2012"}, "unit"),
        ({"unit": 999999, "start": "1/3/2012"}, "unit"),
        ({"start": ""}, "start"),
        ({"start": "30/02/2012"}, "start"),
        ({"start": "2/3/2012", "end": "1/3/2012"}, "end"),
    ],
)
def test_faulty_posting_is_refused(client, hr, staff, sent, wrong):
    response = send(client, "add/", **sent)
    assert response.status_code == 422
    assert wrong in response.context["form"].errors
    assert len(spans()) == 1


def test_correction_moves_the_enrollments(client, hr, staff):
    enrollment = EnrollmentBuilder(staff=staff)
    other = UnitBuilder(code="B")
    posting = staff.postings.get()
    assert send(client, f"{posting.pk}/", posting, unit=other.pk).status_code == 302
    assert Enrollment.objects.get(pk=enrollment.pk).unit == other


def test_correction_that_leaves_an_enrollment_without_a_posting_is_refused_whole(client, hr, staff):
    EnrollmentBuilder(staff=staff)
    posting = staff.postings.get()
    response = send(client, f"{posting.pk}/", posting, start=f"{OPENING + datetime.timedelta(days=1):%d/%m/%Y}")
    assert response.status_code == 422
    assert "sẽ không có quá trình công tác vào ngày khai giảng" in response.content.decode()
    assert spans() == [("A", datetime.date(2005, 1, 1), None)]


def test_mistaken_posting_is_deleted_and_its_history_stays(client, hr, staff):
    posting = PostingBuilder(
        staff=StaffBuilder(code="CB2", posting=None), unit=UnitBuilder(code="B", name="Vụ B"), start=OPENING
    )
    response = client.post(
        f"/personnel/CB2/postings/{posting.pk}/delete/", {"version": current_version(posting)}, follow=True
    )
    page = response.content.decode()
    assert "Đã xóa giai đoạn công tác." in page
    assert [entry.kind for entry in response.context["changes"]] == ["-", "+"]
    assert not Posting.objects.filter(pk=posting.pk)


def test_posting_that_an_enrollment_needs_is_not_deleted(client, hr, staff):
    EnrollmentBuilder(staff=staff)
    posting = staff.postings.get()
    response = send(client, f"{posting.pk}/delete/", posting)
    assert response.status_code == 422
    assert Posting.objects.filter(pk=posting.pk).exists()


def test_second_of_two_people_who_save_a_posting_is_told(client, hr, staff):
    posting = staff.postings.get()
    seen = current_version(posting)
    other = UnitBuilder(code="B", name="Vụ B")
    assert send(client, f"{posting.pk}/", posting, unit=other.pk).status_code == 302
    response = send(client, f"{posting.pk}/", posting, start="1/1/2006", version=seen)
    assert response.status_code == 409
    assert "Vụ B" in response.content.decode()


def test_posting_of_another_person_is_not_reached_through_this_one(client, hr, staff):
    other = PostingBuilder()
    assert client.get(f"/personnel/CB1/postings/{other.pk}/").status_code == 404


def test_leader_sees_postings_of_the_own_units_only_and_changes_none(client, staff):
    unit = staff.postings.get().unit
    staff.postings.update(end=datetime.date(2012, 12, 31))
    EnrollmentBuilder(staff=staff)
    moved = PostingBuilder(staff=staff, unit=UnitBuilder(name="Vụ Khác"), start=datetime.date(2013, 1, 1))
    client.force_login(UserBuilder(role="leader", unit=unit))
    response = client.get("/personnel/CB1/postings/")
    assert "Vụ A" in response.content.decode()
    assert "Vụ Khác" not in response.content.decode()
    for page in ("add/", f"{moved.pk}/", f"{moved.pk}/delete/"):
        assert client.get(f"/personnel/CB1/postings/{page}").status_code == 403
    client.force_login(UserBuilder(role="leader", unit=UnitBuilder()))
    assert client.get("/personnel/CB1/postings/").status_code == 404


def test_ranks_are_offered_with_their_codes_and_units_as_a_tree(client, hr, staff):
    UnitBuilder(name="Phòng A1", parent=staff.postings.get().unit, valid_to=datetime.date(2012, 12, 31))
    page = client.get("/personnel/CB1/postings/add/").content.decode()
    assert ">01.003 Chuyên viên<" in page
    assert ">\u2003Phòng A1 (đến 31/12/2012)<" in page
