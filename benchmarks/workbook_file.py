"""The workbook that the import benchmark reads: new enrollments and changed ones, texts shared as Excel has them."""

from itertools import count, islice
from pathlib import Path

from xlsxwriter import Workbook

from courses.models import CourseSession
from enrollments.models import Enrollment
from personnel.models import Staff

from .data import member
from .scales import PEOPLE_A_CLASS

_HEADINGS = "Mã lớp|Mã cán bộ|Họ và tên|Số quyết định|Ngày quyết định|Người ký|Trạng thái|Kết quả|Số chứng chỉ|Ngày cấp"
_NEW_A_CLASS = 20


def write_workbook(path: Path, rows: int, *, wrong: bool = False) -> None:
    """Nine in ten rows are new, one in ten changes what is stored; of wrong rows none, each for five reasons."""
    changed = rows // 10
    book = Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Lượt")
    sheet.write_row(0, 0, _HEADINGS.split("|"))
    for number, (session, staff) in enumerate([*_changed(changed), *_new(rows - changed)]):
        codes, day, status, end = [session.code, staff.code], session.start, "Hoàn thành", session.end
        if wrong:
            codes, day = [f"?L{number}", f"?{number}"], f"{number}/33/2012"
            status, end = f"Xong {number}", f"ngày {number}"
        graded = [status, "Giỏi", f"CC-{session.pk}-{staff.pk}", end]
        sheet.write_row(number + 1, 0, [*codes, staff.full_name, "77/QĐ-VP", day, "Chánh Văn phòng", *graded])
    book.close()


def _changed(rows: int) -> list[tuple[CourseSession, Staff]]:
    stored = Enrollment.objects.participations().select_related("session", "staff").order_by("pk")[:rows]
    return [(enrollment.session, enrollment.staff) for enrollment in stored]


def _new(rows: int) -> list[tuple[CourseSession, Staff]]:
    """People at the places of a class that the data left free."""
    people = list(Staff.objects.order_by("pk"))
    classes = CourseSession.objects.order_by("pk")[: -(-rows // _NEW_A_CLASS)]
    places = range(PEOPLE_A_CLASS, PEOPLE_A_CLASS + _NEW_A_CLASS)
    pairs = ((session, people[member(i, k, len(people))]) for i, session in zip(count(), classes) for k in places)
    return list(islice(pairs, rows))
