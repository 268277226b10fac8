"""Finds many records by a list of values, and writes many with their history, in few statements.

The history rows are copied inside the database, with the user `by` and the reason `why`, if one is given. Records are
given as model instances, or faster as columns: a list of values for each field, by its attribute name. simple_history
and Django's own bulk methods take several times as long: they make an instance for each history row, send a parameter
for each value, and write a CASE over all records for each field that changes.
"""

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from .change_sets import current_change_set
from .roles import By

M = TypeVar("M", bound=models.Model)
Columns = Mapping[str, Sequence[Any]]

_COPY_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def array_parameter(values: Iterable[int] | Iterable[str] | Iterable[date]) -> RawSQL:
    """The right side of an `__in` for any number of values (at least one), sent as one parameter of the query."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s)", [list(values)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(values), default=str)])


def create_with_history(model: type[M], records: Sequence[M], by: By, why: str | None = None) -> list[M]:
    """Saves new records and returns them."""
    records = list(records)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = {field.attname: [field.pre_save(record, add=True) for record in records] for field in fields}
    for record, key in zip(records, create_columns(model, columns, by, why), strict=True):
        record.pk = key
        record._state.adding, record._state.db = False, connection.alias
    return records


def update_with_history(
    model: type[M], records: Sequence[M], fields: Sequence[str], by: By, why: str | None = None
) -> None:
    """Saves some fields of stored records."""
    names = [model._meta.get_field(name).attname for name in dict.fromkeys(fields)]
    columns = {name: [getattr(record, name) for record in records] for name in names}
    update_columns(model, [record.pk for record in records], columns, by, why)


def create_columns(model: type[models.Model], columns: Columns, by: By, why: str | None = None) -> list[int]:
    """Saves new records, given as all their columns except the key, and returns the keys."""
    count = len(next(iter(columns.values())))
    if not count:
        return []
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        keys = _new_keys(cursor, model, count)
        columns = {model._meta.pk.attname: keys, **columns}
        _insert(cursor, model, _fields(model, columns), list(columns.values()))
        _remember(cursor, model, keys, "+", by, why)
    return keys


def update_columns(
    model: type[models.Model], keys: Sequence[int], columns: Columns, by: By, why: str | None = None
) -> None:
    """Saves some columns of the stored records with these keys."""
    if not keys:
        return
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        set_columns(model, keys, columns)
        _remember(cursor, model, keys, "~", by, why)


def set_columns(model: type[models.Model], keys: Sequence[int], columns: Columns) -> None:
    """Sets columns of stored records without a history row: the history does not keep them, or the caller writes it."""
    if not keys:
        return
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        _update(cursor, model, _fields(model, columns), [*columns.values(), keys])


def _new_keys(cursor, model: type[models.Model], count: int) -> list[int]:
    """Keys for new records, reserved beforehand: neither COPY nor `executemany` returns the keys it assigns."""
    table, key = model._meta.db_table, model._meta.pk.column
    if connection.vendor == "postgresql":
        sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        cursor.execute(sequence, [_quoted(table), key, count])
        return [key for (key,) in cursor.fetchall()]
    # The transaction has the only lock for writing.
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    last = (cursor.fetchone() or [0])[0]
    return list(range(last + 1, last + count + 1))


def _insert(cursor, model: type[models.Model], fields: list[models.Field], columns: list[Sequence]) -> None:
    table, names = _quoted(model._meta.db_table), _names(fields)
    if connection.vendor == "postgresql":
        columns = [_prepared(field, column, _copied) for field, column in zip(fields, columns, strict=True)]
        rows = io.StringIO("".join(map("%s\n".__mod__, map("\t".join, zip(*columns, strict=True)))))
        with connection.wrap_database_errors:
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", rows)
    else:
        columns = [_prepared(field, column) for field, column in zip(fields, columns, strict=True)]
        places = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", zip(*columns, strict=True))


def _update(cursor, model: type[models.Model], fields: list[models.Field], columns: list[Sequence]) -> None:
    """Sets these fields; the last of the columns holds the keys of the records."""
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    prepared = [_prepared(field, column) for field, column in zip([*fields, model._meta.pk], columns, strict=True)]
    if connection.vendor == "postgresql":
        # The types are without the length, which the column checks.
        types = [field.cast_db_type(connection).partition("(")[0] for field in [*fields, model._meta.pk]]
        arrays = ", ".join(f"CAST(%s AS {name}[])" for name in types)
        values = ", ".join(f"{_quoted(field.column)} = new.{_quoted(field.column)}" for field in fields)
        names = _names([*fields, model._meta.pk])
        new = f"unnest({arrays}) AS new ({names})"
        cursor.execute(f"UPDATE {table} SET {values} FROM {new} WHERE {table}.{key} = new.{key}", prepared)
    else:
        values = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
        cursor.executemany(f"UPDATE {table} SET {values} WHERE {key} = %s", zip(*prepared, strict=True))


def _remember(cursor, model: type[models.Model], keys: Sequence[int], kind: str, by: By, why: str | None) -> None:
    """Adds a history row for each of these records, copied from the record as it is stored now."""
    history = model.history.model
    columns, key = _names(history.tracked_fields), _quoted(model._meta.pk.column)
    table, past = _quoted(model._meta.db_table), _quoted(history._meta.db_table)
    now = history._meta.get_field("history_date").get_db_prep_save(timezone.now(), connection)
    these = array_parameter(keys)
    cursor.execute(
        f"INSERT INTO {past} ({columns}, history_date, history_type, history_user_id, history_change_reason,"
        f" change_set_id) "
        f"SELECT {columns}, %s, %s, %s, %s, %s FROM {table} WHERE {key} IN ({these.sql}) ORDER BY {key}",
        [now, kind, by and by.pk, why, current_change_set(), *these.params],
    )


def _prepared(field: models.Field, column: Sequence, then: Callable[[Any], Any] | None = None) -> list:
    """The values of a column as the database takes them; equal values, which most columns have, are prepared once."""
    is_key = field.primary_key or field.is_relation
    if is_key and then is None:
        return column
    seen = {value: value if is_key else field.get_db_prep_save(value, connection) for value in set(column)}
    if then is not None:
        seen = {value: then(prepared) for value, prepared in seen.items()}
    return [seen[value] for value in column]


def _copied(value: Any) -> str:
    """A value in the text format of COPY."""
    return r"\N" if value is None else str(value).translate(_COPY_ESCAPES)


def _fields(model: type[models.Model], columns: Columns) -> list[models.Field]:
    by_attname = {field.attname: field for field in model._meta.concrete_fields}
    return [by_attname[name] for name in columns]


def _names(fields: Sequence[models.Field]) -> str:
    return ", ".join(_quoted(field.column) for field in fields)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
