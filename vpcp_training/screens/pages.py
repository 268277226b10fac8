"""The bases of pages that change a record and that show its history.

    @allow(*EDITORS)
    class StaffEdit(FormPage):
        model, form_class = Staff, StaffForm            # the record: model.objects.visible_to(user), by the address

        def get_title(self): return _("Edit %(name)s") % {"name": self.record.full_name}
        def get_crumbs(self): return [(_("Staff"), reverse("personnel:staff_list"))]
        def save(self, form): return save_staff(form.instance, by=self.request.user)   # may raise DomainError
        def get_success_url(self): return reverse("enrollments:staff_record", args=[self.saved.code])

A page that creates sets `creates = True`. A page of another form (a reason, a confirmation) does the same; the form
gets `instance` only if it is a ModelForm. The template is pages/form.html; `aside` and `before_form` are its blocks.
"""

import copy
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models, transaction
from django.forms import BaseForm, BaseModelForm, CheckboxInput, RadioSelect
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from ..conflicts import Conflicts
from ..errors import DomainError
from ..history import Watch, entries, many_to_many
from ..races import LostRace, races_told
from .missing_record import missing_record_response


class _RecordMixin:
    """Finds the record of the address among those the user may see (else 404)."""

    model: type[models.Model]

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user)

    def get_record(self) -> models.Model:
        """By the address's `code` or `pk`; the page goes on with the code as it is stored."""
        names = {name: self.kwargs[name] for name in ("code", "pk") if name in self.kwargs}
        record = get_object_or_404(self.get_queryset(), **names)
        if "code" in names and hasattr(record, "code"):
            self.kwargs["code"] = record.code
        return record

    def get_title(self) -> str:
        return str(self.record or self.title)

    def get_crumbs(self) -> list[tuple[str, str]]:
        """The way to this page, as (label, address); the page itself is added."""
        return []


class FormPage(_RecordMixin, View):
    """A form that creates or changes one record: 422 when it is refused, 409 when the record changed meanwhile.

    404 when somebody removed the record meanwhile, with what was typed; one that got another code is followed there.

    What a page overrides is asked in this order. Opening: `get_record`, `ensure_possible`, `get_watched`, `get_record`
    again, `get_form`. Sending: `get_record`, `get_title`, `get_form`, `get_watched`; then under the locks of `lock`
    either `save` or, if others changed something, `get_record` and `as_shown`; `get_success_message`,
    `get_success_url`. `get_form` asks for `get_form_kwargs`; a page that is shown for `get_title`, `get_crumbs`,
    `get_cancel_url` and `get_context_data`.
    """

    template_name = "pages/form.html"
    form_class: type[BaseForm]
    creates = False
    title = ""
    submit_label = _("Save")
    destructive = False  # what is done here takes something away: the button is red
    success_message = _("Saved.")
    hidden_fields: tuple[str, ...] = ()  # that a conflict must not show
    conflict_advice = _(
        "What you typed is still below; the fields you left alone show what is stored now. Look through them, "
        "then save on top of it."
    )

    def save(self, form: BaseForm) -> Any:
        """Do it, by a service; what it returns is `self.saved`. A DomainError is shown beside its fields."""
        raise NotImplementedError

    def get_success_url(self) -> str:
        return self.saved.get_absolute_url()

    def get_cancel_url(self) -> str:
        """Where "Go back" leads: the last step of the way here."""
        crumbs = self.get_crumbs()
        return crumbs[-1][1] if crumbs else "/"

    def get_success_message(self) -> str:
        return self.success_message

    def get_form_kwargs(self) -> dict:
        """More arguments of the form."""
        return {}

    def get_form(self) -> BaseForm:
        sent = {"data": self.request.POST, "files": self.request.FILES} if self.request.method == "POST" else {}
        return self.form_class(**self._form_kwargs(), **sent)

    def _form_kwargs(self) -> dict:
        kwargs = self.get_form_kwargs()
        if self.record is not None and issubclass(self.form_class, BaseModelForm):
            # The form changes a copy: title, way and addresses of a refused form are still those of the record.
            kwargs.setdefault("instance", copy.copy(self.record))
        return kwargs

    def get_context_data(self, **kwargs) -> dict:
        return kwargs

    def dispatch(self, request, *args, **kwargs):
        try:
            self.record = None if self.creates else self.get_record()
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if request.method != "POST" or self.creates or not (answer := missing_record_response(self)):
                raise
            return answer

    def ensure_possible(self) -> None:
        """Raises DomainError where it cannot be done whatever is typed: the page then leads back and says why."""

    def get(self, request, *args, **kwargs):
        try:
            self.ensure_possible()
        except DomainError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.get_cancel_url())
        version = self.conflicts.version()
        if self.record is not None:
            self.record = self.get_record()  # read after its version: what is shown is never older than that
        return self._page(self.get_form(), version=version)

    def post(self, request, *args, **kwargs):
        # The title names the record as it is, not as the form would have it.
        title = self.get_title()
        form, version = self.get_form(), self.conflicts.seen
        try:
            with races_told(), transaction.atomic():
                if self.conflicts.watched:
                    self.lock()
                # What did not come from the page, and so has no version, is told first what is wrong with it.
                if self.conflicts.changed_meanwhile() and (version or form.is_valid()):
                    return self._conflict(title)
                if not form.is_valid():
                    return self._page(form, version=version, status=422, title=title)
                self.saved = self.save(form)
        except DomainError as error:
            for name, text in error.messages:
                form.add_error(name if name in form.fields else None, text)
            status = 409 if isinstance(error, LostRace) else 422
            return self._page(form, version=version, status=status, title=title)
        if message := self.get_success_message():
            messages.success(request, message)
        return HttpResponseRedirect(self.get_success_url())

    def get_watched(self) -> list[Watch]:
        """The histories in which a change by others counts, the record's first; a page about more adds theirs."""
        return [Watch(self.record.history.all())] if hasattr(self.record, "history") else []

    @cached_property
    def conflicts(self) -> Conflicts:
        """What others did to what is watched since this person opened the form."""
        return Conflicts(self.get_watched(), self.request.POST.get("version", ""))

    def lock(self) -> None:
        """Locks the record. A page whose service locks something before it does so here, in the same order."""
        # Without the order of the model, which may join other tables and lock their rows too.
        list(self.model._base_manager.select_for_update().order_by().filter(pk=self.record.pk).values_list("pk"))

    def _conflict(self, title: str) -> HttpResponse:
        """What the others changed, above what this person typed; sending again saves on top of it."""
        changed = self.conflicts.changes(self.hidden_fields)
        self.record = self.get_record()
        # What is stored by now, but what this person typed where they changed what they were shown.
        kwargs, sent = self._form_kwargs(), {"data": self.request.POST, "files": self.request.FILES}
        mine = self.form_class(**{**kwargs, **self.as_shown(), **sent})
        typed = {name: mine[name].value() for name in mine.changed_data}
        form = self.form_class(**{**kwargs, "initial": typed})
        # A tick is no loss: what it agreed to is not asked any more.
        unplaced = [mine[name] for name in typed if name not in form.fields and typed[name] is not True]
        more = {"conflict": changed, "unplaced": unplaced}
        return self._page(form, version=self.conflicts.version(), status=409, title=title, **more)

    def as_shown(self) -> dict:
        """The arguments that filled the form when it was opened, from the history; none where it does not know."""
        row = self.conflicts.as_shown().get(self.record.pk)
        is_filled = row and issubclass(self.form_class, BaseModelForm)
        return {"instance": row.instance, "initial": many_to_many(row)} if is_filled else {}

    def _page(self, form: BaseForm, *, version: str, status: int = 200, title: str = "", **more) -> HttpResponse:
        title = title or self.get_title()
        if status == 200 and not self.destructive:
            _begin_in_first_field(form)
        context = {
            "view": self,
            "title": title,
            "form": form,
            "record": self.record,
            "version": version,
            "conflict": None,
            "dirty": status != 200,
            "crumbs": [*self.get_crumbs(), (title, "")],
            "cancel_url": self.get_cancel_url(),
            **more,
        }
        return render(self.request, self.template_name, self.get_context_data(**context), status=status)


def _begin_in_first_field(form: BaseForm) -> None:
    """The cursor stands there when the page opens; a refused form begins with what is wrong."""
    first = next((field.widget for field in form.fields.values() if not field.widget.is_hidden), None)
    if first and not isinstance(first, (CheckboxInput, RadioSelect)):
        first.attrs["autofocus"] = True


class HistoryPage(_RecordMixin, TemplateView):
    """Who changed what in a record, newest first.

    @allow(*EDITORS)
    class StaffHistory(HistoryPage):
        model = Staff
        def get_crumbs(self): return [(self.record.full_name, record_url(self.record))]
    """

    template_name = "pages/history.html"
    page_size = 25
    hidden_fields: tuple[str, ...] = ()

    def get_history(self):
        """The record's history rows."""
        return self.record.history.all()

    def get_title(self) -> str:
        return _("History of changes")

    def get_context_data(self, **kwargs):
        self.record = self.get_record()
        rows = self.get_history().order_by("-history_date", "-history_id")
        page = Paginator(rows, self.page_size).get_page(self.request.GET.get("page"))
        shown = list(page.object_list)
        older = rows[page.end_index() : page.end_index() + 1].first() if page.has_next() else None
        title = self.get_title()
        return super().get_context_data(
            title=title,
            record=self.record,
            entries=entries(shown, older, self.hidden_fields),
            page_obj=page,
            params=QueryDict(),
            crumbs=[*self.get_crumbs(), (title, "")],
            **kwargs,
        )
