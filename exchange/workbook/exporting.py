"""Writes what is stored as an exchange workbook, in an order that depends on the data alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import F, QuerySet

from courses.models import Course, CourseSession
from personnel.models import Posting, Staff, Unit
from personnel.querysets import POSTED
from vpcp_training.paper.excel import cell, header_cell, new_workbook, start_sheet
from vpcp_training.roles import By

from .kinds import Links
from .rosters import active_or_latest, roster_entries
from .schema import COURSES, ENROLLMENTS, POSTINGS, SESSIONS, SHEETS, STAFF, UNITS, Sheet
from .stored import stored_predecessors

WIDTH = 22
# The order of the rows; made in Python, since databases sort text in different ways.
ORDER = {
    UNITS: ("sort_order", "code"),
    STAFF: ("code",),
    POSTINGS: ("staff__code", "start"),
    COURSES: ("code",),
    SESSIONS: ("start", "code"),
    ENROLLMENTS: ("session__start", "session__code", "staff__code"),
}


def export_workbook(target: BinaryIO | Path | str, *, unit: Unit | None = None, user: By = None) -> int:
    """Writes the exchange workbook and returns the number of its rows of enrollments.

    With a unit, the enrollments recorded in its subtree and what they need; with a user, what this user may see.
    """
    book, count = new_workbook(), 0
    for sheet, queryset in _contents(unit, user).items():
        page = start_sheet(book, sheet.name, [WIDTH] * len(sheet.columns), header_row=1, title_columns=1)
        page.append([header_cell(page, column.heading) for column in sheet.columns])
        count = book.add_rows(page, 2, _rows(sheet, queryset), cell)
    book.save(target)
    return count  # of the last sheet


def _contents(unit: Unit | None, user: By) -> dict[Sheet, QuerySet]:
    """What goes on each sheet."""
    whole: dict[Sheet, Any] = {sheet: sheet.model._default_manager.all() for sheet in SHEETS}
    if user is not None:
        whole = {sheet: queryset.visible_to(user) for sheet, queryset in whole.items()}
    if unit is None:
        return whole
    enrollments = whole[ENROLLMENTS].in_unit(unit)
    sessions = CourseSession.objects.filter(pk__in=enrollments.values("session"))
    postings = _postings_needed(enrollments)
    return {
        UNITS: Unit.objects.filter(pk__in=_with_kin(postings.values_list("unit", flat=True))),
        STAFF: Staff.objects.filter(pk__in=enrollments.values("staff")),
        POSTINGS: postings,
        COURSES: Course.objects.filter(pk__in=sessions.values("course")),
        SESSIONS: sessions,
        ENROLLMENTS: enrollments,
    }


def _postings_needed(enrollments: QuerySet) -> QuerySet:
    """The postings in force on the opening dates."""
    opening = F("staff__enrollments__session__start")
    found = Posting.objects.filter(POSTED.covers(opening), staff__enrollments__in=enrollments)
    return Posting.objects.filter(pk__in=found.values("pk"))


def _with_kin(units: Iterable[int]) -> set[int]:
    """Units with all that they refer to: the units above them and their predecessors, and so on."""
    parents = dict(Unit.objects.values_list("pk", "parent"))
    predecessors = stored_predecessors()
    found: set[int] = set()
    waiting: list[int | None] = list(units)
    while waiting:
        unit = waiting.pop()
        if unit is not None and unit not in found:
            found.add(unit)
            waiting += [parents[unit], *predecessors.get(unit, ())]
    return found


def _rows(sheet: Sheet, queryset: QuerySet) -> Iterator[list[Any]]:
    order = ORDER[sheet]
    sources = [column.kind.source(column.attribute) for column in sheet.columns]
    rows = queryset.order_by("pk").values_list("pk", *order, *(source for source in sources if source))
    chosen = None
    if sheet is ENROLLMENTS:
        chosen = {entry.pk for entry in active_or_latest(roster_entries(queryset)).values()}
    predecessors = _predecessor_codes() if sheet is UNITS else {}
    for pk, *values in sorted(rows, key=itemgetter(slice(1, 1 + len(order)))):
        if chosen is not None and pk not in chosen:
            continue
        stored = iter(values[len(order) :])
        yield [
            column.kind.write(predecessors.get(pk, "") if isinstance(column.kind, Links) else next(stored))
            for column in sheet.columns
        ]


def _predecessor_codes() -> dict[int, str]:
    codes = defaultdict(list)
    links = Unit.predecessors.through.objects.values_list("from_unit", "to_unit__code")
    for unit, code in links:
        codes[unit].append(code)
    return {unit: "; ".join(sorted(of)) for unit, of in codes.items()}
