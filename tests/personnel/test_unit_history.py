"""What the history of a unit says about its predecessors."""

import pytest

from tests.builders import UnitBuilder, UserBuilder

pytestmark = pytest.mark.django_db


def test_a_predecessor_given_later_is_a_change_by_its_name(client):
    old, new = UnitBuilder(name="Vụ Tin học"), UnitBuilder(name="Cục Chuyển đổi số")
    new.predecessors.add(old)
    client.force_login(UserBuilder())
    newest, created = client.get(f"/units/{new.code}/history/").context["entries"]
    assert [(change.old, change.new) for change in newest.changes] == [("–", "Vụ Tin học")]
    assert created.kind == "+"


def test_predecessors_take_no_query_a_row(client, django_assert_max_num_queries):
    unit = UnitBuilder()
    for _ in range(20):
        unit.predecessors.add(UnitBuilder())
    client.force_login(UserBuilder())
    with django_assert_max_num_queries(10):
        client.get(f"/units/{unit.code}/history/")
