"""What happens to many people of a class at once: one step for those ticked, the results of the whole class."""

from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import CourseSession
from enrollments.forms import ResultsForm, ResultsRow, StatusForm
from enrollments.models import Enrollment
from enrollments.services import record_results
from enrollments.services.checks import Severity, check, late_notice
from enrollments.services.workflow import NOBODY_SENT, ensure_opened
from enrollments.status import CLOSED, COUNTED, Status, next_statuses
from personnel.models import Staff
from vpcp_training.access import allow
from vpcp_training.errors import DomainError
from vpcp_training.history import Watch
from vpcp_training.roles import EDITORS
from vpcp_training.screens.pages import FormPage

from .changes import step_of, tell_what_was_removed, warn_of_shared_numbers
from .enrolling import ticked_numbers
from .sessions import session_crumbs, session_url

NOBODY_LEFT = gettext_lazy("Meanwhile nobody is left here who can take this step, so there is nothing to save.")
NOBODY_CAN = gettext_lazy("Nobody who was ticked can take this step. Go back and tick others, or choose another step.")


class _RosterPage(FormPage):
    """A page about many people of one class, in the order of their names; what changes about them counts as well."""

    model = CourseSession
    hidden_fields = ("session", "staff")  # of which class the page is, and whom an entry is about, is said anyway
    able: list[Enrollment]  # those who can take the step

    @property
    def conflict_advice(self):
        return super().conflict_advice if self.able else NOBODY_LEFT

    def get_crumbs(self):
        return session_crumbs(self.record)

    def get_success_url(self):
        return session_url(self.record)

    def roster(self):
        """The enrollments of the class that the user may see."""
        rows = Enrollment.objects.visible_to(self.request.user).filter(session=self.record)
        return rows.select_related("staff", "unit", "session").order_by("staff__sort_key", "pk")

    def get_roster_history(self) -> QuerySet:
        """The history of the enrollments the page is about."""
        return Enrollment.history.filter(session=self.record)

    def get_watched(self):
        return [*super().get_watched(), Watch(self.get_roster_history(), about="staff")]

    def lock(self):
        super().lock()
        list(self.record.enrollments.order_by("pk").select_for_update().values_list("pk"))

    def rows_as_shown(self) -> list:
        """The history rows of the enrollments as they were when the page was opened."""
        return list(self.conflicts.as_shown(-1).values())


@allow(*EDITORS)
class RosterStatus(_RosterPage):
    """One step for the people ticked on the class's page (`row`, `status`), after showing who can take it."""

    form_class = StatusForm
    template_name = "enrollments/roster_status.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # Those who cannot take the step stay among the ticked: the page watches them too.
        self.ticked = sorted(ticked_numbers(request.POST.getlist("row")))
        status = request.POST.get("status")
        self.status = Status(status) if status in Status.values else None
        self.able, self.unable = [], []

    def get_record(self):
        self.record = super().get_record()
        rows = list(self.roster().filter(pk__in=self.ticked))
        self.able = [row for row in rows if self.status in next_statuses(row.status)]
        self.unable = [row for row in rows if row not in self.able]
        return self.record

    def get_roster_history(self):
        return super().get_roster_history().filter(id__in=self.ticked)

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(self.get_success_url())

    def post(self, request, *args, **kwargs):
        if self._saves():
            return super().post(request, *args, **kwargs)
        # Nothing is sent yet: this is the first look, with the fields empty.
        return super().get(request, *args, **kwargs)

    def _saves(self) -> bool:
        return "save" in self.request.POST and bool(self.ticked and self.status)

    def get_form(self):
        return super().get_form() if self._saves() else self.form_class(**self.get_form_kwargs())

    def as_shown(self):
        return {"rows": [row.instance for row in self.rows_as_shown() if self.status in next_statuses(row.status)]}

    def get_form_kwargs(self):
        arriving = [row.staff for row in self.able if self.status in COUNTED and not row.is_counted]
        self.result = check(self.record, arriving, self.request.user, enrolled=True)
        late = late_notice(self.record) if arriving else None
        self.late = late.of(len(arriving)) if late else ""
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
        text = ngettext("Change the status of %(count)d person", "Change the status of %(count)d people", count)
        return text % {"count": count}

    def get_context_data(self, **kwargs):
        lines = [(row, self.result.of(row.staff)) for row in self.able]
        context = super().get_context_data(
            session=self.record,
            lines=lines,
            unable=self.unable,
            status=self.status,
            nobody_can=NOBODY_CAN,
            late=self.late,
            **kwargs,
        )
        # The first look is no refusal.
        return context | {"dirty": self._saves()}

    def save(self, form):
        if not self.able:
            raise DomainError((None, NOBODY_CAN))
        return step_of(form, self.able, self.status, self.request)

    def get_success_message(self):
        count = len(self.saved)
        text = ngettext("%(count)d person is now “%(status)s”.", "%(count)d people are now “%(status)s”.", count)
        return text % {"count": count, "status": self.status.label}


@allow(*EDITORS)
class SessionResults(_RosterPage):
    """Status, result and certificate of everybody who was sent to the class, entered and corrected at any time."""

    form_class = ResultsForm
    template_name = "enrollments/session_results.html"
    submit_label = gettext_lazy("Save the results")

    def ensure_possible(self):
        ensure_opened(self.record)

    def get_title(self):
        return _("Enter results")

    def get_form_kwargs(self):
        self.able = list(self.roster().filter(status__in=COUNTED))
        return {"rows": self.able, "ended": self.record.end <= timezone.localdate(), "decided": self.decided()}

    def decided(self, **when) -> set[int]:
        """The enrollments about which somebody has said how the study ended, even if that was taken back."""
        ended = self.get_roster_history().filter(status__in=CLOSED, **when)
        return set(ended.values_list("id", flat=True))

    def get_context_data(self, **kwargs):
        unplaced = self.unplaced_rows(kwargs.get("unplaced"))
        return super().get_context_data(
            session=self.record, rows=self.able, unplaced_rows=unplaced, nobody=NOBODY_SENT, **kwargs
        )

    def as_shown(self):
        shown = self.rows_as_shown()
        rows = [row.instance for row in shown if row.status in COUNTED]
        people = Staff.objects.visible_to(self.request.user).in_bulk([row.staff_id for row in rows])
        if gone := {row.staff_id for row in rows} - people.keys():  # they are called as at last
            people |= {row.id: row.instance for row in Staff.history.filter(id__in=gone, history_type="-")}
        for row in rows:
            row.staff = people[row.staff_id]  # spares a query a person, for the label
        decided = self.decided(history_id__lte=max((row.history_id for row in shown), default=0))
        return {"rows": sorted(rows, key=lambda row: (row.staff.sort_key, row.pk)), "decided": decided}

    def unplaced_rows(self, fields: list[BoundField] | None) -> list[tuple[ResultsRow, Enrollment | None]]:
        """What was typed about people who are not among those sent any more, each with what is stored by now."""
        if not fields:
            return []
        names = {field.name for field in fields}
        typed = [row for row in fields[0].form.rows() if not names.isdisjoint(cell.name for cell in row.cells)]
        stored = self.roster().in_bulk([row.enrollment.pk for row in typed])
        return [(row, stored.get(row.enrollment.pk)) for row in typed]

    def save(self, form):
        self.before = {row.pk: row.status for row in self.able}
        saved = record_results(self.record, self.request.user, form.outcomes)
        numbered = [row for row in saved if f"certificate_{row.pk}" in form.changed_data]
        tell_what_was_removed(self.request, self.able, saved)
        warn_of_shared_numbers(self.request, numbered)
        return saved

    def get_success_message(self):
        moved = [row.status for row in self.saved if row.status != self.before[row.pk]]
        told = [_ended(moved), _studying(moved.count(Status.STUDYING)), _corrected(len(self.saved) - len(moved))]
        return " ".join(filter(None, told)) or _("Nothing was changed.")


def _ended(statuses: list[Status]) -> str:
    """How many completed the class and how many did not; nothing of either if there is nobody."""
    completed = statuses.count(Status.COMPLETED)
    others = sum(status in CLOSED for status in statuses) - completed
    values = {"completed": completed, "others": others}
    if completed and others:
        text = ngettext(
            "%(completed)d person completed the class, %(others)d did not.",
            "%(completed)d people completed the class, %(others)d did not.",
            completed,
        )
    elif completed:
        text = ngettext(
            "%(completed)d person completed the class.", "%(completed)d people completed the class.", completed
        )
    elif others:
        text = ngettext(
            "%(others)d person did not complete the class.", "%(others)d people did not complete the class.", others
        )
    else:
        return ""
    return text % values


def _studying(count: int) -> str:
    text = ngettext("%(count)d person is studying.", "%(count)d people are studying.", count)
    return text % {"count": count} if count else ""


def _corrected(count: int) -> str:
    text = ngettext(
        "The result of %(count)d person is corrected.", "The results of %(count)d people are corrected.", count
    )
    return text % {"count": count} if count else ""


@allow(*EDITORS)
def session_complete(request, code):
    """The address that the page of results had when it was left to complete a class once."""
    url = reverse("enrollments:session_results", args=[code])
    return HttpResponsePermanentRedirect(url, preserve_request=True)
