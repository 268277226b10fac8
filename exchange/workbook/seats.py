"""Enrollments as the checks need most of them: who stands in which class, and how."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from enrollments.status import INACTIVE


class Seat(NamedTuple):
    """A stored enrollment, in short."""

    pk: int
    session_id: int
    staff_id: int
    status: str


# The enrollment of each pair of class and person that the workbook speaks of.
Rosters = dict[tuple[int, int], Seat]


def seats_of(enrollments: QuerySet) -> Iterator[Seat]:
    """Enrollments in short, from the oldest to the latest."""
    return map(Seat._make, enrollments.order_by("pk").values_list("pk", "session", "staff", "status"))


def standing(seats: Iterable[Seat]) -> Rosters:
    """Of each pair the active enrollment, else the latest; the seats come from the oldest on."""
    rosters: Rosters = {}
    for seat in seats:
        pair = seat.session_id, seat.staff_id
        if pair not in rosters or rosters[pair].status in INACTIVE:
            rosters[pair] = seat
    return rosters
