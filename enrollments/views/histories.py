"""The histories of a class and of a person, each with the enrollments that somebody deleted there."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import CourseSession
from enrollments.status_log import changes_of_people, removed
from personnel.models import Staff
from vpcp_training.access import allow
from vpcp_training.history import entries, silent_rows
from vpcp_training.roles import LOG_READERS, READERS, SERVER_COMMAND, has_role, sees_minority
from vpcp_training.screens.pages import HistoryPage

from .sessions import session_crumbs

MOST_REMOVED = MOST_CHANGES = 100  # on one page


class _WithRemoved(HistoryPage):
    """Below what was changed stands what was removed: `of` finds the enrollments, `about` tells them apart."""

    template_name = "enrollments/history.html"
    of: str
    about: str
    removed_title: str

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = removed(self.request.user, **{self.of: self.record})[:MOST_REMOVED]
        return {**context, "removed": entries(rows, None, about=self.about)}


@allow(*READERS)
class SessionHistory(_WithRemoved):
    """Who changed what in a class and about its people, and whom somebody removed from it."""

    model = CourseSession
    of, about = "session", "staff"
    removed_title = gettext_lazy("Removed from the class")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "changes_of_people": changes_of_people(self.record, self.request.user, MOST_CHANGES),
            "sees_changes": has_role(self.request.user, LOG_READERS),
            "server_command": SERVER_COMMAND,
        }

    def get_crumbs(self):
        return session_crumbs(self.record)


@allow(*READERS)
class StaffHistory(_WithRemoved):
    """Who changed what about a staff member, and from which classes somebody removed the person.

    A leader is not shown the ethnic-minority mark, nor what was recorded in other units.
    """

    model = Staff
    of, about = "staff", "session"
    removed_title = gettext_lazy("Removed from classes")

    @property
    def hidden_fields(self):
        return () if sees_minority(self.request.user) else ("is_ethnic_minority",)

    def get_history(self):
        rows = super().get_history()
        return rows.exclude(pk__in=silent_rows(rows, self.hidden_fields)) if self.hidden_fields else rows

    def get_crumbs(self):
        record = reverse("enrollments:staff_record", args=[self.record.code])
        return [(_("Staff"), reverse("personnel:staff_list")), (self.record.full_name, record)]
