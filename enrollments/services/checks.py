"""What speaks against enrolling people in a class, person by person; asked before saving and again while saving."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.querysets import EnrollmentQuerySet
from enrollments.snapshots import PostingBook
from personnel.models import Posting, Staff
from personnel.querysets import units_of
from vpcp_training.errors import DomainError
from vpcp_training.figures import grouped
from vpcp_training.roles import By, sees_whole_office

Seen = EnrollmentQuerySet[Enrollment]  # those that who asks may see


class Severity(StrEnum):
    """What a finding asks of the person who enrolls."""

    REFUSED = "refused"  # cannot be saved
    CONFIRM = "confirm"  # is saved only for a person who was ticked in spite of it
    NOTICE = "notice"  # only worth knowing


def is_ready(severity: Severity | None) -> bool:
    """Whether nothing has to be confirmed of a person whose gravest finding this is."""
    return severity in (None, Severity.NOTICE)


@dataclass(frozen=True)
class Finding:
    """One thing that speaks against enrolling one person, as a word and a sentence.

    `session` is the class meant, `enrollment` the one the person has already.
    """

    staff: Staff
    severity: Severity
    label: str
    text: str
    session: CourseSession | None = None
    enrollment: Enrollment | None = None


@dataclass(frozen=True)
class Check:
    """The findings for some people and one class, by staff id."""

    findings: dict[int, list[Finding]]

    def of(self, staff: Staff) -> list[Finding]:
        """The findings of one person, the gravest first."""
        return sorted(self.findings.get(staff.pk, []), key=lambda finding: list(Severity).index(finding.severity))

    def severity_of(self, staff: Staff) -> Severity | None:
        """The gravest severity of one person; None when nothing speaks against."""
        return next((finding.severity for finding in self.of(staff)), None)

    def all_of(self, severity: Severity) -> list[Finding]:
        """All findings of a severity."""
        return [f for findings in self.findings.values() for f in findings if f.severity == severity]


def check(session: CourseSession, people: Iterable[Staff], by: By, *, enrolled: bool = False) -> Check:
    """What speaks against enrolling `people` in `session`, in a fixed number of queries.

    `enrolled` people are in the class already and only now take a seat (a proposal that is sent). Findings tell of no
    enrollment that `by` may not see: a leader's proposal is checked against the rest when hr sends it.
    """
    people = list(people)
    seen = Enrollment.objects.filter(staff__in=people).visible_to(by)
    found = defaultdict(list)
    for finding in [
        *([] if enrolled else _already_enrolled(session, people, seen)),
        *_posting_findings(session, people, by),
        *_clashes(session, people, seen),
        *_taken_before(session, people, seen),
    ]:
        found[finding.staff.pk].append(finding)
    return Check(dict(found))


@dataclass(frozen=True)
class LateNotice:
    """That a class is over already, and that its year gets participations all the same: one, or {n} of them."""

    one: str
    many: str

    def of(self, count: int) -> str:
        """The sentence for so many people."""
        return self.one if count == 1 else self.many.replace("{n}", grouped(count))


def late_notice(session: CourseSession, *, sends: bool = True) -> LateNotice | None:
    """What to know before people are sent to a class, or proposed for it, that has ended; None for any other class."""
    if session.stage() != CourseSession.Stage.ENDED:
        return None
    if sends:
        one = _("The class ended on %(day)s; the year %(year)d gets 1 participation more.")
        many = _("The class ended on %(day)s; the year %(year)d gets {n} participations more.")
    else:
        one = _("The class ended on %(day)s; once sent, it is 1 participation more of the year %(year)d.")
        many = _("The class ended on %(day)s; once sent, they are {n} participations more of the year %(year)d.")
    values = {"day": date_format(session.end, "SHORT_DATE_FORMAT"), "year": session.start.year}
    return LateNotice(one % values, many % values)


def free_seats(session: CourseSession) -> int | None:
    """How many more people the class can take; None without a limit."""
    return None if session.seats is None else max(0, session.seats - session.enrollments.seats_taken())


def ensure_seats(session: CourseSession, wanted: int) -> None:
    """Raises DomainError when the class has fewer than `wanted` free seats. To hold, the session must be locked."""
    free = free_seats(session)
    if free is None or wanted <= free:
        return
    if free == 0:
        text = _("The class is full: all %(seats)d seats are taken. Raise the seats of the class, or choose another.")
    else:
        text = ngettext(
            "The class has only %(free)d free seat for %(wanted)d people. Choose fewer, or raise its seats.",
            "The class has only %(free)d free seats for %(wanted)d people. Choose fewer, or raise its seats.",
            free,
        )
    raise DomainError((None, text % {"seats": session.seats, "free": free, "wanted": wanted}))


def not_in_service(opening: datetime.date) -> str:
    """What to say of somebody without a posting on the opening date of a class."""
    text = _("Not in service on the opening date %(day)s. Check the postings.")
    return text % {"day": date_format(opening, "SHORT_DATE_FORMAT")}


def decided_without_number() -> str:
    """What to say of a decision that has a date alone."""
    return _("The decision has a date and no number.")


def decided_after_opening(day: datetime.date, opening: datetime.date) -> str:
    """What to say of a decision of a day after the class opens."""
    text = _("The decision is of %(day)s, after the class opens on %(opening)s. Correct it if not meant.")
    shown_day, shown_opening = (date_format(date, "SHORT_DATE_FORMAT") for date in (day, opening))
    return text % {"day": shown_day, "opening": shown_opening}


def same_days(name: str, start: datetime.date, end: datetime.date) -> str:
    """What to say of a class that clashes with another one, of this name and these days."""
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (start, end))
    return _("Same days as the class %(name)s (%(start)s – %(end)s).") % {"name": name, "start": first, "end": last}


def _already_enrolled(session: CourseSession, people: list[Staff], seen: Seen) -> Iterator[Finding]:
    rows = seen.active().filter(session=session)
    of_staff = {row.staff_id: row for row in rows}
    for staff in people:
        if row := of_staff.get(staff.pk):
            text = _("Already in this class (%(status)s).") % {"status": row.get_status_display()}
            yield Finding(staff, Severity.REFUSED, _("Already in"), text, session, row)


def _posting_findings(session: CourseSession, people: list[Staff], by: By) -> Iterator[Finding]:
    day = session.start
    postings = Posting.objects.filter(staff__in=people).select_related("unit")
    book = PostingBook(postings)
    own_units = None if sees_whole_office(by) else set(units_of(by).values_list("pk", flat=True))
    shown_day = date_format(day, "SHORT_DATE_FORMAT")
    for staff in people:
        posting = book.on(staff.pk, day)
        if own_units is not None and (posting is None or posting.unit_id not in own_units):
            text = _("Not in your unit on the opening date %(day)s.") % {"day": shown_day}
            yield Finding(staff, Severity.REFUSED, _("Other unit"), text)
        elif posting is None:
            yield Finding(staff, Severity.REFUSED, _("Not in service"), not_in_service(day))
        elif not posting.unit.validity.covers(day):
            text = _("The unit %(unit)s is not in force on the opening date %(day)s.")
            text %= {"unit": posting.unit, "day": shown_day}
            yield Finding(staff, Severity.CONFIRM, _("Unit not in force"), text)


def _clashes(session: CourseSession, people: list[Staff], seen: Seen) -> Iterator[Finding]:
    if session.mode in CourseSession.Mode.compatible():
        return
    others = CourseSession.objects.occupying().overlapping(session.days).exclude(pk=session.pk)
    rows = seen.participations().filter(session__in=others).select_related("session")
    by_pk = {staff.pk: staff for staff in people}
    for row in rows:
        text = same_days(row.session.name, row.session.start, row.session.end)
        yield Finding(by_pk[row.staff_id], Severity.CONFIRM, _("Clashing dates"), text, row.session)


def _taken_before(session: CourseSession, people: list[Staff], seen: Seen) -> Iterator[Finding]:
    rows = (
        seen.participations()
        .filter(session__course=session.course_id, session__start__lt=session.start)
        .select_related("session")
        .order_by("session__start")
    )
    latest = {row.staff_id: row for row in rows}
    for staff in people:
        if row := latest.get(staff.pk):
            text = _("Took this course before: %(name)s (%(status)s).") % {
                "name": row.session.name,
                "status": row.get_status_display(),
            }
            yield Finding(staff, Severity.NOTICE, _("Taken before"), text, row.session)
