"""Excel takes each value as what it is; text never becomes a formula."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest

from vpcp_training.paper.excel import Column, PlainNumber, add_table, new_workbook, workbook_response


@pytest.fixture
def written():
    """Writes one column of values and reads the sheet back."""

    def write(*values):
        book = new_workbook()
        add_table(book, "Bảng", [Column("Giá trị", 20)], ["Tiêu đề"], ([value] for value in values))
        response = workbook_response(book, "báo cáo.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[0]
        return sheet, [sheet.cell(row, 1) for row in range(4, 4 + len(values))]

    return write


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_text_is_never_a_formula(written, text):
    _sheet, [cell] = written(text)
    assert cell.data_type == "s"
    assert cell.value == text


def test_control_characters_are_left_out(written):
    _sheet, [cell] = written("Lê\x00 Ngọc\x0b An")
    assert cell.value == "Lê Ngọc An"


def test_dates_are_dates_and_counts_are_numbers(written):
    day, moment = datetime.date(2012, 3, 5), datetime.datetime(2012, 3, 5, 14, 30)
    _sheet, cells = written(day, 2863, Decimal("5.65"), PlainNumber(2012), moment, None)
    assert [cell.number_format for cell in cells[:5]] == ["DD/MM/YYYY", "#,##0", "#,##0.00", "0", "DD/MM/YYYY HH:MM"]
    assert [cell.data_type for cell in cells[:5]] == ["d", "n", "n", "n", "d"]
    assert cells[1].value == 2863


def test_a_day_before_excel_s_calendar_is_text(written):
    _sheet, [cell] = written(datetime.date(1899, 12, 31))
    assert cell.value == "31/12/1899"


def test_a_table_prints_on_a4_with_its_head_on_each_page_and_can_be_filtered(written):
    sheet, _cells = written("một", "hai")
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.auto_filter.ref == "A3:A5"
    assert (sheet.page_setup.paperSize, sheet.oddFooter.center.text) == (9, "&P/&N")


@pytest.mark.parametrize(
    ("widths", "orientation", "fits"),
    [([20, 60], "portrait", True), ([20, 80], "portrait", True), ([20, 81], "landscape", True)]
    + [([20, 177], "landscape", True), ([20, 178], "landscape", False), ([32] * 17, "landscape", False)],
)
def test_a_table_is_printed_in_a_size_that_can_be_read(widths, orientation, fits):
    book = new_workbook()
    add_table(book, "Bảng", [Column(f"Cột {width}", width) for width in widths], ["Tiêu đề"], [])
    file = io.BytesIO()
    book.save(file)
    sheet = openpyxl.load_workbook(file).active
    assert (sheet.page_setup.orientation, bool(sheet.sheet_properties.pageSetUpPr.fitToPage)) == (orientation, fits)
    if fits:
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    else:  # 75 % of 11 points; each sheet of paper begins with the number and what the row is about
        assert (sheet.page_setup.scale, sheet.page_setup.pageOrder) == (75, "overThenDown")
        assert sheet.print_title_cols == "$A:$B"


def test_the_file_name_may_be_vietnamese():
    response = workbook_response(new_workbook_with_a_sheet(), "báo cáo.xlsx")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''b%C3%A1o%20c%C3%A1o.xlsx"


def new_workbook_with_a_sheet():
    book = new_workbook()
    book.create_sheet("a")
    return book
