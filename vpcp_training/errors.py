"""Errors of the domain: what a service refuses, worded for the person at the screen."""


class DomainError(Exception):
    """A use case refused. `messages` are pairs of the form field concerned (or None) and the text to show."""

    def __init__(self, *messages: tuple[str | None, str]):
        self.messages = list(messages)
        super().__init__("; ".join(str(text) for _field, text in messages))
