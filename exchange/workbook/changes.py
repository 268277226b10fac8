"""What an import would make of what is stored: the changes, cell by cell, for a person to agree to."""

from hashlib import sha256
from itertools import chain
from typing import Any

from ..files.values import as_text
from .kinds import Links
from .plan import Plan
from .records import RecordIndex
from .report import MOST_TOLD, Change, Changes
from .rows import Record, Row
from .schema import ENROLLMENTS, POSTINGS, SHEETS, STAFF, Column


def changes_of(plan: Plan) -> Changes:
    """The first changes in the order of the workbook, how many there are, and a fingerprint of all and of new rows."""
    first, number, fingerprint = [], 0, sha256()
    for row in chain.from_iterable(map(plan.good_rows, SHEETS)):
        if row.record.is_new:
            fingerprint.update(f"{row.source.name}\t{row.number}\n".encode())
        for column in map(row.sheet.column, row.changes):
            heading = row.heading(column.attribute)
            old, new = _before(plan, row, column), _after(plan, row, column)
            fingerprint.update(f"{row.source.name}\t{row.number}\t{heading}\t{old}\t{new}\n".encode())
            number += 1
            if number <= MOST_TOLD:
                first.append(Change(row.source.name, row.number, _record(row), heading, old, new))
    return Changes(first, number, fingerprint.hexdigest())


def _before(plan: Plan, row: Row, column: Column) -> str:
    stored, kind = row.record.stored, column.kind
    if not kind.target:
        return kind.words(getattr(stored, column.attribute))
    index = plan.indexes[kind.target]
    if isinstance(kind, Links):
        return _codes(index, [index.by_pk[pk] for pk in plan.predecessors.get(stored.pk, ())])
    record = index.by_pk.get(getattr(stored, column.attname))
    return "" if record is None else _called(index, record)


def _after(plan: Plan, row: Row, column: Column) -> str:
    value, linked = row.cell(column.attribute).value, row.links.get(column.attribute)
    if linked is None:
        return column.kind.words(value)
    index = plan.indexes[column.kind.target]
    return _codes(index, linked) if isinstance(linked, list) else _called(index, linked, value)


def _codes(index: RecordIndex, records: list[Record]) -> str:
    return "; ".join(sorted(_called(index, record) for record in records))


def _called(index: RecordIndex, record: Record, new_name: Any = None) -> str:
    """The code or name of a record; a new name of an open list is only in the cell that brings it."""
    if record.stored is not None:
        return getattr(record.stored, index.by)
    return record.row.cell(index.by).value if record.row is not None else new_name


def _record(row: Row) -> str:
    """What a changed row is about, as it is stored: its code and name, for a posting or an enrollment the person's."""
    if row.sheet is POSTINGS:
        return f"{_person(row.links['staff'].stored)} · {as_text(row.cell('start').value)}"
    if row.sheet is ENROLLMENTS:
        return f"{_person(row.links['staff'].stored)} · {row.links['session'].stored.code}"
    stored = row.record.stored
    return _person(stored) if row.sheet is STAFF else f"{stored.name} ({stored.code})"


def _person(staff: Any) -> str:
    return f"{staff.full_name} ({staff.code})"
