"""Who takes part in which class once the good rows are written."""

from collections.abc import Iterator

from enrollments.models import Enrollment
from enrollments.status import COUNTED

from .plan import Plan
from .records import Record
from .rows import Row
from .schema import ENROLLMENTS

# The stored enrollments of the classes that a file mentions, by pair of class and person.
Rosters = dict[tuple[int, int], Enrollment]


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
    for enrollment in rosters.values():
        if enrollment.pk not in described and enrollment.status in COUNTED:
            yield sessions[enrollment.session_id], enrollment.staff_id, None
