"""The yearly report: every figure of a year against the year before, from a fixed number of grouped queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from courses.models import Field
from enrollments.models import Enrollment
from enrollments.querysets import COUNTS
from enrollments.slices import Slice, slices_for
from personnel.models import Unit
from vpcp_training.roles import sees_whole_office

from .figures import YearOverYear, sentence
from .lines import Line, line_of, unit_lines
from .remembered import Memory


@dataclass(frozen=True)
class YearlyReport:
    """The figures of one year, of a unit with all below it or (unit None) of the whole office.

    `cells` are participations by (code in `by_unit`, code in `by_field`), `rows` the participations of the year, not
    read yet. People are distinct within each line.
    """

    year: int
    unit: Unit | None
    total: Line
    classes: YearOverYear
    by_field: list[Line]
    by_unit: list[Line]
    of_which: dict[str, Line]
    cells: Mapping[tuple[str, str], int]
    rows: QuerySet

    @property
    def has_previous(self) -> bool:
        """Whether the year before has any participation in the report's scope."""
        return self.total.participations.previous is not None

    @property
    def year_before(self) -> int:
        """The year it is compared with."""
        return self.year - 1

    @property
    def sentence(self) -> str:
        """The year in one sentence."""
        return sentence(self.year, self.total.participations)

    @property
    def scope_name(self) -> str:
        """Whose figures: the unit's name, else the whole office."""
        return str(self.unit) if self.unit else _("The whole office")

    @cached_property
    def matrix(self) -> list[tuple[Line, list[tuple[Line, int]]]]:
        """Units × fields: each line of `by_unit` with its participations in each field of `by_field`."""
        return [
            (unit, [(field, self.cells.get((unit.code, field.code), 0)) for field in self.by_field])
            for unit in self.by_unit
        ]


def scope_unit(user, unit: Unit | None) -> Unit | None:
    """The unit of a report: the one asked for, else a leader's own, else None: the whole office."""
    if unit is None and not sees_whole_office(user):
        return user.unit
    return unit


def participations_of(user=None, unit: Unit | None = None) -> QuerySet:
    """The participations a report counts: those the user may see (all without a user), of a unit if given."""
    rows = Enrollment.objects.participations()
    if user is not None:
        rows = rows.visible_to(user)
    return rows.in_unit(unit) if unit else rows


def yearly_report(year: int, *, user=None, unit: Unit | None = None) -> YearlyReport:
    """The report of a year as a user may see it (everything without a user), of the whole office or of a unit."""
    unit = scope_unit(user, unit)
    slices = slices_for(user)
    counted = participations_of(user, unit)
    lines, recall, both = counted.annotate(line=line_of(unit)), Memory().recall_years, (year - 1, year)
    totals = _Counts(year, recall(counted.values("year").annotate(**COUNTS, **_total_counts(slices)), both))
    by_field = _Counts(year, recall(counted.values("year", "field").annotate(**COUNTS), both), "field", totals)
    by_line = _Counts(year, recall(lines.values("year", "line").annotate(**COUNTS), both), "line", totals)
    cells = recall(lines.values("year", "line", "field").annotate(count=COUNTS["participations"]), [year])

    fields = list(Field.objects.all())
    visible = Unit.objects.all() if user is None else Unit.objects.visible_to(user)
    units = [u for u in unit_lines(unit, year, visible) if u.in_force or by_line.has(u.pk)]
    unit_codes = {u.pk: u.code for u in units}
    field_codes = {f.pk: f.code for f in fields}
    return YearlyReport(
        year=year,
        unit=unit,
        total=totals.line("", _("Total")),
        classes=totals.figure("classes"),
        by_field=[by_field.line(f.code, str(f), {"field": f.code}, key=f.pk) for f in fields],
        by_unit=[by_line.line(u.code, u.name, u.filters, key=u.pk) for u in units],
        of_which={s.key: totals.line(s.key, str(s.title), s.filters, prefix=f"{s.key}_") for s in slices},
        cells={(unit_codes[cell["line"]], field_codes[cell["field"]]): cell["count"] for cell in cells},
        rows=counted.of_year(year),
    )


def _total_counts(slices: Iterable[Slice]) -> dict[str, Count]:
    """Beside the two counts of the total: the classes, and the same two counts of each slice."""
    counts = {"classes": Count("session", distinct=True)}
    for each in slices:
        counts[f"{each.key}_participations"] = Count("pk", filter=each.rows)
        counts[f"{each.key}_people"] = Count("staff", distinct=True, filter=each.rows)
    return counts


class _Counts:
    """Grouped counts of a year and the year before, by a key (without one: the totals)."""

    def __init__(self, year: int, rows: Iterable[dict], key: str = "", totals: "_Counts | None" = None):
        self._rows = {(row["year"], row.get(key)): row for row in rows}
        self._year = year
        self._compares = (year - 1, None) in (totals or self)._rows

    def has(self, key: int) -> bool:
        """Whether either year has a figure."""
        return any((year, key) in self._rows for year in (self._year, self._year - 1))

    def figure(self, count: str, key: int | None = None) -> YearOverYear:
        """One count against the year before; a missing group is 0, a year without any participation None."""
        current, previous = (self._rows.get((y, key), {}).get(count, 0) for y in (self._year, self._year - 1))
        return YearOverYear(current, previous if self._compares else None)

    def line(self, code: str, name: str, filters: dict | None = None, *, key: int | None = None, prefix="") -> Line:
        """The line of a key; with a prefix, of the counts so named."""
        counts = (self.figure(f"{prefix}{count}", key) for count in COUNTS)
        return Line(code, name, *counts, filters or {})
