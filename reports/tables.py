"""The table of people without training."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django_tables2 import A

from personnel.models import Staff
from personnel.querysets import StaffQuerySet, tree_order
from vpcp_training.screens.tables import ONE_LINE, LineColumn, ListTable

from .untrained import day_of


class UntrainedTable(ListTable):
    """People, with their posting on the day that counts for the year, and the year of their last training."""

    full_name = LineColumn(
        linkify=("enrollments:staff_record", {"code": A("code")}), order_by=("sort_key", "birth_date"), attrs=ONE_LINE
    )
    code = tables.Column(verbose_name=_("Code"))
    unit = LineColumn(_("Unit"), accessor="current_posting__unit", roomy=True)
    position = LineColumn(_("Position held"), accessor="current_posting__position", orderable=False)
    last_year = tables.Column(_("Last training"), default="–")

    class Meta(ListTable.Meta):
        model = Staff
        fields = ("full_name", "code", "birth_date", "unit", "position", "last_year")
        order_by = "full_name"
        attrs = {"class": "t t-cards single"}

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        self.year = year
        super().__init__(*args, **kwargs)

    def order_unit(self, queryset: StaffQuerySet, is_descending: bool) -> tuple[StaffQuerySet, bool]:
        """In the order of the tree of units, then by name."""
        keys = tree_order("post__unit__", descending=is_descending)
        return queryset.posted(day_of(self.year)).order_by(*keys, "sort_key", "birth_date"), True
