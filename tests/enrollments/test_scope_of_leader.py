"""A leader reaches nobody outside the subtree: by no list, page, picker, filter, export, history or guessed address."""

import datetime

import pytest

from enrollments.models import Enrollment
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder, UserBuilder

from .conftest import signed_in
from .pages import sheet, text


@pytest.fixture
def session(db):
    return SessionBuilder(code="L1", name="Tin học", seats=9)


@pytest.fixture
def mine(qt, session):
    """A row in a unit below the leader's."""
    unit = UnitBuilder(code="QT-XE", parent=qt)
    staff = StaffBuilder(full_name="Người Nhà", code="NHA", posting__unit=unit)
    return EnrollmentBuilder(session=session, staff=staff, status="sent")


@pytest.fixture
def theirs(session):
    """A row of another unit, in the same class."""
    staff = StaffBuilder(full_name="Người Lạ", code="LA", posting__unit__code="PL")
    return EnrollmentBuilder(session=session, staff=staff, status="sent", decision_number="99/BÍ-MẬT")


PAGES = ["/courses/sessions/L1/", "/enrollments/", "/enrollments/people/"]


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("query", ["", "q=nguoi", "sort=-name", "per_page=100", "status=sent", "page=2"])
def test_lists_show_own_people_only(as_leader, mine, theirs, url, query):
    words = text(as_leader.get(f"{url}?{query}"))
    assert "Người Nhà" in words
    assert "Người Lạ" not in words and "99/BÍ-MẬT" not in words


@pytest.mark.parametrize("url", PAGES)
def test_exports_hold_own_people_only(as_leader, mine, theirs, url):
    assert [row["Họ và tên"] for row in sheet(as_leader.get(f"{url}?export=xlsx"))] == ["Người Nhà"]
    assert as_leader.user.exports.get().rows == 1


@pytest.mark.parametrize("query", ["q=nguoi la", "staff=LA", "session=L1&q=LA"])
def test_filters_reach_nobody_else(as_leader, mine, theirs, query):
    for url in ("/enrollments/", "/enrollments/people/"):
        assert as_leader.get(f"{url}?{query}").context["table"].paginator.count == 0


def test_another_unit_is_no_choice_of_the_filter(as_leader, mine, theirs):
    assert as_leader.get("/enrollments/?unit=PL").status_code == 422
    assert "PL" not in str(as_leader.get("/enrollments/").context["filter"].form["unit"])
    assert as_leader.get("/enrollments/?unit=QT-XE").context["table"].paginator.count == 1


def test_the_ethnic_minority_mark_is_no_filter(as_leader, mine):
    assert as_leader.get("/enrollments/?slice=ethnic_minority").status_code == 422
    assert "ethnic_minority" not in as_leader.get("/enrollments/").content.decode()


@pytest.mark.parametrize("page", ["", "history/"])
def test_pages_of_others_are_not_there(as_leader, mine, theirs, page):
    assert as_leader.get(f"/enrollments/{mine.pk}/{page}").status_code == 200
    assert as_leader.get(f"/enrollments/{theirs.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["edit/", "delete/", "status/?to=cancelled"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_hr_does_is_forbidden_even_for_own_people(as_leader, mine, theirs, page, method):
    for row in (mine, theirs):
        sent = {"reason": "x", "version": row.history.first().history_id}
        assert getattr(as_leader, method)(f"/enrollments/{row.pk}/{page}", sent).status_code == 403
    assert set(Enrollment.objects.values_list("status", flat=True)) == {"sent"}


def test_the_class_page_says_that_others_are_not_shown(as_leader, as_hr, mine, theirs):
    words = text(as_leader.get("/courses/sessions/L1/"))
    assert "Chỉ hiển thị người của đơn vị bạn." in words
    assert "1 người 1 Được cử" in words and "2 / 9 chỗ" in words
    assert "Chỉ hiển thị" not in text(as_hr.get("/courses/sessions/L1/"))


def test_a_move_does_not_take_past_rows_along(as_leader, mine, qt):
    mine.staff.postings.update(end=datetime.date(2012, 6, 30))
    mine.staff.postings.create(unit=UnitBuilder(code="PL"), start=datetime.date(2012, 7, 1))
    leader_of_pl = signed_in(UserBuilder(role="leader", unit=UnitBuilder(code="PL")))
    assert as_leader.get(f"/enrollments/{mine.pk}/").status_code == 200
    assert leader_of_pl.get(f"/enrollments/{mine.pk}/").status_code == 404


@pytest.mark.parametrize("url", [*PAGES, "/courses/sessions/"])
def test_a_leader_without_a_unit_sees_nobody(mine, theirs, url):
    client = signed_in(UserBuilder(role="leader"))
    words = text(client.get(url))
    assert "Người Nhà" not in words and "Người Lạ" not in words
    for row in (mine, theirs):
        assert client.get(f"/enrollments/{row.pk}/").status_code == 404
        assert client.get(f"/personnel/{row.staff.code}/").status_code == 404
