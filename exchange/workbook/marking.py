"""The workbook again with its errors marked: wrong cells red, and what to do in a column at the end of the row."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from vpcp_training.paper.excel import DATE, DATETIME, as_written

from ..files.reading import WorkbookReader
from ..files.values import Day, Number, Raw, Text, Unreadable, unformatted
from .headings import find_headings, sheets_of
from .report import Problem
from .schema import Sheet
from .tables import Corrections

_WRONG = PatternFill("solid", fgColor="F8D7DA")
_BOLD, _RED = Font(bold=True), Font(color="9B1C1C")
WIDTH = 18

Places = dict[tuple[str | None, int | None], dict[str | None, str]]  # texts by sheet, row and column


def mark_errors(
    file: BinaryIO | Path | str, target: BinaryIO, errors: Iterable[Problem], corrections: Corrections
) -> None:
    """Writes the sheets of the exchange workbook again, with the corrections made and the errors marked."""
    messages: Places = defaultdict(dict)
    for problem in errors:
        told = messages[problem.sheet, problem.row]
        told[problem.column] = " ".join(filter(None, [told.get(problem.column), problem.message]))
    mended: Places = defaultdict(dict)
    for (name, row, heading), text in corrections.items():
        mended[name, row][heading] = text
    reader, book = WorkbookReader(file), Workbook(write_only=True)
    for sheet, name in sheets_of(reader).items():
        _write_sheet(book.create_sheet(sheet.name), sheet, reader, name, messages, mended)
    book.save(target)


def _write_sheet(
    page: Worksheet, sheet: Sheet, reader: WorkbookReader, name: str, messages: Places, mended: Places
) -> None:
    above, columns, below = find_headings(sheet, reader, name)
    heading_row, headings = above[-1]
    width = max(headings) + 1  # what stands further right has no heading and is not read
    page.freeze_panes = f"A{heading_row + 1}"
    for index in range(width + 1):
        page.column_dimensions[get_column_letter(index + 1)].width = WIDTH if index < width else 3 * WIDTH
    written = 0
    for number, raws in chain(above, below):
        for _blank in range(written + 1, number):
            page.append([])
        written = number
        if number == heading_row:
            page.append([_cell(page, raw, _BOLD) for raw in [*map(raws.get, range(width)), _("What to do")]])
            continue
        told, corrected = messages.get((sheet.name, number), {}), mended.get((sheet.name, number), {})
        row = []
        for index in range(width):
            heading = columns[index].heading if index in columns else None
            wrong = heading in told
            raw = corrected.get(heading, raws.get(index))
            row.append(_cell(page, raw, _RED if wrong else None, _WRONG if wrong else None))
        if told:
            row.append(_cell(page, " ".join(f"{heading}: {text}" for heading, text in told.items()), _RED))
        page.append(row)


def _cell(page: Worksheet, raw: Raw, font: Font | None = None, fill: PatternFill | None = None) -> WriteOnlyCell:
    text = raw.text if isinstance(raw, Unreadable) else unformatted(raw)
    made = WriteOnlyCell(page, as_written(text) if isinstance(text, str) else text)
    if isinstance(raw, Unreadable) and raw.text.startswith("="):
        made.data_type = "f"
    elif isinstance(raw, Unreadable) and raw.text in ERROR_CODES:
        made.data_type = "e"
    elif isinstance(text, str):
        made.data_type = "s"
    if isinstance(raw, (Number, Text, Day)):
        made.number_format = raw.format
    elif isinstance(raw, datetime.date):
        made.number_format = DATETIME if isinstance(raw, datetime.datetime) else DATE
    if font:
        made.font = font
    if fill:
        made.fill = fill
    return made
