"""The sheets of an Excel workbook (.xlsx, .xlsm)."""

from collections.abc import Iterable, Iterator

from ..files.package import Package
from ..files.reading import Looks, WorkbookReader
from ..files.values import Raw, Text, Unreadable
from .grid import Grid, Merge
from .limits import held, merge


def sheets(package: Package) -> Iterator[Grid]:
    """Every sheet, hidden or not."""
    reader = WorkbookReader(package)
    for name in reader.names:
        looks = Looks()
        grid = Grid(name, {}, is_hidden=name in reader.hidden_sheets)
        grid.rows = held(_noting_uncalculated(reader.rows(name, looks), grid))
        grid.hidden_rows = reader.hidden_rows[name] & grid.rows.keys()
        grid.hidden_columns = looks.hidden_columns
        for number, cells in grid.rows.items():
            for column, raw in cells.items():
                place = number, column
                if isinstance(raw, (str, Text)) and place in looks.fonts:
                    grid.fonts[place] = looks.fonts[place]
        merge(grid, (Merge(*place) for place in looks.merges))
        yield grid


def _noting_uncalculated(
    rows: Iterable[tuple[int, dict[int, Raw]]], grid: Grid
) -> Iterator[tuple[int, dict[int, Raw]]]:
    for number, cells in rows:
        for column, raw in cells.items():
            if isinstance(raw, Unreadable) and raw.text.startswith("="):
                grid.uncalculated.add((number, column))
        yield number, cells
