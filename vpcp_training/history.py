"""The history of a record in plain words: who, when, which field, from what to what."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .bulk import array_parameter
from .figures import grouped
from .partial_dates import PartialDate
from .reasons import in_the_readers_language
from .roles import SERVER_COMMAND

NOTHING = "–"
_GROUPED_FROM = 10_000  # money is grouped; years are not


@dataclass(frozen=True)
class Change:
    """One field of one change."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One change of a record. `kind` is "+" for its creation, "~" for a change, "-" for its deletion.

    `about` says whose it is where changes of several records stand together.
    """

    at: datetime.datetime
    by: str
    kind: str
    reason: str
    changes: tuple[Change, ...]
    about: str = ""


@dataclass(frozen=True)
class Watch:
    """A history in which a form looks for what others changed since it was opened.

    Of several records `about` is the field that tells them apart, such as "staff".
    """

    rows: models.QuerySet
    about: str = ""

    def version(self) -> list[int]:
        """What a form remembers of what it shows: the id of the newest row of each record.

        The newest of all would not do: of two who write, the one who took the lower ids may be through last.
        """
        newest = self.rows.order_by().values("id").annotate(newest=models.Max("history_id"))
        return sorted(newest.values_list("newest", flat=True))

    def at(self, version: Collection[int]) -> dict[int, models.Model]:
        """The records as they were at a version: the history row of each, by the record's key."""
        rows = self.rows.filter(history_id__in=array_parameter(version)) if version else self.rows.none()
        return {row.id: row for row in rows if row.history_type != "-"}

    def since(self, version: Collection[int], hidden: Sequence[str] = ()) -> list[Entry]:
        """What was changed after a version, the latest first; the same change of several records is said once."""
        shown, rows, abouts = set(version), [], defaultdict(list)
        newest_first = self.rows.filter(history_id__gte=min(version, default=0)).order_by("id", "-history_id")
        for _pk, of_record in groupby(newest_first, key=attrgetter("id")):
            for row in of_record:
                rows.append(row)
                if row.history_id in shown:
                    break
        for row, entry in zip(rows, entries(rows, None, hidden, self.about), strict=True):
            if row.history_id not in shown:
                abouts[replace(entry, about="")].append(entry.about)
        found = [replace(entry, about=", ".join(about)) for entry, about in abouts.items()]
        return sorted(found, key=lambda entry: entry.at, reverse=True)


def entries(
    rows: Sequence[models.Model], older: models.Model | None, hidden: Sequence[str] = (), about: str = ""
) -> list[Entry]:
    """The history rows (newest first) as entries. `older` is the row before the last of them.

    Two queries a related model, however many rows there are.
    """
    if not rows:
        return []
    names = _names([*rows, *([older] if older else [])])
    previous = [*rows[1:], older]
    return [_entry(row, before, names, hidden, about) for row, before in zip(rows, previous, strict=True)]


def entries_of(rows: Sequence[models.Model], hidden: Sequence[str] = ()) -> list[Entry]:
    """History rows of one model, each of another record, as entries that say whose they are.

    What was before each is looked up; rows in which only `hidden` fields changed are left out. The number of queries is
    fixed.
    """
    if not rows:
        return []
    history = type(rows[0])
    earlier = history.objects.filter(id=models.OuterRef("id"), history_id__lt=models.OuterRef("history_id"))
    before = models.Subquery(earlier.order_by("-history_id").values("history_id")[:1])
    keys = history.objects.filter(pk__in=[row.pk for row in rows]).annotate(before=before)
    pairs = dict(keys.order_by().values_list("pk", "before"))
    found = history.objects.in_bulk(filter(None, pairs.values()))
    names = _names([*rows, *found.values()])
    shown = []
    for row in rows:
        before = found.get(pairs[row.pk])
        if not _is_silent(row, before, hidden):
            shown.append(replace(_entry(row, before, names, hidden, ""), about=_whose(row, names)))
    return shown


def _whose(row: models.Model, names) -> str:
    """What the record of a row is called: of what has no name of its own, such as a posting, whose it is."""
    if hasattr(row, "code") or getattr(row, "staff_id", None) is None:
        return str(row.instance)
    owners = [row._meta.get_field(name) for name in ("staff", "session") if hasattr(row, f"{name}_id")]
    return ", ".join(_words(_value(row, field), field, names) for field in owners)


def silent_rows(history: models.QuerySet, hidden: Sequence[str]) -> list[int]:
    """The history rows of one record in which nothing but `hidden` fields changed.

    To somebody who may not see these fields even such an entry without its changes would tell of them.
    """
    silent, before = [], None
    for row in history.order_by("history_date", "history_id"):
        if _is_silent(row, before, hidden):
            silent.append(row.history_id)
        before = row
    return silent


def _is_silent(row: models.Model, before: models.Model | None, hidden: Sequence[str]) -> bool:
    if not (hidden and before and row.history_type == "~"):
        return False
    changed = {field.name for field in _fields(row) if _value(row, field) != _value(before, field)}
    return bool(changed) and changed <= set(hidden)


def many_to_many(row: models.Model) -> dict[str, list[int]]:
    """What a history row says its record was linked to; the row's `instance` only knows the links of today."""
    return {field.name: _value(row, field) for field in row._history_m2m_fields}


def _entry(row, before, names, hidden, about) -> Entry:
    changes = []
    if row.history_type != "-":
        for field in _fields(row):
            old = _value(before, field) if before and row.history_type == "~" else None
            new = _value(row, field)
            if old != new and field.name not in hidden and not (field.primary_key or field.name == "password"):
                old_words, new_words = _words(old, field, names), _words(new, field, names)
                if old_words != new_words:
                    changes.append(Change(capfirst(field.verbose_name), old_words, new_words))
    by = str(row.history_user) if row.history_user else str(SERVER_COMMAND)
    reason = in_the_readers_language(row.history_change_reason or "")
    whose = ""
    if about:
        field = row._meta.get_field(about)
        whose = _words(_value(row, field), field, names)
    return Entry(row.history_date, by, row.history_type, reason, tuple(changes), whose)


def _fields(row) -> list[models.Field]:
    return [*row.tracked_fields, *row._history_m2m_fields]


def _value(row, field) -> Any:
    if field.many_to_many:
        links = getattr(row, _links(row, field)).all()
        return sorted(getattr(link, f"{field.m2m_reverse_field_name()}_id") for link in links)
    return getattr(row, field.attname)


def _links(row, field) -> str:
    """Where a history row has its rows of a many-to-many field (its own manager of them cannot be prefetched)."""
    model = getattr(type(row), field.name).model
    return next(link.get_accessor_name() for link in row._meta.related_objects if link.related_model is model)


def _names(rows) -> dict[type[models.Model], dict[int, str]]:
    """What the records are called that the rows point to."""
    models.prefetch_related_objects(rows, "history_user", *(_links(rows[0], f) for f in rows[0]._history_m2m_fields))
    wanted = defaultdict(set)
    for field in (field for field in _fields(rows[0]) if field.is_relation):
        for row in rows:
            value = _value(row, field)
            wanted[field.related_model].update(value if isinstance(value, list) else [value])
    found = {}
    for model, keys in wanted.items():
        records = model._base_manager.filter(pk__in=keys - {None})
        found[model] = {record.pk: getattr(record, "display_name", None) or str(record) for record in records}
    return found


def _words(value: Any, field: models.Field, names) -> str:
    if isinstance(value, list):
        return ", ".join(_words(item, field, names) for item in value) or NOTHING
    if value is None or value == "":
        return NOTHING
    if field.is_relation:
        return names[field.related_model].get(value) or _("no longer there (%(id)s)") % {"id": value}
    if isinstance(value, bool):
        return _("yes").capitalize() if value else _("no").capitalize()
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, PartialDate):
        return value.shown
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return grouped(value) if isinstance(value, int) and value >= _GROUPED_FROM else str(value)
