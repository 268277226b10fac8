"""The status log of an enrollment: each step, from what to what, by whom and why. The history rows are the log."""

import datetime
from dataclasses import dataclass

from enrollments.models import Enrollment
from enrollments.status import Status


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
