"""Writes a checked plan: sheet by sheet, then the snapshots that the changes concern."""

from collections.abc import Iterator
from itertools import chain

from enrollments.models import Enrollment
from enrollments.snapshots import SNAPSHOT_FIELDS, PostingBook, derive, rederive
from vpcp_training.bulk import create_with_history

from .plan import Plan
from .rows import Row
from .schema import COURSES, ENROLLMENTS, POSTINGS, SESSIONS, STAFF, Sheet
from .stored import in_batches, stored_postings
from .units import write_units
from .writing import build, change, create, update


def apply(plan: Plan, by) -> None:
    """Writes the good rows of a plan, inside a transaction; the history names `by`."""
    concerned = _concerned(plan)
    _write_names(plan, POSTINGS, "position", by)
    _write_names(plan, SESSIONS, "provider", by)
    write_units(plan, by)
    for sheet in (STAFF, POSTINGS, COURSES, SESSIONS):
        changed = change(_changed_rows(plan, sheet))
        create(sheet.model, build(_new_rows(plan, sheet)), by)
        update(sheet.model, changed, by)
    _write_enrollments(plan, by)
    for enrollments in in_batches(Enrollment.objects.all(), "pk__in", _stored(concerned)):
        rederive(enrollments, by)


def _new_rows(plan: Plan, sheet: Sheet) -> list[Row]:
    return [row for row in plan.good_rows(sheet) if row.record.is_new]


def _changed_rows(plan: Plan, sheet: Sheet) -> Iterator[Row]:
    return (row for row in plan.good_rows(sheet) if row.changes)


def _write_names(plan: Plan, sheet: Sheet, attribute: str, by) -> None:
    """Takes new names into an open list."""
    names = {}
    for row in plan.good_rows(sheet):
        record = row.links.get(attribute)
        if record is not None and record.is_new:
            names.setdefault(record, row.cell(attribute).value)
    model = plan.books[sheet.column(attribute).kind.target].model
    made = create_with_history(model, [model(name=name) for name in names.values()], by)
    for record, instance in zip(names, made, strict=True):
        record.instance = instance


def _write_enrollments(plan: Plan, by) -> None:
    new_rows, changed_rows = _new_rows(plan, ENROLLMENTS), list(_changed_rows(plan, ENROLLMENTS))
    new, changed = build(new_rows), change(changed_rows)
    courses = plan.books["courses"].by_pk
    for row in (*new_rows, *changed_rows):
        session = row.links["session"].instance
        if session.course_id in courses:
            session.course = courses[session.course_id].instance
        row.record.instance.session = session
    rows = [row.record.instance for row in (*new_rows, *changed_rows)]
    derive(rows, PostingBook(stored_postings(row.staff_id for row in rows)))
    create(Enrollment, new, by)
    update(Enrollment, changed, by, *SNAPSHOT_FIELDS)


def _stored(concerned: dict[str, set[int]]) -> set[int]:
    """The enrollments concerned, each once whatever the reasons, so that all are locked in the order of their keys."""
    batches = chain.from_iterable(in_batches(Enrollment.objects.all(), *reason) for reason in concerned.items())
    return set(chain.from_iterable(batch.values_list("pk", flat=True) for batch in batches))


def _concerned(plan: Plan) -> dict[str, set[int]]:
    """Which stored enrollments may have other snapshots: those of these courses, of these classes, of these people."""
    people = {row.links["staff"].pk for row in plan.good_rows(POSTINGS) if row.changes or row.record.is_new}
    return {
        "session__course__in": {r.record.pk for r in _changed_rows(plan, COURSES) if "field" in r.changes},
        "session__in": {r.record.pk for r in _changed_rows(plan, SESSIONS) if {"start", "course"} & set(r.changes)},
        "staff__in": people - {None},
    }
