"""Finding a person or a unit by typing: without diacritics, by code first, and nobody out of scope."""

import datetime

import pytest

from tests.builders import EnrollmentBuilder, PostingBuilder, StaffBuilder, UnitBuilder

pytestmark = pytest.mark.django_db


def picked(client, query: str, url: str = "/pick/staff/") -> list[dict]:
    response = client.get(url, {"q": query})
    assert response.status_code == 200
    return response.json()["results"]


def test_person_is_told_from_a_namesake_by_code_unit_and_year_of_birth(client, sign_in, office):
    sign_in("hr")
    staff = StaffBuilder(
        code="CB0001",
        full_name="Đặng Đức",
        birth_date=datetime.date(1978, 4, 19),
        posting__unit=office["division"],
    )
    StaffBuilder(code="CB0002", full_name="Đặng Đức", posting=None)
    first, second = sorted(picked(client, "duc  dang"), key=lambda result: result["code"])
    assert first == {
        "value": staff.pk,
        "text": "Đặng Đức",
        "note": "CB0001 · Phòng Lễ tân · 1978",
        "code": "CB0001",
        "unit": "Phòng Lễ tân",
        "birth_year": 1978,
    }
    assert second["note"] == "CB0002"


def test_codes_that_begin_with_the_query_come_first_the_exact_one_before_all(client, sign_in):
    sign_in("hr")
    for code in ("CB012", "CB01", "XCB01", "CB011"):
        StaffBuilder(code=code, posting=None)
    assert [result["code"] for result in picked(client, "cb01")] == ["CB01", "CB011", "CB012", "XCB01"]


def test_at_most_twenty_in_the_order_of_given_names(client, sign_in):
    sign_in("hr")
    for name in ("Nguyễn Đức", "Nguyễn An"):
        StaffBuilder.create_batch(15, full_name=name, posting=None)
    results = picked(client, "nguyen")
    assert len(results) == 20
    assert [result["text"] for result in results[:16]] == ["Nguyễn An"] * 15 + ["Nguyễn Đức"]


@pytest.mark.parametrize("query", ["", " ", "\x00", "%", "_", "'", "khong co ai"])
def test_nothing_found(client, sign_in, query):
    sign_in("hr")
    StaffBuilder(code="CB1", full_name="Lê An")
    assert picked(client, query) == []


def test_leader_picks_people_of_the_own_subtree_only(client, sign_in, office):
    here = StaffBuilder(code="CB1", posting__unit=office["division"])
    StaffBuilder(code="CB2", posting__unit=office["other"])
    sign_in("leader", office["bureau"])
    assert [result["value"] for result in picked(client, "cb")] == [here.pk]
    assert [result["value"] for result in picked(client, "nguyen van an")] == [here.pk]
    sign_in("leader")
    assert picked(client, "cb") == []


def test_leader_is_not_told_where_a_person_moved(client, sign_in, office):
    staff = StaffBuilder(code="CB1", posting__unit=office["division"], posting__end=datetime.date(2012, 12, 31))
    EnrollmentBuilder(staff=staff)
    PostingBuilder(staff=staff, unit=office["other"], start=datetime.date(2013, 1, 1))
    sign_in("leader", office["bureau"])
    (result,) = picked(client, "cb1")
    assert (result["unit"], result["note"]) == (None, "CB1")


def test_unit_in_english_falls_back_to_vietnamese(client, sign_in):
    sign_in("hr")
    client.cookies["django_language"] = "en"
    StaffBuilder(code="CB1", posting__unit=UnitBuilder(name="Cục Quản trị", name_en="Logistics Bureau"))
    StaffBuilder(code="CB2", posting__unit=UnitBuilder(name="Vụ Pháp luật"))
    assert [result["unit"] for result in picked(client, "cb")] == ["Logistics Bureau", "Vụ Pháp luật"]


def test_three_queries_find_people(client, sign_in, office, django_assert_num_queries):
    StaffBuilder.create_batch(30, posting__unit=office["division"])
    sign_in("hr")
    with django_assert_num_queries(5):  # two of them the session and the account
        picked(client, "nguyen")


def test_units_are_picked_in_the_order_of_their_tree_by_hr_only(client, sign_in, office):
    sign_in("hr")
    assert [result["text"] for result in picked(client, "cuc phong", "/pick/unit/")] == []
    texts = [result["text"] for result in picked(client, "v", "/pick/unit/")]
    assert texts == ["Văn phòng Chính phủ", "Vụ Hành chính"]
    sign_in("leader", office["bureau"])
    assert client.get("/pick/unit/?q=v").status_code == 403


def test_picker_is_asked_by_post_as_well_for_an_address_has_no_room_for_a_long_paste(client, sign_in):
    sign_in("hr")
    staff = StaffBuilder(full_name="Lê An", posting=None)
    assert [r["value"] for r in client.post("/pick/staff/", {"q": "le an"}).json()["results"]] == [staff.pk]
    for query in ("an " * 30_000, "an" * 200):
        assert client.post("/pick/staff/", {"q": query}).json() == {"results": [], "several": False, "taken": ""}
    assert client.put("/pick/staff/").status_code == 405
