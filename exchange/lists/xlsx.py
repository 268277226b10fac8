"""The sheets of an Excel workbook (.xlsx, .xlsm)."""

from collections.abc import Iterator

from ..files.package import Package
from ..files.reading import Looks, WorkbookReader
from ..files.values import Text
from .grid import Grid, Merge
from .limits import held, merge


def sheets(package: Package) -> Iterator[Grid]:
    """Every sheet, hidden or not."""
    reader = WorkbookReader(package)
    for name in reader.names:
        looks = Looks()
        grid = Grid(name, held(reader.rows(name, looks)), is_hidden=name in reader.hidden_sheets)
        grid.hidden_rows = reader.hidden_rows[name] & grid.rows.keys()
        grid.hidden_columns = looks.hidden_columns
        for number, cells in grid.rows.items():
            for column, raw in cells.items():
                place = number, column
                if isinstance(raw, (str, Text)) and place in looks.fonts:
                    grid.fonts[place] = looks.fonts[place]
        merge(grid, (Merge(*place) for place in looks.merges))
        yield grid
