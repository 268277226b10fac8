"""What the database knows that helps to read a list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .headings import Column


@dataclass(frozen=True)
class Known:
    """The unit that a text means, which texts are codes of people, and headings that somebody explained."""

    unit: Callable[[str], object]
    is_code: Callable[[str], bool]
    headings: Mapping[str, Column] = field(default_factory=dict)
