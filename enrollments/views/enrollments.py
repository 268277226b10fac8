"""Enrollments: the list behind every figure, the people in it, and the pages of one enrollment."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views import View

from courses.models import CourseSession
from enrollments.filters import EnrollmentFilter, PeopleFilter
from enrollments.forms import EnrollmentForm, StatusForm
from enrollments.models import Enrollment
from enrollments.services import change_status, correct_enrollment, delete_enrollment
from enrollments.services.checks import Severity, check
from enrollments.services.enrolling import EnrollmentRefused
from enrollments.status import COUNTED, DELETABLE, Status, next_statuses
from enrollments.status_log import status_log
from enrollments.tables import EnrollmentTable, PeopleTable
from personnel.models import Staff
from vpcp_training.access import allow
from vpcp_training.errors import DomainError
from vpcp_training.forms import ConfirmForm
from vpcp_training.lists import ListPage
from vpcp_training.pages import FormPage, HistoryPage
from vpcp_training.roles import ADMIN, ALL, HR

from .sessions import session_url


@allow(*ALL)
class EnrollmentList(ListPage):
    """Who was sent to which class: the rows behind every figure."""

    template_name = "enrollments/enrollment_list.html"
    model, table_class, filterset_class = Enrollment, EnrollmentTable, EnrollmentFilter
    title = gettext_lazy("Enrollments")
    search_label = gettext_lazy("Search person or class; diacritics not needed")
    count_label = ngettext_lazy("%(shown)s row", "%(shown)s rows", "n")
    empty = gettext_lazy("Nobody has been sent to a class yet. Open a class and add people to it.")
    file_name = "cu-di-hoc"

    def get_queryset(self):
        related = ("staff", "session", "field", "unit", "position")
        return super().get_queryset().select_related(*related)

    def get_context_data(self, **kwargs):
        return super().get_context_data(other_url=_same_filters("people_list", self.params), **kwargs)


@allow(*ALL)
class PeopleList(ListPage):
    """The people in the enrollments of the same filters, each with the number of participations there."""

    template_name = "enrollments/people_list.html"
    model, table_class, filterset_class = Staff, PeopleTable, PeopleFilter
    title = gettext_lazy("People sent to study")
    search_label = gettext_lazy("Search person or class; diacritics not needed")
    count_label = ngettext_lazy("%(shown)s person", "%(shown)s people", "n")
    empty = gettext_lazy("Nobody has been sent to a class yet. Open a class and add people to it.")
    file_name = "nguoi-di-hoc"

    def get_queryset(self):
        return super().get_queryset().with_posting(timezone.localdate(), self.request.user)

    def get_table_kwargs(self):
        return {"query": self._filter_params().dict()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(other_url=_same_filters("enrollment_list", self.params), **kwargs)


def _same_filters(page: str, params) -> str:
    """The other of the two lists, with the filters of this one."""
    kept = params.copy()
    for name in ("sort", "page", "per_page", "export"):
        kept.pop(name, None)
    return f"{reverse(f'enrollments:{page}')}?{kept.urlencode()}"


def enrollment_url(enrollment: Enrollment, page: str = "detail") -> str:
    """The address of one of an enrollment's pages."""
    return reverse(f"enrollments:enrollment_{page}", args=[enrollment.pk])


def _crumbs(enrollment: Enrollment, *, with_itself: bool = True) -> list[tuple[str, str]]:
    """The way to an enrollment is through its class."""
    session = enrollment.session
    above = [(_("Classes"), reverse("enrollments:session_list")), (session.code, session_url(session))]
    return [*above, (enrollment.staff.full_name, enrollment_url(enrollment))] if with_itself else above


def _visible(request):
    related = ("session__course", "session__provider", "staff", "field", "unit", "position", "rank")
    return Enrollment.objects.visible_to(request.user).select_related(*related)


@allow(*ALL)
class EnrollmentDetail(View):
    """One person in one class: the facts, the snapshots, the steps that may follow, and the log."""

    def get(self, request, pk):
        enrollment = get_object_or_404(_visible(request), pk=pk)
        may_change = request.user.role in (ADMIN, HR)
        context = {
            "enrollment": enrollment,
            "session": enrollment.session,
            "staff": enrollment.staff,
            "steps": next_statuses(enrollment.status) if may_change else (),
            "may_change": may_change,
            "may_delete": may_change and enrollment.status in DELETABLE,
            "log": status_log(enrollment),
            "title": enrollment.staff.full_name,
            "crumbs": [*_crumbs(enrollment, with_itself=False), (enrollment.staff.full_name, "")],
        }
        return render(request, "enrollments/enrollment.html", context)


class _EnrollmentPage(FormPage):
    """A page that changes one enrollment."""

    model = Enrollment

    def get_queryset(self):
        return _visible(self.request)

    def lock(self):
        list(CourseSession.objects.select_for_update().filter(pk=self.record.session_id).values_list("pk"))
        super().lock()

    def get_crumbs(self):
        return _crumbs(self.record)

    def get_success_url(self):
        return enrollment_url(self.record)


@allow(ADMIN, HR)
class EnrollmentEdit(_EnrollmentPage):
    """Corrects decision, result and certificate."""

    form_class = EnrollmentForm

    def get_title(self):
        return _("Edit decision and result")

    def save(self, form):
        correct_enrollment(form.instance, self.request.user)


@allow(ADMIN, HR)
class EnrollmentStatus(_EnrollmentPage):
    """One step of the workflow, `?to=` a status; whoever takes a seat by it is checked first."""

    form_class = StatusForm
    template_name = "enrollments/status_form.html"

    def dispatch(self, request, *args, **kwargs):
        if request.GET.get("to") not in Status.values:
            raise Http404
        self.status = Status(request.GET["to"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if self.status not in next_statuses(self.record.status):
            messages.warning(request, _("The status has changed meanwhile. These are the steps possible now."))
            return HttpResponseRedirect(enrollment_url(self.record))
        return super().get(request, *args, **kwargs)

    def get_title(self):
        return _("Change the status to “%(status)s”") % {"status": self.status.label}

    @property
    def submit_label(self):
        return self.status.label

    def get_form_kwargs(self):
        arrives = self.status in COUNTED and not self.record.is_counted
        session, staff = self.record.session, self.record.staff
        found = check(session, [staff], self.request.user, enrolled=True).of(staff) if arrives else []
        self.findings = found
        to_confirm = any(finding.severity == Severity.CONFIRM for finding in found)
        return {"rows": [self.record], "status": self.status, "to_confirm": to_confirm}

    def get_context_data(self, **kwargs):
        return super().get_context_data(enrollment=self.record, findings=self.findings, **kwargs)

    def save(self, form):
        step_of(form, [self.record], self.status, self.request.user)

    def get_success_message(self):
        values = {"name": self.record.staff.full_name, "status": self.status.label}
        return _("%(name)s is now “%(status)s”.") % values


def step_of(form: StatusForm, rows: list[Enrollment], status: Status, by) -> list[Enrollment]:
    """Takes the step a form asks for; what has to be confirmed is said beside the box to tick."""
    values = form.cleaned_data
    try:
        return change_status(
            rows,
            status,
            by,
            reason=values.get("reason", ""),
            facts=form.facts,
            confirmed=values.get("confirmed", False),
        )
    except EnrollmentRefused as error:
        if error.severity == Severity.CONFIRM:
            raise DomainError(*(("confirmed", text) for _field, text in error.messages)) from error
        raise


@allow(ADMIN, HR)
class EnrollmentDelete(_EnrollmentPage):
    """Deletes a mistaken enrollment; the history keeps it."""

    form_class = ConfirmForm
    template_name = "pages/confirm.html"
    submit_label = gettext_lazy("Delete the enrollment")

    def get_title(self):
        return _("Delete the enrollment")

    @property
    def question(self):
        values = {"name": self.record.staff.full_name, "session": self.record.session.name}
        text = _("%(name)s will no longer be in the class %(session)s, as if never entered. The history keeps it.")
        return text % values

    def save(self, form):
        delete_enrollment(self.record, self.request.user)

    def get_success_message(self):
        return _("%(name)s was removed from the class.") % {"name": self.record.staff.full_name}

    def get_success_url(self):
        return session_url(self.record.session)


@allow(*ALL)
class EnrollmentHistory(HistoryPage):
    """Who changed what in an enrollment."""

    model = Enrollment

    def get_queryset(self):
        return _visible(self.request)

    def get_crumbs(self):
        return _crumbs(self.record)
