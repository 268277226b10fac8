"""The yearly report with its year-over-year figures: from the snapshots, against the same figures through joins."""

from collections.abc import Iterable, Iterator

from django.core.cache import cache
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import ExtractYear

from courses.countries import HOME_COUNTRY
from enrollments.models import Enrollment
from enrollments.status import COUNTED
from personnel.models import Staff
from reports.yearly import YearlyReport, yearly_report

from .scales import LAST_YEAR
from .timing import Bench, Result

_COUNTS = {"participations": Count("pk"), "people": Count("staff", distinct=True)}
_SLICES = {
    "overseas": ~Q(session__country__in=["", HOME_COUNTRY]),
    "women": Q(staff__gender=Staff.Gender.FEMALE),
    "ethnic_minority": Q(staff__is_ethnic_minority=True),
    "leaders": ~Q(staff__postings__position__level=""),
}


def run(bench: Bench) -> Iterator[Result]:
    """The whole office, the latest year."""
    bench.use()
    report = yearly_report(LAST_YEAR)
    joined = _through_joins(LAST_YEAR)
    assert _figures(report) == _joined_figures(joined), "the rival counts something else"
    # Counted each time, not remembered.
    times = bench.compare(lambda: yearly_report(LAST_YEAR), lambda: _through_joins(LAST_YEAR), before_ours=cache.clear)
    rival = "the same through joins: class → course → field, posting on the day"
    yield Result("yearly report against the year before", rival, times, aim=2)


def _through_joins(year: int) -> list[list[dict]]:
    """What a schema without snapshots asks: year, field and unit are looked up for each row."""
    department = When(staff__postings__unit__parent__parent=None, then=F("staff__postings__unit"))
    rows = (
        Enrollment.objects.filter(
            Q(staff__postings__end=None) | Q(staff__postings__end__gte=F("session__start")),
            staff__postings__start__lte=F("session__start"),
            status__in=COUNTED,
            session__start__year__in=(year - 1, year),
        )
        .order_by()
        .annotate(
            of_year=ExtractYear("session__start"),
            of_field=F("session__course__field"),
            line=Case(department, default=F("staff__postings__unit__parent")),
        )
    )
    slices = {f"{name}_participations": Count("pk", filter=condition) for name, condition in _SLICES.items()}
    slices |= {f"{name}_people": Count("staff", distinct=True, filter=condition) for name, condition in _SLICES.items()}
    totals = rows.values("of_year").annotate(**_COUNTS, **slices, classes=Count("session", distinct=True))
    return [
        list(totals),
        list(rows.values("of_year", "of_field").annotate(**_COUNTS)),
        list(rows.values("of_year", "line").annotate(**_COUNTS)),
        list(rows.filter(session__start__year=year).values("line", "of_field").annotate(Count("pk"))),
    ]


def _figures(report: YearlyReport) -> list[list[tuple[int, int]]]:
    """Both counts of every line of the year that has any, to compare with the rival's."""
    tables = [[report.total, *report.of_which.values()], report.by_field, report.by_unit]
    return [_counted((line.participations.current, line.people.current) for line in lines) for lines in tables]


def _joined_figures(joined: list[list[dict]]) -> list[list[tuple[int, int]]]:
    [total], fields, units = ([row for row in rows if row["of_year"] == LAST_YEAR] for rows in joined[:3])
    slices = [(total[f"{name}_participations"], total[f"{name}_people"]) for name in _SLICES]
    lines = [[total], fields, units]
    tables = [[(row["participations"], row["people"]) for row in rows] for rows in lines]
    return [_counted([*tables[0], *slices]), *map(_counted, tables[1:])]


def _counted(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(pair for pair in pairs if any(pair))
