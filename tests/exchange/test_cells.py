"""Single cells of the exchange workbook: dates, counts, codes and text in all the ways people write them."""

import unicodedata
from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from exchange.files.values import Day, Number, Unreadable, as_text, is_empty
from exchange.workbook.cells import (
    CellError,
    parse_birth,
    parse_code,
    parse_count,
    parse_date,
    parse_line,
)
from vpcp_training.partial_dates import PartialDate
from vpcp_training.text import clean_text

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["03/04/2012", "3/4/2012", "3/4/12", "03-04-2012", "3.4.2012", "03042012", "2012-04-03", " 03 / 04 / 2012 "]
    + ["3 4 2012", "03/04/2012 00:00", "2012-04-03T00:00:00", "2012-04-03 08:30:15.5", "\u00a003/04/2012\u200b"],
)
def test_dates_are_read_with_the_day_first(text):
    assert parse_date(text) == date(2012, 4, 3)


def test_a_date_that_excel_took_for_a_number_is_read_by_its_digits():
    assert parse_date(3042012) == parse_date(3042012.0) == date(2012, 4, 3)
    assert parse_date(13042012) == date(2012, 4, 13)


@pytest.mark.parametrize("raw", [1975, 40772, 40772.5, "1975", "03/2012", "từ 05-10/3/2012", "nt", "x", "3/4", 0.5, -1])
def test_what_is_not_a_whole_date_is_never_guessed(raw):
    with pytest.raises(CellError, match="không phải ngày"):
        parse_date(raw)


@pytest.mark.parametrize("text", ["31/02/2012", "29/02/2011", "2012-13-01", "00/01/2012", "32012012", "29/2/00 "])
def test_days_that_do_not_exist_say_so(text):
    if text == "29/2/00 ":
        assert parse_date(text) == date(2000, 2, 29)
        return
    with pytest.raises(CellError, match=r"Ngày .* không có\. Nhập dạng 03/04/2012\."):
        parse_date(text)


@pytest.mark.parametrize("raw", ["01/01/0001", "31/12/9999", "31/12/1899", "01/01/3000", date(9999, 12, 31)])
def test_years_out_of_range_are_refused(raw):
    with pytest.raises(CellError, match=r"phải từ 1900 đến 2999\. Nếu chưa có ngày thì để trống\."):
        parse_date(raw)


def test_two_digits_of_a_year_mean_the_nearest_century():
    assert [parse_date(f"5/3/{year}").year for year in ("00", "12", "68", "69", "75", "99")] == [
        *(2000, 2012, 2068),
        *(1969, 1975, 1999),
    ]


@given(DAYS)
def test_every_day_is_read_back_from_every_form(day):
    forms = ["{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "{0.day}/{0.month}/{0.year}", "{0.day}.{0.month}.{0.year}", "{0:%d%m%Y}"]
    assert {parse_date(form.format(day)) for form in forms} == {parse_date(day)} == {day}


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_birth_date_is_never_in_the_future(day):
    today = timezone.localdate()
    read = parse_birth(f"{day:%d/%m/%y}")
    assert read <= today and (read.day, read.month, read.year % 100) == (day.day, day.month, day.year % 100)
    if day > today:
        with pytest.raises(CellError):
            parse_birth(f"{day:%d/%m/%Y}")
    else:
        assert parse_birth(f"{day:%d/%m/%Y}") == day


@pytest.mark.parametrize(
    ("raw", "known"),
    [
        (1975, "1975"),
        (1975.0, "1975"),
        ("1975", "1975"),
        (Number(1975, "0"), "1975"),
        ("03/1975", "1975-03"),
        (" 3 . 1975 ", "1975-03"),
        ("3-1975", "1975-03"),
        (Day(date(1975, 3, 5), "mm/yyyy"), "1975-03"),
        (Day(date(1975, 3, 5), "yyyy"), "1975"),
        (date(1975, 3, 5), "1975-03-05"),
        ("05/03/1975", "1975-03-05"),
        ("1975-03-05", "1975-03-05"),
        (5031975, "1975-03-05"),
    ],
)
def test_a_birth_is_a_day_a_month_or_a_year(raw, known):
    assert parse_birth(raw) == PartialDate.from_text(known)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("13/1975", "Ngày 13/1975 không có. Nhập dạng 03/04/2012."),
        ("00/1975", "Ngày 00/1975 không có. Nhập dạng 03/04/2012."),
        (40772, "“40772” không phải ngày. Nhập dạng 03/04/2012."),
        (1975.5, "“1975,5” không phải ngày. Nhập dạng 03/04/2012."),
        (75, "“75” không phải ngày. Nhập dạng 03/04/2012."),
        ("khoảng 1975", "“khoảng 1975” không phải ngày. Nhập dạng 03/04/2012."),
        ("12/2998", "Ngày sinh không thể sau hôm nay."),
        (2998, "Ngày sinh không thể sau hôm nay."),
    ],
)
def test_what_is_no_birth_is_told(raw, told):
    with pytest.raises(CellError) as refused:
        parse_birth(raw)
    assert str(refused.value.message) == told


@given(st.dates(date(1900, 1, 1), timezone.localdate()), st.integers(1, 3))
def test_every_birth_is_read_back_as_it_is_written(day, parts):
    born = PartialDate(*(day.year, day.month, day.day)[:parts])
    assert parse_birth(born.shown) == parse_birth(born if parts == 3 else born.shown) == born


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (40, 40),
        (40.0, 40),
        ("40", 40),
        (" 2.863 ", 2863),
        ("24.500.000", 24500000),
        ("2 863", 2863),
        ("2\u00a0863", 2863),
    ]
    + [("40,0", 40), ("40.0", 40), (0, 0), ("1.000", 1000), ("007", 7)],
)
def test_counts_are_whole_numbers_grouped_or_not(raw, count):
    assert parse_count(raw, 10**9) == count


@pytest.mark.parametrize(
    "raw", [2.863, "2,863", "40,5", "0.123", "bốn", "TRUE", "4e3", "-4", float("nan"), float("inf")]
)
def test_what_is_not_a_whole_number_is_refused(raw):
    with pytest.raises(CellError):
        parse_count(raw, 10**9)


@pytest.mark.parametrize("raw", [-1, 10**9 + 1, 1e300, "9" * 40])
def test_counts_out_of_range_are_refused(raw):
    with pytest.raises(CellError):
        parse_count(raw, 10**9)


@given(st.integers(0, 10**9))
def test_every_count_is_read_back_grouped_and_as_a_float(count):
    grouped = f"{count:,}".replace(",", ".")
    assert {parse_count(raw, 10**9) for raw in (count, float(count), str(count), grouped)} == {count}


@pytest.mark.parametrize(
    ("raw", "code"), [(123, "123"), (123.0, "123"), (1.003, "1.003"), (" QT ", "QT"), ("Đ/1-a_b.c", "Đ/1-a_b.c")]
)
def test_codes_are_taken_as_excel_shows_them(raw, code):
    assert parse_code(raw, 50) == code


@pytest.mark.parametrize("raw", ["Q T", "Q;T", "=1+1", "'QT", "<b>", date(2012, 4, 3), "Q" * 51, 1e30])
def test_codes_with_other_characters_are_refused(raw):
    with pytest.raises(CellError):
        parse_code(raw, 50)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10))
def test_the_unicode_form_of_a_code_does_not_matter(text):
    if unicodedata.normalize("NFC", text) == unicodedata.normalize("NFC", unicodedata.normalize("NFD", text)):
        try:
            code = parse_code(text, 50)
        except CellError:
            return
        assert parse_code(unicodedata.normalize("NFD", text), 50) == code


@given(st.text(max_size=60))
def test_any_text_is_one_clean_line_or_an_error(text):
    assert is_empty(text) == (clean_text(text) == "")
    assert parse_line(text, 200) == clean_text(text)


NUMBERS = st.one_of(st.integers(), st.integers(-(10**400), 10**400), st.floats())


@given(st.one_of(st.text(), NUMBERS, st.dates(), st.builds(Unreadable, st.text())))
def test_whatever_a_cell_holds_the_answer_is_a_value_or_an_error(raw):
    assert isinstance(as_text(raw), str)
    for parse in (parse_date, parse_birth, lambda raw: parse_count(raw, 10**9), lambda raw: parse_code(raw, 50)):
        try:
            parse(raw)
        except CellError as error:
            assert str(error)


@pytest.mark.parametrize("raw", [Unreadable("#N/A"), Unreadable("=A1")])
def test_errors_of_excel_and_formulas_without_a_value_are_not_empty_cells(raw):
    assert not is_empty(raw)
    with pytest.raises(CellError, match=raw.text):
        parse_line(raw, 100)
