"""Filters of the list of people without training."""

from personnel.filters import UnitFilter
from personnel.querysets import StaffQuerySet
from vpcp_training.screens.lists import ListFilter, YearFilter

from .untrained import day_of, untrained, with_last_training


class UntrainedFilter(ListFilter):
    """Which year (always given) and which unit the people belong to."""

    year = YearFilter(required=True)
    unit = UnitFilter()

    def filter_queryset(self, queryset: StaffQuerySet) -> StaffQuerySet:
        chosen, user = self.form.cleaned_data, self.request.user
        year = chosen["year"]
        people = queryset.filter(pk__in=untrained(year, user, chosen["unit"]).values("pk"))
        found = self.filters["q"].filter(people, chosen["q"])
        return with_last_training(found, user).with_posting(day_of(year), user)
