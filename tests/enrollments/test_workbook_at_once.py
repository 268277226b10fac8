"""An import beside other clerks: nothing doubled, nothing saved by halves, and a sentence for whoever comes second."""

import threading
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, connections, transaction

from courses.models import CourseSession, Provider
from enrollments.models import Enrollment
from enrollments.services import enroll
from enrollments.workbook import import_workbook
from personnel.models import Posting, Staff
from tests.builders import SessionBuilder, StaffBuilder

from .test_at_once import at_once, hr, waiting_database  # noqa: F401  (fixtures)
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


@contextmanager
def class_in_use():
    """Another clerk changes the classes all the while, and this one has no patience."""
    locked, done = threading.Event(), threading.Event()

    def change():
        try:
            with transaction.atomic():
                list(CourseSession.objects.select_for_update())
                locked.set()
                done.wait(timeout=30)
        finally:
            connections.close_all()

    clerk = threading.Thread(target=change)
    clerk.start()
    assert locked.wait(timeout=30)
    on_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50" if on_sqlite else "SET lock_timeout = '50ms'")
        yield
        cursor.execute("PRAGMA busy_timeout = 20000" if on_sqlite else "RESET lock_timeout")
    done.set()
    clerk.join(timeout=30)


def test_an_import_that_waits_in_vain_for_another_clerk_saves_nothing_and_says_why(hr):  # noqa: F811
    imported(OFFICE)
    with class_in_use():
        report = imported({"Lớp": [session(more={"Tên lớp": "Lớp khác"})]})
    assert ([problem.message for problem in report.errors], report.applied) == ([OUTRUN], False)
    assert CourseSession.objects.get().name == "Lớp L1"
    assert imported({"Lớp": [session(more={"Tên lớp": "Lớp khác"})]}).applied


@pytest.mark.django_db
def test_a_database_that_lacks_a_table_is_not_blamed_on_another_clerk():
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {Provider._meta.db_table} RENAME TO mislaid")
    with pytest.raises(DatabaseError, match=Provider._meta.db_table):
        imported(OFFICE)
