"""The kinds of column: how a cell becomes the value of a field, and the value a cell again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from vpcp_training.text import clean_text, fold, letters_key

from ..files.values import Raw, as_text
from .cells import (
    MOST,
    CellError,
    as_shown,
    parse_birth,
    parse_code,
    parse_count,
    parse_date,
    parse_line,
    parse_reference,
)

CODE_LENGTH = 50

_NOT_IN_LIST = _("“%(value)s” is not in the list. Choose: %(words)s.")


class Kind:
    """One kind of column. `target` names the list that the cells refer to, if any; an open one takes new names."""

    target = ""
    is_open = False

    def parse(self, raw: Raw) -> Any:
        """The value of a cell that is not empty, None if it says nothing after all; raises CellError."""
        raise NotImplementedError

    def source(self, attribute: str) -> str | None:
        """Where the database has the value, as a lookup from the record; None for a list of values."""
        return attribute

    def write(self, value: Any) -> Any:
        """What an exported cell holds; None leaves it empty."""
        return None if value == "" else value

    def same(self, stored: Any, value: Any) -> bool:
        """Whether a cell says what is stored."""
        return stored == value

    def words(self, value: Any) -> str:
        """A value as a person reads it, in the language of the workbook; nothing is the empty text."""
        return as_text(self.write(value))


@dataclass(frozen=True)
class Line(Kind):
    """Text of one line, as the model field keeps it."""

    field: Any  # of a model

    def parse(self, raw: Raw) -> Any:
        return self.field.to_python(parse_line(raw, self.field.max_length)) or None


class Names(Line):
    """Several names, with ";" between them."""


class Word(Line):
    """A word of an open list that the record itself keeps: the same in any spelling of its letters."""

    def same(self, stored: Any, value: Any) -> bool:
        return stored == value or letters_key(stored) == letters_key(value)


class Code(Kind):
    """The record's own code."""

    def parse(self, raw: Raw) -> Any:
        return parse_code(raw, CODE_LENGTH) or None


class Date(Kind):
    """A day."""

    def parse(self, raw: Raw) -> Any:
        return parse_date(raw)


class Birth(Date):
    """A day up to today, of which the month or the year may be all that is known."""

    def parse(self, raw: Raw) -> Any:
        return parse_birth(raw)


@dataclass(frozen=True)
class Count(Kind):
    """A whole number."""

    most: int = 2_147_483_647

    def parse(self, raw: Raw) -> Any:
        return parse_count(raw, self.most)


class Money(Count):
    """Whole đồng."""

    def __init__(self) -> None:
        super().__init__(most=MOST)

    def words(self, value: Any) -> str:
        return "" if value is None else f"{value:,}".replace(",", ".")


class Choice(Kind):
    """A closed list, in the workbook's words; read without regard to case, spaces and diacritics."""

    def __init__(self, words: Mapping[str, Any]):
        self.choices = list(words)
        self._told = {"words": ", ".join(words)}
        self._values = {fold(word): value for word, value in words.items()}
        self._words = {value: word for word, value in words.items()}

    def parse(self, raw: Raw) -> Any:
        text = fold(as_shown(raw))
        value = self._values.get(text)
        if value is None and text:
            raise CellError(_NOT_IN_LIST, raw, self._told)
        return value

    def write(self, value: Any) -> Any:
        return self._words.get(value)


class Tick(Kind):
    """An "x", or nothing; read are also a yes and a no, without regard to case, spaces and diacritics."""

    choices = ("x", "Không")
    _values = {"x": True, "co": True, "yes": True, "true": True, "khong": False, "no": False, "false": False}

    def parse(self, raw: Raw) -> Any:
        text = fold(as_shown(raw))
        value = self._values.get(text)
        if value is None and text:
            raise CellError(_("Type x for yes, Không for no, or leave the cell empty."))
        return value

    def write(self, value: Any) -> Any:
        return "x" if value else None

    def words(self, value: Any) -> str:
        return "Có" if value else "Không"


@dataclass(frozen=True)
class Link(Kind):
    """The code of another record."""

    target: str

    def parse(self, raw: Raw) -> Any:
        return parse_reference(raw) or None

    def source(self, attribute: str) -> str | None:
        return f"{attribute}__code"


@dataclass(frozen=True)
class Links(Link):
    """Codes of other records, with ";" between them."""

    def source(self, attribute: str) -> None:
        return None

    def parse(self, raw: Raw) -> Any:
        codes = (clean_text(code) for code in parse_reference(raw).split(";"))
        return tuple(dict.fromkeys(code for code in codes if code)) or None


@dataclass(frozen=True)
class Named(Line):
    """The name of something in an open list: a new name is taken into it."""

    target: str
    is_open = True

    def source(self, attribute: str) -> str:
        return f"{attribute}__name"
