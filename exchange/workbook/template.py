"""The empty workbook to fill in: headings, what each column needs, and the words of closed lists to choose from."""

from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .kinds import Birth, Choice, Date, Links, Names, Tick
from .schema import SHEETS, Column
from .tables import MAX_ROWS

_BOLD = Font(bold=True)
_NEEDED = PatternFill("solid", fgColor="FFF2CC")
_OPTIONAL = PatternFill("solid", fgColor="E6EBF2")


def template(target: BinaryIO | Path | str) -> None:
    """Writes the workbook to fill in."""
    book = Workbook()
    book.remove(book.active)
    for sheet in SHEETS:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        for index, column in enumerate(sheet.columns, start=1):
            _write_heading(page, index, column)
    book.save(target)


def _write_heading(page: Worksheet, index: int, column: Column) -> None:
    letter = get_column_letter(index)
    heading = page.cell(1, index, column.heading)
    heading.font = _BOLD
    heading.fill = _NEEDED if column.key or column.required else _OPTIONAL
    heading.comment = Comment(_explain(column), "VPCP", width=260, height=110)
    page.column_dimensions[letter].width = max(14, len(column.heading) + 4)
    if words := _words(column):
        choice = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
        choice.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
        page.add_data_validation(choice)


def _words(column: Column) -> list[str]:
    """What can be chosen in a column."""
    return list(column.kind.choices) if isinstance(column.kind, (Choice, Tick)) else []


def _explain(column: Column) -> str:
    """What a column asks for, as the note on its heading."""
    lines = []
    if column.key:
        lines.append(_("Key: says which record the row is about."))
    elif column.required:
        lines.append(_("Needed for a new record; an empty cell leaves what is stored."))
    else:
        lines.append(_("An empty cell leaves what is stored."))
    if isinstance(column.kind, Birth):
        lines.append(_("A day, a month or a year: 05/03/1975, 03/1975 or 1975."))
    elif isinstance(column.kind, Date):
        lines.append(_("A day, such as 03/04/2012."))
    elif isinstance(column.kind, Links):
        lines.append(_("Codes, with “;” between them."))
    elif isinstance(column.kind, Names):
        lines.append(_("Names, with “;” between them."))
    elif words := _words(column):
        lines.append(_("One of: %(words)s.") % {"words": ", ".join(words)})
    return "\n".join(lines)
