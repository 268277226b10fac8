"""The table of people without training."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django_tables2 import A

from personnel.models import Staff
from personnel.querysets import tree_order
from vpcp_training.tables import ListTable

from .untrained import day_of


class UntrainedTable(ListTable):
    """People, with their posting on the day that counts for the year, and the year of their last training."""

    full_name = tables.Column(
        linkify=("enrollments:staff_record", {"code": A("code")}), order_by=("sort_key", "birth_date")
    )
    code = tables.Column(verbose_name=_("Code"))
    unit = tables.Column(_("Unit"), accessor="current_posting__unit")
    position = tables.Column(_("Position held"), accessor="current_posting__position", orderable=False)
    last_year = tables.Column(_("Last training"), default="–")

    class Meta(ListTable.Meta):
        model = Staff
        fields = ("full_name", "code", "birth_date", "unit", "position", "last_year")
        order_by = "full_name"

    def __init__(self, *args, user, year: int, **kwargs):
        self.user, self.year = user, year
        super().__init__(*args, **kwargs)

    def order_unit(self, queryset, is_descending):
        """In the order of the tree of units, then by name."""
        keys = tree_order("post__unit__", descending=is_descending)
        return queryset.posted(day_of(self.year), self.user).order_by(*keys, "sort_key", "birth_date"), True


UntrainedTable.base_columns["full_name"].excel_width = 28
UntrainedTable.base_columns["unit"].excel_width = 32
UntrainedTable.base_columns["position"].excel_width = 22
