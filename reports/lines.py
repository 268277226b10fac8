"""Lines of a report's tables, and which units stand in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Case, F, QuerySet, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from personnel.models import Unit

from .figures import YearOverYear
from .years import days_of


@dataclass(frozen=True)
class Line:
    """One line of a table. `filters` are the parameters that list exactly its rows, next to year and scope."""

    code: str
    name: str
    participations: YearOverYear
    people: YearOverYear
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_direct(self) -> bool:
        """Whether the line is for what is recorded on a unit itself, the units below it having their own lines."""
        return "direct" in self.filters

    @property
    def label(self) -> str:
        """The name as a table shows it."""
        return _("%(unit)s, directly") % {"unit": self.name} if self.is_direct else self.name


@dataclass(frozen=True)
class UnitLine:
    """A unit that may stand in a report: with its whole subtree, or for itself alone (`direct`)."""

    pk: int
    code: str
    name: str
    direct: bool
    in_force: bool

    @property
    def filters(self) -> dict[str, str]:
        """The parameters that list its rows."""
        return {"unit": self.code, **({"direct": "1"} if self.direct else {})}


def unit_lines(unit: Unit | None, year: int, visible: QuerySet) -> list[UnitLine]:
    """The units directly under the report's unit in their order, and last the report's unit itself.

    The whole office (unit None) consists of its top units: their places take the units below them, or they
    themselves where there is nothing below; those with units below come last for what is recorded on them directly.
    """
    units = list(visible.subtree_of(unit.pk) if unit else visible.filter(parent__parent=None))
    parents = {each.parent_id for each in units}
    tops = {unit.pk} if unit else {each.pk for each in units if each.parent_id is None}
    last = {pk for pk in tops if unit or pk in parents}
    in_force = set(visible.in_force(*days_of(year)).values_list("pk", flat=True))
    return [
        *(
            UnitLine(each.pk, each.code, str(each), direct=False, in_force=each.pk in in_force)
            for each in units
            if each.parent_id in tops or each.pk in tops - last
        ),
        *(UnitLine(each.pk, each.code, str(each), direct=True, in_force=False) for each in units if each.pk in last),
    ]


def line_of(unit: Unit | None) -> Combinable:
    """The id of the unit whose line a row of the report belongs to; the tree is at most three deep."""
    if unit and unit.parent_id:
        return F("unit")
    return Case(When(unit__parent__parent=None, then=F("unit")), default=F("unit__parent"))
