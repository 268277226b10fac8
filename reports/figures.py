"""A figure of a year against the year before, with the words every screen, file and command uses for it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from vpcp_training.figures import grouped, percent, signed

_HUNDREDTH = Decimal("0.01")
UNKNOWN = "–"


@dataclass(frozen=True)
class YearOverYear:
    """A count and the same count of the year before; `previous` is None where that year has no data."""

    current: int
    previous: int | None = None

    @property
    def change(self) -> int | None:
        """How many more, fewer when negative."""
        return None if self.previous is None else self.current - self.previous

    @cached_property
    def percent(self) -> Decimal | None:
        """The change in percent, two decimals, half away from zero; None without a year before or from zero."""
        if self.change is None or not self.previous:
            return None
        return (Decimal(self.change * 100) / self.previous).quantize(_HUNDREDTH, ROUND_HALF_UP)

    @property
    def is_new(self) -> bool:
        """Whether there was nothing in the year before, which has data elsewhere."""
        return self.previous == 0 and self.current > 0

    @property
    def direction(self) -> str:
        """Which way: "up", "down", "same", or "" where there is nothing to compare with."""
        if self.change is None:
            return ""
        return "up" if self.change > 0 else "down" if self.change < 0 else "same"

    @property
    def current_label(self) -> str:
        """The count: "2.863"."""
        return grouped(self.current)

    @property
    def previous_label(self) -> str:
        """The count of the year before: "2.710", "–" without data."""
        return UNKNOWN if self.previous is None else grouped(self.previous)

    @property
    def change_label(self) -> str:
        """The change: "+153", "−9", "0", "–" without data."""
        return UNKNOWN if self.change is None else signed(self.change)

    @property
    def percent_label(self) -> str:
        """The change in percent: "+5,65 %" with a no-break space, "mới" from zero, "–" without data."""
        if self.is_new:
            return _("new")
        if self.percent is None:
            return UNKNOWN
        return percent(self.percent)

    @property
    def words(self) -> str:
        """The change of a count of participations in words: "tăng 153 lượt (+5,65 %)", "không đổi"."""
        if self.change is None:
            return UNKNOWN
        if self.change == 0:
            return _("no change")
        parts = {"change": grouped(abs(self.change)), "percent": self.percent_label}
        if self.change > 0:
            return _("up %(change)s participations (%(percent)s)") % parts
        return _("down %(change)s participations (%(percent)s)") % parts


def sentence(year: int, figure: YearOverYear) -> str:
    """The year in one sentence: "Năm 2012: 2.863 lượt, tăng 153 lượt (+5,65 %) so với năm 2011"."""
    parts = {"year": year, "before": year - 1, "count": figure.current_label, "change": figure.words}
    if figure.change is None:
        return _("Year %(year)s: %(count)s participations; no data of %(before)s to compare with") % parts
    return _("Year %(year)s: %(count)s participations, %(change)s compared with %(before)s") % parts
