"""Writing Excel files: values that Excel takes as what they are, and sheets that print well.

    book = new_workbook()
    add_table(book, _("Staff"), [Column(_("Full name"), 28), Column(_("Born on"), 12)],
              head=["Cán bộ", "Đơn vị: Cục Quản trị"], rows=((s.full_name, s.birth_date) for s in staff))
    return workbook_response(book, "can-bo.xlsx")

An int is a count (#,##0); a year is a `PlainNumber`. A sheet of another shape is written with `start_sheet` and rows
of `cell(sheet, value)` and `header_cell(sheet, label)`.
"""

import datetime
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import FileResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from ..partial_dates import PartialDate
from .sheet_rows import RowsBook

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_576  # of a sheet

DATE, DATETIME, COUNT, AMOUNT, PLAIN = "DD/MM/YYYY", "DD/MM/YYYY HH:MM", "#,##0", "#,##0.00", "0"
PAGE_WIDTHS = {"portrait": 100, "landscape": 148}  # characters of 11 points on A4 within our margins
SMALLEST = 75  # percent of 11 points: what is printed smaller is not read
_READ_AS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DAY = datetime.date(1900, 3, 1)  # before it Excel's calendar is wrong

_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=14)
_HEAD_FILL = PatternFill("solid", fgColor="E6EBF2")
_LINE = Side(style="thin", color="B9C0CC")
_HEAD_BORDER = Border(bottom=_LINE, top=_LINE)
_WRAP = Alignment(wrap_text=True, vertical="top")
_HEAD_ALIGNMENT = Alignment(wrap_text=True, vertical="center")


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading and its width in characters."""

    label: str
    width: int = 16


class PlainNumber(int):
    """A number that is no count, such as a year: never grouped."""


def new_workbook() -> RowsBook:
    """A workbook written row by row, so that its size does not matter."""
    return RowsBook()


def as_written(text: str) -> str:
    """Text as a file has it: without what XML refuses, and “_x0041_” so that Excel does not read it as “A”."""
    return _READ_AS_ESCAPE.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", text))


def cell(sheet: Worksheet, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    """A cell of the kind of its value. Text stays text, whatever it begins with; it never becomes a formula."""
    kind = None
    if isinstance(value, PartialDate) and value.known != "day":
        value = value.shown
    if isinstance(value, datetime.datetime):
        value, kind = timezone.make_naive(value) if timezone.is_aware(value) else value, DATETIME
    elif isinstance(value, datetime.date) and value >= _FIRST_DAY:
        kind = DATE
    elif isinstance(value, (int, Decimal, float)) and not isinstance(value, bool):
        kind = PLAIN if isinstance(value, PlainNumber) else COUNT if isinstance(value, int) else AMOUNT
    elif value is not None:
        value = as_written(f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else str(value))
    made = WriteOnlyCell(sheet, value)
    if kind:
        made.number_format = kind
    elif value is not None:
        made.data_type = "s"
        made.alignment = _WRAP
    if bold:
        made.font = _BOLD
    return made


def header_cell(sheet: Worksheet, label: str) -> WriteOnlyCell:
    """A cell of a table's head."""
    made = cell(sheet, label, bold=True)
    made.fill, made.border, made.alignment = _HEAD_FILL, _HEAD_BORDER, _HEAD_ALIGNMENT
    return made


def title_cell(sheet: Worksheet, text: str) -> WriteOnlyCell:
    """The title of a sheet."""
    made = cell(sheet, text)
    made.font, made.alignment = _TITLE, Alignment()
    return made


def start_sheet(
    book: Workbook, title: str, widths: Sequence[int], *, header_row: int, title_columns: int = 0
) -> Worksheet:
    """A sheet set up for reading and for A4: widths, frozen and repeated head, page numbers. Set before its rows.

    What is too wide to be read on one page takes several, each with the first `title_columns`.
    """
    sheet = book.create_sheet(str(title)[:31])
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    set_paper(sheet, widths, title_columns)
    sheet.oddFooter.center.text = "&P/&N"
    return sheet


def set_paper(sheet: Worksheet, widths: Sequence[int], title_columns: int) -> None:
    """A4: the columns as wide as one page, or in a readable size on several, which lie beside one another."""
    page = sheet.page_setup
    page.paperSize = Worksheet.PAPERSIZE_A4
    page.orientation = "portrait" if sum(widths) <= PAGE_WIDTHS["portrait"] else "landscape"
    margins = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6, "header": 0.3, "footer": 0.3}
    sheet.page_margins = PageMargins(**margins)
    sheet.print_options.horizontalCentered = True
    if sum(widths) * SMALLEST <= PAGE_WIDTHS["landscape"] * 100:
        page.fitToWidth, page.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        return
    page.scale, page.pageOrder = SMALLEST, "overThenDown"
    if title_columns:
        sheet.print_title_cols = f"A:{get_column_letter(title_columns)}"


def add_table(book: RowsBook, title: str, columns: Sequence[Column], head: Sequence[str], rows: Iterable) -> int:
    """A sheet with a title, lines saying what it holds, and a table to filter; returns the number of its rows."""
    header_row = len(head) + 2
    widths = [column.width for column in columns]
    sheet = start_sheet(book, title, widths, header_row=header_row, title_columns=2)
    for number, line in enumerate(head):
        made = title_cell(sheet, line) if number == 0 else cell(sheet, line)
        made.alignment = Alignment()
        sheet.append([made])
    sheet.append([])
    sheet.append([header_cell(sheet, column.label) for column in columns])
    count = book.add_rows(sheet, header_row + 1, rows, cell)
    sheet.auto_filter.ref = f"A{header_row}:{get_column_letter(len(columns))}{header_row + count}"
    return count


def workbook_response(book: Workbook, filename: str) -> FileResponse:
    """The workbook as a download, streamed from a temporary file."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename, content_type=CONTENT_TYPE)
