"""People of lists to classes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.services.checks import Severity, check
from enrollments.services.enrolling import Decision, enroll
from personnel.models import Staff
from vpcp_training.errors import DomainError
from vpcp_training.roles import EDITORS, By
from vpcp_training.use_cases import use_case

from ..lists.matched import MatchedList
from ..lists.matching import same_as_row


@dataclass(frozen=True)
class Refusal:
    """Why somebody of a list was not enrolled."""

    table: str
    row: int
    message: str


@dataclass
class Enrolled:
    """Whom a list enrolled, and whom not."""

    enrolled: list[Enrollment] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@use_case(*EDITORS, does=gettext_lazy("People of a list sent to study"))
def enroll_lists(session: CourseSession, lists: Sequence[MatchedList], by: By) -> Enrolled:
    """Sends everybody whom the lists mean for sure, each by the decision in the head of the list.

    Who may not be sent, or only if somebody confirms it, is refused and the others are sent; where they have not all a
    seat, or the class takes nobody, everybody is refused.
    """
    done = Enrolled()
    try:
        with transaction.atomic():
            for found in lists:
                _enroll(session, found, done, by)
    except DomainError as error:
        sure = [(found.table.name, row.line.row) for found in lists for row in found.rows if row.match.staff]
        return Enrolled(refused=[Refusal(*place, str(error)) for place in sure])
    return done


def _enroll(session: CourseSession, found: MatchedList, done: Enrolled, by: By) -> None:
    sure = {row.match.staff.pk: row for row in reversed(found.rows) if row.match.staff}
    people = list(Staff.objects.filter(pk__in=sure).order_by("pk"))
    result = check(session, people, by)
    told = {
        staff.pk: [finding.text for finding in result.of(staff) if finding.severity != Severity.NOTICE]
        for staff in people
    }
    going = [staff for staff in people if not told[staff.pk]]
    if going:
        head = found.table.head
        decision = Decision((head.decision_number or "")[:100], head.decision_date)
        done.enrolled += enroll(session, going, by, decision=decision)
    done.refused += _refusals(found, told)


def _refusals(found: MatchedList, told: dict[int, list[str]]) -> Iterator[Refusal]:
    for row in found.rows:
        if row.match.repeats is not None:
            yield Refusal(found.table.name, row.line.row, same_as_row(row.match.repeats))
        elif row.match.staff and (texts := told.get(row.match.staff.pk)):
            yield Refusal(found.table.name, row.line.row, " ".join(texts))
