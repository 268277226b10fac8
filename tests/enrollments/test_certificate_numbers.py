"""A certificate number is one person's among the classes of a course given by a provider, wherever it is typed."""

import pytest

from enrollments.models import Enrollment
from tests.builders import CourseBuilder, EnrollmentBuilder, ProviderBuilder, SessionBuilder
from tests.versions import current_version

from .pages import alert

pytestmark = pytest.mark.django_db
ADVICE = "mỗi số chứng chỉ là của riêng một người. Hãy nhập đủ số như ghi trên chứng chỉ."


@pytest.fixture
def held():
    """Mai Dung's certificate."""
    return EnrollmentBuilder(
        session__code="L1",
        session__provider=ProviderBuilder(),
        staff__code="CB7",
        staff__full_name="Mai Dung",
        certificate_number="CC/Đ-9",
    )


@pytest.fixture
def row(held):
    """Somebody else's study in another class of the course."""
    session = SessionBuilder(course=held.session.course, provider=held.session.provider)
    return EnrollmentBuilder(session=session, status="studying")


FORMS = ["edit/", "status/?to=completed"]


def give(client, row, form, number, **typed):
    sent = {"version": current_version(row), "certificate_number": number, **typed}
    return client.post(f"/enrollments/{row.pk}/{form}", sent)


@pytest.mark.parametrize("form", FORMS)
def test_a_number_of_somebody_else_is_refused_beside_its_field(as_hr, held, row, form):
    response = give(as_hr, row, form, " cc/đ-9", result="Giỏi")
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["certificate_number"])
    assert alert(response) == [f"Số chứng chỉ: Số này là của Mai Dung (CB7), lớp L1; {ADVICE}"]
    assert 'value="Giỏi"' in response.content.decode()
    assert Enrollment.objects.get(pk=row.pk).certificate_number == ""


@pytest.mark.parametrize("form", FORMS)
def test_a_provider_numbers_course_by_course_and_each_provider_by_itself(as_hr, held, row, form):
    for other in ({"course": CourseBuilder()}, {"provider": ProviderBuilder(name="Trường khác")}, {"provider": None}):
        session = SessionBuilder(**{"course": held.session.course, "provider": held.session.provider, **other})
        elsewhere = EnrollmentBuilder(session=session, status="studying")
        assert give(as_hr, elsewhere, form, "CC/Đ-9").status_code == 302
        assert Enrollment.objects.get(pk=elsewhere.pk).certificate_number == "CC/Đ-9"


@pytest.mark.parametrize("form", FORMS)
def test_the_own_number_and_none_at_all_are_always_free(as_hr, held, row, form):
    again = EnrollmentBuilder(session=row.session, staff=held.staff, status="studying")
    assert give(as_hr, again, form, "CC/Đ-9").status_code == 302
    EnrollmentBuilder(session=row.session, certificate_number="")
    assert give(as_hr, row, form, "").status_code == 302


def test_what_an_import_stored_twice_does_not_stop_another_correction(as_hr, held, row):
    Enrollment.objects.filter(pk=row.pk).update(certificate_number="CC/Đ-9")
    assert give(as_hr, row, "edit/", "CC/Đ-9", result="Khá").status_code == 302
    assert Enrollment.objects.get(pk=row.pk).result == "Khá"


def test_the_completion_of_a_class_looks_into_the_other_classes_of_its_course(as_hr, held, row):
    page = f"/courses/sessions/{row.session.code}/complete/"
    version = as_hr.get(page).context["version"]
    sent = {"version": version, f"status_{row.pk}": "completed", f"certificate_{row.pk}": "CC/Đ-9"}
    response = as_hr.post(page, sent)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [f"certificate_{row.pk}"])
    assert "Số này là của Mai Dung (CB7), lớp L1;" in alert(response)[0]


def test_asking_for_numbers_takes_the_same_queries_however_many_there_are(as_hr, held, row, django_assert_num_queries):
    give(as_hr, row, "edit/", "CC-1")
    for number in range(30):
        EnrollmentBuilder(session=held.session, certificate_number=f"CC-{number + 2}")
    with django_assert_num_queries(15):
        assert give(as_hr, row, "edit/", "CC-1/2").status_code == 302
