"""The years in which the office's dates lie, and dates of birth: on forms, in files and in filters."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from .partial_dates import PartialDate

FIRST_YEAR, LAST_YEAR = 1900, 2999


def year_problem(day: datetime.date) -> str:
    """What to say of a day in another year, "" of any other day.

    31/12/9999 is such a day: a posting or a unit that goes on has no last day, rather than a far one.
    """
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    values = {"day": PartialDate.of(day).shown, "first": FIRST_YEAR, "last": LAST_YEAR}
    return _("The year of %(day)s must be from %(first)d to %(last)d. Where there is no such day, enter none.") % values


def birth_problem(day: datetime.date) -> str:
    """What to say of a date of birth that is still to come, "" of any other."""
    return _("A date of birth cannot be in the future.") if day > timezone.localdate() else ""


def days_of(year: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a year. The calendar begins with year 1; no year before it has data either."""
    year = max(year, datetime.MINYEAR)
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
