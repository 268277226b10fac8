"""Reasons that the history keeps of its own accord, in the language of who saved: shown in the reader's language."""

import re
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.utils.translation import gettext, override

# As the code that stores them says them.
_OWN = ("Imported from the file %(file)s", "Password changed", "Password reset", "Account opened again")


def in_the_readers_language(reason: str) -> str:
    """The reason in the language of the screen; what a person wrote stays as it is."""
    for pattern, text in _patterns():
        if match := pattern.fullmatch(reason):
            return gettext(text) % match.groupdict()
    return reason


@cache
def _patterns() -> list[tuple[re.Pattern, str]]:
    return list(_each_pattern())


def _each_pattern() -> Iterator[tuple[re.Pattern, str]]:
    for text in _OWN:
        for code, _name in settings.LANGUAGES:
            with override(code):
                yield re.compile(re.escape(gettext(text)).replace(re.escape("%(file)s"), "(?P<file>.*)")), text
