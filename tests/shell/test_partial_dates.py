"""Dates of which the month or the year may be all that is known: as values, and as the database has them."""

import copy
import datetime
import pickle

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from personnel.models import Staff
from tests.builders import StaffBuilder
from vpcp_training.bulk import create_with_history
from vpcp_training.partial_dates import PartialDate

DAYS = st.dates(datetime.date(1000, 1, 1))
PARTIAL = st.builds(lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]), DAYS, st.integers(1, 3))
MARCH = {"1975": PartialDate(1975), "1975-03": PartialDate(1975, 3), "1975-03-01": PartialDate(1975, 3, 1)}


@given(PARTIAL)
def test_what_is_known_survives_text_copying_and_pickling(date):
    text = date.isoformat()
    assert text == str(date) and PartialDate.from_text(text) == date
    assert copy.deepcopy(date) == pickle.loads(pickle.dumps(date)) == date
    assert pickle.loads(pickle.dumps(date)).known == date.known


@given(PARTIAL, PARTIAL)
@example(PartialDate(1975), PartialDate(1975, 1))
@example(PartialDate(1975, 1), PartialDate(1975, 1))
def test_equal_are_dates_of_which_the_same_is_known(one, other):
    same = one.isoformat() == other.isoformat()
    assert (one == other, one != other) == (same, not same)
    assert not same or hash(one) == hash(other)
    assert one.agrees(other) == other.agrees(one)


@given(DAYS)
def test_a_plain_date_is_known_to_the_day(day):
    whole = PartialDate.of(day)
    assert whole == day and day == whole and hash(whole) == hash(day) and whole.isoformat() == day.isoformat()
    for part in (PartialDate(day.year), PartialDate(day.year, day.month)):
        assert part != day and day != part and part.agrees(day)
        assert part == PartialDate.of(part)


def test_it_is_shown_as_far_as_it_is_known():
    assert [date.shown for date in MARCH.values()] == ["1975", "03/1975", "01/03/1975"]
    assert [date.known for date in MARCH.values()] == ["year", "month", "day"]


def test_dates_agree_that_may_be_the_same_day():
    year, month, day = MARCH.values()
    assert year.agrees(month) and year.agrees(day) and month.agrees(day) and day.agrees(datetime.date(1975, 3, 1))
    assert not month.agrees(PartialDate(1975, 4)) and not day.agrees(PartialDate(1975, 3, 2))
    assert not year.agrees(PartialDate(1976)) and not month.agrees(datetime.date(1975, 4, 1))


@pytest.mark.parametrize("text", ["", "75", "1975-3", "1975-13", "1975-02-29", "03/1975", "1975-03-05 ", "١٩٧٥"])
def test_other_texts_are_refused(text):
    with pytest.raises(ValueError):
        PartialDate.from_text(text)
    with pytest.raises(ValidationError):
        Staff._meta.get_field("birth_date").to_python(text)


@pytest.mark.django_db
@pytest.mark.parametrize("born", [*MARCH.values(), *MARCH, datetime.date(1975, 3, 5), None])
def test_it_is_stored_as_it_is_known_one_by_one_and_in_bulk(born):
    staff = StaffBuilder(birth_date=born, posting=None)
    create_with_history(Staff, [Staff(code="B", full_name="Lê An", gender="male", birth_date=born)], None)
    expected = MARCH.get(born, born) if isinstance(born, str) else born
    known = [expected] * 2
    assert staff.birth_date == expected
    assert list(Staff.objects.values_list("birth_date", flat=True)) == known
    assert list(Staff.history.values_list("birth_date", flat=True)) == known
    assert Staff.objects.filter(birth_date=born).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_dump_keeps_what_is_known(form):
    for code, born in MARCH.items():
        StaffBuilder(code=code, birth_date=born, posting=None)
    StaffBuilder(code="none", birth_date=None, posting=None)
    dump = serializers.serialize(form, Staff.objects.all())
    assert {each.object.code: each.object.birth_date for each in serializers.deserialize(form, dump)} == {
        **MARCH,
        "none": None,
    }


@pytest.fixture
def born(db):
    """People of one name, born when their code says."""
    for code in ("1975-04", "1975-03-05", "1976", "1975", "1974-12-31", "1975-03", "1975-03-06"):
        StaffBuilder(code=code, full_name="Lê An", birth_date=code, posting=None)
    return lambda **conditions: list(Staff.objects.filter(**conditions).by_name().values_list("code", flat=True))


def test_people_of_a_name_come_by_age_and_before_others_whose_day_is_not_known(born):
    assert born() == ["1974-12-31", "1975", "1975-03", "1975-03-05", "1975-03-06", "1975-04", "1976"]


def test_the_year_of_any_is_asked_for(born):
    assert born(birth_date__year=1974) == ["1974-12-31"]
    assert born(birth_date__year=1975) == ["1975", "1975-03", "1975-03-05", "1975-03-06", "1975-04"]
    assert born(birth_date__year__gt=1975) == ["1976"]


def test_those_are_asked_for_that_may_be_the_same_day(born):
    assert born(birth_date__agrees=PartialDate(1975, 3)) == ["1975", "1975-03", "1975-03-05", "1975-03-06"]
    assert born(birth_date__agrees=datetime.date(1975, 3, 5)) == ["1975", "1975-03", "1975-03-05"]
    assert born(birth_date__agrees="1975") == ["1975", "1975-03", "1975-03-05", "1975-03-06", "1975-04"]
