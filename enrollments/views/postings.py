"""Where a staff member was posted. Saving a posting derives the person's enrollments anew, so it belongs here."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from enrollments.services import delete_posting, save_posting
from personnel.forms import NewPostingForm, PostingForm
from personnel.models import Posting, Staff
from vpcp_training.access import allow
from vpcp_training.history import entries
from vpcp_training.roles import EDITORS, READERS, may_edit, sees_whole_office
from vpcp_training.screens.delete_pages import RemovalPage
from vpcp_training.screens.pages import FormPage


class _OfStaff:
    """A page below a staff member the user may see (else 404)."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.staff = None

    def get_staff(self) -> Staff:
        """The staff member of the address."""
        if self.staff is None:
            people = Staff.objects.visible_to(self.request.user)
            self.staff = get_object_or_404(people, code=self.kwargs["code"])
        return self.staff

    def postings_url(self) -> str:
        return reverse("enrollments:posting_list", args=[self.get_staff().code])

    def get_crumbs(self):
        staff = self.get_staff()
        record = reverse("enrollments:staff_record", args=[staff.code])
        return [(_("Staff"), reverse("personnel:staff_list")), (staff.full_name, record)]


@allow(*READERS)
class PostingList(_OfStaff, TemplateView):
    """The postings of a person that the user may see, the latest first, and what was changed about them."""

    template_name = "enrollments/postings.html"

    def get_context_data(self, **kwargs):
        staff, user = self.get_staff(), self.request.user
        postings = Posting.objects.visible_to(user).filter(staff=staff)
        whole_office = sees_whole_office(user)
        return super().get_context_data(
            title=_("Postings"),
            record=staff,
            postings=postings.select_related("unit", "position", "rank").order_by("-start"),
            changes=_changes(staff) if whole_office else [],
            may_change=may_edit(user),
            crumbs=[*self.get_crumbs(), (_("Postings"), "")],
            **kwargs,
        )


def _changes(staff: Staff) -> list:
    """What was changed about the person's postings, the latest first, the deleted ones among them."""
    # Posting by posting, each ending with its creation: so each change is told from the row before it.
    rows = list(Posting.history.filter(staff=staff).order_by("-id", "-history_id"))
    names, changes = {}, []
    for row, entry in zip(rows, entries(rows, None, hidden=["staff"], about="unit"), strict=True):
        # As it is by now, or was at last: so that one posting has one name in all its entries.
        name = names.setdefault(row.id, f"{entry.about} ({row.instance.period})")
        changes.append(replace(entry, about=name))
    return sorted(changes, key=lambda entry: entry.at, reverse=True)


class _PostingPage(_OfStaff, FormPage):
    """What adding, correcting and deleting a posting have in common."""

    model, form_class = Posting, PostingForm

    def get_queryset(self):
        return super().get_queryset().filter(staff=self.get_staff()).select_related("unit", "staff")

    def get_record(self):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def lock(self):
        list(Staff.objects.select_for_update().filter(pk=self.record.staff_id).values_list("pk"))
        super().lock()

    def save(self, form):
        end_previous = form.cleaned_data.get("end_previous", False)
        for warning in save_posting(form.instance, self.request.user, end_previous=end_previous):
            messages.warning(self.request, warning)

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Postings"), self.postings_url())]

    def get_success_url(self):
        return self.postings_url()


@allow(*EDITORS)
class PostingAdd(_PostingPage):
    """A new posting of a person: a move, a promotion."""

    form_class = NewPostingForm
    creates = True
    title = gettext_lazy("Add a posting")

    def get_form_kwargs(self):
        return {"instance": Posting(staff=self.get_staff())}


@allow(*EDITORS)
class PostingEdit(_PostingPage):
    """Corrects a posting."""

    template_name = "enrollments/posting_form.html"

    def get_title(self):
        return _("Edit the posting")


@allow(*EDITORS)
class PostingDelete(RemovalPage, _PostingPage):
    """Deletes a mistaken posting; the history keeps it."""

    submit_label = gettext_lazy("Delete the posting")
    success_message = gettext_lazy("The posting is deleted.")

    @property
    def question(self):
        values = {"name": self.staff.full_name, "unit": self.record.unit, "period": self.record.period}
        return _("%(name)s will not have been in the unit %(unit)s at all (%(period)s).") % values

    def save(self, form):
        delete_posting(self.record, self.request.user)

    def get_title(self):
        return _("Delete the posting")
