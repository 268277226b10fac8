"""An import beside other clerks: nothing doubled, nothing saved by halves, and a sentence for whoever comes second."""

from enrollments.models import Enrollment
from enrollments.services import enroll
from enrollments.workbook import import_workbook
from personnel.models import Posting, Staff
from tests.builders import SessionBuilder, StaffBuilder

from .test_at_once import at_once, hr, waiting_database  # noqa: F401  (fixtures)
from .workbooks import OFFICE, enrollment, written


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
            assert [problem.message for problem in report.errors] == [
                "Có người vừa thay đổi cùng dữ liệu này. Chưa lưu gì. Hãy nhập lại tệp."
            ]
            assert report.exit_code == 1
