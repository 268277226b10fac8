"""What waits for hr: proposals, classes that are over without results, people sent without a decision."""

import datetime
from dataclasses import astuple, dataclass

from django.db.models import Count, QuerySet

from enrollments.models import Enrollment
from vpcp_training.roles import By

from .remembered import Memory


@dataclass(frozen=True)
class ToDo:
    """How much there is of each; nothing at all is false."""

    proposals: int
    classes: int  # that are over, with people of whom nobody has said what became
    without_result: int  # those people's enrollments
    without_decision: int

    def __bool__(self) -> bool:
        return any(astuple(self))


def to_do(user: By, day: datetime.date) -> ToDo:
    """What waits on a day, as far as the user sees it."""
    memory, rows = Memory(), Enrollment.objects.visible_to(user)
    without_result = memory.recall(rows.without_result(day), _rows_and_classes)
    return ToDo(
        proposals=memory.recall(rows.awaiting_decision(), QuerySet.count),
        classes=without_result["classes"],
        without_result=without_result["rows"],
        without_decision=memory.recall(rows.without_decision(), QuerySet.count),
    )


def _rows_and_classes(rows: QuerySet) -> dict[str, int]:
    return rows.order_by().aggregate(rows=Count("pk"), classes=Count("session", distinct=True))
