"""Reads from the database what a workbook mentions, in a number of queries that does not depend on the rows.

Of what may be many only the columns are read, as named tuples: model instances take several times as long.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet

from courses.models import Course, CourseSession, Field, Provider
from enrollments.models import Enrollment
from personnel.models import Position, Posting, Rank, Staff, Unit
from vpcp_training.bulk import array_parameter
from vpcp_training.fields import DerivedField
from vpcp_training.periods import Period
from vpcp_training.searching import M
from vpcp_training.text import code_key

from .plan import Plan
from .records import RecordIndex, as_number, number_of
from .rosters import RosterEntry, Rosters, active_or_latest, roster_entries
from .rows import Cell
from .schema import COURSES, SESSIONS, SHEETS, STAFF, UNITS, Sheet


def load_indexes(plan: Plan, *, lock: bool) -> None:
    """Loads units, staff, courses, classes and the open and closed lists.

    Reads the codes in the rows. Leaves `plan.indexes` and `plan.predecessors`.

    With `lock` the classes, courses and people in the file are locked, in the order in which enrolling locks them, so
    that nobody enrolls or moves them meanwhile; and the units where the file has some.
    """
    plan.indexes = {
        "units": RecordIndex(Unit),
        "courses": RecordIndex(Course),
        "sessions": RecordIndex(CourseSession),
        "staff": RecordIndex(Staff),
        "fields": RecordIndex(Field),
        "ranks": RecordIndex(Rank),
        "positions": RecordIndex(Position, by="name"),
        "providers": RecordIndex(Provider, by="name"),
    }
    for target, sheet in (("sessions", SESSIONS), ("courses", COURSES), ("staff", STAFF)):
        _load_mentioned(plan, target, sheet, lock)
    load_courses(plan)
    for target in ("units", "fields", "ranks", "positions", "providers"):
        index = plan.indexes[target]
        queryset = index.model._default_manager.order_by("pk")
        if lock and target == "units" and plan.rows(UNITS):
            # Written as a whole, with history; a posting may refer to one meanwhile.
            queryset = queryset.select_for_update(no_key=True)
        index.load(queryset)
    plan.predecessors = stored_predecessors()


def stored_predecessors() -> dict[int, set[int]]:
    """The predecessors of each unit that has any."""
    found = defaultdict(set)
    for unit, predecessor in Unit.predecessors.through.objects.values_list("from_unit", "to_unit"):
        found[unit].add(predecessor)
    return dict(found)


def load_courses(plan: Plan) -> None:
    """Loads the courses of stored classes, which the file need not mention."""
    courses = plan.indexes["courses"]
    pks = {session.stored.course_id for session in plan.indexes["sessions"].by_pk.values()}
    courses.load(_rows(Course.objects.order_by("pk"), "pk__in", pks - courses.by_pk.keys()))


def stored_staff(pks: Collection[int]) -> Iterable[Any]:
    """People by their keys."""
    return _rows(Staff.objects.order_by("pk"), "pk__in", pks)


def stored_postings(staff_pks: Collection[int]) -> Iterable[Any]:
    """All postings of these people."""
    return _rows(Posting.objects.order_by("pk"), "staff__in", staff_pks)


def stored_sessions(pks: Collection[int]) -> Iterable[Any]:
    """Classes by their keys."""
    return _rows(CourseSession.objects.order_by("pk"), "pk__in", pks)


def stored_enrollments(pks: Collection[int]) -> Iterable[Any]:
    """Enrollments by their keys."""
    return _rows(Enrollment.objects.order_by("pk"), "pk__in", pks)


def enrollments_to_name(pks: Collection[int]) -> dict[int, Enrollment]:
    """Enrollments with class and person, by their keys."""
    rows = _where_in(Enrollment.objects.select_related("session", "staff"), "pk__in", pks)
    return {row.pk: row for row in rows}


def participations_of(staff_pks: Collection[int]) -> Iterator[RosterEntry]:
    """The counted enrollments of people."""
    return roster_entries(_where_in(Enrollment.objects.participations(), "staff__in", staff_pks))


def rosters_of(session_pks: Collection[int]) -> Rosters:
    """The rosters of these classes."""
    return active_or_latest(roster_entries(_where_in(Enrollment.objects.all(), "session__in", session_pks)))


def certificate_days(session_pks: Collection[int]) -> Iterable[tuple[int, int, Any]]:
    """The enrollments in these classes with a certificate, each with its class and the day of issue."""
    issued = Enrollment.objects.exclude(certificate_date=None).order_by()
    return _where_in(issued, "session__in", session_pks).values_list("pk", "session", "certificate_date")


def occupied(staff_pks: Collection[int], days: Period) -> Iterator[RosterEntry]:
    """The participations of people in classes that keep them busy at some time of a period."""
    sessions = CourseSession.objects.occupying().overlapping(days)
    participations = Enrollment.objects.participations().filter(session__in=sessions)
    return roster_entries(_where_in(participations, "staff__in", staff_pks))


def _load_mentioned(plan: Plan, target: str, own: Sheet, lock: bool) -> None:
    index = plan.indexes[target]
    cells = set(_cells_naming(plan, target, own))
    queryset = index.model._default_manager.order_by("pk")
    if lock:
        queryset = queryset.select_for_update()
    index.load(_rows(queryset, "code_key__in", {code_key(cell.value) for cell in cells}))
    numbers = {number for cell in cells if (number := number_of(cell)) is not None and not index.find(cell)}
    if numbers:
        index.load(_rows(queryset, "code_key__in", _keys_of_numbers(index, numbers)))


def _cells_naming(plan: Plan, target: str, own: Sheet) -> Iterator[Cell]:
    """The cells of the file that name a record of a kind: in its own sheet, and in the sheets that refer to it."""
    for sheet in SHEETS:
        for column in [*sheet.columns_to(target), *([own.column("code")] if sheet is own else [])]:
            position = sheet.positions[column.attribute]
            yield from (cell for row in plan.rows(sheet) if (cell := row.cells[position]).value is not None)


def _keys_of_numbers(index: RecordIndex, numbers: set[int | float]) -> list[str]:
    return [code_key(code) for code in index.all_codes() if as_number(code) in numbers]


def _where_in(queryset: QuerySet[M], condition: str, values: Collection) -> QuerySet[M]:
    return queryset.filter(**{condition: array_parameter(values)}) if values else queryset.none()


def _rows(queryset: QuerySet[M], condition: str, values: Collection) -> Iterable[Any]:
    return _where_in(queryset, condition, values).values_list(*_columns(queryset.model), named=True)


@cache
def _columns(model: type[Model]) -> list[str]:
    fields = (field for field in model._meta.concrete_fields if not isinstance(field, DerivedField))
    return ["pk" if field.primary_key else field.attname for field in fields]
