"""The staff list, and the pages that create a staff member, edit one and delete one."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from personnel.filters import StaffFilter
from personnel.forms import NewStaffForm, StaffForm
from personnel.models import Staff
from personnel.services import STAFF_DELETION, save_staff
from personnel.tables import StaffTable
from vpcp_training.access import allow
from vpcp_training.roles import EDITORS, OFFICE_READERS, READERS, sees_whole_office
from vpcp_training.screens.delete_pages import DeletedPage, DeletePage
from vpcp_training.screens.lists import Action, ListPage
from vpcp_training.screens.pages import FormPage


@allow(*READERS)
class StaffList(ListPage):
    """The people a user may see, with the posting of today."""

    model, table_class, filterset_class = Staff, StaffTable, StaffFilter
    title = gettext_lazy("Staff")
    search_label = gettext_lazy("Name or code, without diacritics")
    count_label = ngettext_lazy("%(shown)s person", "%(shown)s people", "n")
    actions = (Action(gettext_lazy("Add a staff member"), "personnel:staff_add", EDITORS, primary=True),)
    file_name = "can-bo"
    deleted_name = "personnel:staff_deleted"

    @property
    def empty(self):
        if sees_whole_office(self.request.user):
            return _("No staff member yet. Add the first one, or import a workbook.")
        return _("Nobody works in the units that you see.")

    def get_queryset(self):
        return super().get_queryset().with_posting(timezone.localdate(), self.request.user)

    def get_table_kwargs(self):
        return {"user": self.request.user}


class _StaffForm(FormPage):
    """What creating and editing have in common."""

    model, form_class = Staff, StaffForm
    template_name = "personnel/staff_form.html"

    def save(self, form):
        for warning in save_staff(form.instance, self.request.user, posting=form.posting()):
            messages.warning(self.request, warning)
        return form.instance

    def get_crumbs(self):
        return [(_("Staff"), reverse("personnel:staff_list"))]

    def get_success_url(self):
        return reverse("enrollments:staff_record", args=[self.saved.code])


@allow(*EDITORS)
class StaffAdd(_StaffForm):
    """Creates a staff member, with the first posting if it is known."""

    form_class = NewStaffForm
    creates = True
    title = gettext_lazy("Add a staff member")

    def get_success_message(self):
        return _("Saved: %(name)s.") % {"name": self.saved}


@allow(*EDITORS)
class StaffEdit(_StaffForm):
    """Corrects who a staff member is."""

    def get_title(self):
        return _("Edit %(name)s") % {"name": self.record.full_name}

    def get_crumbs(self):
        return [*super().get_crumbs(), _record_crumb(self.record)]


@allow(*EDITORS)
class StaffDelete(DeletePage):
    """Deletes somebody entered by mistake, with the postings."""

    model, deletion = Staff, STAFF_DELETION

    def get_crumbs(self):
        return [(_("Staff"), reverse("personnel:staff_list")), _record_crumb(self.record)]

    def get_success_url(self):
        return reverse("personnel:staff_list")


@allow(*OFFICE_READERS)
class StaffDeleted(DeletedPage):
    """Staff members entered by mistake that somebody deleted."""

    model, list_name = Staff, "personnel:staff_list"


def _record_crumb(staff: Staff) -> tuple[str, str]:
    return staff.full_name, reverse("enrollments:staff_record", args=[staff.code])
