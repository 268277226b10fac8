"""Rosters as most checks need them: of each enrollment only the class, the person and the status."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from enrollments.status import INACTIVE


class RosterEntry(NamedTuple):
    """A stored enrollment, reduced to what a roster says."""

    pk: int
    session_id: int
    staff_id: int
    status: str


# One enrollment for each pair of class and person.
Rosters = dict[tuple[int, int], RosterEntry]


def roster_entries(enrollments: QuerySet) -> Iterator[RosterEntry]:
    """The entries of these enrollments, the oldest first."""
    return map(RosterEntry._make, enrollments.order_by("pk").values_list("pk", "session", "staff", "status"))


def active_or_latest(entries: Iterable[RosterEntry]) -> Rosters:
    """Of each pair of class and person the active enrollment, else the latest. Takes the entries oldest first."""
    rosters: Rosters = {}
    for entry in entries:
        pair = entry.session_id, entry.staff_id
        if pair not in rosters or rosters[pair].status in INACTIVE:
            rosters[pair] = entry
    return rosters
