"""What a cell of a spreadsheet holds, as its reader hands it over."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple


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
