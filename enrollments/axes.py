"""The axes along which participations are counted: each says which lines stand on it and which filters list their rows.

Reports, their JSON and files, and the filters of lists go through `AXES`: what is added there is in all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, Filter, ModelChoiceFilter

from courses.models import Field
from enrollments.querysets import EnrollmentQuerySet
from personnel.filters import UnitFilter
from personnel.models import Unit
from vpcp_training.roles import By
from vpcp_training.years import days_of


@dataclass(frozen=True)
class AxisLine:
    """A line that may stand on an axis, for the rows that have its `value` there.

    `filters` are the parameters of a list that give them; it stands `always`, or only with a figure.
    """

    value: int | None
    code: str
    name: str
    filters: Mapping[str, str]
    always: bool = True


@dataclass(frozen=True, eq=False)
class Axis:
    """An axis of a code list: a line for each of its records, in their order.

    `key` is the column of the enrollment, the parameter of lists, and with `by_` the key of the JSON.
    """

    key: str
    label: Promise
    title: Promise
    records: QuerySet

    def value(self, unit: Unit | None) -> Combinable:
        """What a row has on the axis, in a report of a unit (None: of the whole office)."""
        return F(self.key)

    def lines(self, year: int, unit: Unit | None, user: By) -> list[AxisLine]:
        """The lines of such a report of a year, as a user may see it (all without a user)."""
        return [self._line(record) for record in self.records.all()]

    def filters(self) -> dict[str, Filter]:
        """The filters of a list that understand the parameters of the lines."""
        return {self.key: ModelChoiceFilter(self.key, to_field_name="code", queryset=self.records, label=self.label)}

    def _line(self, record: Any, *, always: bool = True, **how: str) -> AxisLine:
        return AxisLine(record.pk, record.code, str(record), {self.key: record.code, **how}, always)


class UnitAxis(Axis):
    """Units, each with all below it: those directly under the report's unit, and last that unit for itself alone."""

    def value(self, unit: Unit | None) -> Combinable:
        """The unit whose line it is; the tree is at most three deep."""
        if unit and unit.parent_id:
            return F("unit")
        return Case(When(unit__parent__parent=None, then=F("unit")), default=F("unit__parent"))

    def lines(self, year: int, unit: Unit | None, user: By) -> list[AxisLine]:
        """Units in their order; what is not in force in the year stands only with a figure, and so does the last.

        The whole office consists of its top units: their places take the units below them, or they themselves where
        there is nothing below; those with units below come last for what is recorded on them directly.
        """
        visible = Unit.objects.visible_to(user)
        units = list(visible.subtree_of(unit.pk) if unit else visible.filter(parent__parent=None))
        parents = {each.parent_id for each in units}
        tops = {unit.pk} if unit else {each.pk for each in units if each.parent_id is None}
        last = {pk for pk in tops if unit or pk in parents}
        in_force = set(visible.in_force(*days_of(year)).values_list("pk", flat=True))
        under = (each for each in units if each.parent_id in tops or each.pk in tops - last)
        return [
            *(self._line(each, always=each.pk in in_force) for each in under),
            *(self._line(each, always=False, direct="1") for each in units if each.pk in last),
        ]

    def filters(self) -> dict[str, Filter]:
        """A unit, and whether without those below it."""
        direct = ChoiceFilter(choices=[("1", _("yes"))], method=_unchanged, label=_("Without the units below"))
        return {"unit": _UnitLineFilter(), "direct": direct}


class _UnitLineFilter(UnitFilter):
    """What is recorded in a unit or below it, or with `direct` in the unit itself."""

    def filter(self, queryset: EnrollmentQuerySet, value: Unit | None) -> EnrollmentQuerySet:
        if not value:
            return queryset
        return queryset.filter(unit=value) if self.parent.form.cleaned_data["direct"] else queryset.in_unit(value)


def _unchanged(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """`direct` only says how `unit` is meant."""
    return queryset


FIELD = Axis("field", _("Field"), _("By field"), Field.objects.all())
UNIT = UnitAxis("unit", _("Unit"), _("By unit"), Unit.objects.all())
AXES = (FIELD, UNIT)
