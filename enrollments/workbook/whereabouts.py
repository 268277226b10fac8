"""Who is posted where on a day: as stored, and once the good rows are written."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from .cells import as_text
from .linking import describe
from .messages import Message
from .plan import Plan
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

    def add(self, plan: Plan, row: Row) -> None:
        """Takes in a row, which is about the posting of a person that starts on a day."""
        person, start = row.links.get("staff"), row.cell("start").value
        if person is None:
            return
        self._claims[person].append(row)
        if start is not None:
            describe(plan, row, self._of[person].setdefault(start, Record(row=row)))

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

    def check_overlaps(self, plan: Plan) -> None:
        """Reports postings of one person that overlap once the file is written, at the later one."""
        for person in self._claims:
            last = None
            for _day, record in sorted(self._of[person].items(), key=itemgetter(0)):
                if last is not None and last.is_live and record.is_live and _start(record) <= _end(last):
                    _report_overlap(plan, last, record)
                if record.is_live and (last is None or not last.is_live or _end(record) > _end(last)):
                    last = record


def _report_overlap(plan: Plan, earlier: Record, later: Record) -> None:
    good = [record.row for record in (later, earlier) if record.row is not None and record.row.is_good]
    if not good:
        return
    # Without which row the two would not overlap: the later one if it is new, else the one that runs into it.
    cause = good[0] if later.is_new else good[-1]
    claimed = _claimed_end(earlier.row) if earlier.is_doubtful else FOREVER
    if claimed is None or claimed < _start(later):
        plan.hold(cause)  # the earlier one means to end in time, once it is mended
        return
    text = _("Overlaps the posting from %(start)s to %(end)s of the same person. Correct one of the dates.")
    end = earlier.now("end")
    values = {"start": as_text(_start(earlier)), "end": as_text(end) if end else _("now")}
    plan.fail(good[0], "start", Message(text, values))
    plan.hold(cause)


def _start(record: Record) -> datetime.date:
    return record.stored.start if record.stored is not None else record.row.cell("start").value


def _end(record: Record) -> datetime.date:
    return record.now("end") or FOREVER


def _claimed_end(row: Row) -> datetime.date | None:
    """The last day a row with errors means to say; None when it cannot be read."""
    cell = row.cell("end")
    if cell.error:
        return None
    stored = row.record.stored if row.record is not None else None
    return cell.value or getattr(stored, "end", None) or FOREVER


def _may_cover(row: Row, day: datetime.date) -> bool:
    """Whether a row with errors may mean a posting in force on a day."""
    start, end = row.cell("start").value, _claimed_end(row)
    if start and end and end < start:
        return True  # no telling which of the two is wrong
    return (start is None or start <= day) and (end is None or day <= end)
