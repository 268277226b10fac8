"""Writes a checked plan: sheet by sheet, then the snapshots that the changes concern."""

from itertools import chain

from enrollments.models import Enrollment
from enrollments.snapshots import SNAPSHOT_COLUMNS, Place, rederive, snapshot
from vpcp_training.bulk import array_parameter, create_with_history
from vpcp_training.roles import By

from .plan import Plan
from .rows import Record, Row
from .schema import COURSES, ENROLLMENTS, POSTINGS, SESSIONS, SHEETS, UNITS, Sheet
from .units import write_units
from .writing import by_changes, create, update

_USUAL = [sheet for sheet in SHEETS if sheet not in (UNITS, ENROLLMENTS)]  # these have ways of their own
BATCH = 10_000  # enrollments derived anew together


def apply(plan: Plan, by: By, why: str | None) -> None:
    """Writes the good rows of a plan, inside a transaction; the history names `by` and says `why`."""
    concerned = _concerned(plan)
    _write_names(plan, POSTINGS, "position", by, why)
    _write_names(plan, SESSIONS, "provider", by, why)
    write_units(plan, by, why)
    for sheet in _USUAL:
        create(sheet, _new_rows(plan, sheet), by, why)
        for rows in by_changes(plan.good_rows(sheet)):
            update(sheet, rows, by, why)
    stored = _stored(concerned)
    _lock({*stored, *(row.record.pk for row in plan.good_rows(ENROLLMENTS) if row.changes)})
    _write_enrollments(plan, by, why)
    for start in range(0, len(stored), BATCH):
        rederive(Enrollment.objects.filter(pk__in=array_parameter(stored[start : start + BATCH])), by, why)


def _new_rows(plan: Plan, sheet: Sheet) -> list[Row]:
    return [row for row in plan.good_rows(sheet) if row.record.is_new]


def _write_names(plan: Plan, sheet: Sheet, attribute: str, by: By, why: str | None) -> None:
    """Takes new names into an open list."""
    names: dict[Record, str] = {}
    for row in plan.good_rows(sheet):
        record = row.links.get(attribute)
        if record is not None and record.is_new:
            names.setdefault(record, row.cell(attribute).value)
    model = plan.indexes[sheet.column(attribute).kind.target].model
    made = create_with_history(model, [model(name=name) for name in names.values()], by, why)
    for record, instance in zip(names, made, strict=True):
        record.pk = instance.pk


def _write_enrollments(plan: Plan, by: By, why: str | None) -> None:
    new = _new_rows(plan, ENROLLMENTS)
    create(ENROLLMENTS, new, by, why, _snapshots(plan, new))
    for rows in by_changes(plan.good_rows(ENROLLMENTS)):
        update(ENROLLMENTS, rows, by, why, _snapshots(plan, rows))


def _snapshots(plan: Plan, rows: list[Row]) -> dict[str, list]:
    """The snapshots of enrollments, as columns."""
    fields = {}
    snapshots = []
    for row in rows:
        session, person = row.links["session"], row.links["staff"]
        if session not in fields:
            fields[session] = _field(plan, session)
        start = session.now("start")
        posting = plan.whereabouts.on(person, start)
        snapshots.append(snapshot(start, fields[session], None if posting is None else _place(posting)))
    columns = map(list, zip(*snapshots, strict=True)) if snapshots else [[] for _name in SNAPSHOT_COLUMNS]
    return dict(zip(SNAPSHOT_COLUMNS, columns, strict=True))


def _field(plan: Plan, session: Record) -> int:
    course = plan.indexes["courses"].of(session.row, "course", session.stored)
    return course.key("field")


def _place(posting: Record) -> Place:
    return Place(posting.key("unit"), posting.key("position"), posting.key("rank"))


def _stored(concerned: dict[str, set[int]]) -> list[int]:
    """The enrollments concerned, each once whatever the reasons."""
    filters = ({condition: array_parameter(pks)} for condition, pks in concerned.items() if pks)
    found = (Enrollment.objects.filter(**given).values_list("pk", flat=True) for given in filters)
    return sorted(set(chain.from_iterable(found)))


def _lock(pks: set[int]) -> None:
    """Locks enrollments in the order of their keys, as everybody does; the rows of a file come in any order."""
    if pks:
        enrollments = Enrollment.objects.filter(pk__in=array_parameter(sorted(pks)))
        list(enrollments.order_by("pk").select_for_update().values_list("pk"))


def _concerned(plan: Plan) -> dict[str, set[int]]:
    """Which stored enrollments may have other snapshots: those of these courses, of these classes, of these people."""
    people = {row.links["staff"].pk for row in plan.good_rows(POSTINGS) if row.changes or row.record.is_new}
    return {
        "session__course__in": _changed(plan, COURSES, "field"),
        "session__in": _changed(plan, SESSIONS, "start", "course"),
        "staff__in": people - {None},
    }


def _changed(plan: Plan, sheet: Sheet, *attributes: str) -> set[int]:
    return {row.record.pk for row in plan.good_rows(sheet) if not set(attributes).isdisjoint(row.changes)}
