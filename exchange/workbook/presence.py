"""Nobody counts without a posting in force on the opening date: neither the rows of the file nor what is stored."""

import datetime
from collections import defaultdict
from itertools import chain

from enrollments.services.checks import not_in_service
from enrollments.snapshots import without_posting
from enrollments.status import COUNTED

from .messages import Said
from .plan import Plan
from .rows import Record, Row
from .stored import enrollments_to_name

Cause = tuple[Row, str]  # the row and column that take a posting away
Causes = defaultdict[Cause, list[int]]  # with the enrollments left without one


class Presence:
    """The enrollments that need a posting: those in the file, and stored ones that the file may deprive of theirs."""

    def __init__(self, plan: Plan):
        self._plan, self._whereabouts = plan, plan.whereabouts
        self._sessions, self._people = plan.indexes["sessions"], plan.indexes["staff"]
        self._records: list[Record] = []

    def add(self, record: Record) -> None:
        """Takes in an enrollment to look after."""
        self._records.append(record)

    def check(self) -> None:
        """Reports the counted enrollments without a posting, at their row or at the row that takes the posting away."""
        causes: Causes = defaultdict(list)
        for record in self._records:
            if record.is_live and record.now("status") in COUNTED:
                self._check(record, causes)
        if causes:
            enrollments = enrollments_to_name(set(chain.from_iterable(causes.values())))
            for (row, attribute), pks in causes.items():
                self._plan.fail(row, attribute, without_posting([enrollments[pk] for pk in pks]))

    def _check(self, record: Record, causes: Causes) -> None:
        row = record.row if not record.is_doubtful else None
        session = self._sessions.of(row, "session", record.stored)
        person = self._people.of(row, "staff", record.stored)
        day = session.now("start")
        if self._whereabouts.on(person, day):
            return
        excused = _start_is_doubtful(session) or self._whereabouts.is_claimed(person, day)
        was_counted = record.stored is not None and record.stored.status in COUNTED
        cause = self._cause(session, person, day) if was_counted else None
        if row is not None and excused:
            self._plan.hold(row)
        elif row is not None:
            self._plan.fail(row, "staff", Said(not_in_service, (day,)))
        elif cause and excused:
            self._plan.hold(cause[0])
        elif cause:
            causes[cause].append(record.pk)

    def _cause(self, session: Record, person: Record, day: datetime.date) -> Cause | None:
        """The row and column that take the posting of a stored enrollment away."""
        posting = self._whereabouts.stored_on(person, day)
        for record, attribute in ((posting, "end"), (session, "start")):
            if record is not None and record.row is not None and record.changes(attribute):
                return record.row, attribute
        return None


def _start_is_doubtful(session: Record) -> bool:
    """Whether a row with errors may mean to move the opening date."""
    if session.row is None or session.row.is_good:
        return False
    cell = session.row.cell("start")
    return bool(cell.error) or cell.value not in (None, session.stored.start)
