"""Two classes of one person on the same days, while neither is part-time or online."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import CourseSession

from . import stored
from .cells import as_text
from .plan import Plan
from .records import Record
from .rows import Row
from .seated import participations
from .seats import Rosters

COMPATIBLE = frozenset(CourseSession.Mode.compatible())


@dataclass(frozen=True, slots=True)
class Attendance:
    """The days one person spends in one class; `touched` if the file has brought it about."""

    start: datetime.date
    end: datetime.date
    session: Record
    row: Row | None = None
    touched: bool = False


def warn_of_clashes(plan: Plan, rosters: Rosters) -> None:
    """Notes clashes that the file brings about, at the row of the later class."""
    attending = _attending(plan, rosters)
    crowded = Counter()
    for attendances in attending.values():
        last = None
        for attendance in sorted(attendances, key=attrgetter("start", "end")):
            if last is not None and attendance.start <= last.end and (attendance.touched or last.touched):
                _warn(plan, last, attendance, crowded)
            if last is None or attendance.end > last.end:
                last = attendance
    for row, people in crowded.items():
        text = ngettext(
            "%(count)d person of the class has another one on the same days.",
            "%(count)d people of the class have another one on the same days.",
            people,
        )
        plan.warn(row, "start", text % {"count": people})


def _attending(plan: Plan, rosters: Rosters) -> dict[int | Record, list[Attendance]]:
    """The attendances of the people that the file sends somewhere or whose classes it moves."""
    attending = defaultdict(list)
    for session, person, row in participations(plan, rosters):
        if _occupies(session):
            touched = _moved(session) or (row is not None and (row.record.is_new or "status" in row.changes))
            attending[person].append(_attendance(session, row, touched))
    concerned = {person: rows for person, rows in attending.items() if any(a.touched for a in rows)}
    touched = [a for rows in concerned.values() for a in rows if a.touched]
    if not touched:
        return {}
    people = [person for person in concerned if isinstance(person, int)]
    first, last = min(a.start for a in touched), max(a.end for a in touched)
    sessions, loaded = plan.books["sessions"], {session for session, _person in rosters}
    others = [seat for seat in stored.occupied(people, first, last) if seat.session_id not in loaded]
    sessions.load(stored.stored_sessions({seat.session_id for seat in others} - sessions.by_pk.keys()))
    for seat in others:
        concerned[seat.staff_id].append(_attendance(sessions.by_pk[seat.session_id]))
    return concerned


def _attendance(session: Record, row: Row | None = None, touched: bool = False) -> Attendance:
    return Attendance(session.now("start"), session.now("end"), session, row, touched)


def _moved(session: Record) -> bool:
    return session.is_new or session.changes("start", "end", "mode")


def _occupies(session: Record) -> bool:
    cancelled = session.stored is not None and session.stored.cancelled
    return not cancelled and session.now("mode") not in COMPATIBLE


def _warn(plan: Plan, earlier: Attendance, later: Attendance, crowded: Counter) -> None:
    if later.row is None and earlier.row is None:
        crowded[(later if _moved(later.session) else earlier).session.row] += 1
        return
    row, other = (later.row, earlier) if later.row is not None else (earlier.row, later)
    text = _("Same days as the class %(name)s (%(start)s – %(end)s).") % {
        "name": other.session.now("name"),
        "start": as_text(other.start),
        "end": as_text(other.end),
    }
    plan.warn(row, "session", text)
