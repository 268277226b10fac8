"""What the history of enrollments tells: each step of a status, whom somebody removed, what was done to a class."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.status import Status
from personnel.querysets import units_of
from vpcp_training.change_sets import ChangeSet
from vpcp_training.roles import sees_whole_office


@dataclass(frozen=True)
class Step:
    """One change of status; `old` is None for the first."""

    at: datetime.datetime
    by: str
    old: Status | None
    new: Status
    reason: str


def status_log(enrollment: Enrollment) -> list[Step]:
    """The steps, the latest first, in one query. Corrections of other facts are no steps."""
    steps, old = [], None
    for row in enrollment.history.select_related("history_user").order_by("history_id"):
        if row.status != old and row.history_type != "-":
            by = str(row.history_user or "")
            steps.append(Step(row.history_date, by, old and Status(old), Status(row.status), row.reason))
        old = row.status
    return steps[::-1]


def removed(user, **of) -> QuerySet:
    """The last history row of each enrollment deleted of a class (`session=`) or a person (`staff=`), the latest first.

    Only those that the user saw there.
    """
    rows = Enrollment.history.filter(history_type="-", **of).order_by("-history_date", "-history_id")
    return rows if sees_whole_office(user) else rows.filter(unit__in=units_of(user))


def changes_of_people(session: CourseSession, user) -> QuerySet[ChangeSet]:
    """What was done to people of a class that the user sees, the latest first, each with the `number` of them."""
    rows = Enrollment.history.filter(session=session.pk, change_set__isnull=False)
    if not sees_whole_office(user):
        rows = rows.filter(unit__in=units_of(user))
    numbers = rows.order_by().values("change_set").annotate(number=Count("id", distinct=True))
    number = Subquery(numbers.filter(change_set=OuterRef("pk")).values("number"))
    sets = ChangeSet.objects.filter(pk__in=rows.order_by().values("change_set")).select_related("by")
    return sets.annotate(number=number)
