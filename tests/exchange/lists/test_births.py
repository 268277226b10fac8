"""Births as lists have them: days, months and years, in numbers, texts and dates."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.files.values import Day, Number
from exchange.lists.births import read_birth, read_day

DAY = date(2012, 3, 5)


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        (date(1975, 3, 5), "1975-03-05"),
        (datetime(1975, 3, 5, 23, 59), "1975-03-05"),
        (Day(date(1975, 3, 1), "mm/yyyy"), "1975-03"),
        (Day(date(1975, 1, 1), "yyyy"), "1975"),
        (1975, "1975"),
        (1975.0, "1975"),
        (Number(1975, "0"), "1975"),
        (5031975, "1975-03-05"),
        (3.1975, "1975-03"),
        ("05031975", "1975-03-05"),
        ("05/3/1975", "1975-03-05"),
        ("5.3.75", "1975-03-05"),
        ("05-03-1975", "1975-03-05"),
        ("1975-03-05", "1975-03-05"),
        ("05 / 03 / 1975", "1975-03-05"),
        ("ngày 05 tháng 3 năm 1975", "1975-03-05"),
        ("05/3/1975 00:00:00", "1975-03-05"),
        ("3/1975", "1975-03"),
        ("1975", "1975"),
        ("sinh năm 1975", "1975"),
        ("SN: 1975", "1975"),
        ("5/3/97", "1997-03-05"),  # fifteen on the day
        ("75", "1975"),
        ("12/96", "1996-12"),
    ],
)
def test_a_birth_is_a_day_a_month_or_a_year(cell, birth):
    assert read_birth(cell, DAY) == (birth, None)


@pytest.mark.parametrize(
    ("cell", "remark"),
    [
        ("31/02/1975", "Không có ngày 31/02/1975."),
        ("13/1975", "Không có ngày 13/1975."),
        ("05/3/2950", "Ngày sinh 05/3/2950 ở tương lai."),
        ("không rõ", "“không rõ” không phải ngày sinh."),
        ("1875", "“1875” không phải ngày sinh."),
    ],
)
def test_what_is_no_birth_is_quoted(cell, remark):
    assert read_birth(cell, DAY) == (None, remark)


@given(st.dates(date(1913, 1, 1), date(1996, 12, 31)), st.sampled_from("/.-"))
def test_any_day_written_with_four_digits_or_two(day, sign):
    assert read_birth(f"{day.day}{sign}{day.month}{sign}{day.year}", DAY).text == day.isoformat()
    assert read_birth(f"{day:%d}{sign}{day:%m}{sign}{day:%y}", DAY).text == day.isoformat()


def test_the_day_of_issue_is_a_whole_day():
    assert read_day("05/3/2012") == read_day(date(2012, 3, 5)) == date(2012, 3, 5)
    assert [read_day(cell) for cell in ("3/2012", "2012", "31/02/2012", "x", "5/3/12")] == [None] * 5
