"""A day of birth as lists have it: a day, a month or a year alone; and other days, which are whole."""

import datetime
import re
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from vpcp_training.text import clean_text

from ..files.values import Day, Raw, as_text, unformatted

_EARLIEST = 1900
_YOUNGEST = 15  # at work
_SEPARATOR = r"\s*(?:[/.\-–\s]|\btháng\b|\bnăm\b|,)+\s*"
_DAY_FIRST = re.compile(rf"(?:ngày\s*)?(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_RUN_TOGETHER = re.compile(r"(\d{1,2})(\d{2})(\d{4})")
_MONTH = re.compile(rf"(?:tháng\s*)?(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s*)?(\d{4}|\d{2})", re.IGNORECASE)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_MONTH_OF_YEAR = re.compile(r"(\d{4})-(\d{1,2})")
_BEFORE = re.compile(r"(?:sn|ns|sinh(?:\s+(?:năm|ngày))?)\b\s*[:.]?\s*", re.IGNORECASE)


class Birth(NamedTuple):
    """What is known of a birth, as "1975-03-05", "1975-03" or "1975"; else what to remark."""

    text: str | None
    remark: str | None = None


def read_birth(raw: Raw, day: datetime.date) -> Birth:
    """The birth in a cell; two digits of a year are the latest in which the person is fifteen on `day`."""
    parts = _parts(raw)
    if parts is None:
        return Birth(None, _("“%(value)s” is not a date of birth.") % {"value": _quoted(raw)})
    year, month, of_month = parts
    if len(year) == 2:
        year = _full_year(int(year), int(month or 1), int(of_month or 1), day)
    try:
        known = datetime.date(int(year), int(month or 1), int(of_month or 1))
    except ValueError:
        return Birth(None, _("There is no date %(value)s.") % {"value": _quoted(raw)})
    if known > timezone.localdate():
        return Birth(None, _("The birth %(value)s is in the future.") % {"value": _quoted(raw)})
    if known.year < _EARLIEST:
        return Birth(None, _("“%(value)s” is not a date of birth.") % {"value": _quoted(raw)})
    return Birth("-".join([f"{known.year}", *(f"{int(part):02}" for part in (month, of_month) if part)]))


def shown_birth(text: str | None) -> str:
    """A birth as a person reads it: 05/03/1975, 03/1975 or 1975."""
    return "/".join(reversed(text.split("-"))) if text else ""


def read_day(raw: Raw) -> datetime.date | None:
    """The whole day in a cell, if it holds one."""
    parts = _parts(raw)
    if parts is None or not parts[2] or len(parts[0]) == 2:
        return None
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        return None


def _parts(raw: Raw) -> tuple[str, str, str] | None:
    """Year, month and day as they stand, each "" where it is not told."""
    value = as_text(raw) if isinstance(raw, Day) else unformatted(raw)
    if isinstance(value, datetime.date):
        return f"{value.year}", f"{value.month}", f"{value.day}"
    if isinstance(value, float):
        value = int(value) if value.is_integer() else as_text(raw)
    text = _BEFORE.sub("", _CLOCK.sub("", clean_text(str(value)))).strip(" .,;")
    if found := _YEAR_FIRST.fullmatch(text):
        return found[1], found[2], found[3]
    if found := _MONTH_OF_YEAR.fullmatch(text):
        return found[1], found[2], ""
    if found := _DAY_FIRST.fullmatch(text) or _RUN_TOGETHER.fullmatch(text):
        return found[3], found[2], found[1]
    if found := _MONTH.fullmatch(text):
        return found[2], found[1], ""
    return (found[1], "", "") if (found := _YEAR.fullmatch(text)) else None


def _full_year(short: int, month: int, of_month: int, day: datetime.date) -> str:
    """The latest year of two digits in which somebody born then is fifteen on the day."""
    latest = day.year - _YOUNGEST
    year = latest - (latest - short) % 100
    is_too_young = year == latest and (month, of_month) > (day.month, day.day)
    return str(year - 100 if is_too_young else year)


def _quoted(raw: Raw) -> str:
    text = clean_text(as_text(raw))
    return text if len(text) <= 60 else text[:60] + "…"
