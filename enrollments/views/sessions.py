"""Classes: the list, one class with its roster, and the forms that create, correct and cancel it."""

from collections import Counter
from functools import cached_property

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from courses.models import Course, CourseSession
from courses.services import SESSION_DELETION
from enrollments.filters import RosterFilter, SessionFilter
from enrollments.forms import CancelForm, SessionForm
from enrollments.models import DECISION_FACTS, Enrollment
from enrollments.services import cancel_session, save_session
from enrollments.services.enrolling import Decision
from enrollments.services.workflow import ensure_cancellable
from enrollments.status import COUNTED, Status, next_statuses
from enrollments.tables import RosterTable, SessionTable
from vpcp_training.access import allow
from vpcp_training.roles import EDITORS, OFFICE_READERS, READERS, may_edit, sees_whole_office
from vpcp_training.screens.delete_pages import DeletedPage, DeletePage
from vpcp_training.screens.lists import Action, ListPage
from vpcp_training.screens.pages import FormPage


def session_url(session: CourseSession, page: str = "detail") -> str:
    """The address of one of a class's pages."""
    return reverse(f"enrollments:session_{page}", args=[session.code])


def session_crumbs(session: CourseSession) -> list[tuple[str, str]]:
    """The way to a page below a class."""
    return [(_("Classes"), reverse("enrollments:session_list")), (session.code, session_url(session))]


@allow(*READERS)
class SessionList(ListPage):
    """All classes, the latest first."""

    model, table_class, filterset_class = CourseSession, SessionTable, SessionFilter
    title = gettext_lazy("Classes")
    count_label = ngettext_lazy("%(shown)s class", "%(shown)s classes", "n")
    empty = gettext_lazy("No class has been opened yet.")
    actions = (Action(gettext_lazy("Open a class"), "enrollments:session_add", EDITORS, primary=True),)
    file_name = "lop"
    deleted_name = "enrollments:session_deleted"

    def get_queryset(self):
        taken = Enrollment.objects.seats_taken_in(OuterRef("pk"))
        return super().get_queryset().select_related("course").annotate(taken=Coalesce(Subquery(taken), 0))


@allow(*READERS)
class SessionDetail(ListPage):
    """One class: its facts, its seats, and its roster as far as the user may see it."""

    template_name = "enrollments/session.html"
    model, table_class, filterset_class = Enrollment, RosterTable, RosterFilter
    search_label = gettext_lazy("Find somebody, without diacritics")
    count_label = ngettext_lazy("%(shown)s person shown", "%(shown)s people shown", "n")
    empty = gettext_lazy("Nobody is in this class yet.")
    page_sizes = (500,)

    def get_queryset(self):
        sessions = CourseSession.objects.visible_to(self.request.user).select_related("course", "provider")
        self.session = get_object_or_404(sessions, code=self.kwargs["code"])
        self.title = self.session.name
        self.file_name = f"lop-{self.session.code.replace('/', '-')}"
        self.roster = super().get_queryset().filter(session=self.session)
        if not sees_whole_office(self.request.user):
            self.empty = _("Only people of your unit are shown, and none of them is in this class.")
        return self.roster.select_related("staff", "unit", "position")

    def get_export_head(self):
        days = (date_format(day, "SHORT_DATE_FORMAT") for day in (self.session.start, self.session.end))
        return f"{self.session.name} ({self.session.code}), {' – '.join(days)}"

    def get_table_kwargs(self):
        exclude = [] if self._may_change() else ["tick"]
        # The head of the class says it; a sheet has its columns.
        if self.decision and "export" not in self.params:
            exclude.append("decision_number")
        return {"exclude": exclude, "of_learners": "status" not in self.params}

    @cached_property
    def rows(self) -> list[tuple[str, Decision]]:
        """Status and decision of everybody the user may see in the class, whatever the filter."""
        rows = self.roster.values_list("status", *DECISION_FACTS).order_by()
        return [(status, Decision(*facts)) for status, *facts in rows]

    @property
    def decision(self) -> Decision | None:
        """The one decision by which all were sent, if it is one."""
        decisions = {decision for status, decision in self.rows if decision.number or status in COUNTED}
        [decision] = decisions if len(decisions) == 1 else [Decision()]
        return decision if decision.number else None

    def get_context_data(self, **kwargs):
        session = self.session
        statuses = Counter(status for status, _decision in self.rows)
        taken = session.enrollments.seats_taken()
        return super().get_context_data(**kwargs) | {
            "session": session,
            "taken": taken,
            "decision": self.decision,
            "free": None if session.seats is None else max(0, session.seats - taken),
            "statuses": [(status, statuses[status]) for status in Status if statuses[status]],
            "next_statuses": [status for status in Status if any(status in next_statuses(old) for old in statuses)],
            "has_results": session.stage() != CourseSession.Stage.UPCOMING
            and any(statuses[status] for status in COUNTED),
            "whole_office": sees_whole_office(self.request.user),
            "may_change": self._may_change(),
            "crumbs": [(_("Classes"), reverse("enrollments:session_list")), (session.name, "")],
        }

    def _may_change(self) -> bool:
        return may_edit(self.request.user)


class _SessionForm(FormPage):
    """What opening and correcting a class share."""

    model, form_class = CourseSession, SessionForm

    def save(self, form):
        provider = form.cleaned_data["provider_name"] if "provider_name" in form.changed_data else None
        save_session(form.instance, self.request.user, provider=provider)
        return form.instance

    def get_success_url(self):
        return session_url(self.saved)


@allow(*EDITORS)
class SessionAdd(_SessionForm):
    """Opens a class; `?course=` chooses its course."""

    creates = True
    title = gettext_lazy("Open a class")
    submit_label = gettext_lazy("Open the class")
    success_message = gettext_lazy("The class is open. Send people to study in it.")

    def get_title(self):
        return str(self.title)

    def get_crumbs(self):
        return [(_("Classes"), reverse("enrollments:session_list"))]

    def get_form_kwargs(self):
        course = Course.objects.visible_to(self.request.user).filter(code=self.request.GET.get("course", "")).first()
        return {"initial": {"course": course}}


@allow(*EDITORS)
class SessionEdit(_SessionForm):
    """Corrects a class; its enrollments are derived anew."""

    def get_title(self):
        return _("Edit the class %(code)s") % {"code": self.kwargs["code"]}

    def get_crumbs(self):
        return [(_("Classes"), reverse("enrollments:session_list")), (self.kwargs["code"], self._url())]

    def get_cancel_url(self):
        return self._url()

    def _url(self) -> str:
        return reverse("enrollments:session_detail", args=[self.kwargs["code"]])


@allow(*EDITORS)
class SessionCancel(FormPage):
    """Cancels a class and everyone in it, after saying how many that is."""

    model, form_class = CourseSession, CancelForm
    template_name = "enrollments/session_cancel.html"
    submit_label = gettext_lazy("Cancel the class")
    destructive = True

    def ensure_possible(self):
        ensure_cancellable(self.record)

    def get_title(self):
        return _("Cancel the class")

    def get_crumbs(self):
        return session_crumbs(self.record)

    def save(self, form):
        return cancel_session(self.record, self.request.user, reason=form.cleaned_data["reason"])

    def get_success_message(self):
        count = len(self.saved)
        text = ngettext(
            "The class and %(count)d enrollment in it are cancelled.",
            "The class and %(count)d enrollments in it are cancelled.",
            count,
        )
        return text % {"count": count}

    def get_success_url(self):
        return session_url(self.record)

    def get_context_data(self, **kwargs):
        people, counted = self.record.enrollments.active().count(), self.record.enrollments.seats_taken()
        return super().get_context_data(people=people, counted=counted, **kwargs)


@allow(*EDITORS)
class SessionDelete(DeletePage):
    """Deletes a class entered by mistake, in which nobody is."""

    model, deletion = CourseSession, SESSION_DELETION

    def get_crumbs(self):
        return session_crumbs(self.record)

    def get_success_url(self):
        return reverse("enrollments:session_list")


@allow(*OFFICE_READERS)
class SessionDeleted(DeletedPage):
    """Classes entered by mistake that somebody deleted."""

    model, list_name = CourseSession, "enrollments:session_list"
