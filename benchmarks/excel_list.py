"""The Excel file of a list against libraries fed with the same rows: the writing alone, and the whole download."""

import io
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from xlsxwriter import Workbook as XlsxWriter

from courses.models import Field
from enrollments.models import Enrollment
from enrollments.tables import EnrollmentTable
from vpcp_training.paper.excel import add_table, new_workbook, workbook_response

from .browser import Browser, without_collected_files
from .scales import LAST_YEAR
from .timing import Bench, Result

_RIVAL = "openpyxl, a styled cell at a time"


def run(bench: Bench) -> Iterator[Result]:
    """The enrollments of one year; in a large office, of one field."""
    bench.use()
    browser, filters = Browser(), {"year": LAST_YEAR}
    if bench.scale.people > 10_000:
        filters["field"] = Field.objects.earliest("pk").code
    address = f"{reverse('enrollments:enrollment_list')}?{urlencode(filters)}&export=xlsx"
    table = _table(filters)
    columns, rows = table.excel_columns(), list(table.excel_rows())

    def write():
        book = new_workbook()
        add_table(book, "Cử đi học", columns, ["Cử đi học"], rows)
        workbook_response(book, "list.xlsx").close()

    def download():
        response = browser.get(address)
        assert response.streaming and sum(map(len, response.streaming_content)) > len(rows)

    def download_by_rival():
        table = _table(filters)
        _write_plainly([column.label for column in table.excel_columns()], table.excel_rows())

    headings = [column.label for column in columns]
    name = f"Excel file, {len(rows):,} rows × {len(columns)}, writing"
    for library, by_rival, aim in (
        (_RIVAL, _write_plainly, 5),
        ("openpyxl write-only, no styles", _write_only, 8),
        ("xlsxwriter in constant memory, no styles", _write_constantly, 5),
    ):
        yield Result(name, library, bench.compare(write, partial(by_rival, headings, rows)), aim)
    with without_collected_files:
        yield Result("Excel file, the whole download", _RIVAL, bench.compare(download, download_by_rival), aim=2)


def _table(filters: dict) -> EnrollmentTable:
    """The list's own table, with the rows of the address."""
    related = ("staff", "session", "field", "unit", "position")
    rows = Enrollment.objects.of_year(filters["year"]).select_related(*related)
    table = EnrollmentTable(rows.filter(field__code=filters["field"]) if "field" in filters else rows)
    table.sort_by("")
    return table


def _write_plainly(headings: list[str], rows: Iterable[list]) -> None:
    """As a tutorial has it: a workbook in memory, each cell with its style."""
    book = Workbook()
    sheet = book.active
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for column, heading in enumerate(headings, start=1):
        sheet.cell(1, column, heading).font = bold
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, str(value) if isinstance(value, Promise) else value)
            if isinstance(value, date):
                cell.number_format = "DD/MM/YYYY"
            else:
                cell.alignment = wrapped
    book.save(io.BytesIO())


def _write_only(headings: list[str], rows: Iterable[list]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(headings)
    for row in rows:
        sheet.append(_plain(row))
    book.save(io.BytesIO())


def _write_constantly(headings: list[str], rows: Iterable[list]) -> None:
    book = XlsxWriter(io.BytesIO(), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, _plain(row))
    book.close()


def _plain(row: list) -> list:
    return [str(value) if isinstance(value, Promise) else value for value in row]
