"""Who is posted where on a day: as stored, and once the good rows are written."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from .records import Record
from .rows import Row

FOREVER = datetime.date.max


class Whereabouts:
    """The postings of people: those stored, those the file adds or changes, and what rows with errors claim."""

    def __init__(self):
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
            if start <= day and record.is_live and day <= (record.now("end") or FOREVER):
                return record
        return None

    def stored_on(self, person: Record, day: datetime.date) -> Record | None:
        """The posting that the database has in force on a day."""
        for start, record in self._of[person].items():
            if start <= day and record.stored is not None and day <= (record.stored.end or FOREVER):
                return record
        return None

    def is_claimed(self, person: Record, day: datetime.date) -> bool:
        """Whether a row that has to be mended first may put the person somewhere on a day."""
        return any(not row.is_good and _may_cover(row, day) for row in self._claims[person])

    def in_order(self) -> Iterator[list[Record]]:
        """The postings of each person whom rows of the file are about, the earliest first."""
        for person in self._claims:
            yield [record for _day, record in sorted(self._of[person].items(), key=itemgetter(0))]


def claimed_end(row: Row) -> datetime.date | None:
    """The last day a row with errors means to say; None when it cannot be read."""
    cell = row.cell("end")
    if cell.error:
        return None
    stored = row.record.stored if row.record is not None else None
    return cell.value or getattr(stored, "end", None) or FOREVER


def _may_cover(row: Row, day: datetime.date) -> bool:
    """Whether a row with errors may mean a posting in force on a day."""
    start, end = row.cell("start").value, claimed_end(row)
    if start and end and end < start:
        return True  # no telling which of the two is wrong
    return (start is None or start <= day) and (end is None or day <= end)
