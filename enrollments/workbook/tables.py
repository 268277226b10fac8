"""The sheets of a workbook file as tables: the heading row found, every cell of a known column read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from vpcp_training.text import clean_text

from .cells import CellError, Raw, is_empty
from .package import OverLimits, UnusableFile
from .reading import WorkbookReader
from .rows import EMPTY, Cell, Row
from .schema import SHEETS, Column, Sheet

HEADING_ROWS = 20  # among which the heading is looked for
MAX_ROWS = 200_000  # of a sheet

Line = tuple[int, dict[int, Raw]]
# Texts to read in the place of cells, by sheet, row and column.
Corrections = Mapping[tuple[str, int, str], str]
NOTHING: Corrections = MappingProxyType({})


@dataclass
class Table:
    """A sheet found in the file, with its data rows."""

    sheet: Sheet
    rows: list[Row]


def read_tables(file: BinaryIO | Path | str, corrections: Corrections = NOTHING) -> list[Table]:
    """The sheets of the exchange workbook that a file has, in their order; raises UnusableFile.

    `corrections` are texts to read in the place of cells.
    """
    reader = WorkbookReader(file)
    tables = []
    for sheet, name in sheets_of(reader).items():
        rows = _read_rows(sheet, reader.rows(name), _mended_cells(sheet, corrections))
        tables.append(Table(sheet, rows))
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


def sheets_of(reader: WorkbookReader) -> dict[Sheet, str]:
    """The known sheets of a file, in their order, with their names as the file spells them."""
    known = {heading_of(sheet.name): sheet for sheet in SHEETS}
    found = {}
    for name in reader.names:
        sheet = known.get(heading_of(name))
        if sheet in found:
            text = _("The workbook has two sheets named %(sheet)s. Rename or delete one.")
            raise UnusableFile(text % {"sheet": sheet.name}, sheet=sheet.name)
        if sheet:
            found[sheet] = name
    return {sheet: found[sheet] for sheet in SHEETS if sheet in found}


def _read_rows(sheet: Sheet, lines: Iterator[Line], mended: dict[int, dict[int, Cell]]) -> list[Row]:
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
        for position, cell in mended.get(number, {}).items():
            cells[position] = cell
        if cells != blank:
            rows.append(Row(sheet, number, cells))
            if len(rows) > MAX_ROWS:
                raise _too_many_rows(sheet)
    return rows


def _mended_cells(sheet: Sheet, corrections: Corrections) -> dict[int, dict[int, Cell]]:
    """The corrected cells of a sheet, by row and position."""
    mended = defaultdict(dict)
    places = {column.heading: (position, column) for position, column in enumerate(sheet.columns)}
    for (name, row, heading), text in corrections.items():
        if name == sheet.name and heading in places:
            position, column = places[heading]
            mended[row][position] = _read_cell(column, text)
    return mended


def _read_cell(column: Column, raw: Raw) -> Cell:
    if is_empty(raw):
        return EMPTY
    try:
        value = column.kind.parse(raw)
    except CellError as error:
        return Cell(raw, None, str(error))
    return EMPTY if value is None else Cell(raw, value)


def _too_many_rows(sheet: Sheet) -> OverLimits:
    values = {"sheet": sheet.name, "rows": number_format(MAX_ROWS, force_grouping=True)}
    text = _("The sheet %(sheet)s has more than %(rows)s rows. Split it into several files.")
    return OverLimits(text % values, sheet=sheet.name)
