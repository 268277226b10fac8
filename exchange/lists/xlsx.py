"""The sheets of an Excel workbook (.xlsx, .xlsm)."""

import datetime
from collections.abc import Iterator

from ..files.number_formats import parts_of_date
from ..files.package import Package
from ..files.reading import Looks, WorkbookReader
from ..files.values import Day, Raw, Text
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
                if isinstance(raw, datetime.date):
                    cells[column] = as_day(raw, looks.date_formats.get(place, ""))
                elif isinstance(raw, (str, Text)) and place in looks.fonts:
                    grid.fonts[place] = looks.fonts[place]
        merge(grid, (Merge(*place) for place in looks.merges))
        yield grid


def as_day(day: datetime.date, code: str) -> Raw:
    """A day, with its format where that does not show the day of the month."""
    parts = parts_of_date(code)
    return Day(day, code) if "y" in parts and "d" not in parts else day
