"""No line break or tab is taken into a field of one line, whatever the form."""

import importlib
import pkgutil

import pytest
from django import forms
from django.core.exceptions import ValidationError

import courses
import enrollments
import exchange
import personnel
import vpcp_training.urls  # first: it knows the addresses that others use
from vpcp_training.fields import TextLineField
from vpcp_training.lines import LineField
from vpcp_training.screens.forms import CountField, VietnameseDateField, office_field
from vpcp_training.screens.lists import ListFilter

_ROOMS = (courses, enrollments, exchange, personnel, vpcp_training)


def every_subclass(kind: type) -> set[type]:
    return {kind}.union(*(every_subclass(below) for below in kind.__subclasses__()))


def one_line_fields() -> list[tuple[str, forms.Field]]:
    """Of all forms of the project: what is typed into an input. Passwords and user names have rules of their own."""
    for room in _ROOMS:
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if "migrations" not in module.name and "management" not in module.name:
                importlib.import_module(module.name)
    names = tuple(room.__name__ for room in _ROOMS)
    fields = []
    for form in every_subclass(forms.Form) | every_subclass(forms.ModelForm):
        if form.__module__.split(".")[0] in names and "Filter" not in form.__name__:
            fields += [(f"{form.__name__}.{name}", field) for name, field in form.base_fields.items()]
    return [
        (name, field)
        for name, field in fields
        if isinstance(field.widget, forms.TextInput)
        and not isinstance(field.widget, forms.PasswordInput)
        and not name.endswith(".username")
    ]


@pytest.mark.parametrize("typed", ["3/4\n2012", "3\r\n4", "3\t4", "2\u2028863"])
def test_a_break_inside_is_refused_in_every_form(typed):
    fields = one_line_fields()
    assert len(fields) > 20
    for name, field in fields:
        with pytest.raises(ValidationError):
            field.clean(typed)
            raise AssertionError(f"{name} took it")


@pytest.mark.parametrize("field", [LineField(), VietnameseDateField(), CountField(), office_field(TextLineField())])
def test_the_message_says_what_to_do(field):
    with pytest.raises(ValidationError) as refused:
        field.clean("Giỏi\nKhá\n")
    assert refused.value.messages == [
        "Ô này chỉ nhận một dòng, không có dấu tab. Hãy nhập một giá trị, không phải cả “Giỏi Khá”."
    ]


def test_what_stands_around_is_trimmed():
    assert LineField().clean(" \tGiỏi\r\n") == "Giỏi"
    assert VietnameseDateField().clean("3/4/2012\n").isoformat() == "2012-04-03"


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        (LineField(), "Giỏi\nKhá\n", "Giỏi⏎Khá"),
        (office_field(TextLineField()), "Lê An\tTrần Bình", "Lê An⏎Trần Bình"),
        (CountField(), "40\r\n500", "40⏎500"),
        (VietnameseDateField(), "3/4/2012\n5/4/2012", "3/4/2012⏎5/4/2012"),
    ],
)
def test_what_was_refused_is_shown_with_its_breaks_and_refused_again_as_it_is(field, typed, shown):
    assert field.prepare_value(typed) == shown
    with pytest.raises(ValidationError) as refused:
        field.clean(shown)
    with pytest.raises(ValidationError) as before:
        field.clean(typed)
    assert refused.value.messages == before.value.messages


def test_a_search_may_be_pasted_as_it_is():
    assert ListFilter.base_filters["q"].field.clean("Lê\nAn") == "Lê\nAn"
