"""The first page: the year in one sentence, its tables, the trend, what is going on."""

import datetime
import re

import pytest
from django.utils import timezone

from enrollments.models import Enrollment
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder, UserBuilder

from .conftest import send


def page(client, user, query=""):
    client.force_login(user)
    return client.get(f"/{query}")


def links(response) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]+)"', response.content.decode())]


class TestYears:
    def test_opens_on_the_latest_year_with_participations(self, client, office):
        response = page(client, office.hr)
        assert response.status_code == 200
        assert "Năm 2013: 4 lượt, tăng 1 lượt (+33,33\u00a0%) so với năm 2012" in response.content.decode()

    def test_a_leader_opens_on_the_latest_year_of_the_own_unit(self, client, office):
        text = page(client, office.leader).content.decode()
        assert "Năm 2012: 3 lượt, tăng 1 lượt (+50,00\u00a0%) so với năm 2011" in text
        assert "2013" not in text

    def test_switches_to_another_year(self, client, office):
        assert {"?year=2011", "?year=2012", "?year=2013"} <= set(links(page(client, office.hr)))
        text = page(client, office.hr, "?year=2011").content.decode()
        assert "Năm 2011: 2 lượt; năm 2010 không có số liệu để so sánh" in text

    def test_a_year_without_participations_is_zeros(self, client, office):
        response = page(client, office.hr, "?year=2050")
        assert response.status_code == 200
        assert "Năm 2050: 0 lượt" in response.content.decode()

    @pytest.mark.parametrize("year", ["abcd", "99999", "-1", "%00", "2012%00x", "0", "2.012", "²⁰¹²", "1" * 5000])
    def test_what_is_no_year_is_answered_with_a_message_and_the_latest_year(self, client, office, year):
        response = page(client, office.hr, f"?year={year}")
        text = response.content.decode()
        assert response.status_code == 400
        assert "không phải là năm. Hãy nhập bốn chữ số, ví dụ 2012. Đây là báo cáo năm 2013." in text
        assert "Năm 2013: 4 lượt" in text


class TestRoles:
    def test_a_leader_sees_the_own_subtree_alone(self, client, office):
        response = page(client, office.leader)
        text = response.content.decode()
        assert "Cục Quản trị" in text
        assert "Đội xe" in text
        assert "Vụ Pháp luật" not in text
        assert "thiểu số" not in text
        rows = [href for href in links(response) if href.startswith("/enrollments/?year=")]
        assert rows
        assert all("unit=QT" in href for href in rows)

    def test_hr_has_the_everyday_actions_a_leader_has_not(self, client, office):
        assert "/enrollments/import/" in page(client, office.hr).content.decode().split("<main")[1]
        assert "/enrollments/import/" not in page(client, office.leader).content.decode()

    def test_a_leader_without_a_unit_is_told_what_to_do(self, client, office):
        response = page(client, UserBuilder(role="leader"))
        assert response.status_code == 200
        assert "Hãy nhờ quản trị viên chọn đơn vị cho tài khoản của bạn" in response.content.decode()

    def test_a_leader_of_a_unit_without_participations_is_told_so(self, client, office):
        leader = UserBuilder(role="leader", unit=UnitBuilder(code="MOI"))
        assert "Chưa có ai của đơn vị này được cử đi học" in page(client, leader).content.decode()

    def test_an_empty_installation_leads_to_the_import(self, client, db):
        response = page(client, UserBuilder(role="hr"))
        text = response.content.decode().split("<main")[1]
        assert response.status_code == 200
        assert "Hãy nhập sổ đào tạo từ Excel" in text
        assert 'href="/enrollments/import/"' in text


def counted(response) -> int:
    return response.context["table"].paginator.count


class TestToDo:
    CARD = re.compile(r'<ul class="todo">.*?</ul>', re.DOTALL)

    def card(self, client, user, query="?year=2011") -> str:
        found = self.CARD.search(page(client, user, query).content.decode())
        return found[0] if found else ""

    def test_hr_reads_how_many_wait_and_is_led_to_exactly_these(self, client, office):
        Enrollment.objects.update(decision_number="1/QĐ")
        for status in ("proposed", "proposed", "proposed", "postponed", "declined", "sent", "studying"):
            send(StaffBuilder(posting__unit=office.bureau), 2013, status=status)
        EnrollmentBuilder(session=Enrollment.objects.get(status="studying").session, status="sent", decision_number="2")
        EnrollmentBuilder(session__end=timezone.localdate(), status="sent", decision_number="2")  # its last day
        card = self.card(client, office.hr)
        assert [" ".join(re.sub("<[^>]+>", "", line).split()) for line in card.split("</li>")][:3] == [
            "2 lớp đã bế giảng mà 3 lượt chưa có kết quả",
            "3 đề xuất chờ duyệt",
            "2 lượt chưa có số quyết định",
        ]
        found = re.findall(r'<a href="([^"]+)">(\d+)', card)
        assert len(found) == 4
        assert [counted(client.get(href)) for href, _shown in found] == [int(shown) for _href, shown in found]
        statuses = {row.record.status for row in client.get("/enrollments/?status=proposed").context["table"].rows}
        assert statuses == {"proposed"}

    def test_nothing_is_said_where_nothing_waits(self, client, office):
        Enrollment.objects.update(decision_number="1/QĐ")
        assert self.card(client, office.hr) == ""

    def test_a_leader_has_none_of_it_to_do(self, client, office):
        send(office.driver, 2013, status="proposed")
        assert self.card(client, office.leader) == ""

    def test_the_first_of_all_is_a_proposal(self, client, db):
        send(StaffBuilder(), 2013, status="proposed")
        assert ">1 đề xuất chờ duyệt</a>" in self.card(client, UserBuilder(role="hr"))


class TestFigures:
    def test_every_figure_leads_to_its_rows(self, client, office):
        hrefs = links(page(client, office.hr, "?year=2012"))
        assert "/enrollments/?year=2012&status=counted" in hrefs
        assert "/enrollments/?year=2011&status=counted" in hrefs
        assert "/enrollments/people/?year=2012&status=counted" in hrefs
        assert "/enrollments/?year=2012&status=counted&field=QLNN" in hrefs
        assert "/enrollments/people/?year=2012&status=counted&field=QLNN" in hrefs
        assert "/enrollments/?year=2012&status=counted&unit=QT" in hrefs
        assert "/enrollments/?year=2012&status=counted&slice=overseas" in hrefs
        assert "/courses/sessions/?year=2012&attended=1" in hrefs
        assert "/reports/untrained/?year=2012" in hrefs

    def test_what_is_recorded_on_the_own_unit_directly_leads_to_just_that(self, client, office):
        assert "/enrollments/?year=2012&status=counted&unit=QT&direct=1" in links(page(client, office.leader))

    def test_codes_are_quoted_in_addresses(self, client, office):
        assert "/enrollments/?year=2012&status=counted&unit=QT%2FXE" in links(page(client, office.leader))

    def test_the_trend_is_a_table_the_chart_draws(self, client, office):
        text = page(client, office.hr).content.decode()
        table = re.search(r'<table[^>]*id="trend".*?</table>', text, re.DOTALL)[0]
        assert re.findall(r'data-value="(\d+)"', table) == ["2", "2", "3", "3", "4", "4"]
        assert 'data-chart-of="trend"' in text

    def test_the_rule_stands_once_below_the_tables(self, client, office):
        text = page(client, office.hr).content.decode()
        assert text.count("Một lượt là một người được cử đi học một lớp") == 1
        assert text.count('href="/reports/rule/"') == 1

    def test_nothing_is_styled_or_scripted_inline(self, client, office):
        text = page(client, office.hr).content.decode()
        assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=)", text)


class TestClasses:
    @pytest.fixture
    def today(self):
        return timezone.localdate()

    def test_under_way_and_coming_up_with_the_people_one_may_see(self, client, office, today):
        week = datetime.timedelta(7)
        now = SessionBuilder(code="NAY", name="Lớp đang học", start=today - week, end=today)
        SessionBuilder(code="MAI", name="Lớp sắp mở", start=today + week, end=today + 2 * week)
        SessionBuilder(code="XONG", name="Lớp đã xong", start=today - 2 * week, end=today - week)
        SessionBuilder(code="HUY", name="Lớp hủy", start=today, end=today, cancelled=True)
        EnrollmentBuilder(session=now, staff=StaffBuilder(posting__unit=office.other))
        EnrollmentBuilder(session=now, staff=office.driver)
        hr, leader = page(client, office.hr).content.decode(), page(client, office.leader).content.decode()
        for text in (hr, leader):
            assert "Lớp đang học" in text
            assert "/courses/sessions/MAI/" in text
            assert "Lớp đã xong" not in text
            assert "Lớp hủy" not in text
        assert re.search(r"session=NAY&amp;status=counted\">2<", hr)
        assert re.search(r"session=NAY&amp;status=counted\">1<", leader)

    def test_five_are_shown_and_all_are_counted(self, client, office, today):
        SessionBuilder.create_batch(7, start=today, end=today)
        text = page(client, office.hr).content.decode()
        assert text.count('<a href="/courses/sessions/2012-L') == 5
        assert "/courses/sessions/?stage=under_way" in text
        assert "Tất cả 7 lớp" in text

    def test_without_any_it_says_so(self, client, office):
        text = page(client, office.hr).content.decode()
        assert "Hôm nay không có lớp nào đang học." in text
        assert "Chưa có lớp nào sắp mở." in text


def test_more_data_takes_no_more_queries(client, office, django_assert_max_num_queries):
    page(client, office.hr)
    with django_assert_max_num_queries(18) as first:
        client.get("/")
    for number in range(5):
        unit = UnitBuilder(parent=office.top)
        for year in (2011 + number, 2013):
            send(StaffBuilder(posting__unit=unit), year)
    today = timezone.localdate()
    SessionBuilder.create_batch(4, start=today, end=today)
    assert Enrollment.objects.count() == 19
    with django_assert_max_num_queries(len(first)):
        client.get("/")
