"""A data row of the file, its cells, and the record it describes, as the database has it and as the file makes it."""

from typing import Any

from vpcp_training.periods import Period

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


class Record:
    """A thing as the database has it (`stored`: its columns as attributes), as the file describes it (`row`), or both.

    Without either it is a new name of an open list. `pk` is the key in the database, None until a new thing is written.
    `users` are the rows that refer to a new thing of the file.
    """

    __slots__ = ("stored", "row", "pk", "users")

    def __init__(self, stored: Any = None, row: "Row | None" = None):
        self.stored, self.row = stored, row
        self.pk: Any = None if stored is None else stored.pk
        self.users: list[Row] = []

    @property
    def is_live(self) -> bool:
        """Whether it exists once the good rows are written."""
        return self.stored is not None or self.row is None or self.row.is_good

    @property
    def is_doubtful(self) -> bool:
        """Whether the file says something of it that has to be mended first."""
        return self.row is not None and not self.row.is_good

    @property
    def is_new(self) -> bool:
        """Whether the file adds it."""
        return self.stored is None

    def now(self, attribute: str) -> Any:
        """The value of a field once the good rows are written."""
        if self.row is not None and self.row.is_good:
            value = self.row.cell(attribute).value
            if value is not None:
                return value
        return getattr(self.stored, attribute, None)

    def key(self, attribute: str) -> Any:
        """The key of what a field refers to once the good rows are written."""
        if self.row is not None and self.row.is_good and attribute in self.row.links:
            return self.row.links[attribute].pk
        return getattr(self.stored, f"{attribute}_id", None)

    def period(self, first: str = "start", last: str = "end") -> Period:
        """From when to when, once the good rows are written."""
        return Period(self.now(first), self.now(last))

    def changes(self, *attributes: str) -> bool:
        """Whether a good row changes one of these fields of what is stored."""
        if self.stored is None or self.row is None or not self.row.is_good:
            return False
        return any(attribute in self.row.changes for attribute in attributes)


UNKNOWN = Record()


class Row:
    """A data row of a sheet of the exchange workbook; the file has it in its `source`, as row `number`.

    `links` are the records its cells refer to, `record` is the one it describes, UNKNOWN until that is found.
    `is_good` says whether it can be written: no error is reported for it (`failed`), and it does not wait for another
    row to be mended.
    """

    __slots__ = ("sheet", "source", "number", "cells", "links", "record", "changes", "is_good", "failed")

    def __init__(self, sheet: Sheet, number: int, cells: list[Cell], source: Source | None = None):
        self.sheet, self.number, self.cells, self.source = sheet, number, cells, source or sheet.source
        self.links: dict[str, Any] = {}  # a record, or a list of them
        self.record = UNKNOWN
        self.changes: tuple[str, ...] = ()
        self.is_good, self.failed = True, False

    def cell(self, attribute: str) -> Cell:
        """The cell of an attribute; EMPTY where the sheet lacks the column."""
        return self.cells[self.sheet.positions[attribute]]

    def heading(self, attribute: str) -> str:
        """What the file calls the column of an attribute, else what the exchange workbook calls it."""
        return self.source.headings.get(attribute) or self.sheet.column(attribute).heading
