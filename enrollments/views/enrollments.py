"""Enrollments: the list behind every figure, the people in it, and the pages of one enrollment."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views import View

from enrollments.filters import COUNTED_CHOICE, EnrollmentFilter, PeopleFilter
from enrollments.models import Enrollment
from enrollments.status import COUNTED, DEEDS, DELETABLE, Status, next_statuses
from enrollments.status_log import status_log
from enrollments.tables import EnrollmentTable, PeopleTable
from personnel.models import Staff
from vpcp_training.access import allow
from vpcp_training.roles import EDITORS, PROPOSERS, READERS, may_edit, may_propose
from vpcp_training.screens.lists import Action, ListPage
from vpcp_training.screens.pages import HistoryPage

from .sessions import session_url


@allow(*READERS)
class EnrollmentList(ListPage):
    """Who was sent to which class: the rows behind every figure."""

    template_name = "enrollments/enrollment_list.html"
    model, table_class, filterset_class = Enrollment, EnrollmentTable, EnrollmentFilter
    title = gettext_lazy("Enrollments")
    search_label = gettext_lazy("Person, class, decision, certificate")
    count_label = ngettext_lazy("%(shown)s row", "%(shown)s rows", "n")
    actions = (
        Action(gettext_lazy("Send people to study"), "enrollments:choose_session", EDITORS, primary=True),
        Action(gettext_lazy("Propose people"), "enrollments:choose_session", PROPOSERS, primary=True),
    )
    empty = gettext_lazy("Nobody has been sent to a class yet. Open a class and add people to it.")
    file_name = "cu-di-hoc"

    def get_queryset(self):
        related = ("staff", "session", "field", "unit", "position")
        return super().get_queryset().select_related(*related)

    def get_context_data(self, **kwargs):
        if self.params.get("status") in (COUNTED_CHOICE, *COUNTED):
            self.count_label = ngettext_lazy("%(shown)s participation", "%(shown)s participations", "n")
        return super().get_context_data(**kwargs)

    def get_other(self):
        return {"label": _("The people in these rows"), "url": self.same_filters("enrollments:people_list")}


@allow(*READERS)
class PeopleList(ListPage):
    """The people in the enrollments of the same filters, each with the number of participations there."""

    template_name = "enrollments/people_list.html"
    model, table_class, filterset_class = Staff, PeopleTable, PeopleFilter
    title = gettext_lazy("People sent to study")
    search_label = gettext_lazy("Person or class, without diacritics")
    count_label = ngettext_lazy("%(shown)s person", "%(shown)s people", "n")
    empty = gettext_lazy("Nobody has been sent to a class yet. Open a class and add people to it.")
    file_name = "nguoi-di-hoc"

    def get_queryset(self):
        return super().get_queryset().with_posting(timezone.localdate(), self.request.user)

    def get_table_kwargs(self):
        return {"query": self._filter_params().dict()}

    def get_context_data(self, **kwargs):
        crumbs = [(_("Enrollments"), reverse("enrollments:enrollment_list")), (self.title, "")]
        return super().get_context_data(**kwargs) | {"crumbs": crumbs}

    def get_other(self):
        return {"label": _("The rows of these people"), "url": self.same_filters("enrollments:enrollment_list")}


def enrollment_url(enrollment: Enrollment, page: str = "detail") -> str:
    """The address of one of an enrollment's pages."""
    return reverse(f"enrollments:enrollment_{page}", args=[enrollment.pk])


def enrollment_crumbs(enrollment: Enrollment, *, with_itself: bool = True) -> list[tuple[str, str]]:
    """The way to an enrollment is through the list of all and its class."""
    session = enrollment.session
    above = [(_("Enrollments"), reverse("enrollments:enrollment_list")), (session.code, session_url(session))]
    return [*above, (enrollment.staff.full_name, enrollment_url(enrollment))] if with_itself else above


def visible_enrollments(request):
    related = ("session__course", "session__provider", "staff", "field", "unit", "position", "rank")
    return Enrollment.objects.visible_to(request.user).select_related(*related)


@allow(*READERS)
class EnrollmentDetail(View):
    """One person in one class: the facts, the snapshots, the steps that may follow, and the log."""

    def get(self, request, pk):
        enrollment = get_object_or_404(visible_enrollments(request), pk=pk)
        may_change = may_edit(request.user)
        context = {
            "enrollment": enrollment,
            "session": enrollment.session,
            "staff": enrollment.staff,
            "steps": [(step, DEEDS[step]) for step in next_statuses(enrollment.status)] if may_change else [],
            "may_change": may_change,
            "may_delete": may_change and enrollment.status in DELETABLE,
            "may_withdraw": may_propose(request.user) and enrollment.status == Status.PROPOSED,
            "log": status_log(enrollment),
            "title": enrollment.staff.full_name,
            "crumbs": [*enrollment_crumbs(enrollment, with_itself=False), (enrollment.staff.full_name, "")],
        }
        return render(request, "enrollments/enrollment.html", context)


@allow(*READERS)
class EnrollmentHistory(HistoryPage):
    """Who changed what in an enrollment."""

    model = Enrollment

    def get_queryset(self):
        return visible_enrollments(self.request)

    def get_crumbs(self):
        return enrollment_crumbs(self.record)
