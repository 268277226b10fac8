"""Dates of the file that may not be what was meant: beside a time of day, or with day and month swapped by Excel."""

import datetime

from django.utils.translation import gettext_lazy as _

from ..files.values import as_text, unformatted
from .cells import time_of_day
from .kinds import Date
from .messages import Message
from .plan import Plan
from .rows import Cell, Row
from .schema import SHEETS, Column

MONTHS = 12


def warn_of_doubtful_dates(plan: Plan) -> None:
    """Looks at every column of dates; rows that change nothing are not told of."""
    for sheet in SHEETS:
        for column in sheet.columns:
            if isinstance(column.kind, Date):
                rows = plan.rows(sheet)
                cells = {row.cell(column.attribute) for row in rows}  # rows with the same date share its cell
                _warn_of_times(plan, rows, column, cells)
                _warn_of_swapped(plan, rows, column, cells)


def _warn_of_times(plan: Plan, rows: list[Row], column: Column, cells: set[Cell]) -> None:
    times = {cell: time for cell in cells if cell.value is not None and (time := time_of_day(cell.raw))}
    for row in rows if times else ():
        cell = row.cell(column.attribute)
        if cell in times and _is_news(row):
            text = _(
                "There is a time of day beside this date (%(time)s). It is taken as %(day)s. Correct it if not meant."
            )
            plan.warn(row, column.attribute, Message(text, {"time": times[cell], "day": as_text(cell.value)}))


def _warn_of_swapped(plan: Plan, rows: list[Row], column: Column, cells: set[Cell]) -> None:
    """An Excel set to American dates reads 05/01/2012 as the first of May, and leaves 13/01/2012 as text."""
    real = {cell: cell.raw for cell in cells if isinstance(cell.raw, datetime.date)}
    typed = {cell.value for cell in cells if isinstance(unformatted(cell.raw), str) and cell.value is not None}
    if any(day.day > MONTHS for day in real.values()) or not any(day.day > MONTHS for day in typed):
        return
    found = [row for row in rows if row.cell(column.attribute) in real]
    days = (real[row.cell(column.attribute)] for row in found)
    example = next((day for day in days if day.day != day.month), None)
    if example is not None and any(map(_is_news, found)):
        text = _(
            "Excel may have swapped day and month in this column: what it took for dates has no day over 12, what it "
            "left as text has. Compare with the original: %(day)s may have been %(other)s."
        )
        other = datetime.date(example.year, example.day, example.month)
        plan.warn(found[0], column.attribute, Message(text, {"day": f"{example:%d/%m/%Y}", "other": as_text(other)}))


def _is_news(row: Row) -> bool:
    """Whether the row would change anything, once it can be written."""
    return not row.is_good or row.record.is_new or bool(row.changes)
