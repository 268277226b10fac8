"""People found by the beginning of their names stand as if all had been gone through."""

import pytest

from personnel.models import Staff
from personnel.views.pickers import RESULTS, find_staff
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


def test_two_queries_where_many_begin_so_and_three_where_few_do(django_assert_num_queries):
    StaffBuilder(full_name="Lê An", posting=None)
    user = UserBuilder()
    with django_assert_num_queries(3):
        assert len(find_staff(user, "an")) == 1
    StaffBuilder.create_batch(21, full_name="Lê An", posting=None)
    with django_assert_num_queries(2):
        assert len(find_staff(user, "le")) == 20


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
