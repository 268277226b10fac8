"""The yearly report as an Excel file."""

import datetime
from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from courses.models import CourseSession
from enrollments.models import Enrollment
from personnel.models import Staff
from reports.workbook import build_workbook
from reports.yearly import yearly_report
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return UnitBuilder(code="VP", name="Văn phòng Chính phủ")


@pytest.fixture
def bureau(office):
    return UnitBuilder(code="QT", name="Cục Quản trị", parent=office)


@pytest.fixture
def rows(bureau):
    """Two of 2012 and one of 2011."""
    staff = StaffBuilder(code="CB1", full_name="Lê Ngọc An", posting__unit=bureau)
    session = SessionBuilder(code="2012-A", name="Lớp A", start=date(2012, 3, 5), end=date(2012, 3, 9))
    EnrollmentBuilder(staff=staff, session=session, decision_number="12/QĐ-VPCP", decision_date=date(2012, 3, 1))
    EnrollmentBuilder(staff=staff, session=SessionBuilder(start=date(2012, 9, 3)))
    EnrollmentBuilder(staff=staff, session=SessionBuilder(start=date(2011, 9, 5)))


def opened(report):
    file = BytesIO()
    build_workbook(report).save(file)
    return load_workbook(file)


def cells(sheet) -> list:
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def row_of(sheet, label) -> list:
    """The values of the row whose second cell is `label`."""
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[1].value == label)


class TestFirstSheet:
    def test_opens_with_the_header_of_the_office(self, rows):
        sheet = opened(yearly_report(2012)).worksheets[0]
        assert sheet["A1"].value == "VĂN PHÒNG CHÍNH PHỦ"
        assert sheet["C1"].value == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        assert sheet["C2"].value == "Độc lập - Tự do - Hạnh phúc"
        assert sheet["A1"].font.bold
        assert sheet["A1"].font.name == "Times New Roman"

    def test_names_the_unit_below_the_office(self, rows, bureau):
        sheet = opened(yearly_report(2012, unit=bureau)).worksheets[0]
        assert (sheet["A1"].value, sheet["A2"].value) == ("VĂN PHÒNG CHÍNH PHỦ", "CỤC QUẢN TRỊ")

    def test_the_date_is_written_as_the_decree_has_it(self, rows, monkeypatch):
        monkeypatch.setattr(timezone, "localdate", lambda: date(2013, 1, 5))
        sheet = opened(yearly_report(2012)).worksheets[0]
        assert sheet["C4"].value == "Hà Nội, ngày 05 tháng 01 năm 2013"

    def test_says_the_year_in_one_sentence(self, rows):
        texts = [cell.value for cell in cells(opened(yearly_report(2012)).worksheets[0])]
        assert "Năm 2012: 2 lượt, tăng 1 lượt (+100,00\u00a0%) so với năm 2011." in texts
        assert "Kết quả đào tạo, bồi dưỡng cán bộ, công chức năm 2012" in texts

    def test_figures_are_numbers_grouped_when_shown(self, rows):
        sheet = opened(yearly_report(2012)).worksheets[0]
        assert row_of(sheet, "Lượt")[2:6] == [2, 1, 1, 1]
        assert row_of(sheet, "Cục Quản trị")[2:7] == [2, 1, 1, 1, 1]
        line = next(row for row in sheet.iter_rows() if row[1].value == "Lượt")
        assert line[2].number_format == "#,##0"
        assert line[5].number_format.startswith('+0.00"\u00a0"%')

    def test_without_a_year_before_it_says_so(self, rows):
        sheet = opened(yearly_report(2011)).worksheets[0]
        assert row_of(sheet, "Lượt")[2:6] == [1, "–", "–", "–"]

    def test_has_a_native_chart_of_the_table_by_field(self, rows):
        sheet = opened(yearly_report(2012)).worksheets[0]
        (chart,) = sheet._charts
        first = next(row[1].row for row in sheet.iter_rows() if row[1].value == "Lý luận chính trị")
        references = [(series.cat.strRef or series.cat.numRef).f for series in chart.series]
        assert references == [f"'Tổng hợp'!$B${first}:$B${first + 7}"] * 2
        assert [series.val.numRef.f for series in chart.series] == [
            f"'Tổng hợp'!$C${first}:$C${first + 7}",
            f"'Tổng hợp'!$D${first}:$D${first + 7}",
        ]


class TestUnitsByFields:
    def test_rows_and_columns_add_up(self, rows):
        sheet = opened(yearly_report(2012)).worksheets[1]
        *lines, total = [
            [cell.value for cell in row] for row in sheet.iter_rows(min_row=4) if isinstance(row[-1].value, int)
        ]
        assert [sum(line[2:-1]) for line in lines] == [line[-1] for line in lines]
        assert [sum(column) for column in list(zip(*lines, strict=True))[2:]] == total[2:]
        assert total[-1] == 2


class TestRows:
    def test_as_many_as_the_report_counts_with_dates_as_dates(self, rows):
        sheet = opened(yearly_report(2012)).worksheets[2]
        head, first, second = list(sheet.iter_rows(min_row=4))
        values = dict(zip([cell.value for cell in head], [cell.value for cell in first], strict=True))
        assert values["STT"] == 1
        assert values["Mã cán bộ"] == "CB1"
        assert values["Họ và tên"] == "Lê Ngọc An"
        assert values["Đơn vị"] == "Cục Quản trị"
        assert values["Ngày khai giảng"] == datetime.datetime(2012, 3, 5)
        assert values["Ngày bế giảng"] == datetime.datetime(2012, 3, 9)
        assert values["Mã lớp"] == "2012-A"
        assert values["Số quyết định"] == "12/QĐ-VPCP"
        assert values["Trạng thái"] == "Hoàn thành"
        assert second[0].value == 2
        assert next(cell for cell in first if cell.is_date).number_format == "DD/MM/YYYY"

    def test_people_come_in_the_order_of_units_then_of_vietnamese_names(self, office, bureau):
        for name, unit in (("Lê Văn Đức", bureau), ("Trần Văn Dũng", bureau), ("Ngô Văn Ân", office)):
            EnrollmentBuilder(staff=StaffBuilder(full_name=name, posting__unit=unit))
        sheet = opened(yearly_report(2012)).worksheets[2]
        names = [row[2].value for row in sheet.iter_rows(min_row=5)]
        assert names == ["Ngô Văn Ân", "Trần Văn Dũng", "Lê Văn Đức"]

    def test_no_text_becomes_a_formula(self, bureau):
        staff = StaffBuilder(full_name='=HYPERLINK("http://x","y")', posting__unit=bureau)
        EnrollmentBuilder(staff=staff, result="=1+1", decision_number="+1", certificate_number="@SUM(1)")
        UnitBuilder(code="XX", name="=2+2", parent=bureau.parent)
        book = opened(yearly_report(2012))
        everything = [cell for sheet in book.worksheets for cell in cells(sheet)]
        assert {cell.data_type for cell in everything} <= {"n", "s", "d"}
        assert sum(str(cell.value).startswith("=") for cell in everything) == 4

    def test_leaves_out_the_ethnic_minority_mark(self, bureau):
        EnrollmentBuilder(staff=StaffBuilder(is_ethnic_minority=True, posting__unit=bureau))
        head = [cell.value for cell in opened(yearly_report(2012)).worksheets[2][4]]
        assert not [label for label in head if "thiểu số" in label.lower()]

    def test_take_no_more_queries_with_more_rows(self, rows, bureau, django_assert_num_queries):
        report = yearly_report(2012)
        with django_assert_num_queries(6):
            opened(report)
        EnrollmentBuilder.create_batch(30, session=CourseSession.objects.get(code="2012-A"))
        report = yearly_report(2012)
        with django_assert_num_queries(6):
            opened(report)
        assert Staff.objects.count() == 31


def test_every_sheet_prints_on_a4_with_page_numbers_and_the_rule(rows):
    for sheet in opened(yearly_report(2012)).worksheets:
        assert int(sheet.page_setup.paperSize) == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.center.text == "&P/&N"
        assert any(str(cell.value).startswith("Một lượt là một người được cử đi học một lớp") for cell in cells(sheet))


def test_tables_longer_than_a_page_repeat_their_head(rows):
    _summary, matrix, listing = opened(yearly_report(2012)).worksheets
    assert (matrix.print_title_rows, listing.print_title_rows) == ("$3:$3", "$4:$4")
    assert (matrix.freeze_panes, listing.freeze_panes) == ("C4", "D5")


def test_a_row_whose_year_was_spoilt_by_hand_is_still_written(rows):
    Enrollment.objects.filter(year=2012).update(year=2011)
    lines = [row[1].value for row in opened(yearly_report(2011)).worksheets[-1].iter_rows()]
    assert lines.count("CB1") == 3
