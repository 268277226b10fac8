"""Which rank (ngạch) a list means: by code, by a code that became a number, or by name."""

import re

from personnel.models import Rank
from vpcp_training.text import clean_text, code_key, letters_key

_DECIMAL = re.compile(r"\d+[.,]\d+|\d+")


class Ranks:
    """The ranks of the office, in one query."""

    def __init__(self) -> None:
        self._found: dict[str, Rank | None] = {}
        for rank in Rank.objects.all():
            keys = {code_key(rank.code), letters_key(rank.name), _as_number(rank.code), f"{rank.code} {rank.name}"}
            for key in filter(None, map(letters_key, filter(None, keys))):
                self._found[key] = None if key in self._found else rank  # two of them are none

    def find(self, text: str | None) -> Rank | None:
        """The rank of a text, None if none or several have it."""
        text = clean_text(text or "")
        return self._found.get(letters_key(text)) or self._found.get(_as_number(text) or "")


def _as_number(code: str) -> str | None:
    """The code as Excel keeps it once it is a number: 01.003 is 1.003, and 06.030 is 6.03."""
    if not _DECIMAL.fullmatch(code):
        return None
    whole, _point, decimals = code.replace(",", ".").partition(".")
    return f"{int(whole)}.{decimals.rstrip('0')}" if decimals.rstrip("0") else None
