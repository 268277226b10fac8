"""Opening, correcting and cancelling a class."""

import datetime

import pytest
from django.utils import timezone

from courses.models import CourseSession, Provider
from enrollments.models import Enrollment
from tests.builders import CourseBuilder, EnrollmentBuilder, PostingBuilder, SessionBuilder, StaffBuilder, UnitBuilder

from .pages import alert, text

ADD = "/new/session/"
TYPED = {"code": "2012-TH-09", "name": "", "start": "5/3/12", "end": "09032012", "mode": "full_time"}


@pytest.fixture
def typed():
    return {**TYPED, "course": CourseBuilder(name="Tin học nâng cao").pk}


def form_of(record, **changes) -> dict:
    """What the edit page would send, as it stands or changed."""
    values = {
        "version": record.history.first().history_id,
        "code": record.code,
        "course": record.course_id,
        "name": record.name,
        "start": f"{record.start:%d/%m/%Y}",
        "end": f"{record.end:%d/%m/%Y}",
    }
    return values | changes


def test_a_class_is_opened_and_takes_the_name_of_its_course(as_hr, typed):
    typed |= {"seats": "40", "cost": "1.500.000", "country": "viet nam", "provider_name": " Học viện  Hành chính"}
    response = as_hr.post(ADD, typed, follow=True)
    assert response.redirect_chain == [("/courses/sessions/2012-TH-09/", 302)]
    assert "Đã mở lớp. Hãy thêm học viên." in text(response)
    session = CourseSession.objects.get()
    assert (session.name, session.seats, session.cost, session.country) == (
        "Tin học nâng cao",
        40,
        1_500_000,
        "Việt Nam",
    )
    assert (session.start, session.end) == (datetime.date(2012, 3, 5), datetime.date(2012, 3, 9))
    assert session.provider.name == "Học viện Hành chính"
    assert session.history.get().history_user == as_hr.user


def test_a_known_provider_is_suggested_and_used_again(as_hr, typed):
    Provider.objects.create(name="Học viện Hành chính")
    assert '<option value="Học viện Hành chính">' in as_hr.get(ADD).content.decode()
    as_hr.post(ADD, {**typed, "provider_name": "Học viện Hành chính"})
    assert CourseSession.objects.get().provider == Provider.objects.get()


def test_a_known_provider_is_found_in_any_case_of_letters(as_hr, typed):
    Provider.objects.create(name="Học viện Hành chính")
    as_hr.post(ADD, {**typed, "provider_name": "HỌC VIỆN  hành chính"})
    assert CourseSession.objects.get().provider == Provider.objects.get()


def test_a_provider_renamed_meanwhile_and_left_alone_keeps_its_new_name(as_hr):
    provider = Provider.objects.create(name="Học viện Hành chính")
    session = SessionBuilder(code="L1", provider=provider)
    page = as_hr.get("/courses/sessions/L1/edit/")
    assert '<input type="hidden" name="initial-provider_name" value="Học viện Hành chính"' in page.content.decode()
    provider.name = "Học viện Hành chính Quốc gia"
    provider.save()
    as_shown = {"provider_name": "Học viện Hành chính", "initial-provider_name": "Học viện Hành chính"}
    as_hr.post("/courses/sessions/L1/edit/", form_of(session, place="Huế", mode="full_time", **as_shown))
    assert CourseSession.objects.get().place == "Huế"
    assert Provider.objects.get().name == "Học viện Hành chính Quốc gia"


def test_the_course_can_be_chosen_by_the_address(as_hr):
    course = CourseBuilder(code="QLNN-CV")
    assert f'<option value="{course.pk}" selected>' in as_hr.get(f"{ADD}?course=QLNN-CV").content.decode()
    assert as_hr.get(f"{ADD}?course=NO-SUCH").status_code == 200


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": ""}, "Hãy nhập: Mã lớp."),
        ({"code": "a b"}, "Mã lớp: Mã chỉ gồm chữ cái, chữ số và các dấu . - _ /, không có khoảng trắng."),
        ({"start": "31/02/2012"}, "Ngày khai giảng: Ngày 31/02/2012 không có. Nhập dạng 03/04/2012."),
        (
            {"start": f"1/1/{timezone.localdate().year + 6}", "end": f"9/1/{timezone.localdate().year + 6}"},
            f"Ngày khai giảng không được sau năm {timezone.localdate().year + 5}. Kiểm tra lại năm.",
        ),
        ({"end": "4/3/2012"}, "Ngày bế giảng không được trước ngày khai giảng."),
        ({"seats": "bốn"}, None),
        ({"seats": "2147483648"}, "Số chỗ: Số này quá lớn."),
        ({"cost": "-5"}, None),
        ({"course": "99"}, None),
        ({"mode": "nowhere"}, None),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_hr, typed, changes, message):
    response = as_hr.post(ADD, {**typed, "place": "Đà Lạt", **changes})
    assert response.status_code == 422
    (said,) = alert(response)
    assert message is None or said == message
    assert 'value="Đà Lạt"' in response.content.decode()
    assert not CourseSession.objects.exists() and not Provider.objects.exists()


def test_a_code_is_given_once(as_hr, typed):
    SessionBuilder(code="2012-TH-09")
    assert as_hr.post(ADD, typed).status_code == 422


def test_a_corrected_date_moves_the_year_of_its_people(as_hr):
    row = EnrollmentBuilder(session__code="L1")
    sent = form_of(row.session, start="26/12/2011", end="30/12/2011")
    assert as_hr.post("/courses/sessions/L1/edit/", sent).status_code == 302
    assert Enrollment.objects.get().year == 2011


def test_a_date_before_somebodys_posting_is_refused_naming_the_person(as_hr):
    staff = StaffBuilder(full_name="Lê An", posting__start=datetime.date(2012, 1, 1))
    session = EnrollmentBuilder(staff=staff, session__code="L1", status="sent").session
    response = as_hr.post("/courses/sessions/L1/edit/", form_of(session, start="5/12/2011", end="9/12/2011"))
    assert response.status_code == 422
    said = alert(response)[0]
    assert said.startswith("Lê An ") and "(L1, 05/12/2011)" in said
    assert CourseSession.objects.get().start == datetime.date(2012, 3, 5)


def test_seats_below_those_taken_are_refused_beside_the_field(as_hr):
    session = EnrollmentBuilder(session__code="L1", status="sent").session
    response = as_hr.post("/courses/sessions/L1/edit/", form_of(session, seats="0"))
    assert alert(response) == ["Đã có 1 người giữ chỗ. Số chỗ không được ít hơn."]


def test_two_people_saving_the_same_class(as_hr):
    session = SessionBuilder(code="L1", place="Hà Nội")
    opened = form_of(session)
    assert as_hr.post("/courses/sessions/L1/edit/", {**opened, "place": "Huế"}).status_code == 302
    response = as_hr.post("/courses/sessions/L1/edit/", {**opened, "place": "Đà Lạt"})
    assert response.status_code == 409
    words = text(response)
    assert "Hà Nội" in words and "Huế" in words and 'value="Đà Lạt"' in response.content.decode()
    assert CourseSession.objects.get().place == "Huế"


def test_what_the_other_of_two_people_changed_in_a_class_stays(as_hr):
    session = SessionBuilder(code="L1", place="Hà Nội", seats=3000, provider=Provider.objects.create(name="Học viện"))
    opened = {**form_of(session), "provider_name": "Học viện", "initial-provider_name": "Học viện"}
    as_hr.post("/courses/sessions/L1/edit/", {**opened, "provider_name": "Học viện A", "end": "30/3/2012"})
    response = as_hr.post("/courses/sessions/L1/edit/", {**opened, "place": "Huế", "seats": "3.001"})
    form = response.context["form"]
    assert [form[name].value() for name in ("place", "seats", "provider_name")] == ["Huế", "3.001", "Học viện A"]
    assert form["end"].value() == datetime.date(2012, 3, 30)


def test_cancelling_says_how_many_people_it_cancels(as_hr):
    session = SessionBuilder(code="L1")
    for status in ("proposed", "declined"):
        EnrollmentBuilder(session=session, status=status)
    url = "/courses/sessions/L1/cancel/"
    assert "cùng với 1 lần cử đi học trong lớp. Hiện chưa lần nào được tính lượt." in text(as_hr.get(url))
    EnrollmentBuilder(session=session, status="sent")
    words = text(as_hr.get(url))
    assert "cùng với 2 lần cử đi học trong lớp. 1 lượt đang được tính sẽ không còn được tính nữa." in words
    version = session.history.first().history_id
    refused = as_hr.post(url, {"version": version, "reason": " "})
    assert (refused.status_code, alert(refused)) == (422, ["Hãy nhập: Lý do."])
    response = as_hr.post(url, {"version": version, "reason": "Thiếu giảng viên"}, follow=True)
    assert "Đã hủy lớp và 2 lần cử đi học trong lớp." in text(response)
    assert Enrollment.objects.filter(status="cancelled", reason="Thiếu giảng viên").count() == 2


def test_a_class_somebody_finished_is_not_cancelled(as_hr):
    session = EnrollmentBuilder(session__code="L1").session
    sent = {"version": session.history.first().history_id, "reason": "Thiếu giảng viên"}
    response = as_hr.post("/courses/sessions/L1/cancel/", sent)
    assert response.status_code == 422 and "Đã có 1 người kết thúc lớp này" in alert(response)[0]
    opened = as_hr.get("/courses/sessions/L1/cancel/", follow=True)
    assert opened.redirect_chain == [("/courses/sessions/L1/", 302)]
    assert "Đã có 1 người kết thúc lớp này" in text(opened)
    assert not CourseSession.objects.get().cancelled


def test_the_history_tells_who_changed_what(as_hr):
    session = SessionBuilder(code="L1", place="Hà Nội")
    as_hr.post("/courses/sessions/L1/edit/", form_of(session, place="Huế"))
    words = text(as_hr.get("/courses/sessions/L1/history/"))
    assert "Lê Thu Hương" in words and "Địa điểm Hà Nội Huế" in words


@pytest.mark.parametrize("page", ["edit", "cancel", "complete", "status"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_leader_changes_no_class(as_leader, page, method):
    SessionBuilder(code="L1")
    assert getattr(as_leader, method)(f"/courses/sessions/L1/{page}/").status_code == 403
    assert getattr(as_leader, method)(ADD).status_code == 403


def test_a_posting_that_begins_on_the_new_date_is_enough(as_hr):
    staff = StaffBuilder(posting__end=datetime.date(2012, 3, 31))
    PostingBuilder(staff=staff, unit=UnitBuilder(code="PL"), start=datetime.date(2012, 4, 1))
    session = EnrollmentBuilder(staff=staff, session__code="L1", status="sent").session
    as_hr.post("/courses/sessions/L1/edit/", form_of(session, start="1/4/2012", end="5/4/2012"))
    assert Enrollment.objects.get().unit.code == "PL"
