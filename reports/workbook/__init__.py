"""The yearly report as an Excel file: totals with a chart, field × unit, and the rows that make the figures."""

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from reports.yearly import YearlyReport

from .matrix import add_matrix
from .rows import add_rows
from .summary import add_summary


def build_workbook(report: YearlyReport) -> Workbook:
    """The workbook, written row by row so that the number of rows does not matter. Figures are values."""
    book = Workbook(write_only=True)
    add_summary(book, report)
    add_matrix(book, report)
    add_rows(book, report)
    return book


def write_workbook(report: YearlyReport, path: Path) -> None:
    """Writes the workbook to a file."""
    file = BytesIO()  # whole before the disk can refuse: half a workbook complains on standard error
    build_workbook(report).save(file)
    path.write_bytes(file.getvalue())


__all__ = ["build_workbook", "write_workbook"]
