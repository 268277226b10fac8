"""Questions asked of fields, courses and classes. The catalogue is open to everyone who signs in."""

import datetime

from django.db.models import Q

from vpcp_training.periods import Period, PeriodColumns
from vpcp_training.searching import CodeListQuerySet, SearchableQuerySet
from vpcp_training.text import clean_text, letters_key

from .countries import AT_HOME

HELD = PeriodColumns("start", "end")  # of a class


class FieldQuerySet(CodeListQuerySet):
    """Fields of training, in their order."""

    searched = ("code", "name", "name_en")

    def offered_in(self, year: int):
        """Those not retired by that year."""
        return self.filter(Q(retired_from=None) | Q(retired_from__gt=year))


class ProviderQuerySet(CodeListQuerySet):
    """Training providers."""

    searched = ("name",)

    def named(self, name: str):
        """The provider of a name, as it is spelled, else with the same letters; a new one if there is none."""
        name = clean_text(name)
        alike = [provider for provider in self.order_by("pk") if letters_key(provider.name) == letters_key(name)]
        return min(alike, key=lambda provider: provider.name != name, default=None) or self.create(name=name)


class CourseQuerySet(SearchableQuerySet):
    """The course catalogue."""

    def visible_to(self, user):
        """All: the catalogue names no person."""
        return self


class SessionQuerySet(SearchableQuerySet):
    """Classes."""

    def visible_to(self, user):
        """All: a class names no person; its roster is scoped by itself."""
        return self

    def under_way(self, day: datetime.date):
        """Classes in progress on a day."""
        return self.filter(HELD.covers(day), cancelled=False)

    def upcoming(self, day: datetime.date):
        """Classes that open after a day."""
        return self.filter(cancelled=False, start__gt=day)

    def in_stage(self, stage: str, day: datetime.date):
        """Classes that stand at a `CourseSession.Stage` on a day."""
        stages = self.model.Stage
        return {
            stages.UPCOMING: self.upcoming,
            stages.UNDER_WAY: self.under_way,
            stages.ENDED: self.ended,
            stages.CANCELLED: lambda _day: self.filter(cancelled=True),
        }[stage](day)

    def ended(self, day: datetime.date):
        """Classes whose closing date is before a day."""
        return self.filter(cancelled=False, end__lt=day)

    def overseas(self):
        """Classes held outside Viet Nam."""
        return self.exclude(country__in=AT_HOME)

    def at_home(self):
        """Classes held in Viet Nam."""
        return self.filter(country__in=AT_HOME)

    def overlapping(self, days: Period):
        """Classes with a day in common with the period."""
        return self.filter(HELD.overlaps(days))

    def occupying(self):
        """Classes a person attends in full: neither part-time nor online, so that two of them clash."""
        return self.filter(cancelled=False).exclude(mode__in=self.model.Mode.compatible())
