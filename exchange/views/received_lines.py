"""The rows of a received list as its page shows them: whom each means, or may mean, and what speaks against."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from courses.models import CourseSession
from enrollments.services.checks import Finding, Severity, check, is_ready
from personnel.models import Staff, Unit, User

from ..lists.births import shown_birth
from ..lists.matched import MatchedList, Row
from ..lists.matching import ANSWER, CODE, DOUBT, NAME, NAME_AND_BIRTH, NAME_AND_UNIT, ONE
from ..lists.people import Person, births_agree
from ..models import ReceivedList
from ..services import received as lists

HOW = {
    ANSWER: gettext_lazy("as chosen before"),
    CODE: gettext_lazy("by the code"),
    NAME_AND_BIRTH: gettext_lazy("by name and date of birth"),
    NAME_AND_UNIT: gettext_lazy("by name and unit"),
    NAME: gettext_lazy("by the name alone"),
}


@dataclass(frozen=True)
class Candidate:
    """A person who may be meant, and what differs from the list."""

    person: Person
    unit: str
    is_chosen: bool
    born_otherwise: bool
    elsewhere: bool

    @property
    def birth(self) -> str:
        """The birth as a person reads it."""
        return shown_birth(self.person.birth)


@dataclass(frozen=True)
class ListLine:
    """A row of the list as the page shows it: whom it means, or may mean, and what speaks against."""

    row: Row
    candidates: Sequence[Candidate]
    chosen: Candidate | None
    is_left_out: bool
    findings: Sequence[Finding]
    severity: Severity | None
    how: str
    is_outdated: bool

    @property
    def number(self) -> int:
        """The number of the row."""
        return self.row.line.row

    @property
    def is_sure(self) -> bool:
        """Whether nobody has to choose."""
        return self.row.match.match == ONE and not self.is_outdated

    @property
    def is_doubt(self) -> bool:
        """Whether it may be one of several."""
        return self.row.match.match == DOUBT or self.is_outdated

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say who it is."""
        return not self.is_sure and self.chosen is None and not self.is_left_out

    @property
    def may_be_ticked(self) -> bool:
        """Whether it is sure who is meant, and nothing but a tick is left to say."""
        return self.is_sure and self.severity != Severity.REFUSED and self.row.match.repeats is None

    @property
    def is_asked(self) -> bool:
        """Whether the page takes an answer for it."""
        return not self.is_sure or self.may_be_ticked

    @property
    def goes(self) -> bool:
        """Whether the person is sent unless somebody says otherwise."""
        is_free = self.row.match.repeats is None and not self.is_left_out
        return self.chosen is not None and is_ready(self.severity) and is_free


def lines_of(matched: MatchedList, received: ReceivedList, user: User) -> list[ListLine]:
    """The rows of a list as the page shows them, with the findings of its class."""
    chosen = lists.chosen_people(matched.rows, received.answers)
    units = Unit.objects.in_bulk({p.unit for row in matched.rows for p in row.match.candidates if p.unit})
    result = _check(received.session, set(chosen.values()), user)
    return [_line(row, chosen.get(row.line.row), received.answers, units, result) for row in matched.rows]


def _check(session: CourseSession | None, pks: Collection[int], user: User) -> Mapping[int, list[Finding]]:
    """What speaks against sending people to a class, by their keys."""
    if session is None or not pks:
        return {}
    people = list(Staff.objects.visible_to(user).filter(pk__in=pks).order_by("pk"))
    result = check(session, people, user)
    return {staff.pk: result.of(staff) for staff in people}


def _line(
    row: Row, pk: int | None, answers: Mapping[str, int], units: Mapping[int, Unit], found: Mapping[int, list[Finding]]
) -> ListLine:
    is_outdated = lists.is_outdated(row, answers)
    candidates = [
        Candidate(
            person,
            units[person.unit].display_name if person.unit else "",
            person.pk == (pk or (not is_outdated and row.match.staff and row.match.staff.pk)),
            bool(row.line.birth and person.birth and not births_agree(row.line.birth, person.birth)),
            bool(row.unit and person.unit and person.unit != row.unit.pk),
        )
        for person in row.match.candidates
    ]
    findings = found.get(pk, []) if pk else []
    return ListLine(
        row,
        candidates,
        next((candidate for candidate in candidates if candidate.is_chosen), None),
        answers.get(str(row.line.row)) == lists.LEFT_OUT,
        findings,
        findings[0].severity if findings else None,
        str(HOW.get(row.match.by or "", "")),
        is_outdated,
    )
