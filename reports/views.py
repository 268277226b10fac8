"""Pages of reports: dashboard, yearly report, people without training, the counting rule."""

from django.db.models import QuerySet
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from enrollments.status import COUNTED, Status
from personnel.models import Staff, Unit
from vpcp_training.access import allow
from vpcp_training.paper.excel import workbook_response
from vpcp_training.paper.exports import log_export
from vpcp_training.roles import READERS, may_edit
from vpcp_training.screens.lists import ListPage

from .classes import classes_coming_up, classes_under_way
from .filters import UntrainedFilter
from .pages import ReportPage, visible_unit
from .remembered import Memory
from .tables import UntrainedTable
from .todo import to_do
from .trend import trend
from .untrained import day_of, untrained
from .workbook import build_workbook
from .yearly import YearlyReport


@allow(*READERS)
class Dashboard(ReportPage):
    """The first page of each role: the year in one sentence, its tables, the trend, and what is going on."""

    template_name = "reports/dashboard.html"

    def get_news(self) -> dict:
        user = self.request.user
        return {"todo": to_do(user, timezone.localdate())} if may_edit(user) else {}

    def get_extra(self, report: YearlyReport) -> dict:
        user, today = self.request.user, timezone.localdate()
        return {
            "untrained": Memory().recall(untrained(report.year, user, report.unit), QuerySet.count),
            "untrained_day": day_of(report.year),
            "under_way": classes_under_way(user, today),
            "coming_up": classes_coming_up(user, today),
        }


@allow(*READERS)
class Yearly(ReportPage):
    """The yearly report of the whole scope or of a unit in it."""

    template_name = "reports/yearly.html"

    def get_unit(self) -> Unit | None:
        return visible_unit(self.request)

    def get_extra(self, report: YearlyReport) -> dict:
        return {"units": Unit.objects.visible_to(self.request.user).as_tree()}


@allow(*READERS)
class YearlyExcel(Yearly):
    """The yearly report as an Excel file, logged as an export."""

    def show(self, report, points, problem):
        if problem:
            return super().show(report, points, problem)
        what = _("Yearly report %(year)s") % {"year": report.year}
        rows = report.total.participations.current
        log_export(self.request.user.exports, what=what, query=report.scope_name, rows=rows)
        unit = f"-{report.unit.code.replace('/', '-')}" if report.unit else ""
        return workbook_response(build_workbook(report), f"bao-cao-{report.year}{unit}.xlsx")


@allow(*READERS)
class Untrained(ListPage):
    """People in service without any training in a year."""

    model, table_class, filterset_class = Staff, UntrainedTable, UntrainedFilter
    title: str | Promise = gettext_lazy("Not trained in a year")
    count_label = ngettext_lazy("%(shown)s person", "%(shown)s people", "n")
    empty = gettext_lazy("Everybody in service had training that year.")
    file_name = "chua-dao-tao"

    def get(self, request, *args, **kwargs):
        if year := request.GET.get("year"):
            if year.isdecimal():
                self.title = _("Not trained in %(year)s") % {"year": year[:4]}
            return super().get(request, *args, **kwargs)
        points = trend(request.user)
        query = request.GET.copy()
        query["year"] = points[-1].year if points else timezone.localdate().year
        return redirect(f"{request.path}?{query.urlencode()}")

    def get_context_data(self, **kwargs) -> dict:
        crumbs = [(_("Reports"), reverse("reports:yearly")), (self.title, "")]
        return {**super().get_context_data(**kwargs), "crumbs": crumbs}

    def get_table_kwargs(self) -> dict:
        year = self.filterset.form.cleaned_data.get("year") or timezone.localdate().year
        return {"year": year}


@allow(*READERS)
def rule(request):
    """The counting rule in words."""
    counted = [status.label for status in Status if status in COUNTED]
    not_counted = [status.label for status in Status if status not in COUNTED]
    return render(request, "reports/rule.html", {"counted": counted, "not_counted": not_counted})
