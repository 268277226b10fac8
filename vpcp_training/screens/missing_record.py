"""What a sent form is answered when its record was removed, or got another code, while the form was open."""

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..roles import sees_whole_office

_NOT_TYPED = {"csrfmiddlewaretoken", "typed_by", "version", "save", "row", "status"}


def missing_record_response(page) -> HttpResponse | None:
    """The answer to the form of a FormPage whose record is not found; None where the history does not know it either.

    A record with a new code: the form is sent on to its new address. A removed record: a page that says who removed it
    and when, and shows what was typed, to be copied.
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
            "crumbs": [
                *page.get_crumbs()[:1],
                (page.get_title(), ""),
            ],  # the list above the record, which is still there
            "changes": page.conflicts.changes(page.hidden_fields),
            "typed": _typed(page.get_form()),
            "texts": texts_in(request.POST),
        }
    except (ObjectDoesNotExist, Http404):
        return None  # what it belonged to was removed too, so the page cannot name it
    return render(request, "pages/missing_record.html", context, status=404)


def texts_in(sent: QueryDict) -> list[str]:
    """What somebody typed, read from the request alone: the form itself cannot be built any more."""
    return [
        value.strip()
        for name, values in sent.lists()
        for value in values
        if name not in _NOT_TYPED and "password" not in name and value.strip()
    ]


def _follow(request, record) -> HttpResponse:
    """Redirects to the record under its new code; the browser sends the same form there."""
    match = request.resolver_match
    address = reverse(match.view_name, kwargs={**match.kwargs, "code": record.code})
    query = request.META.get("QUERY_STRING")
    return HttpResponseRedirect(f"{address}?{query}" if query else address, preserve_request=True)


def _typed(form: BaseForm) -> list[tuple[str, str]]:
    """The label and the text of every field that is not empty."""
    return [(field.label, words) for field in form.visible_fields() if (words := _words(field))]


def _words(field: BoundField) -> str:
    value = field.value()
    chosen = [option.data["label"] for option in field.subwidgets if option.data.get("selected")]
    if chosen:
        return ", ".join(str(label).strip() for label in chosen) if value else ""
    if isinstance(value, bool):
        return _("yes").capitalize() if value else ""
    return str(value or "")
