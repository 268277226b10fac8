"""Units. Their dates warn and never refuse; what is recorded of a unit's place in the tree never changes."""

from collections.abc import Collection, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from personnel.models import Unit
from personnel.querysets import POSTED
from vpcp_training.deletion import Deletion
from vpcp_training.errors import DomainError
from vpcp_training.roles import EDITORS, By
from vpcp_training.use_cases import use_case

UNIT_DELETION = Deletion(
    used_by={
        "children": ngettext_lazy("%(shown)s unit below it", "%(shown)s units below it", "n"),
        "successors": ngettext_lazy("%(shown)s successor", "%(shown)s successors", "n"),
        "postings": ngettext_lazy("%(shown)s posting", "%(shown)s postings", "n"),
        "enrollments": ngettext_lazy("%(shown)s enrollment", "%(shown)s enrollments", "n"),
        "leaders": ngettext_lazy("%(shown)s account", "%(shown)s accounts", "n"),
    },
    owned={"list_answers": ngettext_lazy("%(shown)s answer to a list", "%(shown)s answers to lists", "n")},
    instead=gettext_lazy("If the unit exists no more, enter its last day instead."),
)


@use_case(*EDITORS, does=gettext_lazy("Unit saved"))
def save_unit(unit: Unit, predecessors: Collection[Unit], by: By) -> list[str]:
    """Saves a new or corrected unit with its predecessors; returns warnings to show.

    Raises DomainError when code or parent of a stored unit would change, or when units would precede each other.
    """
    if unit.pk:
        _ensure_same_place(unit)
    _ensure_no_circle(unit, predecessors)
    unit.save()
    unit.predecessors.set(predecessors)
    return [*_predecessor_warnings(unit, predecessors), *_parent_warnings(unit), *_people_warnings(unit)]


def _ensure_same_place(unit: Unit) -> None:
    stored = Unit.objects.select_for_update().get(pk=unit.pk)
    if (stored.code, stored.parent_id) != (unit.code, unit.parent_id):
        text = _("Code and parent of a unit never change. Create its successor, with this unit as predecessor.")
        raise DomainError((None, text))


def _ensure_no_circle(unit: Unit, predecessors: Collection[Unit]) -> None:
    earlier, seen = {predecessor.pk for predecessor in predecessors}, set()
    while earlier and unit.pk:
        if unit.pk in earlier:
            text = _("A unit cannot come before itself: one of these is this unit or one of its successors.")
            raise DomainError(("predecessors", text))
        seen |= earlier
        earlier = set(Unit.objects.filter(successors__in=earlier).values_list("pk", flat=True)) - seen


def _predecessor_warnings(unit: Unit, predecessors: Collection[Unit]) -> Iterator[str]:
    for predecessor in predecessors:
        if predecessor.valid_to is None:
            text = _("The predecessor %(unit)s is still in force. Enter its last day.")
            yield text % {"unit": predecessor}
        elif unit.valid_from and predecessor.valid_to >= unit.valid_from:
            text = _("The predecessor %(unit)s is in force until %(day)s, after this unit begins.")
            yield text % {"unit": predecessor, "day": date_format(predecessor.valid_to, "SHORT_DATE_FORMAT")}


def _parent_warnings(unit: Unit) -> Iterator[str]:
    parent = unit.parent
    if parent and parent.valid_to and unit.validity.outlasts(parent.validity):
        text = _("The parent unit %(unit)s ends earlier, on %(day)s.")
        yield text % {"unit": parent, "day": date_format(parent.valid_to, "SHORT_DATE_FORMAT")}


def _people_warnings(unit: Unit) -> Iterator[str]:
    staying = unit.postings.filter(POSTED.outlasts(unit.validity)).values("staff").distinct().count()
    if staying and unit.valid_to:
        text = ngettext(
            "%(n)d person is posted here after %(day)s. Give that person another posting.",
            "%(n)d people are posted here after %(day)s. Give them other postings.",
            staying,
        )
        yield text % {"n": staying, "day": date_format(unit.valid_to, "SHORT_DATE_FORMAT")}
