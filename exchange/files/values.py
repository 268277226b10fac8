"""What a cell of a spreadsheet holds, as its reader hands it over."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from vpcp_training.partial_dates import PartialDate
from vpcp_training.text import clean_text

from . import number_formats


@dataclass(frozen=True)
class Unreadable:
    """A cell without a usable value: an Excel error, or a formula that was never calculated."""

    text: str


class Number(NamedTuple):
    """A number that Excel shows in a format of its own."""

    value: int | float
    format: str


class Text(NamedTuple):
    """A text that Excel shows in a format of its own, such as with other text before it."""

    value: str
    format: str


class Day(NamedTuple):
    """A day that Excel shows in a format without the day of the month: 03/1975, 1975."""

    value: datetime.date
    format: str


# What the reader of a workbook hands over: a date with a time of day as a datetime, and true and false as the words
# that Excel shows.
Raw = str | int | float | Number | Text | Day | datetime.date | Unreadable | None


def as_text(raw: Raw) -> str:
    """The cell as text, as a person would read it aloud from the sheet."""
    if raw is None:
        return ""
    if isinstance(raw, Unreadable):
        return raw.text
    if isinstance(raw, datetime.datetime):
        return f"{raw:%d/%m/%Y %H:%M:%S}"
    if isinstance(raw, PartialDate):
        return raw.shown
    if isinstance(raw, datetime.date):
        return f"{raw:%d/%m/%Y}"
    if isinstance(raw, Day):
        return f"{raw.value:%m/%Y}" if "m" in number_formats.parts_of_date(raw.format) else f"{raw.value:%Y}"
    if isinstance(raw, (Number, Text)):
        return number_formats.shown(*raw).strip()
    if isinstance(raw, (int, float)):
        return number_formats.general(raw)
    return raw


def unformatted(raw: Raw) -> Raw:
    """The cell without the format of its number or text."""
    return raw.value if isinstance(raw, (Number, Text, Day)) else raw


def is_empty(raw: Raw) -> bool:
    """Whether the cell holds nothing that a person would see."""
    if isinstance(raw, str):
        return not raw[:1].isalnum() and not clean_text(raw)
    return raw is None or (isinstance(raw, (Number, Text)) and not clean_text(as_text(raw)))
