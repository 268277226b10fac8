"""The code lists: short lists of names that an administrator keeps, each with the same five pages.

    FIELDS = CodeList(Field, FieldTable, FieldForm, used_by="courses", file_name="linh-vuc")
    urlpatterns = [*FIELDS.urls]        # courses:field_list, field_add, field_edit, field_delete, field_history

The records have a history; their queryset is a `CodeListQuerySet`. `used_by` is the relation that counts their use.
"""

from collections.abc import Callable
from dataclasses import dataclass

import django_tables2 as tables
from django.db import models
from django.db.models import Count, ProtectedError
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access import allow
from ..errors import DomainError
from ..roles import ADMINS, By
from ..text import code_key, letters_key
from ..use_cases import use_case
from .delete_pages import RemovalPage
from .forms import RecordForm
from .lists import ListPage
from .navigation import CODE_LISTS, lines
from .pages import FormPage, HistoryPage
from .tables import CountColumn, ListTable


@dataclass(frozen=True)
class CodeList:
    """One list: its record, table and form, and what counts as use of a record."""

    model: type[models.Model]
    table_class: type["CodeListTable"]
    form_class: type["CodeListForm"]
    used_by: str
    file_name: str
    uses_at: Callable[[models.Model], str] | None = None  # of `record`: the address that lists what uses it

    @property
    def urls(self) -> list[URLPattern]:
        """The addresses of its pages, for the app of its model."""
        name = self.model._meta.model_name
        pages = {
            "list": ("", _List),
            "add": ("add/", _Add),
            "edit": ("<int:pk>/", _Edit),
            "delete": ("<int:pk>/delete/", _Delete),
            "history": ("<int:pk>/history/", _History),
        }
        return [
            path(f"code-lists/{name}s/{route}", page.as_view(code_list=self), name=f"{name}_{kind}")
            for kind, (route, page) in pages.items()
        ]

    @property
    def title(self) -> str:
        """What the records are called."""
        return capfirst(self.model._meta.verbose_name_plural)

    def url_of(self, page: str, *args: int) -> str:
        """The address of one of its pages."""
        return reverse(f"{self.model._meta.app_label}:{self.model._meta.model_name}_{page}", args=args)


class CodeListTable(ListTable):
    """A code list: the name leads to the form, the last column counts what uses the record."""

    name_order = "name"
    name_language = "vi"

    class Meta(ListTable.Meta):
        sequence = ("number", "name", "...", "used")

    def __init__(self, *args, code_list: CodeList, **kwargs):
        name = tables.Column(
            linkify=lambda record: code_list.url_of("edit", record.pk),
            order_by=(self.name_order,),
            attrs={"td": {"lang": self.name_language}},
        )
        name.excel_width = 40
        using = code_list.model._meta.get_field(code_list.used_by).related_model
        used = CountColumn(verbose_name=capfirst(using._meta.verbose_name_plural), linkify=code_list.uses_at)
        super().__init__(*args, extra_columns=[("name", name), ("used", used)], **kwargs)


class EnglishNameColumn(tables.Column):
    """The English name, which is English on every screen."""

    def __init__(self):
        super().__init__(attrs={"td": {"lang": "en"}})


class CodeListForm(RecordForm):
    """A record of a code list. No two have the same code or name, however it is spelled; a code once given stays."""

    known_by = "code"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "code" in self.fields:
            code = self.fields["code"]
            code.disabled, code.required = True, False
            code.help_text = _("It stays: workbooks know the record by it.")

    def clean(self):
        cleaned = super().clean()
        same = code_key if self.known_by == "code" else letters_key
        others = self._meta.model.objects.exclude(pk=self.instance.pk).values_list(self.known_by, flat=True)
        given = self.known_by in self.changed_data and same(cleaned.get(self.known_by, ""))
        if given and given in map(same, others):
            self.add_error(self.known_by, _("It is in the list already. Choose another, or edit the one there."))
        return cleaned


@use_case(*ADMINS, does=gettext_lazy("Code list changed"))
def save_item(item: models.Model, by: By) -> models.Model:
    """Saves a new or corrected record of a code list."""
    item.save()
    return item


@use_case(*ADMINS, does=gettext_lazy("Taken out of a code list"))
def delete_item(item: models.Model, by: By) -> models.Model:
    """Deletes a record that nothing refers to; raises DomainError for any other."""
    try:
        item.delete()
    except ProtectedError:
        text = _("“%(name)s” is in use and cannot be deleted: what was recorded with it would lose it.")
        raise DomainError((None, text % {"name": item})) from None
    return item


class _Page:
    """What the pages of a code list have in common."""

    code_list: CodeList = None

    @property
    def model(self):
        return self.code_list.model

    def get_queryset(self):
        return super().get_queryset().annotate(used=Count(self.code_list.used_by))

    def get_crumbs(self):
        return [(self.code_list.title, self.code_list.url_of("list"))]


@allow(*ADMINS)
class _List(_Page, ListPage):
    template_name = "lists/code_list.html"

    @property
    def table_class(self):
        return self.code_list.table_class

    @property
    def title(self):
        return self.code_list.title

    @property
    def file_name(self):
        return self.code_list.file_name

    def get_table_kwargs(self):
        return {"code_list": self.code_list}

    def get_actions(self):
        return [{"label": _add_title(self.code_list), "url": self.code_list.url_of("add"), "primary": True}]

    def get_context_data(self, **kwargs):
        request = self.request
        return super().get_context_data(code_lists=lines(CODE_LISTS, request.path, request.user.role), **kwargs)


class _Form(_Page, FormPage):
    template_name = "pages/code_list_form.html"

    @property
    def form_class(self):
        return self.code_list.form_class

    def save(self, form):
        return save_item(form.instance, self.request.user)

    def get_success_url(self):
        return self.code_list.url_of("list")

    def get_success_message(self):
        return _("Saved: %(name)s.") % {"name": self.saved}


@allow(*ADMINS)
class _Add(_Form):
    creates = True

    def get_title(self):
        return _add_title(self.code_list)


@allow(*ADMINS)
class _Edit(_Form):
    def get_title(self):
        return _("Edit %(name)s") % {"name": self.record}

    def get_context_data(self, **kwargs):
        pages = {page: self.code_list.url_of(page, self.record.pk) for page in ("history", "delete")}
        return super().get_context_data(pages=pages, **kwargs)


@allow(*ADMINS)
class _Delete(_Page, RemovalPage):
    question = gettext_lazy("It disappears from the list and from all forms. What is in use is not deleted.")

    def save(self, form):
        return delete_item(self.record, self.request.user)

    def get_title(self):
        return _("Delete %(name)s") % {"name": self.record}

    def get_crumbs(self):
        return [*super().get_crumbs(), (str(self.record), self.code_list.url_of("edit", self.record.pk))]

    def get_success_url(self):
        return self.code_list.url_of("list")

    def get_success_message(self):
        return _("Deleted: %(name)s.") % {"name": self.saved}


@allow(*ADMINS)
class _History(_Page, HistoryPage):
    def get_crumbs(self):
        return [*super().get_crumbs(), (str(self.record), self.code_list.url_of("edit", self.record.pk))]


def _add_title(code_list: CodeList) -> str:
    return _("Add a %(kind)s") % {"kind": code_list.model._meta.verbose_name}
