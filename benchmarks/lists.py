"""Lists of people as offices send them: 500 lines among 100,000 people, and reading a file with all that it shows."""

import io
from collections.abc import Iterator
from datetime import date

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from exchange.lists.files import read_grids, read_pasted
from exchange.lists.known import Known
from exchange.lists.matched import match_lists
from exchange.lists.reading import read_table
from personnel.models import Staff
from vpcp_training.text import alike_column

from .scales import CROWD, LAST_YEAR
from .timing import Bench, Result

_LINES = {"XS": 20}
_ROWS = {"XS": 50}
_DAY = date(LAST_YEAR, 3, 5)


def run(bench: Bench) -> Iterator[Result]:
    """Whom a pasted list means, against a query a line; what a workbook says, against a full load of it."""
    yield from _matching(bench)
    yield _reading(bench)


def _matching(bench: Bench) -> Iterator[Result]:
    scale = CROWD if bench.size == "S" else bench.scale
    bench.use(scale)
    count = _LINES.get(bench.size, 500)
    people = list(Staff.objects.order_by("pk")[: scale.people : scale.people // count][:count])
    lines = [f"{number}\t{staff.full_name}\t{staff.birth_date:%d/%m/%Y}" for number, staff in enumerate(people, 1)]
    pasted = "\n".join(["STT\tHọ và tên\tNgày sinh", *lines])

    def ours():
        (found,) = match_lists(read_pasted(pasted), _DAY)
        assert len(found.rows) == count
        for staff, row in zip(people, found.rows, strict=True):
            assert staff.pk in {person.pk for person in row.match.candidates}

    def scanning():
        for staff in people:
            assert staff in _serving(full_name=staff.full_name, birth_date=staff.birth_date)

    def by_index():
        for staff in people:
            assert staff in _serving(alike=alike_column(staff.full_name), birth_date=staff.birth_date)

    name = f"list of {count:,} lines among {scale.people:,} people"
    yield Result(name, "a query a line, by name and birth", bench.compare(ours, scanning), aim=20)
    yield Result(name, "a query a line, by the index of our names", bench.compare(ours, by_index), aim=1)


def _serving(**named) -> list[Staff]:
    return list(Staff.objects.posted(_DAY).filter(post__isnull=False, **named))


def _reading(bench: Bench) -> Result:
    rows = _ROWS.get(bench.size, 5_000)
    content, nobody = _workbook(rows), Known(lambda text: False, lambda text: False)

    def ours():
        (grid,) = read_grids(io.BytesIO(content))
        assert grid.fonts and grid.merges and grid.hidden_rows
        table = read_table(grid, _DAY, nobody)
        assert table and len(table.lines) == rows and table.lines[-1].name == "Nguyễn Văn An"

    def rival():
        page = load_workbook(io.BytesIO(content)).active
        assert page.max_row == rows + 1

    return Result(f"list read from a workbook, {rows:,} rows", "openpyxl, full load", bench.compare(ours, rival), aim=1)


def _workbook(rows: int) -> bytes:
    """A list with an old font, units merged over five rows each, and every tenth row hidden."""
    book, old = Workbook(), Font(name=".VnTime")
    page = book.active
    page.append(["STT", "Hä vµ tªn", "Ngµy sinh", "Chøc vô", "§¬n vÞ", "Ghi chó"])
    for number in range(1, rows + 1):
        page.append([number, "NguyÔn V¨n An", date(1975, 3, 5), "Chuyªn viªn", "Vô Tæng hîp", None])
        for cell in page[number + 1]:
            cell.font = old
        page.row_dimensions[number + 1].hidden = number % 10 == 0
    for number in range(2, rows, 5):
        page.merge_cells(start_row=number, end_row=number + 4, start_column=5, end_column=5)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
