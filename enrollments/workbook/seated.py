"""Who takes part in which class once the good rows are written."""

from collections.abc import Iterator

from enrollments.status import COUNTED

from .plan import Plan
from .records import Record
from .rows import Row
from .schema import ENROLLMENTS
from .seats import Rosters


def participations(plan: Plan, rosters: Rosters) -> Iterator[tuple[Record, int | Record, Row | None]]:
    """Class, person (the key in the database, or the record of a new one) and row of each participation.

    Those without a good row are as stored.
    """
    described = set()
    for row in plan.good_rows(ENROLLMENTS):
        described.add(row.record.pk)
        if row.record.now("status") in COUNTED:
            person = row.links["staff"]
            yield row.links["session"], person if person.is_new else person.pk, row
    sessions = plan.books["sessions"].by_pk
    for seat in rosters.values():
        if seat.pk not in described and seat.status in COUNTED:
            yield sessions[seat.session_id], seat.staff_id, None
