"""Errors of the domain: what a service refuses, worded for the person at the screen."""

from django.utils.translation import gettext as _


class DomainError(Exception):
    """A use case refused. `messages` are pairs of the form field concerned (or None) and the text to show."""

    def __init__(self, *messages: tuple[str | None, str]):
        self.messages = list(messages)
        super().__init__("; ".join(str(text) for _field, text in messages))


def no_such(thing: str, code: str) -> str:
    """What to say of a code that no such thing has."""
    return _("There is no %(thing)s %(code)s.") % {"thing": thing, "code": code}
