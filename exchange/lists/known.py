"""What the database knows that helps to read a list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .headings import Column


@dataclass(frozen=True)
class Known:
    """Which texts are units and codes of people, and headings that somebody explained."""

    is_unit: Callable[[str], bool]
    is_code: Callable[[str], bool]
    headings: Mapping[str, Column] = field(default_factory=dict)
