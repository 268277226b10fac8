"""The yearly report with its year-over-year figures: from the snapshots, against the same figures through joins."""

from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import ExtractYear

from courses.countries import HOME_COUNTRY
from enrollments.models import Enrollment
from enrollments.status import COUNTED
from personnel.models import Staff
from reports.yearly import YearlyReport, yearly_report

from .database import Databases
from .scales import LAST_YEAR, SCALES
from .timing import Result, compare

_COUNTS = {"participations": Count("pk"), "people": Count("staff", distinct=True)}
_SLICES = {
    "overseas": ~Q(session__country__in=["", HOME_COUNTRY]),
    "women": Q(staff__gender=Staff.Gender.FEMALE),
    "ethnic_minority": Q(staff__is_ethnic_minority=True),
    "leaders": ~Q(staff__postings__position__level=""),
}


def run(databases: Databases, size: str) -> list[Result]:
    """The whole office, the latest year."""
    databases.use(SCALES[size])
    report = yearly_report(LAST_YEAR)
    joined = _through_joins(LAST_YEAR)
    assert _figures(report) == _totals(joined), "the rival counts something else"
    times = compare(lambda: yearly_report(LAST_YEAR), lambda: _through_joins(LAST_YEAR))
    rival = "the same through joins: class → course → field, posting on the day"
    return [Result("yearly report against the year before", rival, *times, aim=2)]


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


def _figures(report: YearlyReport) -> list[list[int]]:
    """Both counts of all lines of the year, to compare with the rival's."""
    lines = [[report.total, *report.of_which.values()], report.by_field, report.by_unit]
    return [
        sorted((n.participations.current, n.people.current) for n in part if n.participations.current) for part in lines
    ]


def _totals(joined: list[list[dict]]) -> list[list[int]]:
    [total], fields, units = ([row for row in rows if row["of_year"] == LAST_YEAR] for rows in joined[:3])
    pairs = [(total["participations"], total["people"])]
    pairs += [(total[f"{name}_participations"], total[f"{name}_people"]) for name in _SLICES]
    return [
        sorted(pairs),
        *(sorted((row["participations"], row["people"]) for row in rows) for rows in (fields, units)),
    ]
