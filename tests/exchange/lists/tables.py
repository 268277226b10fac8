"""Lists written as text, for tests of how they are read: a line a row, `|` between cells."""

from datetime import date

from exchange.lists.grid import Grid
from exchange.lists.known import Known
from exchange.lists.reading import Table, read_table
from vpcp_training.text import fold

DAY = date(2012, 3, 5)
UNITS = ("Vụ Tổng hợp", "Vụ Tổ chức cán bộ", "Cục Quản trị")
KNOWN = Known(lambda text: fold(text) in map(fold, UNITS), lambda text: text.upper().startswith("CB0"))


def grid(text: str, **kwargs) -> Grid:
    """The grid of a text; its first line is row 1, empty cells are none."""
    rows = {}
    for number, line in enumerate(text.strip("\n").split("\n"), 1):
        cells = {column: cell.strip(" ") for column, cell in enumerate(line.split("|")) if cell.strip(" ")}
        if cells:
            rows[number] = cells
    return Grid("", rows, **kwargs)


def read(text: str, day: date = DAY, **kwargs) -> Table | None:
    """The list in a text."""
    return read_table(grid(text, **kwargs), day, KNOWN)


def said(table: Table, *names: str) -> list[tuple]:
    """What the lines of a list say of these."""
    return [tuple(getattr(line, name) for name in names) for line in table.lines]


def kinds(table: Table) -> dict[int, str]:
    """What the rows are that hold no person."""
    return {number: kind.value for number, kind in table.left_out}
