"""Pages that change one enrollment: its facts, a step of its status, its deletion, the withdrawal of a proposal."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import CourseSession
from enrollments.forms import EnrollmentForm, StatusForm
from enrollments.models import Enrollment
from enrollments.services import change_status, correct_enrollment, delete_enrollment, withdraw_proposal
from enrollments.services.certificates import has_certificate, shared_numbers
from enrollments.services.checks import Severity, check, late_notice
from enrollments.services.enrolling import EnrollmentRefused
from enrollments.services.workflow import ensure_deletable, ensure_undecided
from enrollments.status import COUNTED, DEEDS, Status, next_statuses
from vpcp_training.access import allow
from vpcp_training.errors import DomainError
from vpcp_training.roles import EDITORS, PROPOSERS
from vpcp_training.screens.delete_pages import RemovalPage
from vpcp_training.screens.pages import FormPage

from .enrollments import enrollment_crumbs, enrollment_url, visible_enrollments
from .sessions import session_url


class _EnrollmentPage(FormPage):
    """A page that changes one enrollment."""

    model = Enrollment

    def get_queryset(self):
        return visible_enrollments(self.request)

    def lock(self):
        list(CourseSession.objects.select_for_update().filter(pk=self.record.session_id).values_list("pk"))
        super().lock()

    def get_crumbs(self):
        return enrollment_crumbs(self.record)

    def get_success_url(self):
        return enrollment_url(self.record)


@allow(*EDITORS)
class EnrollmentEdit(_EnrollmentPage):
    """Corrects decision, result and certificate."""

    form_class = EnrollmentForm

    def get_title(self):
        return _("Edit decision and result of %(name)s") % {"name": self.record.staff.full_name}

    def save(self, form):
        correct_enrollment(form.instance, self.request.user)
        if "certificate_number" in form.changed_data:
            warn_of_shared_numbers(self.request, [form.instance])


@allow(*EDITORS)
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
        values = {"name": self.record.staff.full_name, "status": self.status.label}
        return _("Change the status of %(name)s to “%(status)s”") % values

    @property
    def submit_label(self):
        return DEEDS[self.status]

    @property
    def destructive(self):
        return self.status == Status.CANCELLED

    def get_form_kwargs(self):
        arrives = self.status in COUNTED and not self.record.is_counted
        session, staff = self.record.session, self.record.staff
        found = check(session, [staff], self.request.user, enrolled=True).of(staff) if arrives else []
        self.findings, self.late = found, late_notice(session) if arrives else None
        to_confirm = any(finding.severity == Severity.CONFIRM for finding in found)
        return {"rows": [self.record], "status": self.status, "to_confirm": to_confirm}

    def as_shown(self):
        row = self.conflicts.as_shown().get(self.record.pk)
        return {"rows": [row.instance]} if row else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(enrollment=self.record, findings=self.findings, late=self.late, **kwargs)

    def save(self, form):
        step_of(form, [self.record], self.status, self.request)

    def get_success_message(self):
        values = {"name": self.record.staff.full_name, "status": self.status.label}
        return _("%(name)s is now “%(status)s”.") % values


def step_of(form: StatusForm, rows: list[Enrollment], status: Status, request: HttpRequest) -> list[Enrollment]:
    """Takes the step a form asks for; what has to be confirmed is said beside the box to tick."""
    values = form.cleaned_data
    try:
        changed = change_status(
            rows,
            status,
            request.user,
            reason=values.get("reason", ""),
            facts=form.facts,
            keep_result=values.get("keep_result"),
            confirmed=values.get("confirmed", False),
        )
    except EnrollmentRefused as error:
        if error.severity == Severity.CONFIRM:
            raise DomainError(*(("confirmed", text) for _field, text in error.messages)) from error
        raise
    tell_what_was_removed(request, rows, changed)
    if form.facts.get("certificate_number"):
        warn_of_shared_numbers(request, changed)
    return changed


def tell_what_was_removed(request: HttpRequest, before: Iterable[Enrollment], after: Iterable[Enrollment]) -> None:
    """Says how many certificates and results went along with what was just saved."""
    former = {row.pk: row for row in before}
    pairs = [(former[row.pk], row) for row in after]
    if certificates := sum(has_certificate(old) and not has_certificate(new) for old, new in pairs):
        text = ngettext(
            "The certificate of %(count)d person was removed.",
            "The certificates of %(count)d people were removed.",
            certificates,
        )
        messages.info(request, text % {"count": certificates})
    if results := sum(bool(old.result) and not new.result for old, new in pairs):
        text = ngettext(
            "The result of %(count)d person was removed.", "The results of %(count)d people were removed.", results
        )
        messages.info(request, text % {"count": results})


def warn_of_shared_numbers(request: HttpRequest, rows: list[Enrollment]) -> None:
    """Says of enrollments of one class, just given their certificate numbers, which number somebody else has."""
    if shared := shared_numbers(rows):
        messages.warning(request, shared)


class _EnrollmentRemoval(RemovalPage, _EnrollmentPage):
    """Takes an enrollment away; the history keeps it."""

    def get_title(self):
        return str(self.submit_label)

    def get_success_url(self):
        return session_url(self.record.session)


@allow(*EDITORS)
class EnrollmentDelete(_EnrollmentRemoval):
    """Deletes a mistaken enrollment."""

    submit_label = gettext_lazy("Delete the enrollment")

    def ensure_possible(self):
        ensure_deletable(self.record)

    @property
    def question(self):
        values = {"name": self.record.staff.full_name, "session": self.record.session.name}
        text = _("%(name)s will no longer be in the class %(session)s, as if never entered. The history keeps it.")
        return text % values

    def save(self, form):
        delete_enrollment(self.record, self.request.user)

    def get_success_message(self):
        return _("%(name)s was removed from the class.") % {"name": self.record.staff.full_name}


@allow(*PROPOSERS)
class ProposalWithdraw(_EnrollmentRemoval):
    """A leader takes back a proposal of the own units, before anybody has decided on it."""

    submit_label = gettext_lazy("Withdraw the proposal")

    def ensure_possible(self):
        ensure_undecided(self.record)

    @property
    def question(self):
        values = {"name": self.record.staff.full_name, "session": self.record.session.name}
        return _("%(name)s will not be proposed for the class %(session)s any more. The history keeps it.") % values

    def save(self, form):
        withdraw_proposal(self.record, self.request.user)

    def get_success_message(self):
        return _("The proposal of %(name)s is withdrawn.") % {"name": self.record.staff.full_name}
