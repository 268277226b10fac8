"""Writing many records at once with their history, in few statements: the history is copied inside the database.

What simple_history and Django's `bulk_update` do instead costs several times as much: an instance and its parameters
for each history row, and a CASE over all records for each field.
"""

from collections.abc import Iterator, Sequence

from django.db import connection, models, transaction
from django.utils import timezone

_BATCH = 500  # records in one statement; SQLite may allow fewer


def create_with_history(model: type[models.Model], records: Sequence[models.Model], by) -> list[models.Model]:
    """Saves new records and returns them; the history names the user `by`."""
    with transaction.atomic(savepoint=False):
        made = model._default_manager.bulk_create(records, batch_size=_BATCH)
        _remember(model, made, "+", by)
    return made


def update_with_history(model: type[models.Model], records: Sequence[models.Model], fields: Sequence[str], by) -> None:
    """Saves some fields of stored records; the history names the user `by`."""
    changed = [model._meta.get_field(name) for name in dict.fromkeys(fields)]
    columns = [model._meta.pk, *changed]
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    head = f"WITH new ({_names(columns)}) AS (VALUES "
    assignments = ", ".join(f"{name} = new.{name}" for name in (_quoted(field.column) for field in changed))
    tail = f") UPDATE {table} SET {assignments} FROM new WHERE {table}.{key} = new.{key}"
    row = f"({', '.join(map(_placeholder, columns))})"
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for batch in _batches(records, len(columns)):
            values = [f.get_db_prep_save(getattr(record, f.attname), connection) for record in batch for f in columns]
            cursor.execute(head + ", ".join([row] * len(batch)) + tail, values)
        _remember(model, records, "~", by)


def _remember(model: type[models.Model], records: Sequence[models.Model], kind: str, by) -> None:
    """Copies the records, as they are stored, to their history."""
    history = model.history.model
    columns, key = _names(history.tracked_fields), _quoted(model._meta.pk.column)
    insert = (
        f"INSERT INTO {_quoted(history._meta.db_table)} ({columns}, history_date, history_type, history_user_id) "
        f"SELECT {columns}, %s, %s, %s FROM {_quoted(model._meta.db_table)} WHERE {key} IN "
    )
    now = history._meta.get_field("history_date").get_db_prep_save(timezone.now(), connection)
    with connection.cursor() as cursor:
        for batch in _batches(records, 1):
            pks = [record.pk for record in batch]
            places = ", ".join(["%s"] * len(pks))
            cursor.execute(f"{insert} ({places}) ORDER BY {key}", [now, kind, by and by.pk, *pks])


def _batches(records: Sequence, parameters: int) -> Iterator[Sequence]:
    """Parts of a list, each with as many parameters a record as the database takes at once."""
    most = connection.features.max_query_params
    size = min(_BATCH, (most - 3) // parameters) if most else _BATCH
    return (records[start : start + size] for start in range(0, len(records), size))


def _placeholder(field: models.Field) -> str:
    """A list of values has no types of its own on PostgreSQL. Without the length, which the column checks."""
    if connection.vendor != "postgresql":
        return "%s"
    return f"CAST(%s AS {field.cast_db_type(connection).partition('(')[0]})"


def _names(fields: Sequence[models.Field]) -> str:
    return ", ".join(_quoted(field.column) for field in fields)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
