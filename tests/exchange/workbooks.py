"""Small exchange workbooks for tests: a sheet is a list of rows, a row is heading → cell.

report = imported({**OFFICE, "Lớp": [session("L1", {"Ngày bế giảng": "01/03/2012"})]})
assert places(report.errors) == [("Lớp", 2, "Ngày bế giảng", "01/03/2012")]
"""

import io
from datetime import date
from typing import Any

from openpyxl import Workbook

from exchange.workbook import ImportReport, import_workbook

Rows = list[dict[str, Any]]


def unit(code: str = "QT", more: dict | None = None) -> dict:
    """A row of Đơn vị."""
    return {"Mã đơn vị": code, "Tên đơn vị": f"Đơn vị {code}", **(more or {})}


def person(code: str = "CB1", more: dict | None = None) -> dict:
    """A row of Cán bộ."""
    return {"Mã cán bộ": code, "Họ và tên": "Lê Ngọc An", "Giới tính": "Nữ", **(more or {})}


def posting(code: str = "CB1", more: dict | None = None) -> dict:
    """A row of Quá trình công tác: from 2005 on."""
    return {"Mã cán bộ": code, "Mã đơn vị": "QT", "Từ ngày": date(2005, 1, 1), "Đến ngày": None, **(more or {})}


def course(code: str = "CT1", more: dict | None = None) -> dict:
    """A row of Chương trình."""
    return {"Mã chương trình": code, "Mã lĩnh vực": "TH", "Tên chương trình": "Tin học văn phòng", **(more or {})}


def session(code: str = "L1", more: dict | None = None) -> dict:
    """A row of Lớp: five days in March 2012."""
    return {
        "Mã lớp": code,
        "Mã chương trình": "CT1",
        "Tên lớp": f"Lớp {code}",
        "Ngày khai giảng": date(2012, 3, 5),
        "Ngày bế giảng": date(2012, 3, 9),
        **(more or {}),
    }


def enrollment(code: str = "L1", staff: str = "CB1", more: dict | None = None) -> dict:
    """A row of Lượt: sent."""
    return {"Mã lớp": code, "Mã cán bộ": staff, "Trạng thái": "Được cử", **(more or {})}


# One unit, one person in it, one class, in which the person is.
OFFICE = {
    "Đơn vị": [unit()],
    "Cán bộ": [person()],
    "Quá trình công tác": [posting()],
    "Chương trình": [course()],
    "Lớp": [session()],
    "Lượt": [enrollment()],
}


def written(sheets: dict[str, Rows | list[list]]) -> io.BytesIO:
    """A workbook file with these sheets; a row may also be a plain list of cells."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        headings = list(dict.fromkeys(heading for row in rows if isinstance(row, dict) for heading in row))
        if headings:
            page.append(headings)
        for row in rows:
            page.append([row.get(heading) for heading in headings] if isinstance(row, dict) else row)
        for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == "f"):
            cell.data_type = "s"
    file = io.BytesIO()
    book.save(file)
    return file


def imported(sheets: dict[str, Rows | list[list]], **options) -> ImportReport:
    """What importing a workbook with these sheets reports."""
    return import_workbook(written(sheets), **options)


def places(problems) -> list[tuple]:
    """Where problems are: sheet, row, column, value."""
    return [(problem.sheet, problem.row, problem.column, problem.value) for problem in problems]


def counts(report: ImportReport, sheet: str) -> tuple[int, int, int, int, int]:
    """Rows, new, changed, unchanged and wrong rows of a sheet."""
    count = report.sheets[sheet]
    return count.rows, count.created, count.updated, count.unchanged, count.errors
