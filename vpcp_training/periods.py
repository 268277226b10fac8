"""Periods from a day to a day, both included: the same questions of values in memory and of columns in a query."""

import datetime
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import F, Q

Day = datetime.date | F  # a column of another table


class Period(NamedTuple):
    """From a day to a day; None where it has no first or no last one."""

    start: datetime.date | None
    end: datetime.date | None

    def covers(self, day: datetime.date) -> bool:
        """Whether the day lies in it: what is dated so is in force then."""
        start, end = self
        return (start is None or start <= day) and (end is None or day <= end)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two have a day in common."""
        (start, end), (first, last) = self, other
        return (start is None or last is None or start <= last) and (end is None or first is None or first <= end)

    def begins_before(self, other: "Period") -> bool:
        """Whether it has days before the first one of the other."""
        return other.start is not None and (self.start is None or self.start < other.start)

    def outlasts(self, other: "Period") -> bool:
        """Whether it has days after the last one of the other."""
        return other.end is not None and (self.end is None or self.end > other.end)


@dataclass(frozen=True)
class PeriodColumns:
    """Two columns that hold a period, asked as a Period is asked; what is `open_start` or `open_end` may be empty."""

    start: str
    end: str
    open_start: bool = False
    open_end: bool = False

    def of(self, relation: str) -> "PeriodColumns":
        """The same columns of a related record."""
        return replace(self, start=f"{relation}__{self.start}", end=f"{relation}__{self.end}")

    def covers(self, day: Day) -> Q:
        """Those in which the day lies: what is dated so is in force then."""
        return self._starts("lte", day) & self._ends("gte", day)

    def overlaps(self, other: Period) -> Q:
        """Those with a day in common with the other."""
        return (Q() if other.end is None else self._starts("lte", other.end)) & (
            Q() if other.start is None else self._ends("gte", other.start)
        )

    def outlasts(self, other: Period) -> Q:
        """Those with days after the last one of the other."""
        return Q(pk__in=()) if other.end is None else self._ends("gt", other.end)

    def _starts(self, lookup: str, day: Day) -> Q:
        return _compared(self.start, lookup, day, self.open_start)

    def _ends(self, lookup: str, day: Day) -> Q:
        return _compared(self.end, lookup, day, self.open_end)


def _compared(column: str, lookup: str, day: Day, is_open: bool) -> Q:
    holds = Q(**{f"{column}__{lookup}": day})
    return Q(**{column: None}) | holds if is_open else holds
