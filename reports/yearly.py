"""The yearly report: every figure of a year against the year before, from a fixed number of grouped queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from enrollments.axes import AXES, FIELD, UNIT, Axis, AxisLine
from enrollments.models import Enrollment
from enrollments.querysets import COUNTS, EnrollmentQuerySet
from enrollments.slices import Slice, slices_for
from personnel.models import Unit, User
from vpcp_training.roles import By, sees_whole_office

from .figures import YearOverYear, sentence
from .lines import Line
from .remembered import Memory


@dataclass(frozen=True)
class YearlyReport:
    """The figures of one year, of a unit with all below it or (unit None) of the whole office.

    `lines` are those of each axis, `cells` participations by (code in `by_unit`, code in `by_field`), `rows` the
    participations of the year, not read yet. People are distinct within each line.
    """

    year: int
    unit: Unit | None
    total: Line
    classes: YearOverYear
    lines: Mapping[Axis, list[Line]]
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

    @property
    def by_field(self) -> list[Line]:
        """The lines of the fields, which are the columns of the matrix."""
        return self.lines[FIELD]

    @property
    def by_unit(self) -> list[Line]:
        """The lines of the units, which are its rows."""
        return self.lines[UNIT]

    @cached_property
    def matrix(self) -> list[tuple[Line, list[tuple[Line, int]]]]:
        """Units × fields: each line of `by_unit` with its participations in each field of `by_field`."""
        return [
            (unit, [(field, self.cells.get((unit.code, field.code), 0)) for field in self.by_field])
            for unit in self.by_unit
        ]


def scope_unit(user: User | None, unit: Unit | None) -> Unit | None:
    """The unit of a report: the one asked for, else a leader's own, else None: the whole office."""
    if unit is None and user is not None and not sees_whole_office(user):
        return user.unit
    return unit


def participations_of(user: By = None, unit: Unit | None = None) -> EnrollmentQuerySet[Enrollment]:
    """The participations a report counts: those the user may see (all without a user), of a unit if given."""
    rows = Enrollment.objects.participations().visible_to(user)
    return rows.in_unit(unit) if unit else rows


def yearly_report(
    year: int, *, user: User | None = None, unit: Unit | None = None, axes: Sequence[Axis] = AXES
) -> YearlyReport:
    """The report of a year as a user may see it (everything without a user), of the whole office or of a unit."""
    unit = scope_unit(user, unit)
    slices = slices_for(user)
    counted = participations_of(user, unit)
    recall, both = Memory().recall_years, (year - 1, year)
    totals = _Counts(year, recall(counted.values("year").annotate(**COUNTS, **_total_counts(slices)), both))
    by_line = {axis: counted.annotate(line=axis.value(unit)).values("year", "line") for axis in axes}
    counts = {axis: _Counts(year, recall(rows.annotate(**COUNTS), both), totals) for axis, rows in by_line.items()}
    crossed = counted.annotate(column=FIELD.value(unit), row=UNIT.value(unit)).values("year", "column", "row")
    cells = recall(crossed.annotate(count=COUNTS["participations"]), [year])

    # Only now, so that what comes into a code list meanwhile has no figure without a line.
    places = {axis: axis.lines(year, unit, user) for axis in axes}
    unit_codes, field_codes = ({each.value: each.code for each in places[axis]} for axis in (UNIT, FIELD))
    return YearlyReport(
        year=year,
        unit=unit,
        total=totals.line("", _("Total")),
        classes=totals.figure("classes"),
        lines={axis: counts[axis].lines(places[axis]) for axis in axes},
        of_which={s.key: totals.line(s.key, str(s.title), s.filters, prefix=f"{s.key}_") for s in slices},
        cells={(unit_codes[cell["row"]], field_codes[cell["column"]]): cell["count"] for cell in cells},
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
    """Counts of a year and the year before, by the value of each `line` of an axis (without one: the totals)."""

    def __init__(self, year: int, rows: Iterable[dict], totals: "_Counts | None" = None):
        self._rows = {(row["year"], row.get("line")): row for row in rows}
        self._year = year
        self._compares = (year - 1, None) in (totals or self)._rows

    def lines(self, places: Iterable[AxisLine]) -> list[Line]:
        """The lines that stand on the axis always or have a figure in either year."""
        with_figure = {value for _year, value in self._rows}
        return [
            self.line(each.code, each.name, each.filters, value=each.value)
            for each in places
            if each.always or each.value in with_figure
        ]

    def figure(self, count: str, value: int | None = None) -> YearOverYear:
        """One count against the year before; a missing group is 0, a year without any participation None."""
        current, previous = (self._rows.get((y, value), {}).get(count, 0) for y in (self._year, self._year - 1))
        return YearOverYear(current, previous if self._compares else None)

    def line(
        self, code: str, name: str, filters: Mapping | None = None, *, value: int | None = None, prefix: str = ""
    ) -> Line:
        """The line of a value; with a prefix, of the counts so named."""
        figures = {count: self.figure(f"{prefix}{count}", value) for count in COUNTS}
        return Line(code, name, **figures, filters=filters or {})
