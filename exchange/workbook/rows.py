"""A data row of the file and its cells."""

from typing import Any

from ..files.values import Raw, as_text
from .cells import Complaint
from .schema import Sheet, Source


class Cell:
    """A cell of a known column: as it came, and the value it stands for, or what is wrong with it."""

    __slots__ = ("raw", "value", "error")

    def __init__(self, raw: Raw, value: Any, error: Complaint | None = None):
        self.raw, self.value, self.error = raw, value, error

    @property
    def text(self) -> str:
        """The cell as text."""
        return as_text(self.raw)


EMPTY = Cell(None, None)


class Row:
    """A data row of a sheet of the exchange workbook; the file has it in its `source`, as row `number`.

    `links` are the records its cells refer to, `record` is the one it describes.
    `is_good` says whether it can be written: no error is reported for it (`failed`), and it does not wait for another
    row to be mended.
    """

    __slots__ = ("sheet", "source", "number", "cells", "links", "record", "changes", "is_good", "failed")

    def __init__(self, sheet: Sheet, number: int, cells: list[Cell], source: Source | None = None):
        self.sheet, self.number, self.cells, self.source = sheet, number, cells, source or sheet.source
        self.links = {}
        self.record = None
        self.changes = ()
        self.is_good, self.failed = True, False

    def cell(self, attribute: str) -> Cell:
        """The cell of an attribute; EMPTY where the sheet lacks the column."""
        return self.cells[self.sheet.positions[attribute]]

    def heading(self, attribute: str) -> str:
        """What the file calls the column of an attribute, else what the exchange workbook calls it."""
        return self.source.headings.get(attribute) or self.sheet.column(attribute).heading
