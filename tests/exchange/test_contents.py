"""A second kind of import: a list as an office sends it becomes rows in memory, and is checked and written as they are.

Whatever is told of them is told in the words of the list: its sheet, its rows, its headings.
"""

import datetime

import pytest

from enrollments.models import Enrollment
from enrollments.status import Status
from exchange.workbook import import_contents
from exchange.workbook.contents import Contents, table_of
from exchange.workbook.report import Problem
from exchange.workbook.schema import ENROLLMENTS, POSTINGS, STAFF, Source
from personnel.models import Staff
from tests.builders import SessionBuilder, StaffBuilder, UnitBuilder

from .workbooks import counts, places

pytestmark = pytest.mark.django_db


def list_of(name: str, people: list[dict]) -> list:
    """The tables of a list: each person is posted somewhere since 2010, and sent to the class L1."""
    person = Source(name, {"code": "Mã số", "full_name": "Họ tên", "gender": "Phái"})
    place = Source(name, {"staff": "Mã số", "unit": "Đơn vị công tác", "start": "Từ"})
    sent = Source(name, {"staff": "Mã số", "result": "Xếp loại", "certificate_date": "Cấp ngày"})
    start, people = datetime.date(2010, 1, 1), list(enumerate(people, 12))
    return [
        table_of(STAFF, person, ((n, {"code": p["code"], "full_name": p["name"], "gender": "nữ"}) for n, p in people)),
        table_of(POSTINGS, place, ((n, {"staff": p["code"], "unit": p["unit"], "start": start}) for n, p in people)),
        table_of(
            ENROLLMENTS,
            sent,
            (
                (n, {"session": "L1", "staff": p["code"], "status": "Hoàn thành", "certificate_date": p.get("day")})
                for n, p in people
            ),
        ),
    ]


AN = {"code": "CB1", "name": "Lê Ngọc An", "unit": "QT"}
BINH = {"code": "CB2", "name": "Trần Thị Bình", "unit": "QT"}


@pytest.fixture(autouse=True)
def office():
    UnitBuilder(code="QT")
    SessionBuilder(code="L1", start=datetime.date(2012, 3, 5), end=datetime.date(2012, 3, 9))


def test_rows_without_a_file_are_written_with_history():
    report = import_contents(Contents(list_of("Sheet1", [AN, BINH]), []), file_name="danh sách.docx")

    assert (report.applied, report.errors, report.warnings) == (True, [], [])
    assert [counts(report, sheet) for sheet in ("Cán bộ", "Quá trình công tác", "Lượt")] == [(2, 2, 0, 0, 0)] * 3
    rows = Enrollment.objects.order_by("staff__code").values_list("staff__full_name", "unit__code", "year", "status")
    assert list(rows) == [("Lê Ngọc An", "QT", 2012, Status.COMPLETED), ("Trần Thị Bình", "QT", 2012, Status.COMPLETED)]
    assert Staff.objects.get(code="CB1").history.get().history_change_reason.endswith("danh sách.docx")


def test_errors_stand_where_the_list_has_them():
    wrong = {"code": "CB3", "name": "Vũ Hà", "unit": "Vụ nào đó", "day": "32/3/2012"}
    report = import_contents(Contents(list_of("Danh sách 1", [AN, wrong]), []))

    assert not report.applied and not Enrollment.objects.exists()
    assert places(report.errors) == [
        ("Danh sách 1", 13, "Đơn vị công tác", "Vụ nào đó"),
        ("Danh sách 1", 13, "Cấp ngày", "32/3/2012"),
    ]


def test_a_column_that_the_list_lacks_is_called_as_in_the_workbook():
    nameless = table_of(STAFF, Source("Trang 2", {"code": "Mã số"}), [(5, {"code": "CB9"})])
    report = import_contents(Contents([nameless], []))

    assert places(report.errors) == [("Trang 2", 5, "Họ và tên", ""), ("Trang 2", 5, "Giới tính", "")]


def test_two_sheets_of_a_list_are_one_import_and_told_of_in_their_order():
    stranger = {"code": "CB2", "name": "Trần Thị Bình", "unit": "KHÔNG CÓ"}
    notice = Problem("Sheet2", 3, None, None, "Row 3 is hidden.")
    first, second = list_of("Sheet9", [{**AN, "unit": "CŨNG KHÔNG"}]), list_of("Sheet2", [stranger])
    report = import_contents(Contents([*first, *second], [notice]), dry_run=True)

    assert [counts(report, sheet)[0] for sheet in ("Cán bộ", "Quá trình công tác", "Lượt")] == [2, 2, 2]
    assert [(problem.sheet, problem.row) for problem in report.errors] == [("Sheet9", 12), ("Sheet2", 12)]
    assert report.warnings == [notice]


def test_what_changes_is_told_in_the_words_of_the_list():
    StaffBuilder(code="CB1", full_name="Lê Ngọc Ân", gender=Staff.Gender.FEMALE, posting=None)
    report = import_contents(Contents(list_of("Sheet1", [AN])[:1], []), dry_run=True)

    (change,) = report.changes.first
    assert (change.sheet, change.row, change.column) == ("Sheet1", 12, "Họ tên")
    assert (change.old, change.new) == ("Lê Ngọc Ân", "Lê Ngọc An")
