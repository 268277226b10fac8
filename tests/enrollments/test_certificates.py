"""Certificates: a number of somebody else is stored, and told; none is issued before its class opens."""

import datetime

import pytest
from django.utils import timezone

from courses.models import CourseSession
from enrollments.models import Enrollment
from tests.builders import CourseBuilder, EnrollmentBuilder, ProviderBuilder, SessionBuilder
from tests.versions import current_version

pytestmark = pytest.mark.django_db

COMPARE = "Đối chiếu lại với chứng chỉ."


@pytest.fixture
def held():
    """Mai Dung's certificate."""
    return EnrollmentBuilder(
        session__code="L1",
        session__provider=ProviderBuilder(),
        staff__full_name="Mai Dung",
        certificate_number="CC/Đ-9",
    )


@pytest.fixture
def row(held):
    """Somebody else's study in another class of the course."""
    session = SessionBuilder(course=held.session.course, provider=held.session.provider, code="L2")
    return EnrollmentBuilder(session=session, status="studying", staff__full_name="Lê An")


FORMS = ["edit/", "status/?to=completed"]


def give(client, row, form, number, **typed):
    """Enters a number: with the completion, or afterwards."""
    if form == "edit/":
        Enrollment.objects.filter(pk=row.pk).update(status="completed")
    sent = {"version": current_version(row), "certificate_number": number, **typed}
    return client.post(f"/enrollments/{row.pk}/{form}", sent, follow=True)


def warnings(response):
    return [str(message) for message in response.context["messages"] if message.level_tag == "warning"]


@pytest.mark.parametrize("form", FORMS)
def test_a_number_of_somebody_else_is_stored_and_told(as_hr, held, row, form):
    response = give(as_hr, row, form, " cc/đ-9")
    assert warnings(response) == [f"Số chứng chỉ này đã là của người khác: cc/đ-9 (Mai Dung, L1). {COMPARE}"]
    assert Enrollment.objects.get(pk=row.pk).certificate_number == "cc/đ-9"


@pytest.mark.parametrize("form", FORMS)
def test_a_provider_numbers_course_by_course_and_each_provider_by_itself(as_hr, held, form):
    for other in ({"course": CourseBuilder()}, {"provider": ProviderBuilder(name="Trường khác")}, {"provider": None}):
        session = SessionBuilder(**{"course": held.session.course, "provider": held.session.provider, **other})
        elsewhere = EnrollmentBuilder(session=session, status="studying")
        assert warnings(give(as_hr, elsewhere, form, "CC/Đ-9")) == []
        assert Enrollment.objects.get(pk=elsewhere.pk).certificate_number == "CC/Đ-9"


@pytest.mark.parametrize("form", FORMS)
def test_the_own_number_and_none_at_all_say_nothing(as_hr, held, row, form):
    again = EnrollmentBuilder(session=row.session, staff=held.staff, status="studying")
    assert warnings(give(as_hr, again, form, "CC/Đ-9")) == []
    EnrollmentBuilder(session=row.session, certificate_number="")
    assert warnings(give(as_hr, row, form, "")) == []


def test_another_correction_does_not_tell_it_again(as_hr, held, row):
    Enrollment.objects.filter(pk=row.pk).update(certificate_number="CC/Đ-9")
    assert warnings(give(as_hr, row, "edit/", "CC/Đ-9", result="Khá")) == []


def test_the_results_of_a_class_tell_each_number_once_and_names_five(as_hr, held, row):
    rows = [row, *(EnrollmentBuilder(session=row.session, status="sent") for _ in range(7))]
    numbers = ["CC/Đ-9", "A-1", "a-1", "A-2", "A-3", "A-4", "A-5", "B-1"]
    for number in range(2, 6):
        EnrollmentBuilder(session=held.session, staff__full_name="Vũ Bình", certificate_number=f"A-{number}")
    page = "/courses/sessions/L2/results/"
    sent = {"version": as_hr.get(page).context["version"]}
    for of, number in zip(rows, numbers, strict=True):
        sent |= {f"status_{of.pk}": "completed", f"certificate_{of.pk}": number}
    response = as_hr.post(page, sent, follow=True)
    first = rows[2].staff.full_name
    assert warnings(response) == [
        f"Số chứng chỉ này đã là của người khác: CC/Đ-9 (Mai Dung, L1), A-1 ({first}, L2), A-2 (Vũ Bình, L1), "
        f"A-3 (Vũ Bình, L1), A-4 (Vũ Bình, L1) và 1 người khác. {COMPARE}"
    ]
    assert set(Enrollment.objects.filter(session=row.session).values_list("certificate_number", flat=True)) == {
        *numbers
    }


def test_asking_for_numbers_takes_the_same_queries_however_many_there_are(as_hr, held, row, django_assert_num_queries):
    for number in range(30):
        EnrollmentBuilder(session=held.session, certificate_number=f"CC-{number}")
    sent = {"version": current_version(row), "certificate_number": "CC-1"}
    Enrollment.objects.filter(pk=row.pk).update(status="completed")
    as_hr.get("/")
    with django_assert_num_queries(16):
        as_hr.post(f"/enrollments/{row.pk}/edit/", sent)


BEFORE = "Lớp khai giảng ngày 05/03/2012; chứng chỉ được cấp từ ngày đó trở đi. Kiểm tra lại ngày cấp."


@pytest.mark.parametrize("form", FORMS)
def test_no_certificate_is_issued_before_the_class_opens(as_hr, row, form):
    CourseSession.objects.filter(pk=row.session_id).update(start="2012-03-05", end="2012-03-09")
    response = give(as_hr, row, form, "A-1", certificate_date="4/3/2012")
    assert (response.status_code, response.context["form"].errors) == (422, {"certificate_date": [BEFORE]})
    assert give(as_hr, row, form, "A-1", certificate_date="5/3/2012").status_code == 200
    assert Enrollment.objects.get(pk=row.pk).certificate_date == datetime.date(2012, 3, 5)


def test_no_certificate_of_a_whole_class_is_issued_before_it_opens(as_hr, row):
    CourseSession.objects.filter(pk=row.session_id).update(start="2012-03-05", end="2012-03-09")
    page = "/courses/sessions/L2/results/"
    sent = {"version": as_hr.get(page).context["version"], "certificate_date": "4/3/2012"}
    response = as_hr.post(page, sent | {f"status_{row.pk}": "completed", f"certificate_{row.pk}": "A-1"})
    assert (response.status_code, response.context["form"].errors) == (422, {"certificate_date": [BEFORE]})


def move(client, session, day: str):
    """Corrects the opening day of a class."""
    sent = {"code": session.code, "course": session.course_id, "name": session.name, "end": "31/03/2012"}
    return client.post(
        f"/courses/sessions/{session.code}/edit/", {**sent, "start": day, "version": current_version(session)}
    )


def test_a_class_is_not_moved_past_certificates_of_its_people(as_hr, row):
    session = row.session
    CourseSession.objects.filter(pk=session.pk).update(start="2012-03-05", end="2012-03-31")
    for day in ("2012-03-01", "2012-03-09", "2012-03-10", "2012-03-12"):  # the first is an import's
        EnrollmentBuilder(session=session, status="completed", certificate_date=day)
    response = move(as_hr, session, "12/3/2012")
    assert (response.status_code, response.context["form"].errors) == (
        422,
        {"start": ["2 người có chứng chỉ cấp trước ngày này. Chọn ngày sớm hơn, hoặc sửa chứng chỉ trước."]},
    )
    assert move(as_hr, session, "9/3/2012").status_code == 302
    assert move(as_hr, session, "1/3/2012").status_code == 302


@pytest.mark.parametrize("form", FORMS)
def test_what_an_import_recorded_before_does_not_stop_another_change(as_hr, row, form):
    CourseSession.objects.filter(pk=row.session_id).update(start="2012-03-05", end="2012-03-09")
    Enrollment.objects.filter(pk=row.pk).update(certificate_date="2012-03-01")
    assert give(as_hr, row, form, "", certificate_date="1/3/2012", result="Khá").status_code == 200
    assert Enrollment.objects.get(pk=row.pk).result == "Khá"


def test_nobody_completes_a_class_that_has_not_opened(as_hr, row):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    CourseSession.objects.filter(pk=row.session_id).update(start=tomorrow, end=tomorrow)
    response = give(as_hr, row, "status/?to=completed", "")
    assert response.status_code == 422
    assert "lớp chưa khai giảng thì không hoàn thành được" in str(response.context["form"].errors)
    assert Enrollment.objects.get(pk=row.pk).status == "studying"
