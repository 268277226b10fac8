"""Two classes of one person on the same days, while neither is part-time or online."""

from collections import Counter
from operator import itemgetter
from typing import NamedTuple

from django.utils.translation import ngettext

from courses.models import CourseSession
from enrollments.services.checks import same_days
from vpcp_training.periods import Period

from . import stored
from .messages import Said
from .participations import Participation
from .plan import Plan
from .rosters import Rosters
from .rows import Record, Row

COMPATIBLE = frozenset(CourseSession.Mode.compatible())


class Attendance(NamedTuple):
    """The days one person spends in one class; `touched` if the file has brought it about."""

    days: Period
    session: Record
    row: Row | None = None
    touched: bool = False


def warn_of_clashes(plan: Plan, rosters: Rosters, participations: list[Participation]) -> None:
    """Notes clashes that the file brings about, at the row of the later class."""
    attending = _attending(plan, rosters, participations)
    crowded: Counter[Record] = Counter()
    for attendances in attending.values():
        last = None
        for attendance in sorted(attendances, key=itemgetter(0)):
            if last is not None and last.days.overlaps(attendance.days) and (attendance.touched or last.touched):
                _warn(plan, last, attendance, crowded)
            if last is None or attendance.days.outlasts(last.days):
                last = attendance
    for session, people in crowded.items():
        text = ngettext(
            "%(count)d person of the class has another one on the same days.",
            "%(count)d people of the class have another one on the same days.",
            people,
        )
        if session.row is not None:
            plan.warn(session.row, "start", text % {"count": people})


def _attending(
    plan: Plan, rosters: Rosters, participations: list[Participation]
) -> dict[int | Record, list[Attendance]]:
    """The attendances of the people that the file sends somewhere or whose classes it moves."""
    sessions = plan.indexes["sessions"]
    days = {session: session.period() for session in {p.session for p in participations} if _occupies(session)}
    moved = {session for session in days if _moved(session)}
    occupying = [p for p in participations if p.session in days]
    concerned: dict[int | Record, list[Attendance]]
    concerned = {p.person: [] for p in occupying if p.session in moved or p.is_new}
    if not concerned:
        return {}
    for p in occupying:
        if p.person in concerned:
            attendance = Attendance(days[p.session], p.session, p.row, touched=p.session in moved or p.is_new)
            concerned[p.person].append(attendance)
    touched = [attendance for rows in concerned.values() for attendance in rows if attendance.touched]
    starts, ends = zip(*(attendance.days for attendance in touched), strict=True)
    whole = Period(min(filter(None, starts)), max(filter(None, ends)))
    people, rostered = [person for person in concerned if isinstance(person, int)], {pk for pk, _person in rosters}
    others = [entry for entry in stored.occupied(people, whole) if entry.session_id not in rostered]
    sessions.load(stored.stored_sessions({entry.session_id for entry in others} - sessions.by_pk.keys()))
    for entry in others:
        session = sessions.by_pk[entry.session_id]
        concerned[entry.staff_id].append(Attendance(session.period(), session))
    return concerned


def _moved(session: Record) -> bool:
    return session.is_new or session.changes("start", "end", "mode")


def _occupies(session: Record) -> bool:
    cancelled = session.stored is not None and session.stored.cancelled
    return not cancelled and session.now("mode") not in COMPATIBLE


def _warn(plan: Plan, earlier: Attendance, later: Attendance, crowded: Counter) -> None:
    if later.row is not None:
        row, other = later.row, earlier
    elif earlier.row is not None:
        row, other = earlier.row, later
    else:
        crowded[(later if _moved(later.session) else earlier).session] += 1
        return
    plan.warn(row, "session", Said(same_days, (other.session.now("name"), *other.days)))
