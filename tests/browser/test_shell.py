"""The shell as a person meets it: accessible in both languages and widths, live search, nothing typed lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from personnel.models import Staff, User

pytestmark = [pytest.mark.django_db(transaction=True)]

PASSWORD = "mật khẩu dài"
PAGES = [
    "/accounts/password/",
    "/khong-co/",
    "/t/list/?gender=female&sort=full_name",
    "/t/list/?gender=robot",
    "/t/list/?q=zzz",
    "/t/CB000/edit/",
    "/t/CB000/history/",
    "/t/pick/",
    "/t/broken/",
]


@pytest.fixture(autouse=True)
def office(settings):
    settings.ROOT_URLCONF = "tests.shell.urls"
    User.objects.create_user("hr", PASSWORD, role="hr", full_name="Lê Thu Hương")
    for n, name in enumerate(["Đặng Văn Đức", "Lê Ngọc An", "Trần Thu Hà"] * 10):
        Staff.objects.create(code=f"CB{n:03}", full_name=name, gender="female")


@pytest.fixture
def site(page, live_server):
    page.goto(f"{live_server.url}/accounts/login/?next=/t/list/")
    page.fill("#id_username", "hr")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/t/list/")
    return page


def serious(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(1366, "vi", "light"), (360, "vi", "light"), (1366, "en", "dark"), (360, "en", "light")],
)
def test_pages_are_accessible_and_never_scroll_sideways(site, live_server, complaints, width, language, scheme):
    site.emulate_media(color_scheme=scheme)
    site.set_viewport_size({"width": width, "height": 768})
    if language == "en":
        site.click("form.lang button")
        expect(site.locator("html")).to_have_attribute("lang", "en")
    for address in PAGES:
        site.goto(live_server.url + address)
        assert serious(site) == [], address
        assert site.evaluate("document.documentElement.scrollWidth") <= width, address
    assert [c for c in complaints if "Failed to load resource" not in c] == []


@pytest.mark.parametrize("width", [1366, 360])
def test_the_sign_in_page_is_accessible(page, live_server, width):
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"{live_server.url}/accounts/login/")
    assert serious(page) == []
    page.fill("#id_username", "hr")
    page.fill("#id_password", "sai")
    page.keyboard.press("Enter")
    expect(page.locator(".errors")).to_be_focused()
    expect(page).to_have_title("Lỗi: Đăng nhập · VPCP")
    assert serious(page) == []


def test_live_search_finds_without_diacritics_and_stays_in_the_address(site, live_server, complaints):
    site.keyboard.press("/")
    expect(site.locator("#id_q")).to_be_focused()
    site.keyboard.type("dang duc")
    expect(site.locator("#list-count")).to_have_text("10 people")
    expect(site).to_have_url(f"{live_server.url}/t/list/?q=dang%20duc")
    site.goto(f"{live_server.url}/accounts/password/")
    site.go_back()
    expect(site.locator("header.site")).to_be_visible()
    expect(site.locator("#list-count")).to_have_text("10 people")
    assert complaints == []


def test_a_filter_applies_at_once_and_its_chip_takes_it_off(site):
    site.click("summary.chip")
    site.select_option("#id_gender", "male")
    expect(site.locator(".empty")).to_be_visible()
    site.click(".chip a")
    expect(site.locator("#list-count")).to_have_text("30 people")
    assert site.url.endswith("/t/list/?")


def test_back_shows_box_chips_rows_and_address_that_agree(site, live_server, complaints):
    def shows(query, typed, chosen, count):
        expect(site).to_have_url(f"{live_server.url}/t/list/{query}")
        expect(site.locator("#id_q")).to_have_value(typed)
        expect(site.locator("#id_gender")).to_have_value(chosen)
        expect(site.locator("#list-chips .chip")).to_have_count(1 if chosen else 0)
        expect(site.locator("#list-count")).to_have_text(count)
        exported = f"{query.replace('%20', '+')}&export=xlsx" if query else "?export=xlsx"
        expect(site.locator("#list-export")).to_have_attribute("href", exported)

    site.fill("#id_q", "dang duc")
    shows("?q=dang%20duc", "dang duc", "", "10 people")
    site.click("summary.chip")
    site.select_option("#id_gender", "male")
    expect(site.locator("#list-chips .chip")).to_have_count(1)
    site.select_option("#id_gender", "female")
    shows("?q=dang%20duc&gender=female", "dang duc", "female", "10 people")
    site.fill("#id_q", "thu ha")
    shows("?q=thu%20ha&gender=female", "thu ha", "female", "10 people")
    site.goto(f"{live_server.url}/t/CB000/edit/")
    site.go_back()
    shows("?q=thu%20ha&gender=female", "thu ha", "female", "10 people")
    site.go_back()
    shows("?q=dang%20duc&gender=female", "dang duc", "female", "10 people")
    site.go_back()
    shows("?q=dang%20duc&gender=male", "dang duc", "male", "0 people")
    site.go_back()
    shows("?q=dang%20duc", "dang duc", "", "10 people")
    site.go_back()
    shows("", "", "", "30 people")
    site.go_forward()
    shows("?q=dang%20duc", "dang duc", "", "10 people")
    site.reload()
    shows("?q=dang%20duc", "dang duc", "", "10 people")
    assert complaints == []


def test_leaving_with_unsaved_changes_asks_and_after_saving_does_not(site, live_server):
    asked = []
    site.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    site.goto(f"{live_server.url}/t/CB001/edit/")
    site.fill("#id_full_name", "Lê Ngọc Ân")
    site.goto(f"{live_server.url}/t/list/")
    assert asked == ["beforeunload"]
    site.goto(f"{live_server.url}/t/CB001/edit/")
    site.fill("#id_full_name", "Lê Ngọc Ân")
    site.keyboard.press("Control+Enter")
    site.wait_for_url("**/t/list/")
    assert asked == ["beforeunload"]
    expect(site.locator(".notices")).to_contain_text("Đã lưu.")
    assert Staff.objects.get(code="CB001").full_name == "Lê Ngọc Ân"


def test_a_refused_form_takes_the_focus_to_its_summary_and_on_to_the_field(site, live_server):
    site.goto(f"{live_server.url}/t/CB001/edit/")
    site.fill("#id_birth_date", "31/02/2012")
    site.keyboard.press("Control+Enter")
    expect(site.locator(".errors")).to_be_focused()
    site.click(".errors a")
    expect(site.locator("#id_birth_date")).to_be_focused()
    expect(site.locator("#id_birth_date")).to_have_value("31/02/2012")


def test_pressing_save_twice_saves_once(site, live_server):
    site.goto(f"{live_server.url}/t/add/")
    site.fill("#id_code", "MOI")
    site.fill("#id_full_name", "Người Mới")
    site.select_option("#id_gender", "male")
    site.dblclick("main button[type=submit]")
    site.wait_for_url("**/t/list/")
    assert Staff.history.filter(code="MOI").count() == 1


def test_people_are_picked_with_the_keyboard_alone(site, live_server, complaints):
    site.goto(f"{live_server.url}/t/pick/")
    site.locator(".ts-control input").last.focus()
    for name in ("dang duc", "CB001"):
        site.keyboard.type(name)
        expect(site.locator(".ts-dropdown .active")).to_be_visible()
        site.keyboard.press("Enter")
    site.keyboard.press("Control+Enter")
    expect(site.locator(".notices")).to_contain_text("CB000, CB001")
    assert complaints == []


def test_the_page_works_without_scripts(browser, live_server):
    page = browser.new_context(java_script_enabled=False, locale="en-US").new_page()
    page.goto(f"{live_server.url}/accounts/login/?next=/t/list/")
    page.fill("#id_username", "hr")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.fill("#id_q", "thu ha")
    page.keyboard.press("Enter")
    expect(page.locator("#list-count")).to_have_text("10 people")
