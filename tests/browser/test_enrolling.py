"""Enrolling in a real browser: by the keyboard alone, by ticks, and without scripts."""

import datetime

import pytest
from playwright.sync_api import expect

from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UserBuilder

from .dragging import drop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(transactional_db):
    seed_code_lists()
    return SessionBuilder(code="L1", name="Tin học", seats=9)


@pytest.fixture
def site(client, live_server):
    """The address of the site, and the cookie of an hr officer who is signed in."""
    client.force_login(UserBuilder())
    return live_server.url, {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


@pytest.fixture
def hr(page, site):
    page.context.add_cookies([site[1]])
    return page


def pick(page, typed: str) -> None:
    page.keyboard.type(typed)
    page.locator(".ts-dropdown .option.active").wait_for()
    page.keyboard.press("Enter")


def test_two_people_are_sent_without_a_mouse(hr, site, session, complaints):
    for name in ("Đặng Văn Đức", "Nguyễn Thị Ánh"):
        StaffBuilder(full_name=name)
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    pick(hr, "dang duc")
    pick(hr, "thi anh")
    hr.keyboard.press("Control+Enter")
    hr.get_by_role("button", name="Cử 2 người").wait_for()
    assert not Enrollment.objects.exists()
    hr.keyboard.press("Control+Enter")
    hr.get_by_text("Đã cử 2 người: Nguyễn Thị Ánh, Đặng Văn Đức.").wait_for()
    assert Enrollment.objects.filter(status="sent").count() == 2
    assert complaints == []


def test_a_click_in_the_box_keeps_the_focus_for_the_next_person(hr, site, session):
    for name in ("Lê An", "Vũ Bình", "Đỗ Chi"):
        StaffBuilder(full_name=name)
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    for number, name in enumerate(("le an", "vu binh", "do chi"), start=1):
        hr.keyboard.type(name)
        hr.locator(".ts-dropdown .option.active").click()
        hr.locator(".ts-control .item").nth(number - 1).wait_for()
        hr.locator(".ts-control input").click()
    assert hr.locator(".ts-control .item").count() == 3


def test_enter_on_the_name_of_somebody_in_the_class_chooses_nobody_else(hr, site, session, complaints):
    EnrollmentBuilder(session=session, staff__full_name="Hoàng Đức Ánh", status="sent")
    StaffBuilder(full_name="Hoàng Đức Ánh Dương")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    hr.keyboard.type("Hoàng Đức Ánh")
    said = hr.get_by_text("Hoàng Đức Ánh đã có trong lớp này.")
    expect(said).to_be_visible()
    hr.keyboard.press("Enter")
    assert hr.locator(".ts-control .item").count() == 0
    hr.keyboard.press("ArrowDown")
    hr.keyboard.press("Enter")
    expect(hr.locator(".ts-control .item")).to_contain_text("Hoàng Đức Ánh Dương")
    expect(said).to_have_count(0)
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 1366])
def test_classes_of_one_course_are_told_apart_in_the_list_by_their_codes(hr, site, width):
    name = "Quốc phòng, an ninh đối tượng 2 (lớp 01 năm 2012)"
    EnrollmentBuilder(session__code="2012-QPAN-2-01", session__name=name, status="sent")
    hr.set_viewport_size({"width": width, "height": 768})
    hr.goto(f"{site[0]}/enrollments/")
    code = hr.get_by_text("2012-QPAN-2-01", exact=True)
    right = "box => box.getBoundingClientRect().right"
    assert code.evaluate(right) <= code.locator("xpath=ancestor::td").evaluate(right)


def test_leaving_the_people_after_the_check_asks(hr, site, session):
    StaffBuilder(full_name="Lê An")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    pick(hr, "le an")
    hr.keyboard.press("Control+Enter")
    hr.get_by_role("button", name="Sửa danh sách người").click()
    hr.get_by_role("button", name="Kiểm tra").wait_for()
    asked = []
    hr.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    hr.get_by_role("link", name="Báo cáo").click()
    assert asked == ["beforeunload"]
    hr.get_by_role("button", name="Kiểm tra").click()
    hr.get_by_role("button", name="Cử 1 người").wait_for()


def test_a_finding_is_looked_up_beside_the_check(hr, site, session):
    other = EnrollmentBuilder(session__code="L2", session__start=session.start, session__end=session.end, status="sent")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/?staff={other.staff.code}")
    hr.keyboard.press("Control+Enter")
    link = hr.get_by_role("link", name="L2")
    assert link.evaluate("a => getComputedStyle(a).textDecorationLine") == "underline"
    with hr.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_url("**/courses/sessions/L2/")
    expect(hr.get_by_role("checkbox")).to_have_count(1)


def test_somebody_in_the_class_cannot_be_picked_again(hr, site, session):
    EnrollmentBuilder(session=session, staff__full_name="Đặng Văn Đức", status="sent")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    hr.keyboard.type("dang duc")
    hr.locator(".ts-dropdown").get_by_text("đã có trong lớp: Được cử").click()
    assert hr.locator(".ts-control .item").count() == 0


def test_the_button_counts_those_who_are_ticked(hr, site, session, complaints):
    for name in ("Lê An", "Vũ Bình", "Đỗ Chi"):
        StaffBuilder(full_name=name)
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    for name in ("le an", "vu binh", "do chi"):
        pick(hr, name)
    hr.keyboard.press("Control+Enter")
    hr.get_by_role("button", name="Cử 3 người").wait_for()
    hr.get_by_role("checkbox", name="Vũ Bình").uncheck()
    hr.get_by_role("button", name="Cử 2 người").click()
    hr.get_by_text("Đã cử 2 người: Lê An, Đỗ Chi.").wait_for()
    assert complaints == []


def test_ticked_rows_of_the_roster_take_a_step_together(hr, site, session, complaints):
    for name in ("An", "Bình", "Chi", "Dung"):
        EnrollmentBuilder(session=session, staff__full_name=f"Lê {name}", status="sent")
    hr.goto(f"{site[0]}/courses/sessions/L1/")
    assert hr.get_by_label("Trạng thái mới").is_hidden()
    hr.get_by_role("checkbox", name="Lê An").click()
    hr.get_by_role("checkbox", name="Lê Chi").click(modifiers=["Shift"])
    hr.get_by_text("Đã chọn 3 người").wait_for()
    hr.get_by_label("Trạng thái mới").select_option("studying")
    hr.get_by_role("button", name="Chuyển trạng thái 3 người").click()
    hr.wait_for_url("**/status/")
    hr.get_by_role("button", name="Chuyển trạng thái 3 người").click()
    hr.get_by_text("3 người đã chuyển sang “Đang học”.").wait_for()
    assert sorted(Enrollment.objects.values_list("status", flat=True)) == ["sent", "studying", "studying", "studying"]
    assert complaints == []


def test_ctrl_enter_changes_the_status_of_those_ticked(hr, site, session, complaints):
    for name in ("An", "Bình"):
        EnrollmentBuilder(session=session, staff__full_name=f"Lê {name}", status="studying")
    hr.goto(f"{site[0]}/courses/sessions/L1/")
    hr.get_by_label("Chọn tất cả").check()
    hr.get_by_label("Trạng thái mới").select_option("completed")
    hr.get_by_role("button", name="Chuyển trạng thái 2 người").click()
    hr.get_by_label("Kết quả").fill("Giỏi")
    hr.keyboard.press("Control+Enter")
    hr.get_by_text("2 người đã chuyển sang “Hoàn thành”.").wait_for()
    assert list(Enrollment.objects.values_list("status", "result")) == [("completed", "Giỏi")] * 2
    assert complaints == []


def test_the_bar_offers_only_the_steps_that_all_ticked_have_in_common(hr, site, session, complaints):
    for name, status in (("An", "studying"), ("Bình", "sent"), ("Chi", "completed")):
        EnrollmentBuilder(session=session, staff__full_name=f"Lê {name}", status=status)
    hr.goto(f"{site[0]}/courses/sessions/L1/")
    new_status = hr.get_by_label("Trạng thái mới")

    def offered() -> list[str]:
        return [option.inner_text() for option in new_status.locator("option:not([hidden])").all()]

    hr.get_by_label("Lê An").check()
    assert offered()[1:] == ["Hoàn thành", "Không hoàn thành", "Bỏ học", "Hủy"]
    expect(hr.get_by_role("button", name="Chuyển trạng thái 1 người")).to_be_disabled()
    hr.get_by_label("Lê Bình").check()
    assert offered()[1:] == ["Hoàn thành", "Không hoàn thành", "Bỏ học", "Hủy"]
    new_status.select_option("completed")
    button = hr.get_by_role("button", name="Chuyển trạng thái 2 người")
    expect(button).to_be_enabled()
    hr.get_by_label("Lê Chi").check()
    expect(hr.get_by_text("Những người đã chọn không có bước chung nào.")).to_be_visible()
    expect(new_status).to_be_hidden()
    hr.get_by_label("Lê Chi").uncheck()
    expect(new_status).to_have_value("")
    assert complaints == []


def test_somebody_in_the_class_already_is_a_click_away_while_typing(hr, site, session, complaints):
    row = EnrollmentBuilder(session=session, staff__full_name="Lê An", status="sent")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    hr.keyboard.type("le an")
    link = hr.get_by_role("link", name="đã có trong lớp: Được cử")
    expect(link).to_have_attribute("href", f"/enrollments/{row.pk}/")
    hr.keyboard.type(" khac")
    expect(link).to_be_hidden()
    assert complaints == []


def test_enter_goes_down_the_column_and_ctrl_enter_completes_the_class(hr, site, session, complaints):
    for name in ("An", "Bình", "Chi"):
        EnrollmentBuilder(session=session, staff__full_name=f"Lê {name}", status="studying")
    hr.goto(f"{site[0]}/courses/sessions/L1/results/")
    hr.get_by_label("Ngày cấp chứng chỉ").press("Enter")
    hr.get_by_label("Kết quả của Lê An").focus()
    for typed in ("Giỏi", "Khá", "Đạt"):
        hr.keyboard.type(typed)
        hr.keyboard.press("Enter")
    results = [hr.get_by_label(f"Kết quả của Lê {name}").input_value() for name in ("An", "Bình", "Chi")]
    assert results == ["Giỏi", "Khá", "Đạt"]
    hr.keyboard.press("Shift+Enter")
    expect(hr.get_by_label("Kết quả của Lê Bình")).to_be_focused()
    assert set(Enrollment.objects.values_list("status", flat=True)) == {"studying"}
    hr.keyboard.press("Control+Enter")
    hr.get_by_text("3 người hoàn thành lớp.").wait_for()
    assert sorted(Enrollment.objects.values_list("result", flat=True)) == ["Giỏi", "Khá", "Đạt"]
    assert complaints == []


def paste(page, text: str) -> None:
    """With the clipboard, as out of another program."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def test_several_codes_pasted_into_the_picker_go_to_the_box_for_codes(hr, site, session, complaints):
    for code in ("CB1", "CB2", "CB3"):
        StaffBuilder(code=code)
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    paste(hr, "CB1; CB2\nCB3\n")
    expect(hr.get_by_label("Mã cán bộ")).to_be_focused()
    expect(hr.get_by_label("Mã cán bộ")).to_have_value("CB1; CB2\nCB3")
    hr.keyboard.press("Control+Enter")
    hr.get_by_role("button", name="Cử 3 người").wait_for()
    assert complaints == []


def test_rows_of_excel_pasted_into_the_picker_stay_rows(hr, site, session, complaints):
    for code in ("CB12", "CB13"):
        StaffBuilder(code=code)
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    paste(hr, "1\tCB12\r\n2\tCB13\r\n")
    expect(hr.get_by_label("Mã cán bộ")).to_have_value("1\tCB12\n2\tCB13")
    hr.keyboard.press("Control+Enter")
    hr.get_by_role("button", name="Cử 2 người").wait_for()
    assert complaints == []


def test_several_codes_dropped_on_the_picker_go_to_the_box_for_codes(hr, site, session, complaints):
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    drop(box(hr), "CB1\r\nCB2\r\n")
    expect(hr.get_by_label("Mã cán bộ")).to_have_value("CB1\nCB2")
    expect(box(hr)).to_have_value("")
    assert complaints == []


def test_a_name_pasted_into_the_picker_is_searched_for(hr, site, session):
    StaffBuilder(full_name="Đặng Văn Đức")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    paste(hr, "Đặng Văn Đức")
    hr.locator(".ts-dropdown .option.active").wait_for()
    assert hr.get_by_label("Mã cán bộ").is_hidden()


def test_opening_the_box_for_codes_puts_the_focus_in_it(hr, site, session):
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    hr.get_by_text("Dán danh sách mã cán bộ").press("Enter")
    expect(hr.get_by_label("Mã cán bộ")).to_be_focused()


def test_without_scripts_people_are_sent_by_their_codes(browser, site, session):
    StaffBuilder(code="CB1", full_name="Lê An")
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    context.add_cookies([site[1]])
    page = context.new_page()
    page.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    page.get_by_text("Dán danh sách mã cán bộ").click()
    page.get_by_label("Mã cán bộ").fill("CB1")
    page.get_by_role("button", name="Kiểm tra").click()
    page.get_by_role("button", name="Cử 1 người").click()
    assert "Đã cử 1 người: Lê An." in page.content()
    context.close()


def box(page):
    """Where a person is typed."""
    return page.locator(".ts-control input")


def test_enter_on_a_name_that_several_bear_chooses_nobody(hr, site, session, complaints):
    for code, unit in (("CB1", "Vụ Pháp luật"), ("CB2", "Cục Quản trị")):
        StaffBuilder(
            code=code,
            full_name="Tô Thùy Thủy",
            posting__unit__name=unit,
            birth_date=datetime.date(1978, 4, 19),
        )
    StaffBuilder(full_name="Tô Minh Thủy")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    hr.keyboard.type("tô thùy thủy")
    hr.locator(".ts-dropdown .option").nth(1).wait_for()
    expect(hr.get_by_text("Có nhiều kết quả cùng tên.")).to_be_visible()
    hr.keyboard.press("Enter")
    expect(hr.locator(".ts-control .item")).to_have_count(0)
    hr.keyboard.press("ArrowDown")
    hr.keyboard.press("ArrowDown")
    hr.keyboard.press("Enter")
    expect(hr.locator(".ts-control .item")).to_have_text(["Tô Thùy Thủy CB2 · Cục Quản trị · 1978×"])
    assert complaints == []


def test_enter_before_the_results_are_there_chooses_nobody(hr, site, session):
    for name in ("Lê An", "Vũ Bình"):
        StaffBuilder(full_name=name)
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    hr.keyboard.type("le an")
    hr.locator(".ts-dropdown .option.active").wait_for()
    hr.keyboard.press("Control+A")
    hr.keyboard.type("vu binh")
    hr.keyboard.press("Enter")
    expect(hr.locator(".ts-control .item")).to_have_count(0)
    hr.locator(".ts-dropdown .option.active").get_by_text("Vũ Bình").wait_for()
    hr.keyboard.press("Enter")
    expect(hr.locator(".ts-control .item")).to_contain_text(["Vũ Bình"])


def test_a_text_left_without_a_choice_stops_the_form_and_stays(hr, site, session, complaints):
    StaffBuilder(full_name="Lê An")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    pick(hr, "le an")
    hr.keyboard.type("vũ bình")
    hr.keyboard.press("Control+Enter")
    expect(hr.get_by_text("“vũ bình” chưa được chọn.")).to_be_visible()
    expect(box(hr)).to_have_value("vũ bình")
    expect(box(hr)).to_be_focused()
    hr.keyboard.press("Control+A")
    hr.keyboard.press("Delete")
    hr.keyboard.press("Control+Enter")
    hr.get_by_role("button", name="Cử 1 người").wait_for()
    assert complaints == []


@pytest.mark.parametrize("leave", ["click", "Tab", "Escape"])
def test_a_text_stays_however_its_box_is_left(hr, site, session, leave):
    StaffBuilder(full_name="Lê An")
    StaffBuilder(full_name="Vũ Bình")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    pick(hr, "le an")
    hr.keyboard.type("vu binh")
    hr.locator(".ts-dropdown .option.active").wait_for()
    if leave == "click":
        hr.locator("#id_decision_number").click()
    else:
        hr.keyboard.press(leave)
    expect(box(hr)).to_have_value("vu binh")
    expect(box(hr)).to_be_visible()
    hr.get_by_role("button", name="Kiểm tra").click()
    expect(hr.get_by_text("“vu binh” chưa được chọn.")).to_be_visible()
    expect(box(hr)).to_have_value("vu binh")
    expect(box(hr)).to_be_focused()
    hr.locator(".ts-dropdown .option").get_by_text("Vũ Bình").click()
    hr.get_by_role("button", name="Kiểm tra").click()
    hr.get_by_role("button", name="Cử 2 người").wait_for()


def test_a_text_is_not_lost_by_going_straight_from_its_open_list_to_the_button(hr, site, session, complaints):
    StaffBuilder(full_name="Lê An")
    StaffBuilder(full_name="Vũ Bình")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    pick(hr, "le an")
    hr.keyboard.type("vu binh")
    hr.locator(".ts-dropdown .option.active").wait_for()
    hr.get_by_role("button", name="Kiểm tra").click()
    expect(hr.get_by_text("“vu binh” chưa được chọn.")).to_be_visible()
    expect(box(hr)).to_have_value("vu binh")
    expect(box(hr)).to_be_focused()
    expect(hr.locator(".ts-control .item")).to_contain_text(["Lê An"])
    assert hr.url.endswith("/courses/sessions/L1/enroll/")
    assert complaints == []


def test_going_back_from_the_check_keeps_who_was_chosen_and_what_was_typed(hr, site, session):
    StaffBuilder(full_name="Lê An", code="CB1")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    pick(hr, "le an")
    hr.keyboard.press("Control+Enter")
    hr.get_by_role("button", name="Cử 1 người").wait_for()
    hr.go_back()
    expect(hr.locator(".ts-control .item")).to_contain_text(["Lê An CB1"])
    hr.keyboard.type("vũ")
    hr.once("dialog", lambda dialog: dialog.accept())
    hr.goto(f"{site[0]}/courses/sessions/L1/")
    hr.go_back()
    expect(hr.locator(".ts-control .item")).to_contain_text(["Lê An CB1"])
    expect(box(hr)).to_have_value("vũ")


def test_codes_that_are_there_after_going_back_are_seen(hr, site, session, complaints):
    StaffBuilder(code="CB1")
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    hr.get_by_text("Dán danh sách mã cán bộ").click()
    hr.get_by_label("Mã cán bộ").fill("CB1")
    hr.keyboard.press("Control+Enter")
    hr.get_by_role("button", name="Cử 1 người").wait_for()
    hr.go_back()
    expect(hr.locator("details:has(#id_codes)")).to_have_attribute("open", "")
    expect(hr.get_by_label("Mã cán bộ")).to_have_value("CB1")
    expect(hr.locator(".ts-control .item")).to_have_count(0)
    assert complaints == []


def test_ticks_are_there_after_going_back(hr, site, session, complaints):
    for name in ("An", "Bình", "Chi"):
        EnrollmentBuilder(session=session, staff__full_name=f"Lê {name}", status="sent")
    hr.goto(f"{site[0]}/courses/sessions/L1/")
    for name in ("Lê An", "Lê Chi"):
        hr.get_by_role("checkbox", name=name).check()
    hr.get_by_label("Trạng thái mới").select_option("studying")
    hr.get_by_role("button", name="Chuyển trạng thái 2 người").click()
    hr.wait_for_url("**/status/")
    hr.go_back()
    hr.get_by_text("Đã chọn 2 người").wait_for()
    assert [hr.get_by_role("checkbox", name=f"Lê {n}").is_checked() for n in ("An", "Bình", "Chi")] == [
        True,
        False,
        True,
    ]
    assert complaints == []


def test_a_long_paste_into_the_picker_is_answered(hr, site, session, complaints):
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    paste(hr, "Nguyễn Văn An " * 2000)
    expect(hr.locator(".ts-dropdown .no-results")).to_have_text("Không tìm thấy.")
    assert complaints == []


def test_names_pasted_into_the_picker_are_called_names(hr, site, session, complaints):
    hr.goto(f"{site[0]}/courses/sessions/L1/enroll/")
    names = "\n".join(f"Nguyễn Văn {name}" for name in ("An", "Bình", "Chi"))
    paste(hr, names)
    hr.keyboard.press("Control+Enter")
    hr.get_by_text("Đây là họ tên, không phải mã: Nguyễn Văn An, Nguyễn Văn Bình, Nguyễn Văn Chi.").first.wait_for()
    expect(hr.get_by_label("Mã cán bộ")).to_have_value(names)
    assert complaints == []
