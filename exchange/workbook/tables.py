"""The sheets of a workbook file as tables: the heading row found, every cell of a known column read."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..files.package import OverLimits, UnusableFile
from ..files.reading import WorkbookReader
from ..files.values import Raw, is_empty
from .contents import Contents, Table, read_cell
from .headings import find_headings, sheets_of, unknown_column, unknown_sheets
from .hidden import hidden_data
from .report import Problem
from .rows import EMPTY, Cell, Row
from .schema import Column, Sheet

MAX_ROWS = 200_000  # of a sheet

# Texts to read in the place of cells, by sheet, row and column.
Corrections = Mapping[tuple[str, int, str], str]
NOTHING: Corrections = MappingProxyType({})


def read_tables(file: BinaryIO | Path | str, corrections: Corrections = NOTHING) -> Contents:
    """The sheets of the exchange workbook that a file has, in their order; raises UnusableFile.

    `corrections` are texts to read in the place of cells.
    """
    reader = WorkbookReader(file)
    tables: list[Table] = []
    notices: list[Problem] = []
    sheets = sheets_of(reader)
    for sheet, name in sheets.items():
        rows = _read_rows(sheet, reader, name, _mended_cells(sheet, corrections), notices)
        tables.append(Table(sheet, rows, sheet.source))
        notices += hidden_data(reader, name, sheet, rows)
    if not any(table.rows for table in tables):
        raise UnusableFile(_("The workbook has not one data row. Fill in rows below the headings."))
    return Contents(tables, [*notices, *unknown_sheets(reader, sheets)])


def _read_rows(
    sheet: Sheet, reader: WorkbookReader, name: str, mended: dict[int, dict[int, Cell]], notices: list[Problem]
) -> list[Row]:
    above, columns, below = find_headings(sheet, reader, name)
    settled = set(columns)  # and the unknown ones that are told of
    places: list[tuple[int, int, Column, dict[Raw, Cell]]]
    places = [(index, sheet.positions[column.attribute], column, {}) for index, column in columns.items()]
    blank = [EMPTY] * len(sheet.columns)
    rows = []
    for number, raws in below:
        if not raws.keys() <= settled:
            for index in sorted(raws.keys() - settled):
                if not is_empty(raws[index]):
                    settled.add(index)
                    notices.append(unknown_column(sheet, above[-1], columns, index))
        cells = blank.copy()
        for index, position, column, seen in places:
            raw = raws.get(index)
            if raw is None:
                continue
            cell = seen.get(raw)
            if cell is None:
                cell = seen[raw] = read_cell(column, raw)
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
    mended: defaultdict[int, dict[int, Cell]] = defaultdict(dict)
    places = {column.heading: (position, column) for position, column in enumerate(sheet.columns)}
    for (name, row, heading), text in corrections.items():
        if name == sheet.name and heading in places:
            position, column = places[heading]
            mended[row][position] = read_cell(column, text)
    return mended


def _too_many_rows(sheet: Sheet) -> OverLimits:
    values = {"sheet": sheet.name, "rows": number_format(MAX_ROWS, force_grouping=True)}
    text = _("The sheet %(sheet)s has more than %(rows)s rows. Split it into several files.")
    return OverLimits(text % values, sheet=sheet.name)
