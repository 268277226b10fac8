"""People in service without training in a year."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from enrollments.status import Status
from personnel.models import Posting
from reports.untrained import untrained
from tests.builders import PostingBuilder, StaffBuilder

from .conftest import send


def codes(people) -> list[str]:
    return sorted(people.values_list("code", flat=True))


@pytest.fixture
def idle(office):
    return StaffBuilder(code="IDLE", full_name="Đỗ Thị Nhàn", posting__unit=office.bureau)


class TestWho:
    def test_somebody_in_service_without_a_participation_opening_that_year(self, office, idle):
        assert "IDLE" in codes(untrained(2012, office.hr))
        send(idle, 2012)
        assert "IDLE" not in codes(untrained(2012, office.hr))
        assert "IDLE" in codes(untrained(2013, office.hr))

    def test_a_proposal_is_no_training(self, office, idle):
        send(idle, 2012, status=Status.PROPOSED)
        assert "IDLE" in codes(untrained(2012, office.hr))

    def test_who_left_in_the_year_or_came_after_it_is_not_asked_for(self, office):
        for code, start, end in (
            ("LEFT", date(2000, 1, 1), date(2012, 12, 30)),
            ("LAST", date(2000, 1, 1), date(2012, 12, 31)),
            ("LATER", date(2013, 1, 1), None),
            ("FIRST", date(2012, 12, 31), None),
        ):
            PostingBuilder(staff=StaffBuilder(code=code, posting=None), unit=office.other, start=start, end=end)
        assert set(codes(untrained(2012, office.hr))) & {"LEFT", "LAST", "LATER", "FIRST"} == {"LAST", "FIRST"}

    def test_in_the_current_year_today_says_who_is_in_service(self, office):
        today = timezone.localdate()
        for code, start in (("TODAY", today), ("TOMORROW", today + timedelta(1))):
            PostingBuilder(staff=StaffBuilder(code=code, posting=None), unit=office.other, start=start)
        assert set(codes(untrained(today.year, office.hr))) & {"TODAY", "TOMORROW"} == {"TODAY"}

    def test_of_a_unit_are_those_there_and_below_on_that_day(self, office, idle):
        moved = StaffBuilder(code="MOVED", posting__unit=office.bureau)
        Posting.objects.filter(staff=moved).update(end=date(2012, 6, 30))
        PostingBuilder(staff=moved, unit=office.other, start=date(2012, 7, 1))
        StaffBuilder(code="BELOW", posting__unit=office.division)
        found = codes(untrained(2012, office.hr, office.bureau))
        assert {"IDLE", "BELOW"} <= set(found)
        assert "MOVED" not in found

    def test_training_recorded_in_another_unit_is_training_too(self, office):
        moved = StaffBuilder(code="MOVED", posting__unit=office.other)
        send(moved, 2012)
        Posting.objects.filter(staff=moved).update(end=date(2012, 6, 30))
        PostingBuilder(staff=moved, unit=office.bureau, start=date(2012, 7, 1))
        assert "MOVED" not in codes(untrained(2012, office.leader))

    def test_a_leader_sees_nobody_outside_the_subtree(self, office, idle):
        StaffBuilder(code="OUT", posting__unit=office.other)
        assert "OUT" in codes(untrained(2012, office.hr))
        assert "OUT" not in codes(untrained(2012, office.leader))
        assert codes(untrained(2012, office.leader, office.other)) == []


class TestList:
    def test_names_unit_position_and_last_training(self, client, office, idle):
        send(idle, 2011)
        client.force_login(office.hr)
        text = client.get("/reports/untrained/?year=2012&unit=QT").content.decode()
        assert "Đỗ Thị Nhàn" in text
        assert 'href="/personnel/IDLE/"' in text
        assert ">2011<" in text.replace(" ", "").replace("\n", "")

    def test_says_which_year_people_were_not_trained_in(self, client, office, idle):
        send(idle, 2011)
        client.force_login(office.hr)
        page = client.get("/reports/untrained/?year=2012").content.decode()
        assert "<h1>Chưa học năm 2012</h1>" in page and "Đỗ Thị Nhàn" in page
        assert "Chưa được đào tạo" not in page

    def test_goes_to_the_latest_year_and_keeps_the_rest(self, client, office):
        client.force_login(office.hr)
        response = client.get("/reports/untrained/?unit=QT")
        assert response.status_code == 302
        assert response.url == "/reports/untrained/?unit=QT&year=2013"

    def test_agrees_with_the_figure_of_the_dashboard(self, client, office, idle):
        for user in (office.hr, office.leader):
            client.force_login(user)
            figure = client.get("/?year=2012").context["untrained"]
            unit = "&unit=QT" if user is office.leader else ""
            listed = client.get(f"/reports/untrained/?year=2012{unit}").context["table"].paginator.count
            assert figure == listed > 0

    def test_finds_without_diacritics(self, client, office, idle):
        client.force_login(office.hr)
        response = client.get("/reports/untrained/?year=2012&q=nhan do")
        assert response.context["table"].paginator.count == 1

    @pytest.mark.parametrize("sort", ["full_name", "-unit", "last_year", "-code", "nonsense"])
    def test_sorts(self, client, office, idle, sort):
        client.force_login(office.hr)
        response = client.get(f"/reports/untrained/?year=2012&sort={sort}")
        assert response.status_code == 200
        assert "Đỗ Thị Nhàn" in response.content.decode()

    @pytest.mark.parametrize("query", ["year=abcd", "year=99999", "year=-1", "year=2012&unit=XX"])
    def test_a_filter_that_is_not_understood_is_refused(self, client, office, query):
        client.force_login(office.hr)
        assert client.get(f"/reports/untrained/?{query}").status_code == 422

    def test_a_leader_cannot_ask_for_another_unit(self, client, office):
        client.force_login(office.leader)
        assert client.get("/reports/untrained/?year=2012&unit=PL").status_code == 422

    def test_exports_what_it_shows(self, client, office, idle):
        client.force_login(office.leader)
        response = client.get("/reports/untrained/?year=2012&export=xlsx&q=nhan")
        sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == 1]
        assert rows[0][1:3] == ["Đỗ Thị Nhàn", "IDLE"]
