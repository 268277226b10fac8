"""What one cell holds, read as a date, a count, a code or a line of text."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vpcp_training.fields import CODE, code_validator
from vpcp_training.partial_dates import PartialDate
from vpcp_training.text import clean_text
from vpcp_training.years import birth_problem, year_problem

from ..files import number_formats
from ..files.values import Day, Number, Raw, Text, Unreadable, as_text, unformatted
from .messages import NOTHING

# Excel keeps fifteen digits of a number.
MOST = 999_999_999_999_999
MOST_QUOTED = 60  # characters of a cell in a message

_NOT_A_DATE = _("“%(value)s” is not a date. Type it as 03/04/2012.")
_NO_SUCH_DATE = _("There is no date %(value)s. Type it as 03/04/2012.")

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_MONTH_OR_YEAR = re.compile(r"(?:(\d{1,2})\s*[/.\-\s]\s*)?(\d{4})")
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_DIGITS = re.compile(r"(\d{1,2})(\d{2})(\d{4})")
_GROUPED = re.compile(r"[1-9]\d{0,2}([.\s]\d{3})+")
_WHOLE = re.compile(r"(\d+)([.,]0{1,2})?")


class Complaint(NamedTuple):
    """What is wrong with a cell: a text, translated lazily, with the cell as its `value` and with other values."""

    text: Any
    raw: Raw
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return str(self.text) % {"value": shown(self.raw), **self.values}


class CellError(Exception):
    """The cell does not hold what its column asks for; the message says what to do."""

    def __init__(self, text: Any, raw: Raw = None, values: Mapping[str, Any] = NOTHING):
        self.message = Complaint(text, raw, values)
        super().__init__(self.message)


def as_shown(raw: Raw) -> str:
    """The cell as text, if it is known what Excel shows; else raises CellError."""
    raw = readable(raw)
    if isinstance(raw, (Number, Text)) and number_formats.formatted(*raw) is None:
        told = _(
            "The format of this cell is not known, so Excel may show something else. "
            "Format the cell as text and type what is meant."
        )
        raise CellError(told)
    return as_text(raw)


def as_code(raw: Raw) -> str:
    """The cell as a code, in which a number has a point before the decimals (01.003) and none between thousands.

    Raises CellError where it is not known what Excel shows.
    """
    if isinstance(raw, (Number, Text)):
        code = number_formats.formatted(*raw, decimal=".", group="")
        if code is None:
            told = _(
                "The format of this cell is not known, so the code may be another. "
                "Format the cell as text and type the code."
            )
            raise CellError(told)
        return clean_text(code)
    if isinstance(raw, (int, float)):
        return number_formats.general(raw, decimal=".")
    return clean_text(as_text(raw))


def shown(raw: Raw) -> str:
    """The cell as a message quotes it."""
    text = clean_text(as_text(raw))
    return text if len(text) <= MOST_QUOTED else text[:MOST_QUOTED] + "…"


def readable(raw: Raw) -> Raw:
    """The cell, unless it has no usable value; then raises CellError."""
    if isinstance(raw, Unreadable):
        raise CellError(_("Excel has no value for this cell (%(value)s). Type the value itself."), raw)
    return raw


def parse_line(raw: Raw, max_length: int) -> str:
    """One line of text."""
    if _became_date(readable(raw)):
        raise CellError(_("Excel made a date of what was typed here. Format the cell as text and type it again."))
    return _within(clean_text(as_shown(raw)), max_length)


def parse_reference(raw: Raw) -> str:
    """The code of another record, or several. A number is the code as Excel shows it (see `records.RecordIndex`)."""
    if _became_date(readable(raw)):
        raise CellError(_("Excel made a date of this code. Format the cell as text and type the code again."))
    return as_code(raw)


def parse_code(raw: Raw, max_length: int) -> str:
    """The code of a record."""
    code = _within(parse_reference(raw), max_length)
    if code and not CODE.match(code):
        raise CellError(code_validator.message)
    return code


def parse_count(raw: Raw, most: int) -> int:
    """A whole number, zero or more: 40, 40.0, "2.863"."""
    readable(raw)
    number = _whole(unformatted(raw))
    if number is None:
        raise CellError(_("“%(value)s” is not a whole number. Type digits only, such as 40."), raw)
    if isinstance(raw, (Number, Text)) and not _shows(number, *raw):
        told = _("Excel shows %(value)s, but the cell holds %(number)d. Type the number anew, without a format.")
        raise CellError(told, raw, {"number": number})
    if not 0 <= number <= most:
        raise CellError(_("The number must be from 0 to %(most)d."), values={"most": most})
    return number


def parse_date(raw: Raw) -> datetime.date:
    """A day: an Excel date, or text with the day first."""
    day = _day(readable(raw), _full_year)
    if problem := year_problem(day):
        raise CellError(problem)
    return day


def parse_birth(raw: Raw) -> PartialDate:
    """A day as `parse_date` has it, a month (03/1975) or a year; never in the future."""
    day = _month_or_year(readable(raw)) or PartialDate.of(_day(raw, _full_year_of_birth))
    if problem := year_problem(day) or birth_problem(day):
        raise CellError(problem)
    return day


def _became_date(raw: Raw) -> bool:
    """Whether Excel shows the number of a cell as a day or a time."""
    return isinstance(raw, (datetime.date, Day)) or (isinstance(raw, Number) and number_formats.shows_date(raw.format))


def _within(text: str, max_length: int) -> str:
    if len(text) > max_length:
        told = _("At most %(max)d characters are possible, this has %(length)d. Shorten it.")
        raise CellError(told, values={"max": max_length, "length": len(text)})
    return text


def time_of_day(raw: Raw) -> str:
    """The time of day beside a date; empty where there is none, or midnight, as in a date without one."""
    if isinstance(raw, datetime.datetime):
        return f"{raw:%H:%M:%S}"
    raw = unformatted(raw)
    clock = _CLOCK.search(clean_text(raw)) if isinstance(raw, str) and ":" in raw else None
    return clock[0][1:] if clock and re.search("[1-9]", clock[0]) else ""


def _whole(raw: Raw) -> int | None:
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else None
    if not isinstance(raw, str):
        return None
    text = clean_text(raw)
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    whole = _WHOLE.fullmatch(text) if len(text) <= 30 else None
    return int(whole[1]) if whole else None


def _shows(number: int, value: float | str, code: str) -> bool:
    """Whether the digits that Excel shows first, if there are any, are those of a number."""
    digits = re.search(r"\d+", number_formats.formatted(value, code, group="") or "")
    return not digits or int(digits[0]) == abs(number)


def _month_or_year(raw: Raw) -> PartialDate | None:
    found = _MONTH_OR_YEAR.fullmatch(clean_text(as_text(raw if isinstance(raw, Day) else unformatted(raw))))
    if found is None:
        return None
    try:
        return PartialDate(*(int(part) for part in reversed(found.groups()) if part))
    except ValueError:
        raise CellError(_NO_SUCH_DATE, raw) from None


def _day(raw: Raw, full_year: Callable[[int, int, int], int]) -> datetime.date:
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    text = clean_text(as_text(unformatted(raw)))
    if ":" in text:
        text = _CLOCK.sub("", text)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text) or _DIGITS.fullmatch(text):
        day, month, year = map(int, found.groups())
        if len(found[3]) == 2:
            year = full_year(year, month, day)
    else:
        raise CellError(_NOT_A_DATE, raw)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise CellError(_NO_SUCH_DATE, raw) from None


def _full_year(short: int, month: int, day: int) -> int:
    """Of two digits: 12 is 2012 and 75 is 1975."""
    return (2000 if short < 69 else 1900) + short


def _full_year_of_birth(short: int, month: int, day: int) -> int:
    """The latest that is not in the future."""
    today = timezone.localdate()
    return (2000 if (2000 + short, month, day) <= (today.year, today.month, today.day) else 1900) + short
