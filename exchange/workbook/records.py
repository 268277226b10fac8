"""The records of one kind that a workbook mentions, to be found by code or name."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from vpcp_training.text import code_key, letters_key

from ..files.values import Number
from .kinds import CODE_LENGTH
from .rows import Cell, Record, Row


class RecordIndex:
    """The records of one kind, to be found by code or name.

    Codes are the same in any case of letters. Excel turns the code 01.003 into the number 1.003: a number finds the one
    code of the same value. A name is found as it is spelled, else by its letters: the one of those that came first.
    """

    def __init__(self, model: type[models.Model], *, by: str = "code"):
        self.model, self.by = model, by
        self._key = code_key if by == "code" else letters_key
        self._spelled: dict[str, Record] = {}
        self._records: dict[str, Record] = {}
        self._numbers: defaultdict[int | float, list[Record]] = defaultdict(list)
        self.by_pk: dict[Any, Record] = {}

    def load(self, records: Iterable[Any]) -> None:
        """Takes in stored records."""
        for stored in records:
            if stored.pk not in self.by_pk:
                self.by_pk[stored.pk] = self.add(getattr(stored, self.by), Record(stored))

    def add(self, name: str, record: Record) -> Record:
        """Takes in a record under its code or name."""
        self._spelled[name] = record
        self._records.setdefault(self._key(name), record)
        if (number := as_number(name)) is not None:
            self._numbers[number].append(record)
        return record

    def find(self, cell: Cell) -> Record | None:
        """The record that a cell refers to."""
        return self._spelled.get(cell.value) or self._records.get(self._key(cell.value)) or self._lookalike(cell)

    def find_code(self, code: str) -> Record | None:
        """The record with this code."""
        return self._records.get(self._key(code))

    def twin(self, cell: Cell) -> Row | None:
        """The row of the file with a new code of the same value, where one of the two cells holds a number."""
        number = as_number(cell.value)
        alike = [] if number is None else self._numbers.get(number, [])
        rows = [record.row for record in alike if record.is_new and record.row is not None]
        return next((row for row in rows if _holds_number(cell) or _holds_number(row.cell("code"))), None)

    def all_codes(self) -> list[str]:
        """Every code of the kind, stored or in the file."""
        return [*self.model._default_manager.values_list("code", flat=True), *self._spelled]

    def of(self, row: Row | None, attribute: str, stored: Any) -> Record:
        """What a record refers to once the good rows are written: by its row, else by what is stored."""
        if row is not None and row.is_good and attribute in row.links:
            return row.links[attribute]
        return self.by_pk[getattr(stored, f"{attribute}_id")]

    def _lookalike(self, cell: Cell) -> Record | None:
        number = number_of(cell)
        alike = [] if number is None else self._numbers.get(number, [])
        return alike[0] if len(alike) == 1 else None


def as_number(code: str) -> int | float | None:
    """The number that Excel takes a code for."""
    if len(code) > CODE_LENGTH or not code[:1].isdecimal() or not code.replace(".", "", 1).isdecimal():
        return None
    return int(code) if code.isdecimal() else float(code)


def number_of(cell: Cell) -> int | float | None:
    """What the code in a cell is worth that holds a number and shows nothing else; None for any other cell."""
    return as_number(cell.value) if _holds_number(cell) else None


def _holds_number(cell: Cell) -> bool:
    return isinstance(cell.raw, (int, float, Number))
