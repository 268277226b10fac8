"""Who is posted where on a day: as stored, and once the good rows are written."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from vpcp_training.periods import Period

from .rows import Record, Row


class Whereabouts:
    """The postings of people: those stored, those the file adds or changes, and what rows with errors claim."""

    def __init__(self) -> None:
        self._of: defaultdict[Record, dict[datetime.date, Record]] = defaultdict(dict)
        self._claims: defaultdict[Record, list[Row]] = defaultdict(list)

    def load(self, people: dict[int, Record], postings: Iterable[Any]) -> None:
        """Takes in stored postings of these people (records by their key)."""
        for posting in postings:
            self._of[people[posting.staff_id]].setdefault(posting.start, Record(posting))

    def claim(self, person: Record, row: Row) -> None:
        """Takes in a row that is about a posting of the person."""
        self._claims[person].append(row)

    def starting(self, person: Record, day: datetime.date, row: Row) -> Record:
        """The person's posting that starts on a day; without one, the row's is new."""
        return self._of[person].setdefault(day, Record(row=row))

    def on(self, person: Record, day: datetime.date) -> Record | None:
        """The posting in force on a day once the good rows are written."""
        for start, record in self._of[person].items():
            if record.is_live and Period(start, record.now("end")).covers(day):
                return record
        return None

    def stored_on(self, person: Record, day: datetime.date) -> Record | None:
        """The posting that the database has in force on a day."""
        for start, record in self._of[person].items():
            if record.stored is not None and Period(start, record.stored.end).covers(day):
                return record
        return None

    def is_claimed(self, person: Record, day: datetime.date) -> bool:
        """Whether a row that has to be mended first may put the person somewhere on a day."""
        return any(not row.is_good and _may_cover(row, day) for row in self._claims[person])

    def in_order(self) -> Iterator[list[Record]]:
        """The postings of each person whom rows of the file are about, the earliest first."""
        for person in self._claims:
            yield [record for _day, record in sorted(self._of[person].items(), key=itemgetter(0))]


def claimed(row: Row) -> Period:
    """The days a row with errors means to say; what cannot be read of them is open."""
    end = row.cell("end")
    return Period(row.cell("start").value, None if end.error else end.value or getattr(row.record.stored, "end", None))


def _may_cover(row: Row, day: datetime.date) -> bool:
    """Whether a row with errors may mean a posting in force on a day."""
    start, end = days = claimed(row)
    if start and end and end < start:
        return True  # no telling which of the two is wrong
    return days.covers(day)
