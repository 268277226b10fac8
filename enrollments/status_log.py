"""What the history of enrollments tells: each step of a status, whom somebody removed, what was done to a class."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import DenseRank

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.status import Status
from personnel.querysets import units_of
from vpcp_training.change_sets import ChangeSet
from vpcp_training.roles import sees_whole_office
from vpcp_training.text import NAMED, first_names


@dataclass(frozen=True)
class Step:
    """One change of status; `old` is None for the first."""

    at: datetime.datetime
    by: str
    old: Status | None
    new: Status
    reason: str


@dataclass(frozen=True)
class ChangeOfPeople:
    """What was done at once to people of a class: to how many, and the first of them by name."""

    change_set: ChangeSet
    number: int
    names: str


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


def changes_of_people(session: CourseSession, user, most: int) -> list[ChangeOfPeople]:
    """What was done to people of a class that the user sees, the latest first, in two queries."""
    rows = Enrollment.history.filter(session=session.pk, change_set__isnull=False).order_by()
    if not sees_whole_office(user):
        rows = rows.filter(unit__in=units_of(user))
    numbers = rows.values("change_set").annotate(number=Count("id", distinct=True))
    number = Subquery(numbers.filter(change_set=OuterRef("pk")).values("number"))
    sets = ChangeSet.objects.filter(pk__in=rows.values("change_set")).select_related("by").annotate(number=number)
    latest = list(sets[:most])
    place = Window(DenseRank(), partition_by="change_set", order_by=["staff__sort_key", "staff"])
    named = rows.filter(change_set__in=latest, staff__full_name__isnull=False).annotate(place=place)
    first = named.filter(place__lte=NAMED).order_by("place").values_list("change_set", "staff", "staff__full_name")
    names = defaultdict(dict)
    for made, staff, name in first:
        names[made][staff] = name
    return [ChangeOfPeople(made, made.number, first_names([*names[made.pk].values()], made.number)) for made in latest]
