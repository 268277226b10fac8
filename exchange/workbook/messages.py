"""What a check has to say, put into words only for somebody to read: a file may have a million errors."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Message(NamedTuple):
    """A text, translated lazily, with what is to stand in it; `str` gives the words in the language of the moment."""

    text: Any
    values: Mapping[str, Any] = NOTHING

    def __str__(self) -> str:
        text = str(self.text)
        return text % self.values if self.values else text


class Said(NamedTuple):
    """What a function says of something, asked when somebody reads it."""

    say: Callable[..., str]
    of: tuple

    def __str__(self) -> str:
        return self.say(*self.of)
