"""People without any training in a year."""

import datetime

from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from enrollments.models import Enrollment
from personnel.models import Staff, Unit
from personnel.querysets import StaffQuerySet, units_of
from vpcp_training.roles import By, sees_whole_office
from vpcp_training.years import days_of


def day_of(year: int) -> datetime.date:
    """The day that says who belongs to a year: its last one, today for a year that is not over."""
    _first, last = days_of(year)
    return min(last, timezone.localdate())


def untrained(year: int, user: By, unit: Unit | None = None) -> StaffQuerySet[Staff]:
    """People the user may see, in service on that day (in the unit or below), without a participation of that year.

    A participation recorded in another unit is training too, whoever may see it.
    """
    units = None if sees_whole_office(user) else units_of(user)
    if unit:
        units = Unit.objects.visible_to(user).subtree_of(unit.pk)
    trained = Enrollment.objects.participations().of_year(year).values("staff")
    return Staff.objects.visible_to(user).in_service(day_of(year), units).exclude(pk__in=trained)


def with_last_training(people: StaffQuerySet, user: By) -> StaffQuerySet:
    """Adds `last_year`, the last year with a participation the user may see."""
    rows = Enrollment.objects.visible_to(user).participations().filter(staff=OuterRef("pk")).order_by()
    return people.annotate(last_year=Subquery(rows.values("staff").annotate(last=Max("year")).values("last")))
