"""The demonstration year books 2011 and 2012, imported: exact figures, twice without change, out and in again."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Count

from courses.models import Course, CourseSession
from enrollments.models import Enrollment
from exchange.workbook import export_workbook, import_workbook
from personnel.models import Posting, Staff, Unit

from .workbooks import counts

pytestmark = pytest.mark.django_db

WORKBOOK = settings.BASE_DIR / "demo" / "so-dao-tao-2011-2012.xlsx"
EXPECTED = json.loads((Path(__file__).parent.parent / "data" / "so-dao-tao-2011-2012.expected.json").read_text())
SIZES = {
    "Đơn vị": EXPECTED["units"],
    "Cán bộ": EXPECTED["staff"],
    "Quá trình công tác": EXPECTED["postings"],
    "Chương trình": EXPECTED["courses"],
    "Lớp": EXPECTED["sessions"],
    "Lượt": EXPECTED["enrollments"],
}


def test_the_year_books_are_imported_to_the_last_row_and_change_nothing_the_second_time():
    report = import_workbook(WORKBOOK)
    assert (report.errors, report.warnings, report.applied) == ([], [], True)
    assert {name: counts(report, name) for name in SIZES} == {name: (n, n, 0, 0, 0) for name, n in SIZES.items()}
    for year in (2011, 2012):
        _assert_year(year, EXPECTED["years"][str(year)])
    for model in (Unit, Staff, Posting, Course, CourseSession, Enrollment):
        assert model.history.count() == model.objects.count()

    again = import_workbook(WORKBOOK)
    assert (again.errors, again.warnings, again.applied) == ([], [], True)
    assert {name: counts(again, name) for name in SIZES} == {name: (n, 0, 0, n, 0) for name, n in SIZES.items()}
    assert Enrollment.history.count() == EXPECTED["enrollments"]

    exported = io.BytesIO()
    assert export_workbook(exported) == EXPECTED["enrollments"]
    own = import_workbook(exported)
    assert {name: counts(own, name) for name in SIZES} == {name: (n, 0, 0, n, 0) for name, n in SIZES.items()}


def _assert_year(year: int, expected: dict) -> None:
    rows = Enrollment.objects.participations().of_year(year)
    assert rows.count() == expected["participations"]
    assert rows.values("staff").distinct().count() == expected["people"]
    assert Enrollment.objects.of_year(year).count() - rows.count() == expected["uncounted"]
    assert _by(rows, "field__code") == expected["by_field"]
    assert _by(rows, "unit__code") == expected["by_unit_direct"]
    for name in ("overseas", "women", "ethnic_minority", "leaders"):
        assert rows.in_slice(name).count() == expected[name]
    for code, figure in expected["by_unit"].items():
        assert rows.in_unit(Unit.objects.get(code=code)).count() == figure


def _by(rows, attribute: str) -> dict:
    return dict(rows.order_by().values_list(attribute).annotate(Count("pk")))
