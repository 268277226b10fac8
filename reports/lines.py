"""A line of a report's tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .figures import YearOverYear


@dataclass(frozen=True)
class Line:
    """One line of a table. `filters` are the parameters that list exactly its rows, next to year and scope."""

    code: str
    name: str
    participations: YearOverYear
    people: YearOverYear
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_direct(self) -> bool:
        """Whether the line is for what is recorded on a unit itself, the units below it having their own lines."""
        return "direct" in self.filters

    @property
    def label(self) -> str:
        """The name as a table shows it."""
        return _("%(unit)s, directly") % {"unit": self.name} if self.is_direct else self.name

    @property
    def has_report(self) -> bool:
        """Whether the line is the whole of another report, that of its unit."""
        return "unit" in self.filters and not self.is_direct
