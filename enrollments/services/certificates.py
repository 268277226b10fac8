"""Certificates: none is issued before its class opens; a number that two people have is told, not refused."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enrollments.models import Enrollment
from vpcp_training.errors import DomainError
from vpcp_training.text import first_names


def ensure_issued_after_opening(row: Enrollment, day: datetime.date | None) -> None:
    """Raises DomainError for a certificate of a day before its class opens; what is stored already stands."""
    if day and day != row.certificate_date and day < row.session.start:
        text = _("The class opens on %(day)s; its certificates are issued on that day or later.")
        raise DomainError(("certificate_date", text % {"day": date_format(row.session.start, "SHORT_DATE_FORMAT")}))


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
