"""What an import checks and writes, from whatever file: rows of the exchange workbook's sheets, cell by cell.

`tables.py` reads it from a workbook. Who reads another kind of file makes it by `table_of`, and has it imported by
`importing.import_contents`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..files.values import Raw, is_empty
from .cells import CellError
from .report import Problem
from .rows import EMPTY, Cell, Row
from .schema import Column, Sheet, Source


@dataclass
class Table:
    """Rows of a sheet of the exchange workbook, and where the file has them."""

    sheet: Sheet
    rows: list[Row]
    source: Source


@dataclass
class Contents:
    """What a file holds: its tables, several of one sheet if need be, and what reading them found worth a look."""

    tables: list[Table]
    notices: list[Problem]

    def by_sheet(self) -> dict[Sheet, list[Row]]:
        """The rows of each sheet."""
        rows: dict[Sheet, list[Row]] = {}
        for table in self.tables:
            rows.setdefault(table.sheet, []).extend(table.rows)
        return rows


def table_of(sheet: Sheet, source: Source, rows: Iterable[tuple[int, Mapping[str, Raw]]]) -> Table:
    """A table of rows given as their number in the file, and what their cells hold by attribute."""
    return Table(sheet, [Row(sheet, number, _cells(sheet, raws), source) for number, raws in rows], source)


def _cells(sheet: Sheet, raws: Mapping[str, Raw]) -> list[Cell]:
    return [read_cell(column, raws.get(column.attribute)) for column in sheet.columns]


def read_cell(column: Column, raw: Raw) -> Cell:
    """What a cell says in a column; EMPTY if nothing."""
    if is_empty(raw):
        return EMPTY
    try:
        value = column.kind.parse(raw)
    except CellError as error:
        return Cell(raw, None, error.message)
    return EMPTY if value is None else Cell(raw, value)
