"""The training record of a staff member."""

import datetime

import pytest

from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder

from .pages import text

URL = "/personnel/CB1/"


@pytest.fixture
def staff(db):
    return StaffBuilder(
        code="CB1",
        full_name="Lê Ngọc An",
        birth_date=datetime.date(1976, 1, 17),
        posting__unit=UnitBuilder(name="Đội xe"),
        is_ethnic_minority=True,
    )


def in_class(staff, year, name, status="completed", **more):
    start = more.pop("start", datetime.date(year, 3, 5))
    return EnrollmentBuilder(staff=staff, session=SessionBuilder(name=name, start=start), status=status, **more)


def test_rows_stand_in_time_order_with_the_participations_of_each_year(as_hr, staff):
    in_class(staff, 2011, "Tin học")
    in_class(staff, 2012, "Tiếng Anh", start=datetime.date(2012, 9, 17))
    in_class(staff, 2012, "Quản lý nhà nước", status="sent")
    in_class(staff, 2012, "Tiếng Pháp", status="cancelled", start=datetime.date(2012, 1, 9))
    page = as_hr.get(URL)
    years = [(year, n, [row.session.name for row in rows]) for year, n, rows in page.context["years"]]
    assert years == [(2012, 2, ["Tiếng Anh", "Quản lý nhà nước", "Tiếng Pháp"]), (2011, 1, ["Tin học"])]
    words = text(page)
    assert "2012 2 lượt" in words and "2011 1 lượt" in words


def test_who_the_person_is_and_was(as_hr, staff):
    staff.postings.update(end=datetime.date(2012, 6, 30))
    staff.postings.create(unit=UnitBuilder(name="Vụ Pháp luật"), start=datetime.date(2012, 7, 1))
    words = text(as_hr.get(URL))
    assert "Lê Ngọc An Đang công tác" in words and "Mã CB1 Ngày sinh 17/01/1976" in words
    assert "Dân tộc thiểu số có" in words
    assert "Vụ Pháp luật 01/07/2012 – nay" in words and "Đội xe 01/01/2005 – 30/06/2012" in words


def test_it_can_be_printed_and_leads_on(as_hr, staff):
    row = in_class(staff, 2012, "Tin học")
    html = as_hr.get(URL).content.decode()
    assert "data-print" in html
    for address in (
        f"/enrollments/{row.pk}/",
        "/personnel/CB1/edit/",
        "/personnel/CB1/postings/add/",
        "/new/enrollment/?staff=CB1",
    ):
        assert f'href="{address}"' in html, address


def test_somebody_who_left_and_somebody_without_a_class(as_hr, staff):
    staff.postings.update(end=datetime.date(2012, 6, 30))
    words = text(as_hr.get(URL))
    assert "Hiện không công tác" in words and "Chưa học lớp nào." in words


def test_an_unknown_person_is_404(as_hr):
    assert as_hr.get("/personnel/NO-SUCH/").status_code == 404


class TestLeader:
    """Only what is in the leader's scope, and nothing of the ethnic-minority mark."""

    def test_of_own_people_the_rows_and_postings_in_the_unit(self, as_leader, qt, staff):
        in_class(staff, 2011, "Khi ở đội xe")
        staff.postings.update(end=datetime.date(2011, 12, 31))
        staff.postings.create(unit=qt, start=datetime.date(2012, 1, 1))
        in_class(staff, 2012, "Khi ở cục")
        words = text(as_leader.get(URL))
        assert "Khi ở cục" in words and "Cục Quản trị" in words
        assert "Khi ở đội xe" not in words and "Đội xe" not in words and "2011" not in words
        assert "Dân tộc" not in words

    def test_of_somebody_who_left_the_unit_only_the_rows_recorded_there(self, as_leader, qt, staff):
        staff.postings.update(unit=qt, end=datetime.date(2012, 6, 30))
        staff.postings.create(unit=UnitBuilder(name="Vụ Pháp luật"), start=datetime.date(2012, 7, 1))
        in_class(staff, 2012, "Khi ở cục")
        in_class(staff, 2013, "Khi ở vụ")
        words = text(as_leader.get(URL))
        assert "Khi ở cục" in words
        assert "Khi ở vụ" not in words and "Vụ Pháp luật" not in words and "Hiện không công tác" not in words

    def test_nobody_else(self, as_leader, staff):
        in_class(staff, 2012, "Tin học")
        assert as_leader.get(URL).status_code == 404

    def test_offers_to_propose_and_nothing_else(self, as_leader, qt, staff):
        staff.postings.update(unit=qt)
        html = as_leader.get(URL).content.decode()
        assert "/new/enrollment/?staff=CB1" in html
        for address in ("/personnel/CB1/edit/", "/personnel/CB1/history/", "/personnel/CB1/postings/add/"):
            assert address not in html


def test_the_number_of_queries_does_not_grow_with_the_record(as_hr, staff, django_assert_num_queries):
    in_class(staff, 2011, "Tin học")
    as_hr.get(URL)
    with django_assert_num_queries(6):
        as_hr.get(URL)
    for year in range(2006, 2020):
        in_class(staff, year, "Tiếng Anh")
    with django_assert_num_queries(6):
        as_hr.get(URL)


class TestChoosingAClass:
    """From the record to the class."""

    def test_leads_to_the_enrolling_page_with_the_person(self, as_hr, staff):
        SessionBuilder(code="2012/L1")
        assert "Chọn lớp cho Lê Ngọc An" in text(as_hr.get("/new/enrollment/?staff=CB1"))
        response = as_hr.get("/new/enrollment/?staff=CB1&session=2012/L1")
        assert response.url == "/courses/sessions/2012~L1/enroll/?staff=CB1"

    @pytest.mark.parametrize("session", ["", "NO-SUCH", "\x00"])
    def test_an_unknown_class_is_a_message(self, as_hr, staff, session):
        refused = as_hr.get("/new/enrollment/", {"staff": "CB1", "session": session})
        assert refused.status_code == 422
        assert " autofocus" not in refused.content.decode()
        assert " autofocus" in as_hr.get("/new/enrollment/", {"staff": "CB1"}).content.decode()

    def test_an_unknown_person_is_404(self, as_hr, as_leader, staff):
        assert as_hr.get("/new/enrollment/?staff=XX").status_code == 404
        assert as_leader.get("/new/enrollment/?staff=CB1").status_code == 404

    @pytest.mark.parametrize(("role", "title"), [("hr", "Cử người đi học"), ("leader", "Đề xuất người đi học")])
    def test_without_a_person_the_class_comes_first(self, as_hr, as_leader, role, title):
        SessionBuilder(code="2012/L1")
        client = {"hr": as_hr, "leader": as_leader}[role]
        page = client.get("/new/enrollment/")
        assert f"<h1>{title}</h1>" in page.content.decode()
        assert 'name="staff"' not in page.content.decode()
        response = client.get("/new/enrollment/?session=2012/L1")
        assert response["Location"] == "/courses/sessions/2012~L1/enroll/"
        assert client.get("/new/enrollment/?session=XX").status_code == 422
