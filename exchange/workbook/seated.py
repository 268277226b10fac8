"""Who takes part in which class once the good rows are written."""

from typing import NamedTuple

from enrollments.status import COUNTED

from .plan import Plan
from .records import Record
from .rows import Row
from .schema import ENROLLMENTS
from .seats import Rosters


class Participation(NamedTuple):
    """One person (the key in the database, or the record of a new one) in one class, by a good row or as stored."""

    session: Record
    person: int | Record
    row: Row | None = None

    @property
    def is_new(self) -> bool:
        """Whether the file brings it about."""
        return self.row is not None and (self.row.record.is_new or "status" in self.row.changes)


def participations(plan: Plan, rosters: Rosters) -> list[Participation]:
    """Who takes part in the classes that the file speaks of."""
    found, described = [], set()
    for row in plan.good_rows(ENROLLMENTS):
        described.add(row.record.pk)
        if row.record.now("status") in COUNTED:
            person = row.links["staff"]
            found.append(Participation(row.links["session"], person if person.is_new else person.pk, row))
    sessions = plan.indexes["sessions"].by_pk
    for seat in rosters.values():
        if seat.status in COUNTED and seat.pk not in described:
            found.append(Participation(sessions[seat.session_id], seat.staff_id))
    return found
