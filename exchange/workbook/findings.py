"""What a check finds, errors or warnings: the first in the order of the workbook, and how many there are."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from .report import Problem
from .rows import Row
from .schema import SHEETS, Source

Place = tuple[int, int, int]

WORKBOOK = tuple(sheet.source for sheet in SHEETS)


class Findings:
    """Keeps the first `most`, all without a limit, and counts the others: a file may have a million.

    The first are those that stand first in the `sources`, the sheets of the file in their order.
    """

    def __init__(self, most: int | None, sources: Iterable[Source] = WORKBOOK):
        self._columns: dict[str, dict[str, int]] = {}
        for source in sources:
            columns = self._columns.setdefault(source.name, {})
            for heading in source.headings.values():
                columns.setdefault(heading, len(columns))
        self._sheets = {name: number for number, name in enumerate(self._columns)}
        self.number = 0
        self._most = most
        self._kept: list[tuple[Place, Problem]] = []
        self._last: Place | None = None  # what does not stand before it is only counted

    def add(self, row: Row, attribute: str, message: Any) -> None:
        """Takes in what is found in a cell; the message is put into words where it is kept."""
        self.number += 1
        name, heading = row.source.name, row.heading(attribute)
        place = self._place(name, row.number, heading)
        if self._last is None or place < self._last:
            self._keep(place, Problem(name, row.number, heading, row.cell(attribute).text, str(message)))

    def take(self, problems: Iterable[Problem]) -> None:
        """Takes in what was found while the file was read."""
        for problem in problems:
            self.number += 1
            self._keep(self._place(problem.sheet, problem.row, problem.column), problem)

    def in_order(self) -> list[Problem]:
        """The first ones, in the order of the workbook."""
        self._sort()
        return [problem for _place, problem in self._kept[: self._most]]

    def _keep(self, place: Place, problem: Problem) -> None:
        self._kept.append((place, problem))
        if self._most is not None and len(self._kept) >= 2 * self._most:
            self._sort()
            del self._kept[self._most :]
            self._last = self._kept[-1][0]

    def _sort(self) -> None:
        self._kept.sort(key=itemgetter(0))

    def _place(self, sheet: str | None, row: int | None, column: str | None) -> Place:
        """Where a problem stands: what is about a whole first, names that are not known last."""
        if sheet is None:
            return -1, 0, 0
        if sheet not in self._sheets:
            return len(self._sheets), row or 0, 0
        columns = self._columns[sheet]
        return self._sheets[sheet], row or 0, -1 if column is None else columns.get(column, len(columns))
