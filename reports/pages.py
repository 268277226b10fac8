"""The frame of a page about one year: whose figures, of which year, and what to say where there are none."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.generic import View

from personnel.models import Unit
from vpcp_training.errors import DomainError
from vpcp_training.roles import sees_whole_office

from .trend import TrendPoint, trend
from .yearly import YearlyReport, scope_unit, yearly_report
from .years import parse_year


class ReportPage(View):
    """Answers `?year=` with the year's report; without a year, that of the latest one with participations."""

    template_name: str
    request: Any  # of somebody who has signed in

    def get(self, request: Any) -> HttpResponse:
        unit = scope_unit(request.user, self.get_unit())
        if unit is None and not sees_whole_office(request.user):
            return render(request, "reports/no_unit.html")
        points = trend(request.user, unit)
        if not points:
            return render(request, "reports/no_data.html", {"unit": unit, **self.get_news()})
        year, problem = points[-1].year, ""
        try:
            year = parse_year(request.GET["year"]) if request.GET.get("year") else year
        except DomainError as error:
            problem = _("%(problem)s This is the report of %(year)s.") % {"problem": error, "year": year}
        return self.show(yearly_report(year, user=request.user, unit=unit), points, problem)

    def get_unit(self) -> Unit | None:
        """The unit asked for; None for all the user may see."""
        return None

    def show(self, report: YearlyReport, points: list[TrendPoint], problem: str) -> HttpResponse:
        """The page; a bad year is answered with the usual year, a message, and status 400."""
        context = {"report": report, "points": points, "problem": problem, **self.get_news(), **self.get_extra(report)}
        return render(self.request, self.template_name, context, status=400 if problem else 200)

    def get_news(self) -> dict:
        """What the page shows also where there are no figures yet."""
        return {}

    def get_extra(self, report: YearlyReport) -> dict:
        """What the page shows beside the report."""
        return {}


def visible_unit(request: Any) -> Unit | None:
    """The unit of `?unit=`, which has to be one the user sees (else 404)."""
    code = request.GET.get("unit")
    return get_object_or_404(Unit.objects.visible_to(request.user), code=code) if code else None
