"""Periods of records: a query finds exactly those of which the same is true in memory, open ends included."""

import datetime
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import CourseSession
from courses.querysets import HELD
from personnel.models import Posting, Unit
from personnel.querysets import POSTED, VALIDITY
from tests.builders import PostingBuilder, SessionBuilder, UnitBuilder
from vpcp_training.periods import Period

pytestmark = pytest.mark.django_db

DAYS = [datetime.date(2012, 3, day) for day in range(1, 6)]
PERIODS = [Period(start, end) for start, end in product([None, *DAYS], repeat=2) if not (start and end and end < start)]
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def records():
    """A unit, a posting and a class of every period that they may have, each with the columns that hold it."""
    for start, end in PERIODS:
        UnitBuilder(valid_from=start, valid_to=end)
        if start:
            PostingBuilder(start=start, end=end)
        if start and end:
            SessionBuilder(start=start, end=end)
    return [
        (VALIDITY, Unit.objects.all(), "validity"),
        (POSTED, Posting.objects.all(), "days"),
        (HELD, CourseSession.objects.all(), "days"),
    ]


def assert_alike(records, question, of):
    for columns, queryset, attribute in records:
        found = set(queryset.filter(getattr(columns, question)(of)))
        assert found == {record for record in queryset if getattr(getattr(record, attribute), question)(of)}


@quick
@given(day=st.sampled_from(DAYS))
def test_what_covers_a_day(records, day):
    assert_alike(records, "covers", day)


@quick
@given(other=st.sampled_from(PERIODS))
def test_what_overlaps_a_period(records, other):
    assert_alike(records, "overlaps", other)


@quick
@given(other=st.sampled_from(PERIODS))
def test_what_outlasts_a_period(records, other):
    assert_alike(records, "outlasts", other)


@given(one=st.sampled_from(PERIODS), other=st.sampled_from(PERIODS))
def test_periods_overlap_where_they_have_a_day_in_common(one, other):
    around = [DAYS[0] - datetime.timedelta(days=1), *DAYS, DAYS[-1] + datetime.timedelta(days=1)]
    common = [day for day in around if one.covers(day) and other.covers(day)]
    assert one.overlaps(other) == other.overlaps(one) == bool(common)


@given(one=st.sampled_from(PERIODS), other=st.sampled_from(PERIODS))
def test_a_period_begins_before_and_outlasts_what_ends_inside_it(one, other):
    around = [datetime.date.min, *DAYS, datetime.date.max]
    assert one.begins_before(other) == any(one.covers(day) and other.start and day < other.start for day in around)
    assert one.outlasts(other) == any(one.covers(day) and other.end and day > other.end for day in around)
