"""The tree of units, and the pages that create a unit, edit one and show what was changed."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from personnel.filters import UnitListFilter
from personnel.forms import NewUnitForm, UnitForm
from personnel.models import Unit
from personnel.services import UNIT_DELETION, save_unit
from personnel.tables import UnitTable
from vpcp_training.access import allow
from vpcp_training.roles import EDITORS, OFFICE_READERS, READERS, may_edit, sees_whole_office
from vpcp_training.screens.delete_pages import DeletedPage, DeletePage
from vpcp_training.screens.lists import Action, ListPage
from vpcp_training.screens.pages import FormPage, HistoryPage


@allow(*READERS)
class UnitList(ListPage):
    """The units a user may see, as the tree they are."""

    model, table_class, filterset_class = Unit, UnitTable, UnitListFilter
    title = gettext_lazy("Units")
    search_label = gettext_lazy("Name or code, without diacritics")
    count_label = ngettext_lazy("%(shown)s unit", "%(shown)s units", "n")
    empty = gettext_lazy("No unit yet. Add the office first, then what is below it.")
    actions = (Action(gettext_lazy("Add a unit"), "personnel:unit_add", EDITORS, primary=True),)
    file_name = "don-vi"
    deleted_name = "personnel:unit_deleted"
    page_sizes = (200, 1000)
    nearest_first = False  # a unit stands below its parent

    def get_queryset(self):
        return super().get_queryset().as_tree().prefetch_related("predecessors", "successors")

    def get_table_kwargs(self):
        people = Unit.objects.visible_to(self.request.user).people_on(timezone.localdate())
        return {"people": people, "leads_to": self._page_of_unit(), "exclude": self._unused_columns()}

    def _page_of_unit(self) -> str:
        """Where the name of a unit leads."""
        if may_edit(self.request.user):
            return "personnel:unit_edit"
        return "personnel:unit_history" if sees_whole_office(self.request.user) else ""

    def _unused_columns(self) -> list[str]:
        """Few offices have reorganised units: without any, their columns would only say so on each row."""
        units = self.get_queryset().order_by().prefetch_related(None)
        return [] if units.filter(predecessors__isnull=False).exists() else ["predecessors", "successors"]


class _UnitForm(FormPage):
    """What creating and editing have in common."""

    model, form_class = Unit, UnitForm
    template_name = "personnel/unit_form.html"

    def save(self, form):
        for warning in save_unit(form.instance, form.cleaned_data["predecessors"], self.request.user):
            messages.warning(self.request, warning)
        return form.instance

    def get_crumbs(self):
        return [(_("Units"), reverse("personnel:unit_list"))]

    def get_success_url(self):
        return reverse("personnel:unit_list")

    def get_success_message(self):
        return _("Saved: %(name)s.") % {"name": self.saved}


@allow(*EDITORS)
class UnitAdd(_UnitForm):
    """Creates a unit."""

    form_class = NewUnitForm
    creates = True
    title = gettext_lazy("Add a unit")


@allow(*EDITORS)
class UnitEdit(_UnitForm):
    """Corrects a unit; its code and its parent stay."""

    def get_title(self):
        return _("Edit %(name)s") % {"name": self.record}


@allow(*EDITORS)
class UnitDelete(DeletePage):
    """Deletes a unit entered by mistake."""

    model, deletion = Unit, UNIT_DELETION

    def get_crumbs(self):
        return _crumbs(self.record)

    def get_success_url(self):
        return reverse("personnel:unit_list")


@allow(*OFFICE_READERS)
class UnitDeleted(DeletedPage):
    """Units entered by mistake that somebody deleted."""

    model, list_name = Unit, "personnel:unit_list"


@allow(*OFFICE_READERS)
class UnitHistory(HistoryPage):
    """Who changed what about a unit."""

    model = Unit

    def get_crumbs(self):
        way = _crumbs(self.record)
        return way if may_edit(self.request.user) else way[:1]


def _crumbs(unit: Unit) -> list[tuple[str, str]]:
    return [(_("Units"), reverse("personnel:unit_list")), (str(unit), reverse("personnel:unit_edit", args=[unit.code]))]
