"""Mends what is stored of earlier versions, and codes: on the models as the database has them, whatever its version.

`apps` is what a migration is handed, or `stored_apps()`. What changes goes into the history, but is nobody's.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.models import HistoricalChanges

from .bulk import Columns, array_parameter, set_columns
from .errors import DomainError, no_such
from .fields import CodeKeyField, DerivedField, TextLineField, foreign_letters
from .figures import grouped
from .text import clean_text, code_key, first_names

# What `rename_code` calls the kinds of records that have a code, and the field that holds it.
CODED = {
    "unit": ("personnel", "Unit", "code"),
    "staff": ("personnel", "Staff", "code"),
    "rank": ("personnel", "Rank", "code"),
    "field": ("courses", "Field", "code"),
    "course": ("courses", "Course", "code"),
    "session": ("courses", "CourseSession", "code"),
    "user": ("personnel", "User", "username"),
}
ETH = "Ðð"
BATCH = 500  # rows of history in one statement
EXAMPLES = 3


def stored_apps() -> Apps:
    """The models as the database has them: as of the last migration that was applied."""
    loader = MigrationLoader(connection)
    applied = [key for key in loader.applied_migrations if key in loader.graph.nodes]
    return loader.project_state(applied).apps


@translation.override("vi")
def ensure_codes_differ(apps: Apps) -> None:
    """Stops a migration, which has changed nothing yet, where two codes or user names are the same in another case."""
    found = []
    for kind, (app, name, field) in CODED.items():
        alike = defaultdict(list)
        for code in apps.get_model(app, name).objects.order_by("pk").values_list(field, flat=True):
            alike[code_key(code)].append(code)
        found += [f"  {kind}: {', '.join(codes)}" for codes in alike.values() if len(codes) > 1]
    if found:
        text = _(
            "Nothing was changed. These codes or user names differ only in the case of letters, or in Ð for Đ:\n"
            "%(codes)s\nGive all but one of each line another code, such as manage.py rename_code staff cb0001 "
            "CB0001B, then migrate again."
        )
        raise CommandError(text % {"codes": "\n".join(found)})


@translation.override("vi")
def fill_code_keys(apps: Apps, app: str) -> None:
    """Fills the columns in which codes are compared; says which codes are in another script, and stay."""
    for model in _models(apps, app):
        for field in _fields(model, CodeKeyField):
            rows = list(model.objects.order_by("pk").values_list("pk", *field.of))
            keys, codes = [pk for pk, _code in rows], [code for _pk, code in rows]
            set_columns(model, keys, {field.attname: list(map(field.value_of, codes))})
            foreign = [code for code in codes if foreign_letters(code)]
            if foreign:
                text = _("%(kind)s: codes that are not in Latin letters stay, rename_code changes them: %(codes)s.")
                print(text % {"kind": _called(model), "codes": first_names(foreign)})


@translation.override("vi")
def mend_eth(apps: Apps, app: str) -> None:
    """Stores Ð as Đ, with the columns derived from it, and says what it changed."""
    for model in _models(apps, app):
        fields = _fields(model, TextLineField)
        if not fields:
            continue
        names = [field.name for field in fields]
        holding = (Q(**{f"{name}__contains": letter}) for name in names for letter in ETH)
        rows = list(model.objects.filter(reduce(or_, holding)).order_by("pk").values("pk", *names))
        old = {row.pop("pk"): row for row in rows}
        new, kept = _mended(model, fields, old)
        change(apps, model, new, _("Ð stored as Đ"))
        _tell(model, old, new, kept)


def change(apps: Apps, model: type[models.Model], new: dict[int, dict[str, Any]], why: str) -> None:
    """Gives stored records new values, by key and name of the field; derives from them, and writes the history."""
    if not new:
        return
    names = list(dict.fromkeys(name for values in new.values() for name in values))
    derived = [field for field in _fields(model, DerivedField) if not set(names).isdisjoint(field.of)]
    needed = [*names, *(name for field in derived for name in field.of)]
    rows = model.objects.filter(pk__in=array_parameter(new)).order_by("pk").values("pk", *dict.fromkeys(needed))
    rows = [row | new[row["pk"]] for row in rows]
    columns: Columns = {name: [row[name] for row in rows] for name in names}
    columns |= {field.attname: [field.value_of(*(row[name] for name in field.of)) for row in rows] for field in derived}
    keys = [row["pk"] for row in rows]
    set_columns(model, keys, columns)
    _remember(apps, model, keys, why)


@transaction.atomic
def rename(apps: Apps, kind: str, old: str, new: str) -> tuple[str, str]:
    """Gives a record another code, with its history; returns both as they are stored, or raises DomainError.

    Only columns that it names are read: the database may lack those of a later version.
    """
    app, name, field = CODED[kind]
    model = apps.get_model(app, name)
    codes = dict(model.objects.order_by("pk").values_list("pk", field))
    found = [pk for pk, stored in codes.items() if stored == old]
    found = found or [pk for pk, stored in codes.items() if code_key(stored) == code_key(old)]
    if not found:
        raise DomainError((None, no_such(_(str(model._meta.verbose_name)), old)))
    if len(found) > 1:
        text = _("Several have this code: %(codes)s. Give it exactly as one of them is spelled.")
        raise DomainError((None, text % {"codes": ", ".join(codes[pk] for pk in found)}))
    try:
        new = model._meta.get_field(field).clean(new, None)
    except ValidationError as error:
        raise DomainError((None, " ".join(error.messages))) from error
    (pk,) = found
    taken = [stored for other, stored in codes.items() if other != pk and code_key(stored) == code_key(new)]
    if taken:
        raise DomainError((None, _("%(code)s has this code already. Choose another.") % {"code": taken[0]}))
    if new != codes[pk]:
        change(apps, model, {pk: {field: new}}, _("Code changed by manage.py rename_code"))
    return codes[pk], new


def keep_numbering(apps: Apps, app: str) -> None:
    """No new record gets the key, and so the history, of a deleted one: SQLite forgets it when it rebuilds a table."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for model in _models(apps, app):
            if history := _history_of(apps, model):
                last = history.objects.aggregate(last=models.Max(model._meta.pk.name))["last"] or 0
                statement = "UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s"
                cursor.execute(statement, [last, model._meta.db_table])


def _mended(
    model: type[models.Model], fields: Sequence[models.Field], old: dict[int, dict[str, str]]
) -> tuple[dict[int, dict[str, str]], list[str]]:
    """The new values of records, and those that stay because another record is called so already."""
    new, kept = defaultdict(dict), []
    unique = _unique_names(model)
    borne = {name: set(model.objects.values_list(name, flat=True)) for name in unique} if old else {}
    for pk, row in old.items():
        for field in fields:
            if set(ETH).isdisjoint(row[field.name]):
                continue
            value = clean_text(row[field.name])
            if value in borne.get(field.name, ()):
                kept.append(row[field.name])
                continue
            borne.get(field.name, set()).add(value)
            new[pk][field.name] = value
    return dict(new), kept


def _tell(model: type[models.Model], old: dict[int, dict[str, str]], new: dict[int, dict[str, str]], kept: list[str]):
    """Says what became of the records of a kind, by a few examples."""
    if new:
        changes = [f"{old[pk][name]} → {value}" for pk, values in new.items() for name, value in values.items()]
        text = ngettext(
            "%(kind)s: %(count)s record had Ð for Đ and is mended, such as %(examples)s.",
            "%(kind)s: %(count)s records had Ð for Đ and are mended, such as %(examples)s.",
            len(new),
        )
        values = {
            "kind": _called(model),
            "count": grouped(len(new)),
            "examples": "; ".join(dict.fromkeys(changes[:EXAMPLES])),
        }
        print(text % values)
    if kept:
        text = _("%(kind)s: these stay, since another one is called so with Đ already: %(names)s.")
        print(text % {"kind": _called(model), "names": first_names(kept)})


def _remember(apps: Apps, model: type[models.Model], keys: Sequence[int], why: str) -> None:
    """Writes the history of changed records, with what they are linked to."""
    history = _history_of(apps, model)
    if history is None:
        return
    kept = {field.attname for field in history._meta.concrete_fields}
    names = [field.attname for field in model._meta.concrete_fields if field.attname in kept]
    about = {"history_date": timezone.now(), "history_type": "~", "history_change_reason": why}
    rows = model.objects.filter(pk__in=array_parameter(keys)).order_by("pk").values(*names)
    past = history.objects.bulk_create((history(**about, **row) for row in rows), BATCH)
    for field in model._meta.many_to_many:
        past_link = apps.get_model(model._meta.app_label, f"{history._meta.object_name}_{field.name}")
        owner = f"{field.m2m_field_name()}_id"
        links = defaultdict(list)
        for link in field.remote_field.through.objects.filter(**{f"{owner}__in": array_parameter(keys)}).values():
            links[link[owner]].append(link)
        past_link.objects.bulk_create((past_link(history=row, **link) for row in past for link in links[row.id]), BATCH)


def _history_of(apps: Apps, model: type[models.Model]) -> type[models.Model] | None:
    try:
        return apps.get_model(model._meta.app_label, f"Historical{model._meta.object_name}")
    except LookupError:
        return None


def _models(apps: Apps, app: str) -> list[type[models.Model]]:
    return [model for model in apps.get_app_config(app).get_models() if not issubclass(model, HistoricalChanges)]


def _fields(model: type[models.Model], kind: type[models.Field]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if isinstance(field, kind)]


def _unique_names(model: type[models.Model]) -> list[str]:
    """The fields in which no two records may be the same."""
    alone = [c.fields for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    return [field.name for field in _fields(model, TextLineField) if field.unique or (field.name,) in alone]


def _called(model: type[models.Model]) -> str:
    return capfirst(_(str(model._meta.verbose_name_plural)))
