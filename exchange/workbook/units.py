"""Writes units: parents before children, predecessors, and a history that knows the predecessors."""

from collections import defaultdict
from collections.abc import Iterable

from personnel.models import Unit
from vpcp_training.roles import By

from .plan import Plan
from .rows import Row
from .schema import UNITS
from .writing import by_changes, changed_columns, columns_of

BATCH = 500  # records in one statement

_Through = Unit.predecessors.through
_PastThrough = Unit.history.model.predecessors.model


def write_units(plan: Plan, by: By, why: str | None) -> None:
    """Writes the good rows of the sheet of units, inside a transaction."""
    new = [row for row in plan.good_rows(UNITS) if row.record.is_new]
    old = [row for row in plan.good_rows(UNITS) if row.changes]
    _create(new)
    for rows in by_changes(old):
        _change(rows)
    _replace_predecessors([row for row in old if "predecessors" in row.changes])
    _add_predecessors(row for row in new if "predecessors" in row.links)
    _write_history([row.record.stored for row in new], by, why, update=False)
    _write_history([row.record.stored for row in old], by, why, update=True)


def _create(rows: list[Row]) -> None:
    while rows:
        parents = {row: row.links.get("parent") for row in rows}
        ready = [row for row, parent in parents.items() if parent is None or not parent.is_new]
        columns = columns_of(UNITS, ready)
        units = [Unit(**dict(zip(columns, values, strict=True))) for values in zip(*columns.values(), strict=True)]
        for row, unit in zip(ready, Unit.objects.bulk_create(units, batch_size=BATCH), strict=True):
            row.record.stored, row.record.pk = unit, unit.pk
        rows = [row for row in rows if row.record.is_new]


def _change(rows: list[Row]) -> None:
    columns = changed_columns(UNITS, rows)
    units = [row.record.stored for row in rows]
    for name, values in columns.items():
        for unit, value in zip(units, values, strict=True):
            setattr(unit, name, value)
    if columns:
        Unit.objects.bulk_update(units, columns, batch_size=BATCH)


def _replace_predecessors(rows: list[Row]) -> None:
    if rows:
        _Through.objects.filter(from_unit__in=[row.record.pk for row in rows]).delete()
        _add_predecessors(rows)


def _add_predecessors(rows: Iterable[Row]) -> None:
    links = [
        _Through(from_unit_id=row.record.pk, to_unit_id=predecessor.pk)
        for row in rows
        for predecessor in row.links["predecessors"]
    ]
    _Through.objects.bulk_create(links, batch_size=BATCH)


def _write_history(units: list[Unit], by: By, why: str | None, *, update: bool) -> None:
    if not units:
        return
    past_units = Unit.history.bulk_history_create(
        units, batch_size=BATCH, update=update, default_user=by, default_change_reason=why
    )
    links = defaultdict(list)
    for link in _Through.objects.filter(from_unit__in=units).values():
        links[link["from_unit_id"]].append(link)
    past_links = [_PastThrough(history=past, **link) for past in past_units for link in links[past.id]]
    _PastThrough.objects.bulk_create(past_links, batch_size=BATCH)
