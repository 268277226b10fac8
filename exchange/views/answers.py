"""What was learned from lists: the answers that are used again, and forgetting one."""

from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from vpcp_training.access import allow
from vpcp_training.roles import EDITORS
from vpcp_training.screens.forms import ConfirmForm
from vpcp_training.screens.lists import ListPage
from vpcp_training.screens.pages import FormPage

from ..filters import AnswerFilter
from ..models import ListAnswer
from ..services.answers import forget
from ..tables import AnswerTable


@allow(*EDITORS)
class AnswerList(ListPage):
    """What words of lists mean, for the whole office."""

    model, table_class, filterset_class = ListAnswer, AnswerTable, AnswerFilter
    title = gettext_lazy("Learned from lists")
    search_label = gettext_lazy("Find words of a list")
    count_label = ngettext_lazy("%(shown)s answer", "%(shown)s answers", "n")
    empty = gettext_lazy("Nothing was learned yet: what is chosen for doubtful lines of a list will stand here.")
    file_name = "da-hoc"
    nearest_first = False

    def get_queryset(self):
        return super().get_queryset().select_related("staff", "unit", "by")

    def get_context_data(self, **kwargs):
        crumbs = [(_("Received lists"), reverse("exchange:inbox")), (self.title, "")]
        return {**super().get_context_data(**kwargs), "crumbs": crumbs}


@allow(*EDITORS)
class AnswerForget(FormPage):
    """Asks before an answer is forgotten."""

    model = ListAnswer
    record: ListAnswer
    form_class = ConfirmForm
    template_name = "pages/confirm.html"
    submit_label = gettext_lazy("Forget")
    success_message = gettext_lazy("Forgotten. The next list with these words is asked about again.")

    @property
    def question(self) -> str:
        """What is forgotten."""
        return _("“%(words)s” means %(meaning)s.") % {"words": self.record.words, "meaning": self.record.meaning}

    def save(self, form: BaseForm) -> None:
        user: Any = self.request.user  # somebody who may
        forget(self.record, user)

    def get_title(self) -> str:
        return _("Forget an answer")

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Received lists"), reverse("exchange:inbox")),
            (_("Learned from lists"), reverse("exchange:answer_list")),
        ]

    def get_success_url(self) -> str:
        return reverse("exchange:answer_list")
