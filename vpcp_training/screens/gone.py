"""A form whose record is not at its address any more: somebody removed it, or gave it another code, meanwhile."""

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..roles import sees_whole_office

_NOT_TYPED = {"csrfmiddlewaretoken", "typed_by", "version", "save", "row", "status"}


def gone(page) -> HttpResponse | None:
    """The answer to the form of a FormPage that finds no record; None where the history does not know it either.

    What was typed goes on to the new address, or is shown to be copied, below who removed the record and when.
    """
    request, kwargs = page.request, page.kwargs
    known_by = {"id": kwargs["pk"]} if "pk" in kwargs else {"code": kwargs["code"]}
    row = page.model.history.filter(**known_by).order_by("history_id").last()
    if row is None or not sees_whole_office(request.user):  # the history knows no scope
        return None
    if record := page.get_queryset().filter(pk=row.id).first():
        moved = "code" in known_by and record.code != kwargs["code"]
        return _follow(request, record) if moved else None
    page.record = row.instance
    try:
        context = {
            "title": page.get_title(),
            "record": str(page.record),
            "crumbs": [*page.get_crumbs()[:1], (page.get_title(), "")],  # what stands above the record, which is left
            "changes": page.conflicts.changes(page.hidden_fields),
            "typed": _typed(page.get_form()),
            "texts": texts_in(request.POST),
        }
    except (ObjectDoesNotExist, Http404):
        return None  # what it belonged to is gone as well: there is no telling what it was
    return render(request, "pages/gone.html", context, status=404)


def texts_in(sent: QueryDict) -> list[str]:
    """What somebody typed into a form of which nothing is known any more."""
    return [
        value.strip()
        for name, values in sent.lists()
        for value in values
        if name not in _NOT_TYPED and "password" not in name and value.strip()
    ]


def _follow(request, record) -> HttpResponse:
    """On to the record's code of now; the browser sends the same form there."""
    match = request.resolver_match
    address = reverse(match.view_name, kwargs={**match.kwargs, "code": record.code})
    query = request.META.get("QUERY_STRING")
    return HttpResponseRedirect(f"{address}?{query}" if query else address, preserve_request=True)


def _typed(form: BaseForm) -> list[tuple[str, str]]:
    """Label and words of every field in which something stands."""
    return [(field.label, words) for field in form.visible_fields() if (words := _words(field))]


def _words(field: BoundField) -> str:
    value = field.value()
    chosen = [option.data["label"] for option in field.subwidgets if option.data.get("selected")]
    if chosen:
        return ", ".join(str(label).strip() for label in chosen) if value else ""
    if isinstance(value, bool):
        return _("yes").capitalize() if value else ""
    return str(value or "")
