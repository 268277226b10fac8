"""A data row of the file and its cells."""

from typing import Any

from ..files.values import Raw
from .cells import Complaint, as_text
from .schema import Sheet


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
    """A data row. `links` are the records its cells refer to, `record` is the one it describes.

    `is_good` says whether it can be written: no error is reported for it (`failed`), and it does not wait for another
    row to be mended.
    """

    __slots__ = ("sheet", "number", "cells", "links", "record", "changes", "is_good", "failed")

    def __init__(self, sheet: Sheet, number: int, cells: list[Cell]):
        self.sheet, self.number, self.cells = sheet, number, cells
        self.links = {}
        self.record = None
        self.changes = ()
        self.is_good, self.failed = True, False

    def cell(self, attribute: str) -> Cell:
        """The cell of an attribute; EMPTY where the sheet lacks the column."""
        return self.cells[self.sheet.positions[attribute]]
