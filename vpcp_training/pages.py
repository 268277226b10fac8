"""The bases of pages that change a record and that show its history.

    @allow(ADMIN, HR)
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
import logging
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DatabaseError, models, transaction
from django.forms import BaseForm, BaseModelForm
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from .errors import DomainError
from .history import current_version, entries
from .races import lost_a_race

logger = logging.getLogger(__name__)


class _RecordMixin:
    """Finds the record of the address among those the user may see (else 404)."""

    model: type[models.Model]

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user)

    def get_record(self) -> models.Model:
        """By the address's `code` or `pk`."""
        names = {name: self.kwargs[name] for name in ("code", "pk") if name in self.kwargs}
        return get_object_or_404(self.get_queryset(), **names)

    def get_title(self) -> str:
        return str(self.record or self.title)

    def get_crumbs(self) -> list[tuple[str, str]]:
        """The way to this page, as (label, address); the page itself is added."""
        return []


class FormPage(_RecordMixin, View):
    """A form that creates or changes one record: 422 when it is refused, 409 when the record changed meanwhile."""

    template_name = "pages/form.html"
    form_class: type[BaseForm]
    creates = False
    title = ""
    submit_label = _("Save")
    destructive = False  # what is done here takes something away: the button is red, and "Cancel" would mean two things
    success_message = _("Saved.")
    hidden_fields: tuple[str, ...] = ()  # that a conflict must not show

    def save(self, form: BaseForm) -> Any:
        """Do it, by a service; what it returns is `self.saved`. A DomainError is shown beside its fields."""
        raise NotImplementedError

    def get_success_url(self) -> str:
        return self.saved.get_absolute_url()

    def get_cancel_url(self) -> str:
        """Where "Cancel" leads: the last step of the way here."""
        crumbs = self.get_crumbs()
        return crumbs[-1][1] if crumbs else "/"

    def get_success_message(self) -> str:
        return self.success_message

    def get_form_kwargs(self) -> dict:
        """More arguments of the form."""
        return {}

    def get_form(self) -> BaseForm:
        kwargs = self.get_form_kwargs()
        if issubclass(self.form_class, BaseModelForm) and self.record is not None:
            # The form changes a copy: title, way and addresses of a refused form are still those of the record.
            kwargs.setdefault("instance", copy.copy(self.record))
        if self.request.method == "POST":
            kwargs |= {"data": self.request.POST, "files": self.request.FILES}
        return self.form_class(**kwargs)

    def get_context_data(self, **kwargs) -> dict:
        return kwargs

    def dispatch(self, request, *args, **kwargs):
        self.record = None if self.creates else self.get_record()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self._page(self.get_form(), version=self._version())

    def post(self, request, *args, **kwargs):
        # The title names the record as it is, not as the form would have it.
        title = self.get_title()
        form = self.get_form()
        if not form.is_valid():
            return self._page(form, version=request.POST.get("version", ""), status=422, title=title)
        try:
            with transaction.atomic():
                if self._changed_meanwhile():
                    return self._conflict(form, title)
                self.saved = self.save(form)
        except DomainError as error:
            for name, text in error.messages:
                form.add_error(name if name in form.fields else None, text)
            return self._page(form, version=request.POST.get("version", ""), status=422, title=title)
        except DatabaseError as error:
            # Two people, the same record, the same moment: the form's own check came too early for one of them.
            if not lost_a_race(error):
                raise
            logger.exception("%s was refused by the database.", type(self).__name__)
            form.add_error(
                None, _("Somebody else saved the same thing at this very moment. Look at it, then save again.")
            )
            return self._page(form, version=request.POST.get("version", ""), status=409, title=title)
        if message := self.get_success_message():
            messages.success(request, message)
        return HttpResponseRedirect(self.get_success_url())

    def _version(self) -> str:
        return str(current_version(self.record) or "") if hasattr(self.record, "history") else ""

    def lock(self) -> None:
        """Locks the record. A page whose service locks something before it does so here, in the same order."""
        list(self.model._base_manager.select_for_update().filter(pk=self.record.pk).values_list("pk"))

    def _changed_meanwhile(self) -> bool:
        """Whether somebody saved the record since the form was opened. Locks it until this request is through."""
        if self.record is None or not hasattr(self.record, "history"):
            return False
        self.lock()
        return self.request.POST.get("version", "") != self._version()

    def _conflict(self, form: BaseForm, title: str) -> HttpResponse:
        """What the others changed, above what this person typed; sending again saves on top of it."""
        seen = self.request.POST.get("version", "")
        history = self.record.history.order_by("-history_id")
        rows = list(history.filter(history_id__gt=int(seen)) if seen.isdecimal() and len(seen) < 18 else history[:1])
        older = history.filter(history_id__lt=rows[-1].history_id).first() if rows else None
        changed = entries(rows, older, self.hidden_fields)
        return self._page(form, version=self._version(), status=409, title=title, conflict=changed)

    def _page(self, form: BaseForm, *, version: str, status: int = 200, title: str = "", conflict=None) -> HttpResponse:
        title = title or self.get_title()
        context = {
            "view": self,
            "title": title,
            "form": form,
            "record": self.record,
            "version": version,
            "conflict": conflict,
            "dirty": status != 200,
            "crumbs": [*self.get_crumbs(), (title, "")],
            "cancel_url": self.get_cancel_url(),
        }
        return render(self.request, self.template_name, self.get_context_data(**context), status=status)


class HistoryPage(_RecordMixin, TemplateView):
    """Who changed what in a record, newest first.

    @allow(ADMIN, HR)
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
