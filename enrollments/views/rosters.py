"""What happens to many people of a class at once: one step for those ticked, the completion of the whole class."""

from django.http import HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from courses.models import CourseSession
from enrollments.forms import CompletionForm, StatusForm
from enrollments.models import Enrollment
from enrollments.services import complete_class
from enrollments.services.checks import Severity, check
from enrollments.status import COUNTED, Status, next_statuses
from vpcp_training.access import allow
from vpcp_training.errors import DomainError
from vpcp_training.pages import FormPage
from vpcp_training.roles import ADMIN, HR

from .changes import step_of
from .enrolling import ticked_numbers
from .sessions import session_crumbs, session_url


class _RosterPage(FormPage):
    """A page about many people of one class, in the order of their names."""

    model = CourseSession

    def get_crumbs(self):
        return session_crumbs(self.record)

    def get_success_url(self):
        return session_url(self.record)

    def roster(self):
        """The enrollments of the class that the user may see."""
        rows = Enrollment.objects.visible_to(self.request.user).filter(session=self.record)
        return rows.select_related("staff", "unit", "session").order_by("staff__sort_key", "pk")


@allow(ADMIN, HR)
@method_decorator(never_cache, name="dispatch")
class RosterStatus(_RosterPage):
    """One step for the people ticked on the class's page (`row`, `status`), after showing who can take it."""

    form_class = StatusForm
    template_name = "enrollments/roster_status.html"

    def get_record(self):
        session = super().get_record()
        ticked = ticked_numbers(self.request.POST.getlist("row"))
        self.record = session
        self.rows = list(self.roster().filter(pk__in=ticked))
        status = self.request.POST.get("status")
        self.status = Status(status) if status in Status.values else None
        self.able = [row for row in self.rows if self.status in next_statuses(row.status)]
        self.unable = [row for row in self.rows if row not in self.able]
        return session

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(self.get_success_url())

    def post(self, request, *args, **kwargs):
        if "save" in request.POST and self.able:
            return super().post(request, *args, **kwargs)
        # Nothing is sent yet: this is the first look, with the fields empty.
        return super().get(request, *args, **kwargs)

    def get_form(self):
        if "save" in self.request.POST:
            return super().get_form()
        return self.form_class(**self.get_form_kwargs())

    def get_form_kwargs(self):
        arriving = [row.staff for row in self.able if self.status in COUNTED and not row.is_counted]
        self.result = check(self.record, arriving, self.request.user, enrolled=True)
        to_confirm = bool(self.result.all_of(Severity.CONFIRM))
        return {"rows": self.able, "status": self.status, "to_confirm": to_confirm}

    def get_title(self):
        return _("Change the status to “%(status)s”") % {"status": self.status.label if self.status else "–"}

    @property
    def destructive(self):
        return self.status == Status.CANCELLED

    @property
    def submit_label(self):
        count = len(self.able)
        return ngettext("Change %(count)d person", "Change %(count)d people", count) % {"count": count}

    def get_context_data(self, **kwargs):
        lines = [(row, self.result.of(row.staff)) for row in self.able]
        context = super().get_context_data(
            session=self.record, lines=lines, unable=self.unable, status=self.status, **kwargs
        )
        # The first look is no refusal.
        return context | {"dirty": "save" in self.request.POST}

    def save(self, form):
        return step_of(form, self.able, self.status, self.request.user)

    def get_success_message(self):
        count = len(self.saved)
        text = ngettext("%(count)d person is now “%(status)s”.", "%(count)d people are now “%(status)s”.", count)
        return text % {"count": count, "status": self.status.label}


@allow(ADMIN, HR)
class SessionComplete(_RosterPage):
    """Everyone sent or studying completes the class, except those for whom another outcome is chosen."""

    form_class = CompletionForm
    template_name = "enrollments/session_complete.html"
    submit_label = gettext_lazy("Complete the class")

    def get_title(self):
        return _("Complete the class %(name)s") % {"name": self.record.name}

    def get_form_kwargs(self):
        self.rows = list(self.roster().filter(status__in=[Status.SENT, Status.STUDYING]))
        return {"rows": self.rows}

    def get_context_data(self, **kwargs):
        return super().get_context_data(session=self.record, rows=self.rows, **kwargs)

    def save(self, form):
        # Under the class's lock: nobody completes a class without having been on the page.
        now = set(self.roster().filter(status__in=[Status.SENT, Status.STUDYING]).values_list("pk", flat=True))
        if {str(pk) for pk in now} != set(self.request.POST.getlist("row")):
            raise DomainError(
                (None, _("The roster has changed since this page was opened. Look at the lines again, then save."))
            )
        return complete_class(
            self.record,
            self.request.user,
            exceptions=form.exceptions,
            results=form.results,
            certificates=form.certificates,
        )

    def get_success_message(self):
        outcomes = [row.status for row in self.saved]
        completed = outcomes.count(Status.COMPLETED)
        text = ngettext(
            "%(completed)d person completed the class, %(others)d did not.",
            "%(completed)d people completed the class, %(others)d did not.",
            completed,
        )
        return text % {"completed": completed, "others": len(outcomes) - completed}
