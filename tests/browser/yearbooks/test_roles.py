"""A part of the day of each role, each with something done wrongly on the way."""

from playwright.sync_api import expect

from enrollments.models import Enrollment
from personnel.models import Staff
from tests.builders import SessionBuilder


def test_hr_enters_a_person_whose_date_does_not_exist_and_loses_nothing(screen):
    page = screen.arrive_as("hr").page
    screen.open("/personnel/")
    screen.follow("Thêm cán bộ")
    page.fill("#id_code", "CB9999")
    page.fill("#id_full_name", "Đặng Thị Ngọc Ánh")
    page.fill("#id_birth_date", "31/02/1980")
    page.select_option("#id_gender", "female")
    screen.save()
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator(".errors")).to_contain_text("Ngày 31/02/1980 không có. Nhập dạng 03/04/2012.")
    assert page.title().startswith("Lỗi:")
    for field, typed in {"code": "CB9999", "full_name": "Đặng Thị Ngọc Ánh", "birth_date": "31/02/1980"}.items():
        expect(page.locator(f"#id_{field}")).to_have_value(typed)
    expect(page.locator("#id_gender")).to_have_value("female")
    page.fill("#id_birth_date", "28021980")
    screen.save()
    expect(page.locator(".notices")).to_contain_text("Đã lưu: Đặng Thị Ngọc Ánh")

    screen.follow("Cán bộ")
    page.keyboard.press("/")
    page.keyboard.type("anh dang ngoc")
    expect(page.get_by_role("link", name="Đặng Thị Ngọc Ánh")).to_be_visible()
    expect(page.locator("#list-count")).to_have_text("1 người")


def test_a_leader_proposes_a_person_of_the_own_unit_and_finds_nobody_else(screen):
    session = SessionBuilder(code="2012-DX", name="Lớp đề xuất")
    own = Staff.objects.get(full_name="Đoàn Minh Oanh")
    page = screen.sign_in("leader").page
    expect(page.locator(".say")).to_contain_text("Năm 2012: 382 lượt")
    screen.open(f"/courses/sessions/{session.code}/")
    screen.follow("Đề xuất người đi học")
    screen.save()
    expect(page.locator(".errors")).to_contain_text("Chọn ít nhất một người.")

    field = page.get_by_role("combobox", name="Học viên")
    field.fill("le ngoc cuong")
    expect(page.locator(".no-results")).to_have_text("Không tìm thấy.")
    field.fill("")
    screen.pick("Học viên", "doan minh oanh")
    screen.save()
    page.get_by_role("button", name="Đề xuất 1 người").click()
    expect(page.locator(".notices")).to_contain_text("Đã đề xuất 1 người: Đoàn Minh Oanh.")
    assert [(row.staff, row.status) for row in Enrollment.objects.filter(session=session)] == [(own, "proposed")]


def test_an_administrator_lets_somebody_in_and_later_gives_a_new_password(screen, browser):
    page = screen.arrive_as("admin").page

    def add(username: str) -> None:
        page.fill("#id_username", username)
        page.fill("#id_full_name", "Phạm Thu Thảo")
        page.select_option("#id_role", "hr")
        screen.save()

    screen.open("/accounts/users/")
    screen.follow("Thêm người dùng")
    add("HR")
    expect(page.locator(".errors")).to_contain_text("Tên đăng nhập này đã có. Chọn tên khác.")
    expect(page.locator("#id_full_name")).to_have_value("Phạm Thu Thảo")
    add("thao")
    first = page.locator("code").inner_text()

    screen.open("/accounts/users/?q=thao")
    screen.follow("thao")
    screen.follow("Đặt lại mật khẩu")
    screen.save()
    second = page.locator("code").inner_text()
    assert first != second

    page.context.clear_cookies()
    screen.sign_in("thao", first)
    expect(page.locator(".errors")).to_be_visible()
    screen.sign_in("thao", second)
    expect(page.locator(".account")).to_contain_text("Phạm Thu Thảo")
    screen.open("/personnel/")
    expect(page.locator("h1")).to_have_text("Đổi mật khẩu")
    page.fill("#id_old_password", second)
    for field in ("#id_new_password1", "#id_new_password2"):
        page.fill(field, "mua-xuan-ve-roi")
    screen.save()
    expect(page.locator("h1")).to_have_text("Đã đổi mật khẩu")
    screen.open("/accounts/users/")
    expect(page.locator("h1")).to_have_text("Không được phép")


def test_the_language_switch_keeps_the_page_and_what_was_asked(screen):
    page = screen.arrive_as("hr").page
    address = "/enrollments/?year=2012&unit=QT&status=counted&sort=-start&page=2"
    screen.open(address)
    expect(page.locator("#list-count")).to_have_text("382 lượt")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#list-count")).to_have_text("382 participations")
    assert page.url == screen.url + address
    expect(page.locator("[aria-current=page]").last).to_have_text("2")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("#list-count")).to_have_text("382 lượt")
    assert page.url == screen.url + address


def test_paper_shows_the_figures_and_not_the_way_around(screen):
    page = screen.arrive_as("hr").page
    for address in ("/", "/enrollments/?year=2012&status=counted", "/personnel/CB0126/", "/reports/yearly/?year=2012"):
        screen.open(address)
        page.emulate_media(media="print")
        for hidden in ("header.site", "main nav.crumb", ".actions", ".filters"):
            assert not any(found.is_visible() for found in page.locator(hidden).all()), (address, hidden)
        expect(page.get_by_text("VĂN PHÒNG CHÍNH PHỦ").first).to_be_visible()
        assert page.locator("main table").first.is_visible()
        page.emulate_media(media="screen")


def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(screen):
    page = screen.arrive_as("hr").page
    for address in ("/", "/personnel/", "/new/staff/"):
        screen.open(address)
        page.evaluate("document.body.tabIndex = -1; document.body.focus()")  # from the top, not from the first field
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
        expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_in_viewport()
        hidden = []
        for _step in range(25):
            page.keyboard.press("Tab")
            hidden += page.evaluate(UNMARKED)
        assert hidden == []
    screen.open("/personnel/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


# The element with the focus, if nothing on the screen says that it has it.
UNMARKED = """() => {
  const el = document.activeElement, seen = el.closest(".ts-wrapper")?.querySelector(".ts-control") || el;
  if (el === document.body) return [];
  const style = getComputedStyle(seen), box = seen.getBoundingClientRect();
  const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return marked && box.width > 0 && box.height > 0 ? [] : [el.outerHTML.slice(0, 160)];
}"""
