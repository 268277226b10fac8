"""Words of open lists that are typed in forms are spelled as those in use."""

import datetime

import pytest

from courses.models import Course, CourseSession
from enrollments.models import Enrollment
from personnel.models import Unit
from tests.builders import CourseBuilder, EnrollmentBuilder, SessionBuilder, UnitBuilder
from tests.versions import current_version, version_of

pytestmark = pytest.mark.django_db
WRITINGS = [("Khoá Đại học", "khóa Ðại học"), ("Uỷ ban", "Ủy ban"), ("Hoa Kỳ", "HOA KÌ")]


def class_form(course, **more) -> dict:
    return {"code": "L2", "course": course.pk, "name": "B", "start": "05/03/2012", "end": "09/03/2012", **more}


@pytest.mark.parametrize(("in_use", "typed"), WRITINGS)
def test_kind_level_and_country_take_the_spelling_in_use(as_hr, in_use, typed):
    UnitBuilder(kind=in_use)
    course = CourseBuilder(level=in_use)
    SessionBuilder(course=course, country=in_use)
    as_hr.post("/new/unit/", {"code": "NEW", "name": "A", "kind": typed, "sort_order": "1"})
    as_hr.post("/new/course/", {"code": "NEW", "name": "A", "level": typed, "field": course.field_id})
    as_hr.post("/new/session/", class_form(course, country=typed))
    stored = Unit.objects.get(code="NEW").kind, Course.objects.get(code="NEW").level
    assert (*stored, CourseSession.objects.get(code="L2").country) == (in_use,) * 3


def test_the_only_record_with_a_spelling_may_correct_it(as_hr):
    unit = UnitBuilder(kind="Uỷ ban")
    sent = {"name": unit.name, "kind": "Ủy ban", "sort_order": "1", "version": current_version(unit)}
    assert as_hr.post(f"/units/{unit.code}/edit/", sent).status_code == 302
    unit.refresh_from_db()
    assert unit.kind == "Ủy ban"


def test_a_spelling_in_use_stays_as_it_is_typed(as_hr):
    course = CourseBuilder(level="Khoá I")
    CourseBuilder(level="Khóa I")
    as_hr.post("/new/course/", {"code": "NEW", "name": "A", "level": "Khóa I", "field": course.field_id})
    assert Course.objects.get(code="NEW").level == "Khóa I"


@pytest.fixture
def rows(db):
    """A class over: one who has a result already, and two who study."""
    session = SessionBuilder(code="L1", start=datetime.date(2012, 3, 5), end=datetime.date(2012, 3, 9))
    facts = ("An", "completed", "Giỏi toàn khoá"), ("Bình", "studying", ""), ("Chi", "studying", "")
    return [
        EnrollmentBuilder(session=session, staff__full_name=name, status=status, result=result)
        for name, status, result in facts
    ]


def results(rows) -> list[str]:
    return [Enrollment.objects.get(pk=row.pk).result for row in rows]


def test_results_of_a_class_are_spelled_as_those_that_stay_and_as_each_other(as_hr, rows):
    old, one, other = rows
    version = f"{current_version(old.session)}.{version_of(Enrollment.history.filter(session=old.session))}"
    sent = {"version": version}
    for row, result in ((old, old.result), (one, "giỏi toàn khóa"), (other, "Khá")):
        sent |= {f"status_{row.pk}": "completed", f"result_{row.pk}": result}
    assert as_hr.post("/courses/sessions/L1/results/", sent).status_code == 302
    assert results(rows) == ["Giỏi toàn khoá", "Giỏi toàn khoá", "Khá"]
    version = f"{current_version(old.session)}.{version_of(Enrollment.history.filter(session=old.session))}"
    everybody = {f"result_{row.pk}": result for row, result in zip(rows, ("Đạt", "ĐẠT", "Ðạt"), strict=True)}
    as_hr.post("/courses/sessions/L1/results/", {**sent, **everybody, "version": version})
    assert results(rows) == ["Đạt"] * 3


def test_the_result_of_one_person_is_spelled_as_in_the_class(as_hr, rows):
    _old, one, other = rows
    done = {"version": current_version(one), "result": "GIỎI TOÀN KHÓA"}
    assert as_hr.post(f"/enrollments/{one.pk}/status/?to=completed", done).status_code == 302
    sent = {"version": current_version(other), "result": "giỏi toàn khóa"}
    assert as_hr.post(f"/enrollments/{other.pk}/edit/", sent).status_code == 302
    assert results(rows) == ["Giỏi toàn khoá"] * 3
