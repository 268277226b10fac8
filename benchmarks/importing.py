"""Importing a workbook of enrollments, most of them new: ours against django-import-export."""

import tempfile
from pathlib import Path

from enrollments.workbook import import_workbook
from personnel.models import User

from .import_export_rival import import_with_rival
from .timing import Bench, Result, undone
from .workbook_file import write_workbook

# By size: how many rows, and how many for the rival that validates, which takes several times as long.
_ROWS = {"XS": (50, 50), "S": (500, 200), "M": (20_000, 2_000), "L": (20_000, 2_000)}


def run(bench: Bench) -> list[Result]:
    """The same file, checked and written with history by both."""
    bench.use()
    rows, fewer = _ROWS[bench.size]
    library = "django-import-export, bulk, cached keys"
    return [
        _import(bench, rows, library, validating=False),
        _import(bench, fewer, f"{library}, model validation", validating=True),
    ]


def _import(bench: Bench, rows: int, library: str, *, validating: bool) -> Result:
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

        return Result(f"workbook import, {rows:,} rows", library, *bench.compare(ours, rival), aim=30)
