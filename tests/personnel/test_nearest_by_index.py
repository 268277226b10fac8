"""People found by the beginning of their names stand as if all had been gone through."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from personnel.models import Staff
from personnel.views.pickers import FEW, RESULTS, _nearest_of_all, _nearest_of_few, find_staff
from tests.builders import StaffBuilder, UserBuilder
from vpcp_training.searching import Closeness
from vpcp_training.text import alike_beginnings, alike_column, spellings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["ly", "li", "Lý", "ly a", "quy", "qui", "Quý", "quyn", "my", "nguyen van quy"])
def test_twenty_that_begin_so_are_those_of_all_people_in_the_same_order(query):
    for name in (
        "Lý",
        "Lí",
        "Ly A",
        "Lýn",
        "Li A",
        "Quý",
        "Quí",
        "Quỳnh",
        "Quyên A",
        "My Tâm",
        "Mỹ",
        "Nguyễn Văn Quỳnh",
    ):
        StaffBuilder.create_batch(7, full_name=name, posting=None)
    StaffBuilder.create_batch(15, full_name="Nguyễn Văn Quý", posting=None)
    StaffBuilder(code="LYA1", full_name="An", posting=None)
    everybody = Staff.objects.matching(query)
    nearness = {staff.pk: staff.near for staff in everybody.annotate(near=everybody.nearness(query))}
    found = find_staff(UserBuilder(), query)
    assert [staff.closeness for staff in found] == sorted(nearness.values())[:RESULTS]
    assert all(nearness[staff.pk] == staff.closeness for staff in found)


def test_names_are_found_by_the_beginning_whatever_y_or_i():
    assert all(
        any(alike_column(name).startswith(key) for key in alike_beginnings(typed))
        for typed, name in (("quy", "Quỳnh"), ("quy", "Quý"), ("ly a", "Lí An"), ("li", "Lý"), ("ly-", "Ly-An"))
    )


def test_three_queries_where_many_begin_so_or_few_match_else_four(django_assert_num_queries):
    StaffBuilder(full_name="Lê An", posting=None)
    user = UserBuilder()
    with django_assert_num_queries(3):
        assert len(find_staff(user, "an")) == 1
    StaffBuilder.create_batch(FEW, full_name="Lê An", posting=None)
    with django_assert_num_queries(3):
        assert len(find_staff(user, "le")) == 20
    with django_assert_num_queries(4):
        assert len(find_staff(user, "an")) == 20


@given(
    st.lists(st.tuples(st.text("aáoyđ 1", max_size=4), st.text("aáoyí đ", min_size=1, max_size=5)), max_size=8),
    st.text("aáoy 1", min_size=1, max_size=3).filter(str.strip),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_few_stand_as_the_database_would_put_them(people, query):
    Staff.objects.all().delete()
    for number, (code, name) in enumerate(people):
        StaffBuilder(code=f"{code}-{number}", full_name=name.strip() or "An", posting=None)
    seen = Staff.objects.all()
    assert list(_nearest_of_few(seen, query).items()) == list(_nearest_of_all(seen, query).items())[:RESULTS]


@pytest.mark.parametrize(
    ("code", "typed"),
    [("ĐA", "da"), ("DA", "đa"), ("ĐẠI", "dai"), ("ĐƯ", "du"), ("đa", "DA"), ("HOÀI", "hoai"), ("Ü", "ü")],
)
def test_a_code_equal_without_diacritics_stands_before_twenty_names_that_begin_so(code, typed):
    StaffBuilder.create_batch(25, full_name=f"{typed.capitalize()} An", posting=None)
    StaffBuilder(code=code, full_name="Vũ Yến", posting=None)
    found = find_staff(UserBuilder(), typed)
    assert (found[0].code, found[0].closeness, len(found)) == (code, Closeness.CODE, RESULTS)


def test_a_word_is_spelled_in_all_ways_with_one_tone():
    assert spellings("d1") == {"d1", "đ1"}
    assert spellings("y") == {"y", "ỳ", "ỷ", "ỹ", "ý", "ỵ"}
    assert len(spellings("nguyen")) == 4 * 16
    assert spellings("hoahoahoa") == {"hoahoahoa"}


def test_typed_without_diacritics_a_name_is_everybodys_who_bears_it_with_some():
    StaffBuilder.create_batch(20, full_name="Ha Lan Anh", posting=None)
    StaffBuilder(full_name="Ha Lan", posting=None)
    StaffBuilder(full_name="Hà Lan", posting=None)
    found = find_staff(UserBuilder(), "ha lan")
    assert [(staff.full_name, staff.closeness) for staff in found[:2]] == [
        ("Ha Lan", Closeness.LETTERS),
        ("Hà Lan", Closeness.LETTERS),
    ]
