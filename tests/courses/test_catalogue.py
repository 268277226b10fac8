"""The course catalogue: open to all, changed by hr; a course's field is that of its enrollments."""

import pytest
from django.utils import timezone

from courses.models import Course, Field
from enrollments.models import Enrollment
from tests.builders import (
    CourseBuilder,
    EnrollmentBuilder,
    FieldBuilder,
    SessionBuilder,
    UnitBuilder,
    UserBuilder,
)
from tests.versions import current_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(client):
    user = UserBuilder(role="hr")
    client.force_login(user)
    return user


@pytest.fixture
def catalogue():
    names = {"QLNN": "Ôn tập ngạch chuyên viên", "TH": "An toàn thông tin", "NN": "Ăn mặc, ứng xử", "HNQT": "Đàm phán"}
    return {code: CourseBuilder(code=f"{code}-1", name=name, field__code=code) for code, name in names.items()}


def codes(response) -> list[str]:
    return [row.record.code for row in response.context["table"].paginated_rows]


def edit(client, course, **changes):
    fields = ["code", "name", "name_en", "level"]
    sent = {**{name: getattr(course, name) for name in fields}, "field": course.field_id, "periods": ""}
    sent["version"] = current_version(course)
    return client.post(f"/courses/catalogue/{course.code}/edit/", {**sent, **changes})


def test_courses_come_in_the_order_of_the_dictionary(client, hr, catalogue):
    assert codes(client.get("/courses/")) == ["TH-1", "NN-1", "HNQT-1", "QLNN-1"]  # An, Ăn, Đàm, Ôn
    assert codes(client.get("/courses/?sort=field")) == ["QLNN-1", "TH-1", "NN-1", "HNQT-1"]


def test_courses_are_found_without_diacritics_and_by_field(client, hr, catalogue):
    assert codes(client.get("/courses/?q=dam+phan")) == ["HNQT-1"]
    assert codes(client.get("/courses/?field=TH")) == ["TH-1"]
    assert client.get("/courses/?field=none").status_code == 422


def test_number_of_classes_leads_to_the_classes(client, hr, catalogue):
    SessionBuilder.create_batch(2, course=catalogue["TH"])
    page = client.get("/courses/").content.decode()
    assert '<a href="/courses/sessions/?course=TH-1">2</a>' in page
    assert client.get("/courses/sessions/?course=TH-1").context["table"].paginator.count == 2


def test_leader_reads_the_catalogue_and_changes_nothing(client, catalogue):
    client.force_login(UserBuilder(role="leader", unit=UnitBuilder()))
    page = client.get("/courses/")
    assert len(codes(page)) == 4
    assert "/edit/" not in page.content.decode()
    assert client.get("/courses/catalogue/TH-1/history/").status_code == 200
    for address in ("/new/course/", "/courses/catalogue/TH-1/edit/"):
        assert client.get(address).status_code == 403


def test_course_is_created(client, hr):
    field = FieldBuilder(code="TH")
    sent = {"code": "TH-AI", "name": "Trí tuệ  nhân tạo", "field": field.pk, "periods": "1.056"}
    assert client.post("/new/course/", sent).status_code == 302
    course = Course.objects.get()
    assert (course.code, course.name, course.field, course.periods) == ("TH-AI", "Trí tuệ nhân tạo", field, 1056)
    assert course.history.get().history_user == hr


def test_faulty_course_is_refused_and_nothing_typed_is_lost(client, hr, catalogue):
    response = client.post("/new/course/", {"code": "TH-1", "name": "Mới", "periods": "-5"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"code", "field", "periods"}
    assert 'value="Mới"' in response.content.decode()
    assert Course.objects.count() == 4


def test_retired_field_is_offered_only_to_a_course_that_has_it(client, hr, catalogue):
    Field.objects.filter(code="TH").update(retired_from=timezone.localdate().year)

    def offered(address):
        return {field.code for field in client.get(address).context["form"].fields["field"].queryset}

    assert "TH" not in offered("/new/course/")
    assert "TH" not in offered("/courses/catalogue/NN-1/edit/")
    assert "TH" in offered("/courses/catalogue/TH-1/edit/")


def test_another_field_moves_the_enrollments_of_the_course(client, hr, catalogue):
    enrollment = EnrollmentBuilder(session__course=catalogue["TH"])
    elsewhere = EnrollmentBuilder(session__course=catalogue["NN"])
    field = FieldBuilder(code="QPAN")
    assert edit(client, catalogue["TH"], field=field.pk).status_code == 302
    assert Enrollment.objects.get(pk=enrollment.pk).field == field
    assert Enrollment.objects.get(pk=elsewhere.pk).field == catalogue["NN"].field
    assert enrollment.history.latest().history_user == hr


def test_second_of_two_people_who_save_a_course_sees_both_versions(client, hr, catalogue):
    course = catalogue["TH"]
    seen = current_version(course)
    assert edit(client, course, name="Tên của người kia").status_code == 302
    response = edit(client, course, name="Tên của tôi", version=seen)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Tên của người kia" in page
    assert 'value="Tên của tôi"' in page
    assert Course.objects.get(pk=course.pk).name == "Tên của người kia"


def test_history_of_a_course_in_plain_words(client, hr, catalogue):
    edit(client, catalogue["TH"], periods="40")
    entry = client.get("/courses/catalogue/TH-1/history/").context["entries"][0]
    assert [(c.label, c.old, c.new) for c in entry.changes] == [("Số tiết", "–", "40")]


def test_list_needs_few_queries_however_many_courses(client, hr, django_assert_max_num_queries):
    for _course in range(20):
        SessionBuilder()
    with django_assert_max_num_queries(5):
        client.get("/courses/")
