"""The figure of a year against the year before: numbers and words."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reports.figures import YearOverYear, sentence


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def test_2863_after_2710_is_153_more_or_5_65_percent():
    figure = YearOverYear(2863, 2710)
    assert figure.change == 153
    assert figure.percent == Decimal("5.65")
    assert figure.current_label == "2.863"
    assert figure.change_label == "+153"
    assert figure.percent_label == "+5,65\u00a0%"
    assert figure.words == "tăng 153 lượt (+5,65\u00a0%)"
    assert sentence(2012, figure) == "Năm 2012: 2.863 lượt, tăng 153 lượt (+5,65\u00a0%) so với năm 2011"


def test_fewer_is_said_with_a_minus_sign():
    figure = YearOverYear(139, 148)
    assert (figure.change_label, figure.percent_label) == ("−9", "−6,08\u00a0%")
    assert sentence(2012, figure) == "Năm 2012: 139 lượt, giảm 9 lượt (−6,08\u00a0%) so với năm 2011"


def test_the_same_number_is_no_change():
    figure = YearOverYear(7, 7)
    assert (figure.change_label, figure.percent_label, figure.direction) == ("0", "0,00\u00a0%", "same")
    assert sentence(2012, figure) == "Năm 2012: 7 lượt, không đổi so với năm 2011"


def test_without_a_year_before_there_is_no_change():
    figure = YearOverYear(2710)
    assert (figure.change, figure.percent, figure.direction) == (None, None, "")
    assert (figure.previous_label, figure.change_label, figure.percent_label, figure.words) == ("–", "–", "–", "–")
    assert sentence(2011, figure) == "Năm 2011: 2.710 lượt; năm 2010 không có số liệu để so sánh"


def test_from_zero_is_new():
    figure = YearOverYear(5, 0)
    assert (figure.change, figure.percent) == (5, None)
    assert (figure.change_label, figure.percent_label) == ("+5", "mới")


def test_zero_after_zero_is_neither_new_nor_a_percentage():
    assert YearOverYear(0, 0).percent_label == "–"
    assert YearOverYear(0, 0).change_label == "0"


@pytest.mark.parametrize(
    ("current", "previous", "percent"),
    [(2001, 2000, "0.05"), (20001, 20000, "0.01"), (19999, 20000, "-0.01"), (0, 3, "-100.00"), (1, 3, "-66.67")],
)
def test_percent_is_rounded_half_away_from_zero(current, previous, percent):
    assert YearOverYear(current, previous).percent == Decimal(percent)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_percent_is_the_nearest_hundredth_and_halves_go_away_from_zero(current, previous):
    percent = Fraction(YearOverYear(current, previous).percent)
    exact = Fraction((current - previous) * 100, previous)
    assert abs(percent - exact) <= Fraction(1, 200)
    if abs(percent - exact) == Fraction(1, 200):
        assert abs(percent) > abs(exact)


@given(st.integers(0, 10**9), st.none() | st.integers(0, 10**9))
def test_words_and_number_always_say_the_same(current, previous):
    figure = YearOverYear(current, previous)
    assert figure.change_label.startswith({"up": "+", "down": "−", "same": "0", "": "–"}[figure.direction])
