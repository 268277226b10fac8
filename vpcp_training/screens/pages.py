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
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models, transaction
from django.forms import BaseForm, BaseModelForm, CheckboxInput, RadioSelect
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from ..errors import DomainError
from ..history import Entry, Watch, entries, many_to_many
from ..races import LostRace, races_told
from .gone import gone


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
        return self.form_class(**self._form_kwargs(), **self._sent())

    def _form_kwargs(self) -> dict:
        kwargs = self.get_form_kwargs()
        if self._is_of_the_record():
            # The form changes a copy: title, way and addresses of a refused form are still those of the record.
            kwargs.setdefault("instance", copy.copy(self.record))
        return kwargs

    def _is_of_the_record(self) -> bool:
        return issubclass(self.form_class, BaseModelForm) and self.record is not None

    def _sent(self) -> dict:
        return {"data": self.request.POST, "files": self.request.FILES} if self.request.method == "POST" else {}

    def get_context_data(self, **kwargs) -> dict:
        return kwargs

    def dispatch(self, request, *args, **kwargs):
        try:
            self.record = None if self.creates else self.get_record()
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if request.method != "POST" or self.creates or not (answer := gone(self)):
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
        version = self._version()
        if self.record is not None:
            self.record = self.get_record()  # read after its version: what is shown is never older than that
        return self._page(self.get_form(), version=version)

    def post(self, request, *args, **kwargs):
        # The title names the record as it is, not as the form would have it.
        title = self.get_title()
        form, version = self.get_form(), request.POST.get("version", "")
        try:
            with races_told(), transaction.atomic():
                # What did not come from the page, and so has no version, is told first what is wrong with it.
                if self._changed_meanwhile() and (version or form.is_valid()):
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
        """The histories in which a change by others counts; a page about more than its record adds theirs."""
        return [Watch(self.record.history.all())] if hasattr(self.record, "history") else []

    def _version(self) -> str:
        return ".".join("-".join(map(str, watch.version())) for watch in self.get_watched())

    def seen_versions(self) -> list[list[int]]:
        """The versions of what is watched that this person was shown; empty where none was sent."""
        parts = self.request.POST.get("version", "").split(".")
        versions = [[int(row) for row in part.split("-") if row.isdecimal() and len(row) < 18] for part in parts]
        watched = len(self.get_watched())
        return [*versions, *[[]] * watched][:watched]

    def lock(self) -> None:
        """Locks the record. A page whose service locks something before it does so here, in the same order."""
        # Without the order of the model, which may join other tables and lock their rows too.
        list(self.model._base_manager.select_for_update().order_by().filter(pk=self.record.pk).values_list("pk"))

    def _changed_meanwhile(self) -> bool:
        """Whether somebody saved the record since the form was opened. Locks it until this request is through."""
        if not self.get_watched():
            return False
        self.lock()
        return self.request.POST.get("version", "") != self._version()

    def _conflict(self, title: str) -> HttpResponse:
        """What the others changed, above what this person typed; sending again saves on top of it."""
        changed = self.changes()
        self.record = self.get_record()
        # What is stored by now, but what this person typed where they changed what they were shown.
        kwargs = self._form_kwargs()
        mine = self.form_class(**{**kwargs, **self.as_shown()}, **self._sent())
        typed = {name: mine[name].value() for name in mine.changed_data}
        form = self.form_class(**{**kwargs, "initial": typed})
        # A tick is no loss: what it agreed to is not asked any more.
        unplaced = [mine[name] for name in typed if name not in form.fields and typed[name] is not True]
        more = {"conflict": changed, "unplaced": unplaced}
        return self._page(form, version=self._version(), status=409, title=title, **more)

    def changes(self) -> list[Entry]:
        """What others changed since the form was opened."""
        pairs = zip(self.get_watched(), self.seen_versions(), strict=True)
        return [entry for watch, version in pairs for entry in watch.since(version, self.hidden_fields)]

    def as_shown(self) -> dict:
        """The arguments that filled the form when it was opened, from the history; none where it does not know."""
        row = self.record_as_shown()
        return {"instance": row.instance, "initial": many_to_many(row)} if row and self._is_of_the_record() else {}

    def record_as_shown(self) -> models.Model | None:
        """The history row of the record at the version that this person was shown."""
        watch, version = self.get_watched()[0], self.seen_versions()[0]
        return watch.at(version).get(self.record.pk)

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
