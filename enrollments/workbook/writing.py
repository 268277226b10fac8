"""Rows become model instances, which are written in bulk, with history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import models

from vpcp_training.bulk import create_with_history, update_with_history
from vpcp_training.fields import DerivedField

from .rows import Row
from .schema import Column

BATCH = 500  # records in one statement

# Changed instances, by the fields that change.
Changed = dict[tuple[str, ...], list[models.Model]]


def build(rows: Iterable[Row]) -> list[models.Model]:
    """The new records of rows, not yet saved."""
    return [_build(row) for row in rows]


def change(rows: Iterable[Row]) -> Changed:
    """Sets what rows change on the stored records, without saving them."""
    changed = defaultdict(list)
    for row in rows:
        for column, value in _values(row):
            if column.attribute in row.changes:
                setattr(row.record.instance, column.attname, value)
        changed[row.changes].append(row.record.instance)
    return changed


def create(model: type[models.Model], instances: list[models.Model], by) -> None:
    """Saves new records."""
    if instances:
        create_with_history(model, instances, by)


def update(model: type[models.Model], changed: Changed, by, *also: str) -> None:
    """Saves the fields that change, and those derived from them; and other fields if named."""
    for changes, instances in changed.items():
        fields = [*changes, *also, *derive_columns(model, changes, instances)]
        update_with_history(model, instances, fields, by)


def derive_columns(model: type[models.Model], changes: Iterable[str], instances: list[models.Model]) -> list[str]:
    """Computes the columns derived from fields that change (`bulk_update` leaves them alone); returns their names."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, DerivedField)]
    derived = [field for field in fields if set(field.of).intersection(changes)]
    for field in derived:
        for instance in instances:
            field.derive(instance)
    return [field.name for field in derived]


def _build(row: Row) -> models.Model:
    model = row.sheet.model
    values = _defaults(model).copy()
    for column, value in _values(row):
        values[column.attname] = value
    row.record.instance = model(*values.values())
    return row.record.instance


@cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    """The values of a record that says nothing, in the order in which a model takes them (far faster than by name)."""
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}


def _values(row: Row) -> Iterator[tuple[Column, Any]]:
    """The fields that a row gives a value; lists of records are not among them."""
    for column, cell in zip(row.sheet.columns, row.cells, strict=True):
        if cell.value is None or not column.stored:
            continue
        link = row.links.get(column.attribute)
        if link is None:
            yield column, cell.value
        elif not isinstance(link, list):
            yield column, link.pk
