"""The status workflow: one person, a whole class, the cancelling of a class, the deleting of a mistake."""

import copy
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import CourseSession
from enrollments.models import FACTS, OUTCOME_FACTS, Enrollment
from enrollments.status import CLOSED, COUNTED, DELETABLE, Status, needs_reason, next_statuses, steps_to
from vpcp_training.bulk import update_with_history
from vpcp_training.change_sets import describe
from vpcp_training.errors import DomainError
from vpcp_training.roles import EDITORS, PROPOSERS, By
from vpcp_training.text import clean_text
from vpcp_training.use_cases import use_case

from .certificates import ensure_issued_after_opening, ensure_study_has_ended, is_taken_back, take_back
from .checks import Severity, check, ensure_seats
from .enrolling import EnrollmentRefused, ensure_open

NOBODY_SENT = gettext_lazy("Nobody has been sent to this class.")


@dataclass(frozen=True)
class Outcome:
    """How the study of one person stands or ended, and what came of it."""

    status: Status
    reason: str = ""
    result: str = ""
    certificate_number: str = ""
    certificate_date: datetime.date | None = None

    @property
    def facts(self) -> dict[str, str | datetime.date | None]:
        """What came of it, as an enrollment stores it."""
        return {name: getattr(self, name) for name in OUTCOME_FACTS}


@use_case(*EDITORS, does=gettext_lazy("Status changed"))
def change_status(
    enrollments: Iterable[Enrollment],
    status: Status,
    by: By,
    *,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    keep_result: bool | None = None,
    confirmed: bool = False,
) -> list[Enrollment]:
    """Moves enrollments to a status, all or none, and returns them.

    `facts` are values of `FACTS` that come with the change: the decision with the sending, result and certificate with
    the completion. `keep_result` says what becomes of the results of those whose completion is taken back; their
    certificates go. Whoever takes a seat anew is checked as when enrolling; `confirmed` accepts clashing dates.

    Raises DomainError for a transition the workflow does not have, a missing reason, a full or cancelled class, a
    completion or a certificate before the class opens, and where nothing is said of results and certificates to take
    back.
    """
    rows, reason, facts = _lock(enrollments), clean_text(reason), facts or {}
    describe("; ".join(dict.fromkeys(str(row.session) for row in rows)))
    for row in rows:
        _ensure_transition(row, status, reason)
        if status == Status.COMPLETED:
            ensure_opened(row.session)
        ensure_issued_after_opening(row, facts.get("certificate_date"))
    _ensure_places(rows, status, by, confirmed)
    for row in rows:
        if is_taken_back(row, status):
            if keep_result is None:
                text = _("Say what becomes of the result and the certificate of %(names)s.")
                raise DomainError(("keep_result", text % {"names": row.staff.full_name}))
            take_back(row, keep_result=keep_result)
        row.status = status
        row.reason = reason
        for name, value in facts.items():
            setattr(row, name, value)
        ensure_study_has_ended(row.status, row.certificate_number, row.certificate_date)
    _save(rows, by)
    return rows


@use_case(*EDITORS, does=gettext_lazy("Results recorded"))
def record_results(session: CourseSession, by: By, outcomes: Mapping[int, Outcome]) -> list[Enrollment]:
    """Gives those in the class the `outcomes` said by enrollment id, all or none; returns the enrollments that changed.

    An outcome that is corrected to another one goes back to studying on the way, with the same reason, as the workflow
    has it. Raises DomainError for a class that has not opened, where there is nothing to record, for a transition the
    workflow does not have, a missing reason, and for certificates before the class opened or of those who study.
    """
    ensure_opened(session)
    rows = _lock(session.enrollments.filter(pk__in=outcomes))
    if not rows:
        raise DomainError((None, str(NOBODY_SENT)))
    on_the_way, changed = [], []
    for row in rows:
        outcome = outcomes[row.pk]
        steps, reason = _steps(row, outcome.status), clean_text(outcome.reason)
        for step in steps:
            _ensure_transition(row, step, reason)
            row.status, row.reason = step, reason
            if step != outcome.status:
                between = copy.copy(row)
                between.result = outcome.result
                take_back(between, keep_result=True)
                on_the_way.append(between)
        if _give(row, outcome, moved=bool(steps)):
            changed.append(row)
    _save(on_the_way, by)
    _save(changed, by)
    return changed


def _steps(row: Enrollment, status: Status) -> tuple[Status, ...]:
    """The steps to an outcome; where there is no way, the one that is then refused."""
    steps = steps_to(row.status, status)
    return (status,) if steps is None else steps


def _give(row: Enrollment, outcome: Outcome, *, moved: bool) -> bool:
    """Gives an enrollment the facts of an outcome; says whether anything is another than before."""
    if not moved and all(getattr(row, name) == value for name, value in outcome.facts.items()):
        return False
    ensure_issued_after_opening(row, outcome.certificate_date)
    ensure_study_has_ended(row.status, outcome.certificate_number, outcome.certificate_date)
    for name, value in outcome.facts.items():
        setattr(row, name, value)
    return True


@use_case(*EDITORS, does=gettext_lazy("Class cancelled"))
def cancel_session(session: CourseSession, by: By, *, reason: str) -> list[Enrollment]:
    """Cancels a class and everyone enrolled in it; returns their enrollments.

    Raises DomainError without a reason, or when somebody's study in the class has already ended.
    """
    session = CourseSession.objects.select_for_update().get(pk=session.pk)
    ensure_cancellable(session)
    reason = clean_text(reason)
    if not reason:
        raise DomainError(("reason", _("Say why the class is cancelled.")))
    session.cancelled, session.cancel_reason = True, reason
    session.save()
    rows = _lock(session.enrollments.active())
    for row in rows:
        if is_taken_back(row, Status.CANCELLED):
            text = _("%(name)s holds a certificate. Correct that first, then cancel the class.")
            raise DomainError((None, text % {"name": row.staff.full_name}))
        row.status, row.reason = Status.CANCELLED, reason
    _save(rows, by)
    return rows


@use_case(*EDITORS, does=gettext_lazy("Enrollment deleted"))
def delete_enrollment(enrollment: Enrollment, by: By) -> None:
    """Deletes a mistaken enrollment while it is proposed or sent; the history keeps it."""
    enrollment = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    ensure_deletable(enrollment)
    enrollment.delete()


@use_case(*PROPOSERS, does=gettext_lazy("Proposal withdrawn"))
def withdraw_proposal(enrollment: Enrollment, by: By) -> None:
    """Takes back a proposal on which nobody has decided yet, as far as `by` may see it; the history keeps it."""
    enrollment = Enrollment.objects.visible_to(by).select_for_update(of=("self",)).get(pk=enrollment.pk)
    ensure_undecided(enrollment)
    enrollment.delete()


def ensure_cancellable(session: CourseSession) -> None:
    """Raises DomainError for a class that is cancelled already, or in which somebody's study has already ended."""
    ensure_open(session)
    if closed := session.enrollments.filter(status__in=CLOSED).count():
        text = ngettext(
            "%(count)d person has already finished this class, so it cannot be cancelled. "
            "Correct the status first if that is wrong.",
            "%(count)d people have already finished this class, so it cannot be cancelled. "
            "Correct their status first if that is wrong.",
            closed,
        )
        raise DomainError((None, text % {"count": closed}))


def ensure_opened(session: CourseSession) -> None:
    """Raises DomainError before the opening day: nobody can have completed the class yet."""
    if session.stage() == CourseSession.Stage.UPCOMING:
        text = _("The class opens on %(day)s; a class that has not opened cannot be completed.")
        raise DomainError((None, text % {"day": date_format(session.start, "SHORT_DATE_FORMAT")}))


def ensure_deletable(enrollment: Enrollment) -> None:
    """Raises DomainError unless the enrollment is proposed or sent; it names the step there is instead."""
    if enrollment.status in DELETABLE:
        return
    text = _("Only an enrollment that is proposed or sent can be deleted; this one is “%(status)s”.")
    words = [text % {"status": enrollment.get_status_display()}]
    if Status.CANCELLED in next_statuses(enrollment.status):
        words.append(_("Cancel it instead."))
    elif enrollment.status in CLOSED:
        text = _("Put it back to “%(studying)s” first, then cancel it.")
        words.append(text % {"studying": Status.STUDYING.label})
    raise DomainError((None, " ".join(words)))


def ensure_undecided(enrollment: Enrollment) -> None:
    """Raises DomainError unless the enrollment is still a proposal."""
    if enrollment.status != Status.PROPOSED:
        text = _("Only a proposal that waits can be withdrawn; this one is “%(status)s”. Ask the HR officers.")
        raise DomainError((None, text % {"status": enrollment.get_status_display()}))


def _lock(enrollments: Iterable[Enrollment]) -> list[Enrollment]:
    """Locks the classes, then the enrollments: the order in which enrolling takes its locks."""
    pks = [enrollment.pk for enrollment in enrollments]
    sessions = CourseSession.objects.filter(pk__in=Enrollment.objects.filter(pk__in=pks).values("session"))
    list(sessions.order_by("pk").select_for_update())
    rows = Enrollment.objects.filter(pk__in=pks).select_related("session__course", "staff").order_by("pk")
    return list(rows.select_for_update(of=("self",)))


def _save(rows: list[Enrollment], by: By) -> None:
    update_with_history(Enrollment, rows, ["status", "reason", *FACTS], by)


def _ensure_transition(row: Enrollment, status: Status, reason: str) -> None:
    values = {
        "name": row.staff.full_name,
        "old": row.get_status_display(),
        "new": Status(status).label,
    }
    if status not in next_statuses(row.status):
        raise DomainError(("status", _("%(name)s cannot go from “%(old)s” to “%(new)s”.") % values))
    if needs_reason(row.status, status) and not reason:
        raise DomainError(("reason", _("Give the reason why %(name)s goes to “%(new)s”.") % values))


def _ensure_places(rows: list[Enrollment], status: Status, by: By, confirmed: bool) -> None:
    """Checks those who take a seat that they did not hold: still in service, no clash, a free seat."""
    newcomers = [row for row in rows if status in COUNTED and not row.is_counted]
    for session in {row.session for row in newcomers}:
        ensure_open(session)
        arriving = [row.staff for row in newcomers if row.session_id == session.pk]
        result = check(session, arriving, by, enrolled=True)
        if result.all_of(Severity.REFUSED):
            raise EnrollmentRefused(result, Severity.REFUSED)
        if result.all_of(Severity.CONFIRM) and not confirmed:
            raise EnrollmentRefused(result, Severity.CONFIRM)
        ensure_seats(session, len(arriving))
