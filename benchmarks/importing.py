"""Importing a workbook of enrollments, most of them new: ours against django-import-export."""

import tempfile
from pathlib import Path

from enrollments.workbook import import_workbook
from personnel.models import User

from .import_export_rival import import_with_rival
from .timing import Bench, Result, undone
from .workbook_file import write_workbook

_ROWS = {"XS": 50, "S": 1_000, "M": 20_000, "L": 20_000}


def run(bench: Bench) -> list[Result]:
    """The same file, checked and written with history by both."""
    bench.use()
    rows, user = _ROWS[bench.size], User.objects.get()
    with tempfile.TemporaryDirectory(prefix="vpcp-bench-") as folder:
        path = Path(folder) / "workbook.xlsx"
        write_workbook(path, rows)

        def ours():
            with undone():
                report = import_workbook(path, by=user)
                assert report.applied and report.total("created") + report.total("updated") == rows, report.errors[:3]

        def rival():
            with undone():
                totals = import_with_rival(path, user)
                assert totals["new"] + totals["update"] == rows, totals

        times = bench.compare(ours, rival)
    return [Result(f"workbook import, {rows:,} rows", "django-import-export, bulk, cached keys", *times, aim=30)]
