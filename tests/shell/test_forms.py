"""What people type into dates and numbers, and what a select says."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from vpcp_training.partial_dates import PartialDate
from vpcp_training.screens.forms import BirthField, CountField, VietnameseDateField


@pytest.mark.parametrize(
    "typed",
    [
        "3/4/12",
        "03042012",
        "03/04/2012",
        "3-4-2012",
        "03.04.2012",
        " 3 / 4".replace(" ", "") + "/2012",
        "030412",
        "2012-04-03",
    ],
)
def test_dates_are_read_day_first(typed):
    assert VietnameseDateField().clean(typed) == datetime.date(2012, 4, 3)


def test_a_day_that_does_not_exist_is_named(settings):
    with pytest.raises(ValidationError, match="31/02/2012"):
        VietnameseDateField().clean("31/2/2012")


@pytest.mark.parametrize(
    "typed", ["hôm qua", "2012", "3/4", "03/04/201", "1/1/0001", "01/01/9999", "٣/٤/٢٠١٢x", "1" * 500]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValidationError):
        VietnameseDateField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "known", "shown"),
    [
        ("1975", "1975", "1975"),
        ("3/1975", "1975-03", "03/1975"),
        (" 03.1975 ", "1975-03", "03/1975"),
        ("05/3/1975", "1975-03-05", "05/03/1975"),
        ("05031975", "1975-03-05", "05/03/1975"),
        ("5-3-75", "1975-03-05", "05/03/1975"),
    ],
)
def test_of_a_birth_the_month_or_the_year_may_be_all_that_is_known(typed, known, shown):
    born = BirthField().clean(typed)
    assert born == PartialDate.from_text(known)
    assert f'value="{shown}"' in BirthField().widget.render("birth_date", BirthField().prepare_value(born))
    assert not BirthField().has_changed(born, shown)
    others = {"1975", "03/1975", "01/03/1975", "05/03/1975"} - {shown}
    assert all(BirthField().has_changed(born, other) for other in others)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("13/1975", "Ngày 13/1975 không có. Nhập dạng 03/04/2012."),
        ("0/1975", "Ngày 00/1975 không có. Nhập dạng 03/04/2012."),
        ("31/02/1975", "Ngày 31/02/1975 không có. Nhập dạng 03/04/2012."),
        ("75", "“75” không phải là ngày. Nhập dạng 03/04/2012."),
        ("khoảng 1975", "“khoảng 1975” không phải là ngày. Nhập dạng 03/04/2012."),
        ("2998", "Ngày sinh không thể sau hôm nay."),
        ("3/2998", "Ngày sinh không thể sau hôm nay."),
        ("05/03/2998", "Ngày sinh không thể sau hôm nay."),
    ],
)
def test_what_is_no_birth_is_told(typed, told):
    with pytest.raises(ValidationError) as refused:
        BirthField().clean(typed)
    assert refused.value.messages == [told]


def test_a_birth_in_another_century_is_told_as_it_was_typed():
    for typed in ("1875", "03/1875", "05/03/1875"):
        with pytest.raises(ValidationError, match=f" {typed} "):
            BirthField().clean(typed)


def test_a_birth_date_of_two_digits_is_in_the_past():
    assert BirthField().clean("5/3/54") == datetime.date(1954, 3, 5)
    with pytest.raises(ValidationError):
        BirthField().clean("05/03/2998")


@pytest.mark.parametrize(
    ("typed", "number"), [("2.863", 2863), ("2863", 2863), ("1.234.567", 1234567), ("2 863", 2863), ("40", 40)]
)
def test_counts_may_be_grouped(typed, number):
    assert CountField().clean(typed) == number


@pytest.mark.parametrize("typed", ["-1", "2.8", "1e3", "x", "28.63"])
def test_what_is_no_count_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        CountField().clean(typed)
    assert refused.value.messages == ["Nhập số nguyên từ 0 trở lên, ví dụ 40 hoặc 2.863."]


@pytest.mark.parametrize("chosen", [None, "b", 3])
def test_a_select_says_what_that_of_django_says(chosen):
    choices = [("", "–"), ("<a>", "A & B"), ("Nhóm", [("b", "B"), (3, "Ba")])]
    select = forms.Select(attrs={"class": "form-select", "required": True, "disabled": False}, choices=choices)
    ours, by_django = select.render("unit", chosen), select.render("unit", chosen, renderer=DjangoTemplates())
    assert parse_html(ours) == parse_html(by_django)
