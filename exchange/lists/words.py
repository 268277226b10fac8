"""The words of a list in the form in which they are compared, and in which an answer to them is remembered."""

import re
from hashlib import sha256
from typing import NamedTuple

from exchange.models import ListAnswer
from vpcp_training.text import alike_key, clean_text, code_key, fold, letters_key

from .headings import Column, folded_heading

_PUNCTUATION = re.compile(r"[\W_]+")


class Words(NamedTuple):
    """What a person answered: words of one kind, as a list shows them, and what all words with this answer share."""

    kind: str
    shown: str
    key: str


def unit_key(text: str) -> str:
    """What makes two names of units the same: folded, without punctuation, `và`, `&` and `-`."""
    words = _PUNCTUATION.sub(" ", alike_key(text)).split()
    return " ".join(word for word in words if word != "va")


def person_words(name: str, birth: str | None, unit_text: str | None, code: str | None) -> Words:
    """A person as a list names one: name as letters, birth, unit and code as they stood."""
    shown = [name, birth, unit_text, code]
    return _words(
        ListAnswer.Kind.PERSON,
        " · ".join(filter(None, shown)),
        [letters_key(name), birth or "", fold(unit_text or ""), code_key(code or "")],
    )


def unit_words(text: str) -> Words:
    """A unit as a list names one."""
    return _words(ListAnswer.Kind.UNIT, text, [unit_key(text)])


def heading_words(text: str) -> Words:
    """A heading as a list spells one."""
    return _words(ListAnswer.Kind.HEADING, text, [folded_heading(text)])


def answered_headings() -> dict[str, Column]:
    """What columns hold, by their folded headings, as people said."""
    return {folded_heading(words): Column(column) for words, column in ListAnswer.objects.headings()}


def _words(kind: str, shown: str, compared: list[str]) -> Words:
    # A cell may hold any length of text, a unique column not.
    return Words(kind, clean_text(shown), sha256("\n".join(compared).encode()).hexdigest())
