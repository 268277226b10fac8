"""What a cell of a spreadsheet holds, as its reader hands it over."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

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


# What the reader of a workbook hands over: a date with a time of day as a datetime, and true and false as the words
# that Excel shows.
Raw = str | int | float | Number | Text | datetime.date | Unreadable | None


def as_text(raw: Raw) -> str:
    """The cell as text, as a person would read it aloud from the sheet."""
    if raw is None:
        return ""
    if isinstance(raw, Unreadable):
        return raw.text
    if isinstance(raw, datetime.datetime):
        return f"{raw:%d/%m/%Y %H:%M:%S}"
    if isinstance(raw, datetime.date):
        return f"{raw:%d/%m/%Y}"
    if isinstance(raw, (Number, Text)):
        return number_formats.shown(*raw).strip()
    if isinstance(raw, (int, float)):
        return number_formats.general(raw)
    return raw


def unformatted(raw: Raw) -> Raw:
    """The cell without the format of its number or text."""
    return raw.value if isinstance(raw, (Number, Text)) else raw
