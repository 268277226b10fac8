"""Classes under way and coming up, with the people a user may see in them."""

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.models import CourseSession
from enrollments.models import Enrollment
from vpcp_training.roles import By

_SHOWN = 5


@dataclass(frozen=True)
class ClassList:
    """The first few classes of a stage, and how many there are."""

    stage: str
    shown: list[CourseSession]
    count: int


def classes_under_way(user: By, day: datetime.date) -> ClassList:
    """Classes in progress, the first to close first."""
    return _class_list(user, CourseSession.Stage.UNDER_WAY, day, "end")


def classes_coming_up(user: By, day: datetime.date) -> ClassList:
    """Classes that open later, the next one first."""
    return _class_list(user, CourseSession.Stage.UPCOMING, day, "start")


def _class_list(user: By, stage: str, day: datetime.date, order: str) -> ClassList:
    classes: QuerySet = CourseSession.objects.visible_to(user).in_stage(stage, day)
    people = Subquery(Enrollment.objects.visible_to(user).seats_taken_in(OuterRef("pk")))
    shown = list(classes.annotate(people=Coalesce(people, 0)).order_by(order, "code")[: _SHOWN + 1])
    count = len(shown) if len(shown) <= _SHOWN else classes.count()
    return ClassList(stage, shown[:_SHOWN], count)
