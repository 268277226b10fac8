"""The of-which slices: parts of the participations, never added to their total."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.countries import AT_HOME
from personnel.models import Position, Staff
from vpcp_training.roles import By, sees_minority


@dataclass(frozen=True)
class Slice:
    """A part of the enrollments, those of `rows`: offered by lists under its `label`, by reports under its `title`."""

    key: str
    label: Promise
    title: Promise
    rows: Q
    tells_mark: bool = False  # the ethnic-minority mark, which is not for everybody

    @property
    def filters(self) -> dict[str, str]:
        """The parameters of a list that give its rows."""
        return {"slice": self.key}


_IN_ORDER = (
    Slice("overseas", _("Overseas"), _("Held overseas"), ~Q(session__country__in=AT_HOME)),
    Slice("women", _("Women"), _("Women"), Q(staff__gender=Staff.Gender.FEMALE)),
    Slice(
        "ethnic_minority",
        _("Ethnic minority"),
        _("Ethnic minority"),
        Q(staff__is_ethnic_minority=True),
        tells_mark=True,
    ),
    Slice(
        "leaders",
        _("Leaders"),
        _("Leaders (department and division level)"),
        Q(position__in=Position.objects.leading()),
    ),
)
SLICES = {each.key: each for each in _IN_ORDER}


def slices_for(user: By) -> list[Slice]:
    """The slices a user may see (all without a user)."""
    return [each for each in SLICES.values() if not each.tells_mark or sees_minority(user)]
