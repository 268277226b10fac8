"""Years as people give them: on the command line and in addresses."""

import re

from django.utils.translation import gettext as _

from vpcp_training.errors import DomainError
from vpcp_training.text import clean_text


def parse_year(text: str) -> int:
    """A year of four digits; anything else is a DomainError."""
    text = clean_text(text)
    if not re.fullmatch(r"[1-9][0-9]{3}", text):
        shown = text if len(text) <= 20 else f"{text[:20]}…"
        raise DomainError(("year", _("“%(year)s” is not a year. Give four digits, such as 2012.") % {"year": shown}))
    return int(text)
