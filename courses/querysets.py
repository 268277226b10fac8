"""Questions asked of fields, courses and classes. The catalogue is open to everyone who signs in."""

import datetime
from typing import Any, Self

from django.apps import apps
from django.db.models import Q

from vpcp_training.periods import Period, PeriodColumns
from vpcp_training.roles import By
from vpcp_training.searching import CodeListQuerySet, M, SearchableQuerySet
from vpcp_training.text import clean_text, letters_key

from .countries import AT_HOME

HELD = PeriodColumns("start", "end")  # of a class


class FieldQuerySet(CodeListQuerySet[M]):
    """Fields of training, in their order."""

    searched = ("code", "name", "name_en")

    def offered_in(self, year: int) -> Self:
        """Those not retired by that year."""
        return self.filter(Q(retired_from=None) | Q(retired_from__gt=year))


class ProviderQuerySet(CodeListQuerySet):
    """Training providers."""

    searched = ("name",)

    def named(self, name: str) -> Any:
        """The provider of a name, as it is spelled, else with the same letters; a new one if there is none."""
        name = clean_text(name)
        alike = [provider for provider in self.order_by("pk") if letters_key(provider.name) == letters_key(name)]
        return min(alike, key=lambda provider: provider.name != name, default=None) or self.create(name=name)


class CourseQuerySet(SearchableQuerySet[M]):
    """The course catalogue."""

    def visible_to(self, user: By) -> Self:
        """All: the catalogue names no person."""
        return self


class SessionQuerySet(SearchableQuerySet[M]):
    """Classes."""

    def visible_to(self, user: By) -> Self:
        """All: a class names no person; its roster is scoped by itself."""
        return self

    def under_way(self, day: datetime.date) -> Self:
        """Classes in progress on a day."""
        return self.filter(HELD.covers(day), cancelled=False)

    def upcoming(self, day: datetime.date) -> Self:
        """Classes that open after a day."""
        return self.filter(cancelled=False, start__gt=day)

    def in_stage(self, stage: str, day: datetime.date) -> Self:
        """Classes that stand at a `CourseSession.Stage` on a day."""
        stages = apps.get_model("courses", "CourseSession").Stage
        return {
            stages.UPCOMING: self.upcoming,
            stages.UNDER_WAY: self.under_way,
            stages.ENDED: self.ended,
            stages.CANCELLED: lambda _day: self.filter(cancelled=True),
        }[stage](day)

    def ended(self, day: datetime.date) -> Self:
        """Classes whose closing date is before a day."""
        return self.filter(cancelled=False, end__lt=day)

    def overseas(self) -> Self:
        """Classes held outside Viet Nam."""
        return self.exclude(country__in=AT_HOME)

    def at_home(self) -> Self:
        """Classes held in Viet Nam."""
        return self.filter(country__in=AT_HOME)

    def overlapping(self, days: Period) -> Self:
        """Classes with a day in common with the period."""
        return self.filter(HELD.overlaps(days))

    def occupying(self) -> Self:
        """Classes a person attends in full: neither part-time nor online, so that two of them clash."""
        modes = apps.get_model("courses", "CourseSession").Mode
        return self.filter(cancelled=False).exclude(mode__in=modes.compatible())
