"""The list of changes, and what belongs to each: for those who read logs."""

import django_filters
import django_tables2 as tables
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django_tables2 import A

from ..access import allow
from ..change_sets import ChangedTogether, ChangeSet, use_cases
from ..history import entries_of
from ..roles import LOG_READERS, SERVER_COMMAND, sees_minority
from .lists import DayFilter, ListFilter, ListPage
from .tables import LineColumn, ListTable

MOST_SHOWN = 100  # records of a kind on one page; an import may have a hundred thousand


class ChangeSetTable(ListTable):
    """Who did what, and when."""

    at = tables.DateTimeColumn(linkify=("change_set", {"pk": A("pk")}))
    by = tables.Column(order_by=("by__username",), default=SERVER_COMMAND)
    use_case = tables.Column(accessor="words", order_by=("use_case",), verbose_name=gettext_lazy("What was done"))
    about = LineColumn()

    class Meta(ListTable.Meta):
        model = ChangeSet
        fields = ("at", "by", "use_case", "about")
        order_by = "-at"


class ChangeSetFilter(ListFilter):
    """Filters of the list of changes."""

    by = django_filters.ModelChoiceFilter(
        to_field_name="username",
        queryset=lambda request: ChangeSet._meta.get_field("by").related_model.objects.all(),
        label=gettext_lazy("Changed by"),
        null_label=SERVER_COMMAND,
        null_value="~",  # which no user name has
    )
    use_case = django_filters.ChoiceFilter(choices=[], label=gettext_lazy("What was done"))
    since = DayFilter(field_name="at", lookup_expr="date__gte", label=gettext_lazy("From"))
    until = DayFilter(field_name="at", lookup_expr="date__lte", label=gettext_lazy("To"))

    class Meta:
        model = ChangeSet
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["use_case"].extra["choices"] = use_cases()  # all are known once all apps are


@allow(*LOG_READERS)
class ChangeSetList(ListPage):
    """All that was changed, the latest first."""

    model, table_class, filterset_class = ChangeSet, ChangeSetTable, ChangeSetFilter
    title = gettext_lazy("Log of changes")
    search_label = gettext_lazy("Find a user, or what it is about")
    count_label = ngettext_lazy("%(shown)s change", "%(shown)s changes", "n")
    empty = gettext_lazy("Nothing has been changed yet.")
    file_name = "nhat-ky-thay-doi"
    nearest_first = False  # a log is read from its end

    def get_queryset(self):
        return super().get_queryset().select_related("by")


@allow(*LOG_READERS)
def change_set(request: HttpRequest, pk: int) -> HttpResponse:
    """What belongs to one change: of each record what was before and after."""
    found = get_object_or_404(ChangeSet.objects.visible_to(request.user).select_related("by"), pk=pk)
    hidden = () if sees_minority(request.user) else ("is_ethnic_minority",)
    kinds = []
    for history in _histories():
        rows = history.objects.filter(change_set=found).order_by("history_id")
        shown = list(rows[: MOST_SHOWN + 1])
        entries = entries_of(shown[:MOST_SHOWN], hidden)
        if entries:
            name = capfirst(history.instance_type._meta.verbose_name_plural)
            # Of all of them only whoever sees each may know how many there are.
            number = rows.count() if len(shown) > MOST_SHOWN and not hidden else len(entries)
            kinds.append({"name": name, "entries": entries, "number": number, "more": len(shown) > MOST_SHOWN})
    context = {
        "title": found.words,
        "change_set": found,
        "by": found.by or SERVER_COMMAND,
        "kinds": kinds,
        "most_shown": MOST_SHOWN,
        "crumbs": [(_("Log of changes"), reverse("change_set_list")), (found.words, "")],
    }
    return render(request, "pages/change_set.html", context)


def _histories() -> list[type[ChangedTogether]]:
    return [model for model in apps.get_models() if issubclass(model, ChangedTogether)]
