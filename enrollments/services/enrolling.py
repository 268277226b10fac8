"""The one door for enrolling people in a class."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.snapshots import derive
from enrollments.status import COUNTED, Status
from personnel.models import Staff
from vpcp_training.bulk import create_with_history
from vpcp_training.change_sets import call_it, name_use_case
from vpcp_training.errors import DomainError
from vpcp_training.roles import ENROLLERS, By, may_edit
from vpcp_training.use_cases import use_case

from .checks import Check, Severity, check, decided_after_opening, decided_without_number, ensure_seats

name_use_case("propose", gettext_lazy("People proposed"))


@dataclass(frozen=True)
class Decision:
    """The decision to send people to study (Quyết định cử đi học)."""

    number: str = ""
    date: datetime.date | None = None
    signer: str = ""

    def doubts(self, session: CourseSession) -> list[str]:
        """What looks wrong about it for this class."""
        found = []
        if self.date and self.date > session.start:
            found.append(decided_after_opening(self.date, session.start))
        if self.date and not self.number:
            found.append(decided_without_number())
        return found


class EnrollmentRefused(DomainError):
    """Some of the people cannot be enrolled; `check` says why, person by person."""

    def __init__(self, result: Check, severity: Severity, confirmed: Collection[int] = ()):
        self.check = result
        self.severity = severity
        super().__init__(
            *(
                (None, f"{finding.staff.full_name} ({finding.staff.code}): {finding.text}")
                for finding in result.all_of(severity)
                if finding.staff.pk not in confirmed
            )
        )


@use_case(*ENROLLERS, does=pgettext_lazy("done", "People sent to study"))
def enroll(
    session: CourseSession,
    people: Iterable[Staff],
    by: By,
    *,
    status: Status = Status.SENT,
    decision: Decision = Decision(),
    confirmed: Collection[int] = (),
) -> list[Enrollment]:
    """Enrolls people in a class, all or none, and returns the new enrollments.

    `status` is sent or proposed; a leader may only propose people of the own units. `confirmed` are the ids of staff
    ticked in spite of a finding to confirm, such as clashing dates.

    Raises PermissionDenied, EnrollmentRefused, or DomainError for a full or cancelled class.
    """
    if status != Status.PROPOSED and not (status == Status.SENT and may_edit(by)):
        raise PermissionDenied
    if status == Status.PROPOSED:
        call_it("propose")
    # The course too, and the people: what the snapshots are derived from stays as it is until these rows stand.
    session = CourseSession.objects.select_for_update(of=("self", "course")).select_related("course").get(pk=session.pk)
    ensure_open(session)
    people = list(Staff.objects.select_for_update().filter(pk__in={staff.pk for staff in people}).order_by("pk"))
    if not people:
        raise DomainError(("people", _("Choose at least one person.")))
    result = check(session, people, by)
    if result.all_of(Severity.REFUSED):
        raise EnrollmentRefused(result, Severity.REFUSED)
    if any(finding.staff.pk not in confirmed for finding in result.all_of(Severity.CONFIRM)):
        raise EnrollmentRefused(result, Severity.CONFIRM, confirmed)
    if status in COUNTED:
        ensure_seats(session, len(people))
    rows = derive(
        Enrollment(
            session=session,
            staff=staff,
            status=status,
            decision_number=decision.number,
            decision_date=decision.date,
            decision_signer=decision.signer,
        )
        for staff in people
    )
    return create_with_history(Enrollment, rows, by)


def ensure_open(session: CourseSession) -> None:
    """Raises DomainError when the class is cancelled."""
    if session.cancelled:
        raise DomainError((None, _("The class was cancelled: %(reason)s") % {"reason": session.cancel_reason}))
