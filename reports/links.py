"""From a figure to the list of exactly its rows."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from .lines import Line
from .yearly import YearlyReport


def scope_query(report: YearlyReport) -> str:
    """The parameters that say which report: its year and unit."""
    return urlencode({"year": report.year, **({"unit": report.unit.code} if report.unit else {})})


def filters_of(report: YearlyReport, *lines: Line, year: int | None = None, compared: bool = False) -> dict[str, str]:
    """The parameters of the enrollment list that give the rows of a line, or of where lines cross.

    `compared` are those of the year and of the year before, between which a change is.
    """
    filters = {"year": str(year or report.year), **({"before": "1"} if compared else {}), "status": "counted"}
    if report.unit:
        filters["unit"] = report.unit.code
    for line in lines:
        filters |= line.filters
    return filters


def rows_url(report: YearlyReport, *lines: Line, **which: Any) -> str:
    """The participations behind a figure; `which`: see `filters_of`."""
    return f"{reverse('enrollments:enrollment_list')}?{urlencode(filters_of(report, *lines, **which))}"


def people_url(report: YearlyReport, *lines: Line, **which: Any) -> str:
    """The people behind a figure."""
    return f"{reverse('enrollments:people_list')}?{urlencode(filters_of(report, *lines, **which))}"


def sessions_url(report: YearlyReport, *, year: int | None = None, compared: bool = False) -> str:
    """The classes of the participations."""
    scope = {"unit": report.unit.code} if report.unit else {"attended": "1"}
    years = {"year": year or report.year, **({"before": "1"} if compared else {})}
    return f"{reverse('enrollments:session_list')}?{urlencode({**years, **scope})}"


def untrained_url(report: YearlyReport) -> str:
    """The people without training in the year."""
    return f"{reverse('reports:untrained')}?{scope_query(report)}"


def excel_url(report: YearlyReport) -> str:
    """The report as an Excel file."""
    return f"{reverse('reports:yearly_excel')}?{scope_query(report)}"
