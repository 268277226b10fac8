"""Years as people give them, on the command line and in addresses."""

import re

from django.utils.translation import gettext as _

from vpcp_training.errors import DomainError


def parse_year(text: str) -> int:
    """A year of four digits; anything else is a DomainError."""
    if not re.fullmatch(r"[0-9]{4}", text):
        shown = "".join(filter(str.isprintable, text))
        shown = shown if len(shown) <= 20 else f"{shown[:20]}…"
        raise DomainError(("year", _("“%(year)s” is not a year. Give four digits, such as 2012.") % {"year": shown}))
    return int(text)
