"""What a check finds, errors or warnings: the first in the order of the workbook, and how many there are."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from .report import Problem
from .rows import Row
from .schema import SHEETS

Place = tuple[int, int, int]

_ORDER = {
    sheet.name: (number, {column.heading: position for position, column in enumerate(sheet.columns)})
    for number, sheet in enumerate(SHEETS)
}
_NUMBERS = {sheet: number for number, sheet in enumerate(SHEETS)}


class Findings:
    """Keeps the first `most`, all without a limit, and counts the others: a file may have a million."""

    def __init__(self, most: int | None):
        self.number = 0
        self._most = most
        self._kept: list[tuple[Place, Problem]] = []
        self._last: Place | None = None  # what does not stand before it is only counted

    def add(self, row: Row, attribute: str, message: Any) -> None:
        """Takes in what is found in a cell; the message is put into words where it is kept."""
        self.number += 1
        sheet = row.sheet
        place = _NUMBERS[sheet], row.number, sheet.positions[attribute]
        if self._last is None or place < self._last:
            heading = sheet.column(attribute).heading
            self._keep(place, Problem(sheet.name, row.number, heading, row.cell(attribute).text, str(message)))

    def take(self, problems: Iterable[Problem]) -> None:
        """Takes in what was found while the file was read."""
        for problem in problems:
            self.number += 1
            self._keep(_place(problem), problem)

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


def _place(problem: Problem) -> Place:
    """Where a problem stands: what is about a whole first, names that are not known last."""
    if problem.sheet is None:
        return -1, 0, 0
    if problem.sheet not in _ORDER:
        return len(SHEETS), problem.row or 0, 0
    number, headings = _ORDER[problem.sheet]
    return number, problem.row or 0, headings.get(problem.column, -1 if problem.column is None else len(headings))
