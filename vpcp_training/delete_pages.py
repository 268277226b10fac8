"""The bases of pages that ask before they take something away, and of those that delete what was a mistake.

@allow(ADMIN, HR)
class CourseDelete(DeletePage):
    model, deletion = Course, COURSE_DELETION

    def get_crumbs(self): ...               # the last one is where a record in use is led back to
    def get_success_url(self): return reverse("courses:course_list")
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .deletion import Deletion
from .forms import ConfirmForm
from .history import Watch
from .pages import FormPage


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

    def get_name(self) -> str:
        """What the record is called, with its code."""
        return str(self.record)

    @property
    def question(self) -> str:
        """What will be gone."""
        text = _("%(name)s will be gone from all lists and forms, as if never entered. The history keeps it.")
        words = [text % {"name": self.get_name()}]
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
        return _("Delete %(name)s") % {"name": self.get_name()}

    def get_success_message(self):
        return _("Deleted: %(name)s.") % {"name": self.get_name()}
