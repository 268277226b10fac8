"""The searches behind the fields one types in."""

import datetime

import pytest

from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder

CANDIDATES, SESSIONS = "/pick/candidates/", "/pick/session/"


def found(client, url, **query) -> list[dict]:
    return client.get(url, query).json()["results"]


@pytest.mark.parametrize("query", ["dang duc", "Đặng Đức", "duc dang", "CB0388", "cb03"])
def test_people_are_found_by_name_in_any_order_or_by_code(as_hr, query):
    staff = StaffBuilder(full_name="Đặng Văn Đức", code="CB0388", posting__unit__name="Vụ Pháp luật")
    StaffBuilder(full_name="Lê An", code="XX1")
    (result,) = found(as_hr, CANDIDATES, q=query)
    assert (result["value"], result["text"]) == (staff.pk, "Đặng Văn Đức")
    assert "CB0388" in result["note"] and "Vụ Pháp luật" in result["note"]


def test_those_in_the_class_are_marked_and_cannot_be_chosen(as_hr):
    session = SessionBuilder(code="L1")
    EnrollmentBuilder(session=session, staff__full_name="An Một", status="studying")
    EnrollmentBuilder(session=session, staff__full_name="An Hai", status="cancelled")
    results = {r["text"]: r for r in found(as_hr, CANDIDATES, q="an", session="L1")}
    assert results["An Một"]["disabled"] and "đã có trong lớp: Đang học" in results["An Một"]["note"]
    assert "disabled" not in results["An Hai"]
    assert not any("disabled" in r for r in found(as_hr, CANDIDATES, q="an", session="NO"))


def test_at_most_twenty_are_answered_in_few_queries(as_hr, django_assert_max_num_queries):
    for _ in range(25):
        StaffBuilder()
    with django_assert_max_num_queries(6):
        assert len(found(as_hr, CANDIDATES, q="nguyen", session="L1")) == 20


@pytest.mark.parametrize("query", ["", " ", "\x00", "%", "_", "'", "9" * 500])
def test_a_query_of_nothing_finds_nothing(as_hr, query):
    StaffBuilder()
    assert found(as_hr, CANDIDATES, q=query) == []


def test_a_leader_finds_own_people_only_and_no_mark_of_other_units(as_leader, qt):
    moved = StaffBuilder(full_name="An Mới", posting__end=datetime.date(2012, 6, 30))
    moved.postings.create(unit=qt, start=datetime.date(2012, 7, 1))
    StaffBuilder(full_name="An Khác")
    StaffBuilder(full_name="An Nhà", posting__unit=UnitBuilder(parent=qt))
    session = SessionBuilder(code="L1")
    EnrollmentBuilder(session=session, staff=moved, status="sent")
    results = found(as_leader, CANDIDATES, q="an", session="L1")
    assert [r["text"] for r in results] == ["An Mới", "An Nhà"]
    assert not any("disabled" in r for r in results)


def test_classes_are_found_without_those_cancelled(as_hr, as_leader):
    SessionBuilder(code="L1", name="Tin học nâng cao")
    SessionBuilder(code="L2", name="Tin học cơ sở", start=datetime.date(2013, 3, 5))
    SessionBuilder(code="L3", name="Tin học hủy", cancelled=True)
    for client in (as_hr, as_leader):
        assert [r["value"] for r in found(client, SESSIONS, q="tin hoc")] == ["L2", "L1"]
    assert found(as_hr, SESSIONS, q="nang cao")[0]["note"] == "L1 · 05/03/2012"
    assert found(as_hr, SESSIONS, q="") == []


def test_whose_name_it_is_and_who_is_in_the_class_already_is_told(as_hr):
    session = SessionBuilder(code="L1")
    EnrollmentBuilder(session=session, staff__full_name="Hoàng Đức Ánh", staff__code="CB1", status="sent")
    StaffBuilder(full_name="Hoàng Đức Ánh Dương", code="CB12")

    def taken(query: str, session: str = "L1") -> str:
        return as_hr.get(CANDIDATES, {"q": query, "session": session}).json()["taken"]

    said = "Hoàng Đức Ánh đã có trong lớp này. Dùng phím mũi tên hoặc chuột để chọn người khác."
    assert [taken(query) for query in ("Hoàng Đức Ánh", "hoang duc anh", "cb1")] == [said] * 3
    assert [taken("hoang duc"), taken("Hoàng Đức Ánh Dương"), taken("Hoàng Đức Ánh", "L2")] == [""] * 3
