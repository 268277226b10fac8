"""The yearly report on screen and as an Excel download."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from personnel.models import ExportLog
from tests.builders import UserBuilder


@pytest.fixture
def as_hr(client, office):
    client.force_login(office.hr)
    return client


@pytest.fixture
def as_leader(client, office):
    client.force_login(office.leader)
    return client


def book_of(response):
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


class TestPage:
    def test_has_everything_of_the_excel_file(self, as_hr):
        text = as_hr.get("/reports/yearly/?year=2012").content.decode()
        assert "Năm 2012: 3 lượt, tăng 1 lượt (+50,00\u00a0%) so với năm 2011" in text
        for title in (
            "Theo lĩnh vực",
            "Theo đơn vị",
            "Trong đó (không cộng vào tổng số)",
            "Số lượt theo đơn vị và lĩnh vực",
        ):
            assert title in text
        assert "Danh sách 3 lượt năm 2012" in text

    def test_opens_on_the_latest_year(self, as_hr):
        assert "Báo cáo năm 2013" in as_hr.get("/reports/yearly/").content.decode()

    def test_of_a_unit_is_that_unit_with_all_below_it(self, as_hr):
        text = as_hr.get("/reports/yearly/?year=2012&unit=QT").content.decode()
        assert "Cục Quản trị (trực tiếp)" in text
        assert "/reports/yearly/excel/?year=2012&amp;unit=QT" in text

    def test_where_units_and_fields_cross_a_figure_leads_to_its_rows(self, as_hr):
        text = as_hr.get("/reports/yearly/?year=2012").content.decode()
        assert '<a href="/enrollments/?year=2012&amp;status=counted&amp;unit=QT&amp;field=QLNN">3</a>' in text

    def test_offers_the_units_one_may_see(self, as_leader):
        text = as_leader.get("/reports/yearly/").content.decode()
        assert re.findall(r'<option value="([^"]*)"', text) == ["QT", "QT/XE"]

    def test_offers_hr_the_whole_office_and_every_unit_as_a_tree(self, as_hr):
        text = as_hr.get("/reports/yearly/").content.decode()
        assert re.findall(r'<option value="([^"]*)"', text) == ["", "VP", "QT", "QT/XE", "PL"]

    def test_leaders_do_not_see_the_ethnic_minority_mark(self, as_leader):
        text = as_leader.get("/reports/yearly/").content.decode()
        assert "Dân tộc thiểu số" not in text
        assert "ethnic_minority" not in text

    def test_a_bad_year_is_answered_with_a_message(self, as_hr):
        response = as_hr.get("/reports/yearly/?year=abcd&unit=QT")
        assert response.status_code == 400
        assert "“abcd” không phải là năm" in response.content.decode()

    def test_a_unit_without_any_participation_says_so_and_leads_back(self, as_hr, office):
        office.division.children.create(code="TO", name="Tổ 1")
        text = as_hr.get("/reports/yearly/?unit=TO").content.decode()
        assert "Chưa có ai của đơn vị này được cử đi học" in text
        assert "Xem báo cáo của mọi đơn vị" in text


class TestScope:
    @pytest.mark.parametrize("address", ["/reports/yearly/", "/reports/yearly/excel/"])
    @pytest.mark.parametrize("unit", ["PL", "VP", "XX", "%00", "QT%27--"])
    def test_a_unit_out_of_sight_is_not_found(self, as_leader, address, unit):
        assert as_leader.get(f"{address}?year=2012&unit={unit}").status_code == 404

    def test_a_leader_may_narrow_to_a_division(self, as_leader):
        text = as_leader.get("/reports/yearly/?year=2012&unit=QT/XE").content.decode()
        assert "Năm 2012: 1 lượt" in text

    def test_a_leader_without_a_unit_is_told_what_to_do(self, client, office):
        client.force_login(UserBuilder(role="leader"))
        for address in ("/reports/yearly/", "/reports/yearly/excel/"):
            response = client.get(address)
            assert response.status_code == 200
            assert "Tài khoản chưa gắn với đơn vị nào" in response.content.decode()


class TestExcel:
    def test_holds_the_rows_of_the_report(self, as_hr):
        response = as_hr.get("/reports/yearly/excel/?year=2012")
        assert response["Content-Disposition"] == 'attachment; filename="bao-cao-2012.xlsx"'
        assert book_of(response).worksheets[2].max_row == 4 + 3

    def test_holds_a_leader_s_rows_alone(self, as_leader):
        book = book_of(as_leader.get("/reports/yearly/excel/?year=2013"))
        texts = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        assert not [text for text in texts if "Pháp luật" in text or "thiểu số" in text]
        assert book.worksheets[2].max_row == 4

    def test_is_logged(self, as_leader, office):
        as_leader.get("/reports/yearly/excel/?year=2012")
        log = ExportLog.objects.get()
        assert (log.user, log.what, log.query, log.rows) == (office.leader, "Báo cáo năm 2012", "Cục Quản trị", 3)

    def test_of_a_unit_is_named_after_it(self, as_hr):
        response = as_hr.get("/reports/yearly/excel/?year=2012&unit=QT/XE")
        assert response["Content-Disposition"] == 'attachment; filename="bao-cao-2012-QT-XE.xlsx"'

    def test_a_bad_year_is_a_page_not_a_file(self, as_hr):
        response = as_hr.get("/reports/yearly/excel/?year=99999")
        assert response.status_code == 400
        assert "“99999” không phải là năm" in response.content.decode()
        assert not ExportLog.objects.exists()


def test_the_counting_rule_names_the_statuses_that_count(as_leader):
    text = as_leader.get("/reports/rule/").content.decode()
    assert "Được cử · Đang học · Hoàn thành · Không hoàn thành · Bỏ học" in text
    assert "Đề xuất · Từ chối · Hoãn · Hủy" in text
