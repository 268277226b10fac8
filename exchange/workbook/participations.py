"""The participations there will be once the good rows are written."""

from typing import NamedTuple

from enrollments.status import COUNTED

from .plan import Plan
from .rosters import Rosters
from .rows import Record, Row
from .schema import ENROLLMENTS


class Participation(NamedTuple):
    """One person (the stored key, or the record of a new person) in one class, from a good row or as stored."""

    session: Record
    person: int | Record
    row: Row | None = None

    @property
    def is_new(self) -> bool:
        """Whether the file adds it."""
        return self.row is not None and (self.row.record.is_new or "status" in self.row.changes)


def participations_after(plan: Plan, rosters: Rosters) -> list[Participation]:
    """The participations in the classes of these rosters, once the file is written."""
    found, described = [], set()
    for row in plan.good_rows(ENROLLMENTS):
        described.add(row.record.pk)
        if row.record.now("status") in COUNTED:
            person = row.links["staff"]
            found.append(Participation(row.links["session"], person if person.is_new else person.pk, row))
    sessions = plan.indexes["sessions"].by_pk
    for entry in rosters.values():
        if entry.status in COUNTED and entry.pk not in described:
            found.append(Participation(sessions[entry.session_id], entry.staff_id))
    return found
