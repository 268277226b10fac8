"""Rows become columns of values, which are written in bulk, with history."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from vpcp_training.bulk import Columns, create_columns, update_columns
from vpcp_training.fields import DerivedField
from vpcp_training.roles import By

from .rows import Row
from .schema import Column, Sheet


def create(sheet: Sheet, rows: list[Row], by: By, why: str | None, also: Columns | None = None) -> None:
    """Writes new records, with columns of other origin if there are any; the rows then know the keys."""
    columns = {**columns_of(sheet, rows), **(also or {})}
    for row, key in zip(rows, create_columns(sheet.model, columns, by, why), strict=True):
        row.record.pk = key


def update(sheet: Sheet, rows: list[Row], by: By, why: str | None, also: Columns | None = None) -> None:
    """Writes what changes of stored records."""
    columns = {**changed_columns(sheet, rows), **(also or {})}
    update_columns(sheet.model, [row.record.pk for row in rows], columns, by, why)


def by_changes(rows: Iterable[Row]) -> list[list[Row]]:
    """The changed ones of the rows, together where the same attributes change."""
    groups = defaultdict(list)
    for row in rows:
        if row.changes:
            groups[row.changes].append(row)
    return list(groups.values())


def columns_of(sheet: Sheet, rows: list[Row]) -> dict[str, list]:
    """All columns of new records but their keys."""
    given = {column.attname: column for column in sheet.columns if column.is_concrete}
    columns = {}
    for field in sheet.model._meta.concrete_fields:
        if field.attname in given:
            columns[field.attname] = _values(sheet, given[field.attname], rows, field.get_default())
        elif not field.primary_key and not isinstance(field, DerivedField):
            columns[field.attname] = [field.get_default()] * len(rows)
    for field in _derived(sheet):
        columns[field.attname] = list(map(field.value_of, *(columns[name] for name in field.of)))
    return columns


def changed_columns(sheet: Sheet, rows: list[Row]) -> dict[str, list]:
    """The columns that change in rows which all change the same; lists of records are not among them."""
    changes = rows[0].changes
    columns = {}
    for column in map(sheet.column, changes):
        if column.is_concrete:
            columns[column.attname] = _values(sheet, column, rows, None)
    for field in _derived(sheet):
        if not set(changes).isdisjoint(field.of):
            stored = ([getattr(row.record.stored, name) for row in rows] for name in field.of)
            sources = (columns.get(name) or kept for name, kept in zip(field.of, stored, strict=True))
            columns[field.attname] = list(map(field.value_of, *sources))
    return columns


def _values(sheet: Sheet, column: Column, rows: list[Row], default: Any) -> list:
    """What the rows say in a column, or the default."""
    if column.kind.target:
        links = (row.links.get(column.attribute) for row in rows)
        return [default if link is None else link.pk for link in links]
    position = sheet.positions[column.attribute]
    values = (row.cells[position].value for row in rows)
    return [default if value is None else value for value in values]


def _derived(sheet: Sheet) -> list[DerivedField]:
    return [field for field in sheet.model._meta.concrete_fields if isinstance(field, DerivedField)]
