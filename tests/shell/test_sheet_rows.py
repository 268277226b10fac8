"""Rows written in bulk are what openpyxl would have written cell by cell, to every reader."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import gettext_lazy

from exchange.files.reading import WorkbookReader
from exchange.files.values import Number
from vpcp_training.paper.excel import Column, PlainNumber, add_table, cell, new_workbook, start_sheet

VALUES = [
    "Nguyễn Thị Hòa",
    "A & B < C > D \"E\" 'F' _x0041_ _",
    " edge  blanks ",
    "two\nlines",
    "\x00\x0bcontrol",
    "😀 đ ₫",
    "=1+1",
    gettext_lazy("Staff"),
    2863,
    PlainNumber(2863),
    Decimal("5.65"),
    0.5,
    5,
    PlainNumber(5),
    Decimal(5),
    True,
    datetime.date(2012, 2, 29),
    datetime.date(1899, 12, 31),
    datetime.datetime(2012, 2, 29, 14, 30),
    None,
    "last",
]


def _saved(book) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    return file


def _seen(file) -> list:
    [row] = openpyxl.load_workbook(file).worksheets[0].iter_rows()
    return [(c.value, c.data_type, c.number_format, c.alignment.wrap_text) for c in row]


def test_every_kind_of_value_is_as_openpyxl_writes_it():
    fast, slow = new_workbook(), new_workbook()
    assert fast.add_rows(start_sheet(fast, "a", [], header_row=1), 1, [VALUES], cell) == 1
    sheet = start_sheet(slow, "a", [], header_row=1)
    sheet.append([cell(sheet, value) for value in VALUES])
    assert _seen(_saved(fast)) == _seen(_saved(slow))


def test_our_own_reader_finds_each_value_in_its_column():
    book = new_workbook()
    book.add_rows(start_sheet(book, "a", [], header_row=1), 3, [["a", None, "", 7, datetime.date(2012, 3, 5)]], cell)
    assert list(WorkbookReader(_saved(book)).rows("a")) == [
        (3, {0: "a", 3: Number(7, "#,##0"), 4: datetime.date(2012, 3, 5)})
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_each_sheet_gets_its_own_rows(count):
    book = new_workbook()
    numbers = {name: [[name, number] for number in range(count)] for name in ("a", "b")}
    for name, rows in numbers.items():
        assert add_table(book, name, [Column("Tên"), Column("Số")], [name], rows) == count
    book.create_sheet("c").append(["c"])
    read = openpyxl.load_workbook(_saved(book))
    for name, rows in numbers.items():
        assert [list(row) for row in read[name].iter_rows(min_row=4, values_only=True)] == rows
    assert read["c"]["A1"].value == "c"
