"""Certificates: only of those whose study has ended, none before the class opens; a number of two people is told."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.status import CLOSED, Status
from vpcp_training.errors import DomainError
from vpcp_training.text import first_names


def ensure_issued_after_opening(row: Enrollment, day: datetime.date | None) -> None:
    """Raises DomainError for a certificate of a day before its class opens; what is stored already stands."""
    if day and day != row.certificate_date and day < row.session.start:
        raise DomainError(("certificate_date", issued_too_early(row.session.start)))


def issued_too_early(opening: datetime.date) -> str:
    """What to say of a certificate of a day before its class opens."""
    text = _("The class opens on %(day)s; its certificates are issued on that day or later.")
    return text % {"day": date_format(opening, "SHORT_DATE_FORMAT")}


def ensure_none_issued_before(session: CourseSession, former: datetime.date) -> None:
    """Raises DomainError for a class that opened on the day `former` and is moved past certificates of its people."""
    issued = session.enrollments.filter(certificate_date__gte=former, certificate_date__lt=session.start).count()
    if issued:
        text = ngettext(
            "%(count)d person has a certificate issued before this day. Choose an earlier one, or correct the "
            "certificate first.",
            "%(count)d people have certificates issued before this day. Choose an earlier one, or correct the "
            "certificates first.",
            issued,
        )
        raise DomainError(("start", text % {"count": issued}))


def ensure_study_has_ended(status: str, number: str, day: datetime.date | None) -> None:
    """Raises DomainError for a certificate of somebody who was only proposed or sent, studies, or does not come."""
    if status not in CLOSED and (number or day):
        text = _("“%(status)s” has no certificate: empty its number and date, or record how the study ended first.")
        raise DomainError(("certificate_number", text % {"status": Status(status).label}))


def has_certificate(row: Enrollment) -> bool:
    """Whether a certificate is recorded, be it by its number or by its day alone."""
    return bool(row.certificate_number or row.certificate_date)


def is_taken_back(row: Enrollment, status: str) -> bool:
    """Whether a step to `status` takes back what the enrollment holds of the end of a study.

    That is a certificate, which nobody has but those whose study has ended, or the result of a study that had ended.
    """
    if status in CLOSED:
        return False
    return has_certificate(row) or bool(row.status in CLOSED and row.result)


def take_back(row: Enrollment, *, keep_result: bool) -> None:
    """Takes the certificate away, and the result as well unless it is to be kept."""
    row.certificate_number, row.certificate_date = "", None
    if not keep_result:
        row.result = ""


def shared_numbers(rows: Sequence[Enrollment]) -> str:
    """What to say of enrollments of one class whose certificate number somebody else has; empty if nobody has."""
    rows = [row for row in rows if row.certificate_number]
    if not rows:
        return ""
    numbers = {_any_case(row.certificate_number) for row in rows}
    series = Enrollment.objects.numbered_with(rows[0].session).order_by("pk")
    pairs = series.values_list("certificate_number", "pk")
    alike = [(number, pk) for given, pk in pairs if (number := _any_case(given)) in numbers]
    holders = Enrollment.objects.select_related("staff", "session").in_bulk([pk for _number, pk in alike])
    shared = {}
    for row in rows:
        number = _any_case(row.certificate_number)
        others = (holders[pk] for of, pk in alike if of == number and holders[pk].staff_id != row.staff_id)
        if number not in shared and (other := next(others, None)):
            shared[number] = f"{row.certificate_number} ({other.staff.full_name}, {other.session.code})"
    if not shared:
        return ""
    text = _("Somebody else has the same certificate number: %(named)s. Compare with the certificates.")
    return text % {"named": first_names([*shared.values()])}


def _any_case(number: str) -> str:
    """As numbers are compared; databases fold letters differently."""
    return number.casefold()
