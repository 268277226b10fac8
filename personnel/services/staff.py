"""Staff members, and the first posting of a new one. Later postings move snapshots: they are saved by `enrollments`."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from personnel.models import Posting, Staff, Unit
from vpcp_training.change_sets import note_mark_alone
from vpcp_training.deletion import Deletion
from vpcp_training.roles import EDITORS, By
from vpcp_training.use_cases import use_case

# Where somebody was posted belongs to that person; whoever was sent to a class, or signs in, is no mistake.
STAFF_DELETION = Deletion(
    used_by={
        "enrollments": ngettext_lazy("%(shown)s enrollment", "%(shown)s enrollments", "n"),
        "account": ngettext_lazy("%(shown)s account", "%(shown)s accounts", "n"),
    },
    owned={
        "postings": ngettext_lazy("%(shown)s posting", "%(shown)s postings", "n"),
        "list_answers": ngettext_lazy("%(shown)s answer to a list", "%(shown)s answers to lists", "n"),
    },
    instead=gettext_lazy("If the person has left, end the last posting instead."),
)


@use_case(*EDITORS, does=gettext_lazy("Staff record saved"))
def save_staff(staff: Staff, by: By, *, posting: Posting | None = None) -> list[str]:
    """Saves a new or corrected staff member; `posting` is the first one of a new one. Returns warnings to show."""
    if posting is None and _changes_mark_alone(staff):
        note_mark_alone()
    staff.save()
    if posting is None:
        return []
    posting.staff = staff
    posting.save()
    return unit_date_warnings(posting)


def _changes_mark_alone(staff: Staff) -> bool:
    names = [field.attname for field in Staff.history.model.tracked_fields]
    stored = Staff.objects.filter(pk=staff.pk).values(*names).first() or {}
    return [name for name, value in stored.items() if value != getattr(staff, name)] == ["is_ethnic_minority"]


def unit_date_warnings(posting: Posting) -> list[str]:
    """What to say where a posting is outside the dates of its unit; it is saved all the same."""
    unit, warnings = posting.unit, []
    if unit.valid_from and posting.days.begins_before(unit.validity):
        warnings.append(starts_before_unit(unit, unit.valid_from))
    if unit.valid_to and posting.days.outlasts(unit.validity):
        warnings.append(goes_on_after_unit(unit, unit.valid_to))
    return warnings


def starts_before_unit(unit: Unit | str, first_day: datetime.date) -> str:
    """What to say of a posting that starts before its unit is in force."""
    text = _("The posting starts before the unit %(unit)s is in force (%(day)s).")
    return text % {"unit": unit, "day": date_format(first_day, "SHORT_DATE_FORMAT")}


def goes_on_after_unit(unit: Unit | str, last_day: datetime.date) -> str:
    """What to say of a posting that goes on when its unit is no longer in force."""
    text = _("The posting goes on after the unit %(unit)s ends (%(day)s).")
    return text % {"unit": unit, "day": date_format(last_day, "SHORT_DATE_FORMAT")}
