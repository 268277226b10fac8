"""The base of every list: search, filters, order, page, export, all kept in the address.

    class StaffFilter(ListFilter):
        unit = django_filters.ModelChoiceFilter(to_field_name="code", queryset=…, label=_("Unit"))

    @allow(*READERS)
    class StaffList(ListPage):
        model, table_class, filterset_class = Staff, StaffTable, StaffFilter
        title = _("Staff")
        count_label = ngettext_lazy("%(shown)s person", "%(shown)s people", "n")
        empty = _("No staff member yet.")
        actions = (Action(_("Add a staff member"), "personnel:staff_add", EDITORS, primary=True),)

        def get_queryset(self):  # starts from visible_to(user)
            return super().get_queryset().select_related("unit")

The template is lists/page.html; extend it to put something around the list. `?export=xlsx` gives the rows of the
same address in the same order and columns.
"""

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.generic import TemplateView
from django_tables2.rows import BoundRows

from ..figures import grouped, signed
from ..paper import excel
from ..paper.exports import log_export
from ..roles import READERS, sees_whole_office
from ..text import clean_text, fold
from ..years import FIRST_YEAR, LAST_YEAR
from .chips import chips_of, in_words
from .forms import VietnameseDateField

MAX_NUMBER = 2**31 - 1
PAGE_SIZES = (25, 50, 100)
COUNTED_OF_A_SEARCH = 10_000  # rows; that there are more is enough to know
DEEP = 1000  # rows skipped, from which on skipping them costs more than reading a page
HEAD_ROWS = 5  # of an export, above its rows
OWN_PARAMETERS = ("sort", "page", "per_page", "export")


class DeepPaginator(Paginator):
    """Far down a long list: first the ids of the page, for which an index is enough, then its rows alone.

    Where there are more than `most` rows, the pages are those of the first `most`.
    """

    def __init__(self, *args, most: int | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self._most = most

    @cached_property
    def count(self) -> int:
        return min(self._counted, self._most or self._counted)

    @property
    def count_in_words(self) -> str:
        """How many rows there are, as far as they were counted."""
        if self.count < self._counted:
            return _("more than %(count)s") % {"count": grouped(self.count)}
        return grouped(self.count)

    @cached_property
    def _counted(self) -> int:
        rows = self.object_list.table.data.data.order_by()
        return (rows[: self._most + 1] if self._most else rows).count()

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        if first < DEEP:
            return super().page(number)
        table = self.object_list.table
        rows = table.data.data
        ids = list(rows.values_list("pk", flat=True)[first : first + self.per_page])
        return self._get_page(BoundRows(data=rows.filter(pk__in=ids), table=table), number, self)


@dataclass(frozen=True)
class Action:
    """A button of the page's head, for some roles."""

    label: str
    url_name: str
    roles: tuple[str, ...] = READERS
    primary: bool = False


YEAR_OUT_OF_RANGE = gettext_lazy("Enter a year from 1900 to 2999.")


class YearFilter(django_filters.NumberFilter):
    """A calendar year."""

    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        # A text field, so that what is not a year is shown as it was typed.
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        own = {"label": gettext_lazy("Year"), "min_value": FIRST_YEAR, "max_value": LAST_YEAR, "widget": widget}
        own["error_messages"] = dict.fromkeys(("min_value", "max_value"), YEAR_OUT_OF_RANGE)
        super().__init__(*args, **own | kwargs)


class YearsFilter(YearFilter):
    """A calendar year, with the one before when the filter set's `before` says so."""

    def filter(self, queryset, value):
        if value is None or not self.parent.form.cleaned_data["before"]:
            return super().filter(queryset, value)
        return queryset.filter(Q((self.field_name, value)) | Q((self.field_name, value - 1)))


class WithYearBeforeFilter(django_filters.ChoiceFilter):
    """Says how the year of a `YearsFilter` is meant."""

    def __init__(self, *args, **kwargs):
        own = {"choices": [("1", gettext_lazy("yes"))], "label": gettext_lazy("With the year before")}
        super().__init__(*args, **own | kwargs)

    def filter(self, queryset, value):
        return queryset


class DayFilter(django_filters.DateFilter):
    """A day, typed as anywhere in the site."""

    field_class = VietnameseDateField


class ListFilter(django_filters.FilterSet):
    """Filters of a list. `q` searches with the queryset's `matching(words)`, without diacritics."""

    often: tuple[str, ...] = ()  # where there are many, those that stand before a reader opens the others

    q = django_filters.CharFilter(
        method="search",
        label=gettext_lazy("Search"),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "data-search": "", "autocomplete": "off"}),
    )

    def get_form_class(self):
        """Numbers stay within what the databases can compare with."""
        form = super().get_form_class()
        for field in form.base_fields.values():
            if isinstance(field, (forms.IntegerField, forms.DecimalField)):
                field.validators += [MinValueValidator(-MAX_NUMBER), MaxValueValidator(MAX_NUMBER)]
        return form

    def search(self, queryset, name, value):
        return queryset.matching(value)

    @property
    def first_fields(self) -> list[BoundField]:
        """The fields that are shown at once: those used often, or all."""
        return [field for field in self._fields() if not self.often or field.name in self.often]

    @property
    def more_fields(self) -> list[BoundField]:
        """The other fields."""
        return [field for field in self._fields() if self.often and field.name not in self.often]

    @property
    def uses_more(self) -> bool:
        """Whether one of the other fields is in use."""
        return any(field.data for field in self.more_fields)

    def _fields(self) -> list[BoundField]:
        return [field for field in self.form.visible_fields() if field.name != "q"]


class ListPage(TemplateView):
    """One list of records a user may see. See the module's example."""

    template_name = "lists/page.html"
    model: Any = None
    table_class: Any = None
    filterset_class = ListFilter
    title: str | Promise = ""
    search_label = gettext_lazy("Search; diacritics not needed")
    count_label = ngettext_lazy("%(shown)s row", "%(shown)s rows", "n")
    empty = gettext_lazy("Nothing here yet.")
    actions: tuple[Action, ...] = ()
    file_name = "danh-sach"
    deleted_name = ""  # the address of a `DeletedPage`
    page_sizes = PAGE_SIZES
    nearest_first = True  # the rows of a search, where no order was chosen; else in the usual order

    def get_queryset(self):
        """The rows before filtering: what the user may see. Extend it, never replace it."""
        return self.model.objects.visible_to(self.request.user)

    def get_table_kwargs(self) -> dict:
        """More arguments of the table, such as `exclude`."""
        return {}

    def get_other(self) -> dict:
        """A link to another list with the same filters, as label and url."""
        return {}

    def same_filters(self, url_name: str) -> str:
        """The address of another list with the filters of this one."""
        return f"{reverse(url_name)}?{self._filter_params().urlencode()}"

    def get_deleted_url(self) -> str:
        """The page of what was deleted from the list, for those who see the whole office."""
        return reverse(self.deleted_name) if self.deleted_name and sees_whole_office(self.request.user) else ""

    def get_actions(self) -> list[dict]:
        """The buttons of the page's head that the user's role may press."""
        shown = [action for action in self.actions if self.request.user.role in action.roles]
        return [{"label": a.label, "url": reverse(a.url_name), "primary": a.primary} for a in shown]

    def get(self, request, *args, **kwargs):
        self.params = _without_noise(request.GET)
        rows = self.get_queryset()
        self.filterset = self.filterset_class(self._filter_params(), queryset=rows, request=request)
        # A filter that cannot be understood shows nothing: more rows than asked for would mislead.
        valid = self.filterset.is_valid()
        self._spell_codes()
        self.table = self.table_class(self.filterset.qs if valid else rows.none(), **self.get_table_kwargs())
        self.table.sort_by(self.params.get("sort", ""), self._nearness() if valid else None)
        wants_export = valid and self.params.get("export") == "xlsx"
        if wants_export and self.table.data.data.count() <= excel.MAX_ROWS - HEAD_ROWS:
            return self.export()
        self._paginate()
        self.table.before_render(request)
        fragment = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
        template = "lists/fragment.html" if fragment else self.template_name
        context = self.get_context_data(too_many_rows=wants_export, **kwargs)
        response = render(request, template, context, status=200 if valid and not wants_export else 422)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def compared(self) -> tuple[int, int] | None:
        """How many rows are of the year asked for and how many of the year before, where both are shown."""
        form = self.filterset.form
        if not (form.is_valid() and form.cleaned_data.get("before") and form.cleaned_data.get("year")):
            return None
        year, asked = form.cleaned_data["year"], self._filter_params()
        del asked["before"]
        counts = []
        for each in (year, year - 1):
            asked["year"] = str(each)
            counts.append(self.filterset_class(asked, queryset=self.get_queryset(), request=self.request).qs.count())
        return tuple(counts)

    def get_count(self) -> str:
        """How many rows there are, in words."""
        count = self.table.paginator.count
        words = self.count_label % {"n": count, "shown": self.table.paginator.count_in_words}
        if not (compared := self.compared()):
            return words
        (now, past), year = compared, self.filterset.form.cleaned_data["year"]
        parts = {"rows": words, "year": year, "before": year - 1, "change": signed(now - past)}
        counts = {"now": grouped(now), "past": grouped(past)}
        return _("%(rows)s: %(now)s in %(year)s, %(past)s in %(before)s (%(change)s)") % {**parts, **counts}

    def get_context_data(self, **kwargs):
        here = self.params.copy()
        for name in ("page", "export"):
            here.pop(name, None)
        chips = chips_of(self.filterset, here)
        return super().get_context_data(
            title=self.title,
            crumbs=[(self.title, "")],
            table=self.table,
            filter=self.filterset,
            params=here,
            chips=chips,
            filter_words=in_words(chips_of(self.filterset, here, with_search=True)),
            clear_url=self._clear_url(),
            count=self.get_count(),
            page_sizes=self.page_sizes,
            other=self.get_other(),
            actions=self.get_actions(),
            deleted_url=self.get_deleted_url(),
            filtered=bool(chips) or "q" in here,
            export_url=f"?{_with(here, export='xlsx')}",
            **kwargs,
        )

    def get_export_head(self) -> str:
        """What stands at the head of an exported list."""
        return str(self.title)

    def export(self):
        """The filtered rows as a workbook, logged."""
        query = in_words(chips_of(self.filterset, self.params, with_search=True))
        user, now = self.request.user, timezone.localtime()
        made = _("Exported %(time)s by %(user)s") % {"time": f"{now:%d/%m/%Y %H:%M}", "user": user}
        head = [self.get_export_head(), query or _("All rows"), made]
        book = excel.new_workbook()
        rows = excel.add_table(book, self.title, self.table.excel_columns(), head, self.table.excel_rows())
        log_export(user.exports, what=str(self.title), query=query, rows=rows)
        return excel.workbook_response(book, f"{self.file_name}-{now:%Y%m%d-%H%M}.xlsx")

    def _spell_codes(self) -> None:
        """A code in another case of letters chooses its record; the page goes on with the code as it is stored."""
        form = self.filterset.form
        for name, field in form.fields.items():
            if getattr(field, "to_field_name", None) == "code" and (record := form.cleaned_data.get(name)):
                self.params[name] = form.data[name] = record.code

    def _filter_params(self) -> QueryDict:
        params = self.params.copy()
        for name in OWN_PARAMETERS:
            params.pop(name, None)
        return params

    def _nearness(self) -> Combinable | None:
        query = self.filterset.form.cleaned_data.get("q", "")
        return self.table.data.data.nearness(query) if self.nearest_first and fold(query) else None

    def _paginate(self) -> None:
        """A page that is not a number is the first, one beyond the end is the last."""
        per_page = _number(self.params.get("per_page"), default=self.page_sizes[0])
        self.per_page = per_page if per_page in self.page_sizes else self.page_sizes[0]
        # Nothing but a search: no figure leads here, whose number the list would have to show.
        most = COUNTED_OF_A_SEARCH if set(self._filter_params()) == {"q"} else None
        self.table.paginate(DeepPaginator, per_page=self.per_page, most=most)
        self.table.page = self.table.paginator.get_page(max(1, _number(self.params.get("page"), default=1)))

    def _clear_url(self) -> str:
        kept = {name: self.params[name] for name in ("sort", "per_page") if name in self.params}
        return f"?{_with(QueryDict(mutable=True), **kept)}"


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else default


def _without_noise(query: QueryDict) -> QueryDict:
    """The parameters that say something, in one clean form: no empty ones, no control characters."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if values := [clean for value in values if (clean := clean_text(value))]:
            kept.setlist(clean_text(name), values)
    return kept


def _with(params: QueryDict, **changes: str) -> str:
    changed = params.copy()
    for name, value in changes.items():
        changed[name] = value
    return changed.urlencode()
