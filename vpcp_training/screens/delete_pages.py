"""The bases of pages that ask before they take something away, and of those that delete what was a mistake.

@allow(*EDITORS)
class CourseDelete(DeletePage):
    model, deletion = Course, COURSE_DELETION

    def get_crumbs(self): ...               # the last one is where a record in use is led back to
    def get_success_url(self): return reverse("courses:course_list")

@allow(*EDITORS)
class CourseDeleted(DeletedPage):           # whom a list names as its `deleted_name`
    model, list_name = Course, "courses:course_list"
"""

from dataclasses import replace

from django.core.paginator import Paginator
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from ..deletion import Deletion
from ..history import Watch, entries
from .forms import ConfirmForm
from .pages import FormPage, HistoryPage


class RemovalPage(FormPage):
    """Takes something away after asking its `question`."""

    form_class = ConfirmForm
    template_name = "pages/confirm.html"
    destructive = True
    submit_label = gettext_lazy("Delete")
    conflict_advice = gettext_lazy(
        "Look at what was changed. If it is to be done all the same, press the button again."
    )


class DeletePage(RemovalPage):
    """Says what is deleted; a record in use leads back and says what uses it."""

    deletion: Deletion

    @property
    def question(self) -> str:
        """What will be gone."""
        text = _("%(name)s will be gone from all lists and forms, as if never entered. The history keeps it.")
        words = [text % {"name": _called(self.record)}]
        if owned := self.deletion.owned_by(self.record):
            words.append(_("Deleted with it: %(owned)s.") % {"owned": ", ".join(owned)})
        return " ".join(words)

    def ensure_possible(self):
        self.deletion.ensure_unused(self.record)

    def get_watched(self):
        owned = [self.model._meta.get_field(name) for name in self.deletion.owned]
        histories = [relation.related_model.history.filter(**{relation.field.name: self.record}) for relation in owned]
        return [*super().get_watched(), *map(Watch, histories)]

    def save(self, form):
        self.deletion.delete(self.record, self.request.user)

    def get_title(self):
        return _("Delete %(name)s") % {"name": _called(self.record)}

    def get_success_message(self):
        return _("Deleted: %(name)s.") % {"name": _called(self.record)}


class DeletedPage(TemplateView):
    """The records of a model that were deleted, by whom and when, the latest first.

    For those who see the whole office: nobody knows any more in whose scope such a record was.
    """

    template_name = "pages/history.html"
    model: type[models.Model]
    list_name: str

    def get_context_data(self, **kwargs):
        rows = self.model.history.filter(history_type="-").order_by("-history_date", "-history_id")
        page = Paginator(rows, HistoryPage.page_size).get_page(self.request.GET.get("page"))
        shown = list(page.object_list)
        found = zip(entries(shown, None), shown, strict=True)
        title = _("Deleted records")
        above = capfirst(self.model._meta.verbose_name_plural)
        return super().get_context_data(
            title=title,
            record=above,
            entries=[replace(entry, about=_called(row.instance)) for entry, row in found],
            page_obj=page,
            params=QueryDict(),
            crumbs=[(above, reverse(self.list_name)), (title, "")],
            **kwargs,
        )


def _called(record: models.Model) -> str:
    """What a record is called, with its code."""
    name = str(record)
    return name if name.endswith(f"({record.code})") else f"{name} ({record.code})"
