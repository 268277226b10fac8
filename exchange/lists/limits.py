"""What is taken of one table: its cells that hold something, up to a number of rows and columns."""

from collections.abc import Iterable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..files.package import OverLimits, damaged
from ..files.values import Raw, Unreadable, is_empty
from .grid import Grid, Merge

MAX_GRIDS = 100
MAX_ROWS = 50_000  # with text
MAX_COLUMNS = 200  # what stands right of them is not looked at


def held(rows: Iterable[tuple[int, Mapping[int, Raw]]]) -> dict[int, dict[int, Raw]]:
    """The cells that hold something; raises OverLimits for too many rows of them."""
    kept = {}
    for number, cells in rows:
        if full := {column: raw for column, raw in cells.items() if column < MAX_COLUMNS and _says_something(raw)}:
            kept[number] = full
            if len(kept) > MAX_ROWS:
                text = _("A table has more than %(rows)s rows. Delete those that are no part of the list.")
                raise OverLimits(text % {"rows": number_format(MAX_ROWS, force_grouping=True)})
    return kept


def merge(grid: Grid, merges: Iterable[Merge]) -> None:
    """Merges cells: of those that hold something only the first at the top left stays, and the last row ends all."""
    last, steps = max(grid.rows, default=0), MAX_COLUMNS * len(grid.rows)
    for top, bottom, left, right in merges:
        bottom, right = min(bottom, last), min(right, MAX_COLUMNS - 1)
        if left not in grid.rows.get(top, ()) or (top, left) == (bottom, right):
            continue
        steps -= bottom - top + 1
        if steps < 0:
            raise damaged()  # so many can only overlap
        grid.merges.append(Merge(top, bottom, left, right))
        for number in range(top, bottom + 1):
            cells = grid.rows.get(number, {})
            for column in [c for c in cells if left <= c <= right and (number, c) != (top, left)]:
                del cells[column]
                grid.fonts.pop((number, column), None)
            if not cells:
                grid.rows.pop(number, None)


def _says_something(raw: Raw) -> bool:
    return not isinstance(raw, Unreadable) and not is_empty(raw)
