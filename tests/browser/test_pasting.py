"""A block out of a spreadsheet pasted into a grid, and several lines pasted where one goes in."""

import re

import pytest
from playwright.sync_api import expect

from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from personnel.models import Staff
from tests.builders import EnrollmentBuilder, SessionBuilder, UserBuilder

from .dragging import drop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def grid(page, client, live_server):
    """The page that takes the results of a class of three."""
    seed_code_lists()
    session = SessionBuilder(code="L1")
    for name in ("An", "Bình", "Chi"):
        EnrollmentBuilder(session=session, staff__full_name=f"Lê {name}", staff__code=f"CB{name}", status="studying")
    client.force_login(UserBuilder())
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/courses/sessions/L1/results/")
    return page


def paste(page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).focus()
    paste_here(page, text)


def paste_here(page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def column(page, label: str) -> list[str]:
    return [page.get_by_label(f"{label} của Lê {name}", exact=True).input_value() for name in ("An", "Bình", "Chi")]


def test_a_column_goes_down_the_rows_and_is_said_before_saving(grid, complaints):
    paste(grid, "Kết quả của Lê An", "Giỏi\r\nKhá\r\nĐạt\r\n")
    assert column(grid, "Kết quả") == ["Giỏi", "Khá", "Đạt"]
    said = grid.locator(".pasted [role=status]")
    assert said.inner_text().startswith("Đã điền 3 ô, từ Lê An") and "đến Lê Chi" in said.inner_text()
    grid.keyboard.press("Control+Enter")
    grid.wait_for_url("**/courses/sessions/L1/")
    assert sorted(Enrollment.objects.values_list("result", flat=True)) == ["Giỏi", "Khá", "Đạt"]
    assert complaints == []


def test_a_block_goes_over_rows_and_columns_and_can_be_taken_back(grid, complaints):
    paste(grid, "Lý do của Lê An", "thừa\tGiỏi\tCC1\t1/4/2012\tngoài bảng")
    assert column(grid, "Kết quả")[0] == "Giỏi" and column(grid, "Số chứng chỉ")[0] == "CC1"
    assert "1 giá trị không có ô nhận: “ngoài bảng”." in grid.locator(".pasted [role=status]").inner_text()
    grid.get_by_role("button", name="Bỏ dán").click()
    assert column(grid, "Kết quả")[0] == "" and column(grid, "Lý do")[0] == ""
    paste(grid, "Lý do của Lê Bình", '"Ốm ""nặng""\nlâu"\t8,3\n')
    assert column(grid, "Lý do")[1] == 'Ốm "nặng" lâu' and column(grid, "Kết quả")[1] == "8,3"
    assert complaints == []


def test_a_block_with_names_goes_to_the_people_so_called(grid, complaints):
    rows = ["Họ và tên\tKết quả\tSố chứng chỉ", "LÊ CHI\tGiỏi\tCC3", "Lê An\tKhá\tCC1", "Lê Dung\tĐạt\tCC4"]
    paste(grid, "Kết quả của Lê An", "\n".join(rows))
    assert column(grid, "Kết quả") == ["Khá", "", "Giỏi"]
    assert column(grid, "Số chứng chỉ") == ["CC1", "", "CC3"]
    said = grid.locator(".pasted [role=status]").inner_text()
    assert said.startswith("Đã điền 4 ô")
    assert "2 dòng thừa không có chỗ: “Họ và tên Kết quả Số chứng chỉ”, “Lê Dung Đạt CC4”." in said
    assert complaints == []


def test_a_block_with_numbers_names_and_codes_goes_by_the_codes(grid):
    Staff.objects.update(full_name="Lê An")
    grid.reload()
    results = grid.get_by_label("Kết quả của Lê An", exact=True)
    results.first.focus()
    paste_here(grid, "1\tLê An\tCBChi\tGiỏi\n2\tLê An\tcbbình\tKhá")
    people = grid.locator("tbody th small").all_inner_texts()
    filled = dict(zip(people, (field.input_value() for field in results.all()), strict=True))
    assert filled == {"CBAn": "", "CBBình": "Khá", "CBChi": "Giỏi"}
    paste_here(grid, "Lê An\tĐạt\nLê An\tĐạt")
    assert "2 dòng thừa không có chỗ" in grid.locator(".pasted [role=status]").inner_text()


def test_names_alone_fill_nothing(grid):
    paste(grid, "Kết quả của Lê An", "Lê An\nLê Bình\nLê Chi")
    assert column(grid, "Kết quả") == ["", "", ""]
    assert grid.locator(".pasted [role=status]").inner_text() == "Chưa điền ô nào."


def test_rows_that_have_no_place_are_said(grid):
    paste(grid, "Kết quả của Lê Bình", "Khá\nĐạt\nGiỏi\nTốt")
    assert column(grid, "Kết quả") == ["", "Khá", "Đạt"]
    assert "2 dòng thừa không có chỗ: “Giỏi”, “Tốt”." in grid.locator(".pasted [role=status]").inner_text()


def test_choices_are_found_by_their_words(grid, complaints):
    paste(grid, "Trạng thái của Lê An", "không hoàn thành\tỐm\nBỏ\t\nBỏ học\tChuyển công tác\n")
    assert column(grid, "Trạng thái") == ["not_completed", "completed", "dropped_out"]
    assert column(grid, "Lý do") == ["Ốm", "", "Chuyển công tác"]
    assert "1 giá trị không có ô nhận: “Lê Bình CBBình: Bỏ”." in grid.locator(".pasted [role=status]").inner_text()
    assert complaints == []


def test_a_status_is_found_without_diacritics_and_as_it_stands_and_whose_is_not_found_is_named(grid, complaints):
    paste(grid, "Trạng thái của Lê An", "đang học\nhoan thanh\nĐỗ\n")
    assert column(grid, "Trạng thái") == ["studying", "completed", "completed"]
    assert "Lê Chi CBChi: Đỗ" in grid.locator(".pasted [role=status]").inner_text()
    assert complaints == []


def test_one_value_is_pasted_as_ever(grid):
    paste(grid, "Kết quả của Lê An", "Khá")
    assert column(grid, "Kết quả") == ["Khá", "", ""]
    expect(grid.locator(".pasted [role=status]")).to_be_empty()


def test_several_lines_do_not_go_into_a_field_of_one(grid, complaints):
    paste(grid, "Ngày cấp chứng chỉ", "1/1/2012\n2/1/2012\n")
    expect(grid.get_by_role("alert").get_by_text("Chưa dán: nội dung đã chép có 2 giá trị")).to_be_visible()
    assert grid.get_by_label("Ngày cấp chứng chỉ").input_value() == ""
    paste(grid, "Ngày cấp chứng chỉ", "1/1/2012\r\n")
    assert grid.get_by_label("Ngày cấp chứng chỉ").input_value().strip() == "1/1/2012"
    assert complaints == []


def test_a_dropped_block_is_spread_like_a_pasted_one(grid, complaints):
    drop(grid.get_by_label("Kết quả của Lê An", exact=True), "Giỏi\tCC1\r\nKhá\tCC2\r\n")
    assert column(grid, "Kết quả") == ["Giỏi", "Khá", ""]
    assert column(grid, "Số chứng chỉ") == ["CC1", "CC2", ""]
    assert grid.locator(".pasted [role=status]").inner_text().startswith("Đã điền 4 ô, từ Lê An")
    drop(grid.get_by_label("Trạng thái của Lê Bình", exact=True), "không hoàn thành\nBỏ học")
    assert column(grid, "Trạng thái") == ["completed", "not_completed", "dropped_out"]
    drop(grid.get_by_label("Kết quả của Lê Chi", exact=True), "Đạt")
    assert column(grid, "Kết quả") == ["Giỏi", "Khá", "Đạt"]
    assert complaints == []


def test_several_dropped_lines_do_not_go_into_a_field_of_one(grid, complaints):
    drop(grid.get_by_label("Ngày cấp chứng chỉ", exact=True), "1/1/2012\n2/1/2012\n")
    expect(grid.get_by_role("alert").get_by_text("Chưa dán: nội dung đã chép có 2 giá trị")).to_be_visible()
    expect(grid.get_by_label("Ngày cấp chứng chỉ")).to_have_value("")
    expect(grid.get_by_label("Ngày cấp chứng chỉ")).to_be_focused()
    assert complaints == []


def test_a_refusal_that_is_repeated_is_said_once(grid):
    for text in ("1\n2", "1\n2", "1\n2\n3"):
        paste(grid, "Ngày cấp chứng chỉ", text)
    expect(grid.get_by_role("alert")).to_have_text([re.compile("đã chép có 3 giá trị")])


def test_a_field_whose_value_was_not_found_is_marked_until_it_is_changed(grid, complaints):
    def marked() -> list[str]:
        return [
            field.get_attribute("aria-label") or field.get_attribute("name")
            for field in grid.locator("td .is-invalid[aria-invalid=true]").all()
        ]

    chi = Enrollment.objects.get(staff__code="CBChi").pk
    paste(grid, "Trạng thái của Lê An", "hoàn thành\nhoàn thành\nĐỗ")
    assert marked() == [f"status_{chi}"]
    grid.get_by_label("Trạng thái của Lê Chi").select_option("dropped_out")
    assert marked() == []
    paste(grid, "Trạng thái của Lê Chi", "Đỗ\t" + "dài " * 200)
    assert marked() == [f"status_{chi}", f"reason_{chi}"]
    paste(grid, "Trạng thái của Lê Chi", "Bỏ học\tỐm")
    assert marked() == []
    paste(grid, "Trạng thái của Lê Bình", "Bỏ học\nĐỗ")
    grid.get_by_role("button", name="Bỏ dán").click()
    assert marked() == []
    assert complaints == []


def test_the_choices_of_a_question_left_open_are_not_red(grid):
    session = Enrollment.objects.first().session
    Enrollment.objects.filter(staff__code="CBAn").update(status="completed", result="Giỏi", certificate_number="CC1")
    grid.reload()
    grid.get_by_label("Trạng thái của Lê An").select_option("dropped_out")
    grid.get_by_label("Lý do của Lê An").fill("Chuyển công tác")
    grid.keyboard.press("Control+Enter")
    choice = grid.get_by_text("Xóa kết quả và chứng chỉ")
    expect(choice).to_be_visible()
    assert grid.url.endswith(f"/courses/sessions/{session.code}/results/")
    ink = grid.locator("h1").evaluate("h => getComputedStyle(h).color")
    assert choice.evaluate("label => getComputedStyle(label).color") == ink
