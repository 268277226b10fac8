"""The sheets of a workbook file as tables: the heading row found, every cell of a known column read."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from vpcp_training.text import clean_text

from .cells import CellError, Raw, is_empty
from .package import UnusableFile
from .reading import WorkbookReader
from .rows import EMPTY, Cell, Row
from .schema import SHEETS, Column, Sheet

HEADING_ROWS = 20  # among which the heading is looked for
MAX_ROWS = 200_000  # of a sheet

Line = tuple[int, dict[int, Raw]]


@dataclass
class Table:
    """A sheet found in the file, with its data rows."""

    sheet: Sheet
    rows: list[Row]


def read_tables(file: BinaryIO | Path | str) -> list[Table]:
    """The sheets of the exchange workbook that a file has, in their order; raises UnusableFile."""
    reader = WorkbookReader(file)
    found = _sheets_of(reader)
    sheets = [sheet for sheet in SHEETS if sheet.name in found]
    tables = [Table(sheet, _read_rows(sheet, reader.rows(found[sheet.name]))) for sheet in sheets]
    if not tables:
        names = ", ".join(sheet.name for sheet in SHEETS)
        raise UnusableFile(_("The workbook has none of the sheets %(names)s.") % {"names": names})
    if not any(table.rows for table in tables):
        raise UnusableFile(_("The workbook has not one data row. Fill in rows below the headings."))
    return tables


def heading_of(text: str) -> str:
    """A heading or the name of a sheet, as they are compared."""
    return clean_text(text).casefold()


def find_headings(sheet: Sheet, lines: Iterator[Line]) -> tuple[list[Line], dict[int, Column], list[Line]]:
    """Splits the first lines of a sheet: those up to its heading row, its columns by index, and those after.

    The heading row is the one, among the first twenty, with most of the known headings. Raises UnusableFile when a key
    column is missing or a column stands twice.
    """
    known = {heading_of(column.heading): column for column in sheet.columns}
    first, best, most = [], 0, 0
    for line in lines:
        number, cells = line
        first.append(line)
        hits = sum(isinstance(raw, str) and heading_of(raw) in known for raw in cells.values())
        if number <= HEADING_ROWS and hits > most:
            best, most = len(first), hits
        if number >= HEADING_ROWS:
            break
    number, cells = first[best - 1] if most else (None, {})
    columns = {
        index: known[heading_of(raw)]
        for index, raw in cells.items()
        if isinstance(raw, str) and heading_of(raw) in known
    }
    _check_columns(sheet, number, list(columns.values()))
    return first[:best], columns, first[best:]


def _check_columns(sheet: Sheet, number: int | None, columns: list[Column]) -> None:
    for column in sheet.columns:
        where = {"sheet": sheet.name, "row": number, "column": column.heading}
        if column.key and column not in columns:
            text = _("The sheet %(sheet)s has no column %(column)s among its first %(rows)d rows.")
            raise UnusableFile(text % {**where, "rows": HEADING_ROWS}, **{**where, "row": None})
        if columns.count(column) > 1:
            text = _("The sheet %(sheet)s has two columns %(column)s. Rename or delete one.")
            raise UnusableFile(text % where, **where)


def _sheets_of(reader: WorkbookReader) -> dict[str, str]:
    """The names of the known sheets, as the contract has them and as the file spells them."""
    known = {heading_of(sheet.name): sheet.name for sheet in SHEETS}
    found = {}
    for name in reader.names:
        sheet = known.get(heading_of(name))
        if sheet in found:
            text = _("The workbook has two sheets named %(sheet)s. Rename or delete one.")
            raise UnusableFile(text % {"sheet": sheet}, sheet=sheet)
        if sheet:
            found[sheet] = name
    return found


def _read_rows(sheet: Sheet, lines: Iterator[Line]) -> list[Row]:
    _above, columns, below = find_headings(sheet, lines)
    places = [(index, sheet.positions[column.attribute], column, {}) for index, column in columns.items()]
    blank = [EMPTY] * len(sheet.columns)
    rows = []
    for number, raws in chain(below, lines):
        cells = blank.copy()
        for index, position, column, seen in places:
            raw = raws.get(index)
            if raw is None:
                continue
            cell = seen.get(raw)
            if cell is None:
                cell = seen[raw] = _read_cell(column, raw)
            cells[position] = cell
        if cells != blank:
            rows.append(Row(sheet, number, cells))
            if len(rows) > MAX_ROWS:
                text = _("The sheet %(sheet)s has more than %(rows)s rows. Split it into several files.")
                raise UnusableFile(
                    text % {"sheet": sheet.name, "rows": number_format(MAX_ROWS, force_grouping=True)}, sheet=sheet.name
                )
    return rows


def _read_cell(column: Column, raw: Raw) -> Cell:
    if is_empty(raw):
        return EMPTY
    try:
        return Cell(raw, column.kind.parse(raw))
    except CellError as error:
        return Cell(raw, None, str(error))
