"""A table as it lies in a file or a paste, whatever its kind: cells by row and column, and how they are shown."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ..files.values import Raw

_TALLEST, _WIDEST = 5_000, 50  # of a merged cell, in rows and columns


class Merge(NamedTuple):
    """Cells made one: its first and last row, its first and last column, both included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass
class Grid:
    """One sheet, table or paste. Rows bear the numbers a person sees (from 1), columns count from 0.

    Only cells that hold something are in `rows`; a merged cell stands at its top left alone. A date that is shown
    without its day is a `Day`, a number that is shown in a format of its own a `Number`. `fonts` names the font of
    those cells of text whose file tells it. `above` are the paragraphs before a table of Word, since the table before.
    `uncalculated` are the places of formulas without a value, which are no cells.
    """

    name: str
    rows: dict[int, dict[int, Raw]]
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    above: list[str] = field(default_factory=list)

    @cached_property
    def covering(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The top left of the merged cell that covers a place."""
        return {
            (row, column): (merge.top, merge.left)
            for merge in self.merges
            for row in range(merge.top, min(merge.bottom, merge.top + _TALLEST) + 1)
            for column in range(merge.left, min(merge.right, merge.left + _WIDEST) + 1)
        }
