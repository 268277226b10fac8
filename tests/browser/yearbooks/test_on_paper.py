"""What goes to the printer, A4: nothing is cut off at the edge, nothing is pressed into a column of single words."""

import re

import pytest

from .screen import Screen

ACROSS = 1017  # pixels between the margins of a page on its side


@pytest.fixture
def hr(screen, records) -> Screen:
    screen.arrive_as("hr").page.emulate_media(media="print")
    return screen


def sheets(screen: Screen) -> list[str]:
    """How each sheet lies."""
    paper = screen.page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    return ["across" if float(width) > float(height) else "upright" for width, height in boxes]


@pytest.mark.parametrize("address", ["/enrollments/?year=2012", "/courses/sessions/?year=2012"])
def test_a_list_of_wide_rows_lies_across_and_takes_few_sheets(hr, address):
    hr.open(address)
    assert 1 < len(sheets(hr)) < 4
    assert set(sheets(hr)) == {"across"}
    hr.page.set_viewport_size({"width": ACROSS, "height": 700})
    widths = hr.page.locator("td.roomy").evaluate_all("cells => cells.map((cell) => cell.clientWidth)")
    assert min(widths) > 250


def test_the_report_lies_upright_but_for_the_table_of_units_and_fields(hr):
    hr.open("/reports/yearly/?year=2012")
    assert sheets(hr) == ["upright", "upright", "across"]
    hr.page.set_viewport_size({"width": ACROSS, "height": 700})
    assert hr.page.locator(".matrix").evaluate("table => table.scrollWidth") <= ACROSS


def test_a_class_has_room_to_sign_at_its_end(hr, records):
    hr.open(f"/courses/sessions/{records.autumn.code}/")
    assert "Thủ trưởng đơn vị" in hr.page.locator(".signatures").inner_text()
    bottom = hr.page.locator(".list").evaluate("list => list.getBoundingClientRect().bottom")
    assert hr.page.locator(".signatures").evaluate("lines => lines.getBoundingClientRect().top") >= bottom


def test_a_class_is_the_list_of_its_learners(hr):
    hr.open("/courses/sessions/2012-VTVL-LDP-04/")
    paper = hr.page.locator("main").inner_text()
    assert "DANH SÁCH HỌC VIÊN\n\nKỹ năng lãnh đạo, quản lý cấp Phòng (lớp 04 năm 2012)" in paper
    assert "Quyết định 188/QĐ-VPCP ngày 19/04/2012, Người ký: Vụ trưởng Vụ Tổ chức cán bộ" in paper
    for screen_only in ("Đã bế giảng", "Còn 3 chỗ", "60 / 63 chỗ", "Đề xuất", "Chọn", "trong 61"):
        assert screen_only not in paper
    people = hr.page.locator(".roster tbody tr:visible")
    assert people.count() == 60
    assert people.first.locator(".tag").evaluate("tag => getComputedStyle(tag).borderTopWidth") == "0px"
