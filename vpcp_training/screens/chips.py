"""Active filters in words: the chips above a list, and the line that says what an export holds."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Chip:
    """One active filter, and the address without it."""

    label: str
    value: str
    remove_url: str


def chips_of(filterset, params: QueryDict, *, with_search: bool = False) -> list[Chip]:
    """The filters in force, in the order of the filter set; a value that is not understood is shown as typed."""
    form, chips = filterset.form, []
    form.is_valid()
    for name, field in form.fields.items():
        keys = [name, *(f"{name}_{suffix}" for suffix in getattr(field.widget, "suffixes", ()))]
        typed = [value for key in keys for value in params.getlist(key)]
        if not typed or (name == "q" and not with_search):
            continue
        value = form.cleaned_data.get(name)
        words = "; ".join(typed) if value in (None, "", []) else _words(field, value)
        left = params.copy()
        for key in keys:
            left.pop(key, None)
        chips.append(Chip(str(field.label), words, f"?{left.urlencode()}"))
    return chips


def in_words(chips: Iterable[Chip]) -> str:
    """The filters as one line, "Đơn vị: Cục Quản trị; Năm: 2012"."""
    return "; ".join(f"{chip.label}: {chip.value}" for chip in chips)


def _words(field, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, slice):
        return " – ".join(_words(field, end) if end else "…" for end in (value.start, value.stop))
    if isinstance(value, (list, tuple, QuerySet)):
        return ", ".join(_words(field, item) for item in value)
    if isinstance(value, Model):
        return getattr(value, "display_name", None) or str(value)
    choices = getattr(field, "choices", None)
    return str(dict(choices).get(value, value)) if choices else str(value)
