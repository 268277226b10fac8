"""Importing a workbook of enrollments, most of them new: ours against django-import-export."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from exchange.workbook import import_workbook
from personnel.models import User

from .import_export_rival import import_with_rival
from .timing import Bench, Result, undone
from .workbook_file import write_workbook

# By size: how many rows, and how many for the rival that validates, which takes several times as long.
_ROWS = {"XS": (50, 50), "S": (500, 200), "M": (20_000, 2_000), "L": (20_000, 2_000)}


def run(bench: Bench) -> Iterator[Result]:
    """The same file, checked and written with history by both."""
    bench.use()
    rows, fewer = _ROWS[bench.size]
    library = "django-import-export, bulk, all read once"
    yield _import(bench, rows, library, 15, validating=False)
    yield _import(bench, fewer, f"{library}, model validation", 30, validating=True)
    yield _check_wrong(bench, rows)


def _check_wrong(bench: Bench, rows: int) -> Result:
    """Five errors in every row cost no more than the rows that are good."""
    with tempfile.TemporaryDirectory(prefix="vpcp-bench-") as folder:
        wrong, good = Path(folder) / "wrong.xlsx", Path(folder) / "good.xlsx"
        write_workbook(wrong, rows, wrong=True)
        write_workbook(good, rows)

        def ours():
            report = import_workbook(wrong, dry_run=True)
            assert report.number_of_errors == 5 * rows, report.errors[:3]

        def rival():
            assert not import_workbook(good, dry_run=True).errors

        return Result(f"wrong rows checked, {rows:,} rows", "good rows checked", bench.compare(ours, rival), aim=1)


def _import(bench: Bench, rows: int, library: str, aim: float, *, validating: bool) -> Result:
    user = User.objects.get()
    with tempfile.TemporaryDirectory(prefix="vpcp-bench-") as folder:
        path = Path(folder) / "workbook.xlsx"
        write_workbook(path, rows)

        def ours():
            with undone():
                report = import_workbook(path, by=user)
                assert report.applied and report.total("created") + report.total("updated") == rows, report.errors[:3]

        def rival():
            with undone():
                totals = import_with_rival(path, user, validating=validating)
                assert totals["new"] + totals["update"] == rows, totals

        return Result(f"workbook import, {rows:,} rows", library, bench.compare(ours, rival), aim)
