"""What an import takes but tells of: dates with a time of day or perhaps swapped, and what Excel hides."""

import datetime
import io
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses.models import CourseSession
from exchange.files.reading import WorkbookReader
from exchange.workbook import import_workbook
from exchange.workbook.marking import mark_errors
from personnel.models import Staff

from .workbooks import OFFICE, counts, imported, person, places, session, written

pytestmark = pytest.mark.django_db

quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def opening(*days) -> dict:
    """The sheets of an office with classes of one day, that open then."""
    rows = [session(f"L{n}", {"Ngày khai giảng": day, "Ngày bế giảng": "31/12/2012"}) for n, day in enumerate(days, 1)]
    return {**OFFICE, "Lớp": rows}


def read_again(sheets: dict, change) -> io.BytesIO:
    """A workbook file, after openpyxl changed something of it."""
    book, file = load_workbook(written(sheets)), io.BytesIO()
    change(book)
    book.save(file)
    return file


# --- a time of day


def test_a_date_with_a_time_of_day_is_the_day_that_excel_shows_and_a_warning():
    """As programs write it that count from 1970 in a zone of an odd offset: 48 seconds before the day that is meant."""
    report = imported(opening(datetime.datetime(2011, 12, 31, 23, 59, 12)))
    assert report.applied
    assert CourseSession.objects.get().start == date(2011, 12, 31)
    assert places(report.warnings) == [("Lớp", 2, "Ngày khai giảng", "31/12/2011 23:59:12")]
    assert report.warnings[0].message == (
        "Ô có cả giờ (23:59:12) bên cạnh ngày. Ngày được lấy là 31/12/2011. Nếu không đúng thì sửa lại."
    )


@pytest.mark.parametrize("text", ["05/03/2012 17:30", "2012-03-05T08:00:00Z", "2012-03-05 00:00:01.5"])
def test_a_time_of_day_in_text_is_a_warning_too(text):
    report = imported(opening(text))
    assert report.applied
    assert CourseSession.objects.get().start == date(2012, 3, 5)
    assert places(report.warnings) == [("Lớp", 2, "Ngày khai giảng", text)]


@pytest.mark.parametrize("day", [datetime.datetime(2012, 3, 5), "05/03/2012 00:00", "2012-03-05T00:00:00"])
def test_midnight_is_no_time_of_day(day):
    report = imported(opening(day))
    assert (report.applied, report.warnings) == (True, [])


def test_the_same_file_again_does_not_tell_of_times():
    imported(opening("05/03/2012 17:30"))
    report = imported(opening("05/03/2012 17:30"))
    assert (report.total("unchanged"), report.warnings) == (6, [])


@quick
@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 86_399_000))
def test_every_moment_is_read_as_its_own_day(day, milliseconds):
    moment = datetime.datetime.combine(day, datetime.time()) + timedelta(milliseconds=milliseconds)
    reader = WorkbookReader(written({"Lớp": [["Ngày"], [moment]]}))
    [_heading, (_number, cells)] = reader.rows("Lớp")
    assert isinstance(cells[0], datetime.datetime) == (milliseconds > 0)
    assert (cells[0].year, cells[0].month, cells[0].day) == (day.year, day.month, day.day)


def test_the_marked_file_keeps_the_time_of_day():
    moment, marked = datetime.datetime(2011, 12, 31, 23, 59, 12), io.BytesIO()
    file = written(opening(moment))
    mark_errors(file, marked, import_workbook(file).errors, {})
    assert moment in [cell.value for cell in load_workbook(marked)["Lớp"][2]]


# --- day and month swapped


def test_real_dates_of_twelve_days_beside_text_of_more_may_be_swapped():
    report = imported(opening(date(2012, 5, 1), "13/01/2012", date(2012, 12, 1), date(2012, 1, 12)))
    assert report.applied
    assert places(report.warnings) == [("Lớp", 2, "Ngày khai giảng", "01/05/2012")]
    assert report.warnings[0].message.endswith("Đối chiếu với bản gốc: 01/05/2012 có thể vốn là 05/01/2012.")


def test_the_warning_is_at_the_first_real_date_even_of_a_row_with_an_error():
    rows = opening("25/01/2012", date(2012, 12, 1), date(2012, 2, 3))
    rows["Lớp"][1]["Ngày bế giảng"] = "01/06/2012"
    report = imported(rows)
    assert places(report.errors) == [("Lớp", 3, "Ngày bế giảng", "01/06/2012")]
    assert places(report.warnings) == [("Lớp", 3, "Ngày khai giảng", "01/12/2012")]


def test_each_column_is_judged_by_itself():
    report = imported(opening("25/01/2012", date(2012, 2, 13)))
    assert not report.warnings
    people = [person("A", {"Ngày sinh": date(1975, 2, 1)}), person("B", {"Ngày sinh": "13/01/1975", "Họ và tên": "B"})]
    report = imported({"Cán bộ": people})
    assert places(report.warnings) == [("Cán bộ", 2, "Ngày sinh", "01/02/1975")]


def test_the_same_file_again_does_not_tell_of_swapped_days():
    days = date(2012, 5, 1), "13/01/2012"
    imported(opening(*days))
    report = imported(opening(*days))
    assert (report.total("unchanged"), report.warnings) == (len(days) + 5, [])


DAYS = st.dates(date(2012, 1, 1), date(2012, 12, 30))


@quick
@given(st.lists(DAYS, max_size=3), st.lists(DAYS, max_size=3))
def test_a_swap_is_told_exactly_where_it_may_have_happened(real, typed):
    report = imported(opening(*real, *(f"{day:%d/%m/%Y}" for day in typed)), dry_run=True)
    swapped = max((day.day for day in real), default=99) <= 12 < max((day.day for day in typed), default=0) and any(
        day.day != day.month for day in real
    )
    assert [warning.column for warning in report.warnings] == ["Ngày khai giảng"] * swapped


# --- what Excel hides


def test_hidden_rows_are_imported_and_told_of_once_a_sheet():
    def hide(book):
        for row in (3, 5, 9):  # the last one is empty
            book["Cán bộ"].row_dimensions[row].hidden = True

    report = import_workbook(
        read_again({"Cán bộ": [person(f"CB{n}", {"Họ và tên": f"An {name}"}) for n, name in enumerate("ABCDE")]}, hide)
    )
    assert Staff.objects.count() == 5
    assert places(report.warnings) == [("Cán bộ", 3, None, None)]
    assert report.warnings[0].message == (
        "Có 2 dòng bị ẩn chứa dữ liệu, kể từ dòng này, cũng được nhập. "
        "Hãy cho hiện các dòng đó trong Excel rồi xem lại."
    )


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_imported_and_told_of(state):
    def hide(book):
        book["Lượt"].sheet_state = state

    report = import_workbook(read_again(OFFICE, hide))
    assert counts(report, "Lượt") == (1, 1, 0, 0, 0)
    assert places(report.warnings) == [("Lượt", None, None, None)]
    assert report.warnings[0].message.startswith("Trang tính này đang bị ẩn, dữ liệu trong đó cũng được nhập.")


def test_hidden_rows_and_sheets_without_data_need_no_word():
    def hide(book):
        book["Cán bộ"].row_dimensions[1].hidden = True  # the headings
        book["Cán bộ"].row_dimensions[7].hidden = True
        book["Lớp"].sheet_state = "hidden"

    headings = ["Mã lớp", "Mã chương trình", "Tên lớp", "Ngày khai giảng", "Ngày bế giảng"]
    report = import_workbook(read_again({"Cán bộ": [person()], "Lớp": [headings]}, hide))
    assert (report.applied, report.warnings) == (True, [])
