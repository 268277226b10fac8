"""What the history of enrollments tells: each step of a status, by whom and why, and whom somebody removed."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from enrollments.models import Enrollment
from enrollments.status import Status
from personnel.querysets import units_of
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
