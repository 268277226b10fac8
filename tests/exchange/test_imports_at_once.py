"""An import beside other clerks: nothing doubled, nothing saved by halves, and a sentence for whoever comes second."""

import datetime
import re

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from courses.models import CourseSession, Provider
from enrollments.models import Enrollment
from enrollments.services import enroll
from exchange.workbook import import_workbook
from personnel.models import Posting, Staff
from tests.builders import SessionBuilder, StaffBuilder

from ..enrollments.test_at_once import at_once, hr, in_use, waiting_database  # noqa: F401  (fixtures)
from .workbooks import OFFICE, enrollment, imported, session, written

OUTRUN = "Có người vừa thay đổi cùng dữ liệu này. Chưa lưu gì. Hãy nhập lại tệp."


def test_a_person_is_enrolled_once_by_a_clerk_and_an_import(hr):  # noqa: F811
    session, staff = SessionBuilder(), StaffBuilder()
    file = written({"Lượt": [enrollment(session.code, staff.code, {"Trạng thái": "Hoàn thành"})]})
    reports = []
    errors = at_once(lambda: enroll(session, [staff], hr), lambda: reports.append(import_workbook(file, by=hr)))
    assert reports[0].applied
    stored = Enrollment.objects.get()
    assert stored.status == "completed" and stored.history.count() in (1, 2)
    assert errors[1] is None


def test_the_same_file_twice_at_once_is_imported_once(hr):  # noqa: F811
    files, reports = [written(OFFICE), written(OFFICE)], []
    assert at_once(*(lambda file=file: reports.append(import_workbook(file, by=hr)) for file in files)) == [None, None]
    assert Staff.objects.count() == Posting.objects.count() == Enrollment.objects.count() == 1
    assert Enrollment.history.count() == 1
    assert any(report.applied for report in reports)
    for report in reports:
        if not report.applied:
            assert [problem.message for problem in report.errors] == [OUTRUN]
            assert report.exit_code == 1


def test_an_import_that_waits_in_vain_for_another_clerk_saves_nothing_and_says_why(hr):  # noqa: F811
    imported(OFFICE)
    with in_use(CourseSession.objects.get()):
        report = imported({"Lớp": [session(more={"Tên lớp": "Lớp khác"})]})
    assert ([problem.message for problem in report.errors], report.applied) == ([OUTRUN], False)
    assert CourseSession.objects.get().name == "Lớp L1"
    assert imported({"Lớp": [session(more={"Tên lớp": "Lớp khác"})]}).applied


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one lock for all")
def test_an_import_locks_all_its_enrollments_in_one_order_before_it_writes_any():
    """Those of the file, and those that a course, a class or a person concerns; else it meets other clerks head on."""
    imported({**OFFICE, "Lớp": [session(), session("L2")], "Lượt": [enrollment(), enrollment("L2")]})
    with CaptureQueriesContext(connection) as asked:
        imported(
            {
                "Lớp": [session(more={"Ngày khai giảng": datetime.date(2012, 3, 6)})],
                "Lượt": [enrollment("L2", more={"Kết quả": "Giỏi"})],
            }
        )
    table, keys = '"enrollments_enrollment"', sorted(Enrollment.objects.values_list("pk", flat=True))
    asked = [query["sql"] for query in asked if table in query["sql"]]
    taking = [sql for sql in asked if re.search("FOR UPDATE|^UPDATE", sql)]
    assert re.search(rf"\[{keys[0]},{keys[1]}\].* ORDER BY .* ASC FOR UPDATE", taking[0])
    assert any(sql.startswith("UPDATE") for sql in taking[1:])


@pytest.mark.django_db
def test_a_database_that_lacks_a_table_is_not_blamed_on_another_clerk():
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {Provider._meta.db_table} RENAME TO mislaid")
    with pytest.raises(DatabaseError, match=Provider._meta.db_table):
        imported(OFFICE)
