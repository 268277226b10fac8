"""Whose a certificate number is."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from enrollments.models import Enrollment
from vpcp_training.errors import DomainError


def ensure_own_numbers(numbers: Mapping[Enrollment, str], field: Callable[[Enrollment], str]) -> None:
    """Raises DomainError where somebody else has the certificate number that an enrollment is about to get.

    `numbers` are those of enrollments of one class, `field` says where each was typed. A number that was there before
    is not asked again: an import records what an office has, and there numbers may repeat.
    """
    changed = {row for row, number in numbers.items() if number and number != row.certificate_number}
    if not changed:
        return
    holders = _holders({numbers[row].casefold() for row in changed}, but=numbers)
    problems = []
    for row in sorted(numbers, key=changed.__contains__):
        number = numbers[row].casefold()
        holder = holders.setdefault(number, row) if number else row
        if holder.staff_id != row.staff_id and row in changed:
            problems.append((field(row), _taken(holder)))
    if problems:
        raise DomainError(*problems)


def _holders(numbers: set[str], but: Mapping[Enrollment, str]) -> dict[str, Enrollment]:
    """Who has one of these numbers by now, other enrollments than those of `but`."""
    stored = Enrollment.objects.certified_with(next(iter(but)).session)
    own = {row.pk for row in but}
    pairs = stored.order_by("-pk").values_list("certificate_number", "pk")
    # In any case of letters, which databases compare differently.
    found = {number.casefold(): pk for number, pk in pairs if pk not in own and number.casefold() in numbers}
    rows = Enrollment.objects.select_related("staff", "session").in_bulk(found.values()) if found else {}
    return {number: rows[pk] for number, pk in found.items()}


def _taken(holder: Enrollment) -> str:
    text = _(
        "This is the number of %(name)s (%(code)s) in the class %(session)s; a certificate number belongs to one "
        "person. Enter it in full, as it stands on the certificate."
    )
    values = {"name": holder.staff.full_name, "code": holder.staff.code, "session": holder.session.code}
    return text % values
