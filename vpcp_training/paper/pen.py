"""Cells and pages of the report's workbook, in the type of official documents."""

import datetime
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .excel import as_written

COUNT, DATE = "#,##0", "DD/MM/YYYY"
CHANGE = '+#,##0;"−"#,##0;0'
PERCENT = '+0.00"\u00a0"%;"−"0.00"\u00a0"%;0.00"\u00a0"%'

_THIN = Side(style="thin", color="8B94A3")
_LINE_HEIGHT = 15
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FILL = PatternFill("solid", fgColor="E6EBF2")


class Pen:
    """Makes the cells of a sheet. Each style is resolved once, however many cells wear it."""

    def __init__(self, sheet: Worksheet):
        self._sheet = sheet
        self._styles = {}

    def __call__(self, value: Any = None, align: str = "", form: str = "General", **look) -> WriteOnlyCell:
        """A cell of a number, a date or text; text never becomes a formula. `look`: see `_style`."""
        cell = WriteOnlyCell(self._sheet, as_written(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"
        elif isinstance(value, datetime.date) and form == "General":
            form = DATE
        look.setdefault("wrap", isinstance(value, str))
        key = (align, form, *sorted(look.items()))
        if key not in self._styles:
            self._styles[key] = self._style(align, form, **look)
        cell._style = self._styles[key]
        return cell

    def _style(self, align, form, bold=False, italic=False, size=11, box=False, fill=False, wrap=False):
        model = WriteOnlyCell(self._sheet)
        model.font = Font(name="Times New Roman", size=size, bold=bold, italic=italic)
        model.alignment = Alignment(horizontal=align or None, vertical="center", wrap_text=wrap)
        model.number_format = form
        if box:
            model.border = _BOX
        if fill:
            model.fill = _FILL
        return model._style


def new_sheet(book: Workbook, title: str, widths: Sequence[int], orientation: str) -> Worksheet:
    """A sheet for A4, as wide as the paper, with page numbers."""
    sheet = book.create_sheet(title)
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left, sheet.page_margins.right = 0.6, 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.75, 0.75
    sheet.oddFooter.center.text = "&P/&N"
    return sheet


def set_height(sheet: Worksheet, row: int, lines: int) -> None:
    """Room for so many lines of text in a row; before the row is written, since nothing measures text later."""
    sheet.row_dimensions[row].height = _LINE_HEIGHT * lines


def repeat_head(sheet: Worksheet, row: int, column: str = "A") -> None:
    """Keeps the rows down to a table's head in sight, and repeats the head on each printed page."""
    sheet.freeze_panes = f"{column}{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"
