"""A form that outlives its session or its token, in two tabs of one browser: nothing typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from personnel.models import Staff, User

from .test_shell import PASSWORD, serious

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def office(settings):
    settings.ROOT_URLCONF = "tests.shell.urls"
    User.objects.create_user("hr", PASSWORD, role="hr", full_name="Lê Thu Hương")
    User.objects.create_user("admin", PASSWORD, role="admin", full_name="Trần Quang")
    Staff.objects.create(code="CB1", full_name="Lê Ngọc An", gender="female")


def sign_in(page, password=PASSWORD, username="hr"):
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("main button[type=submit]")


def sign_out(page):
    page.click(".account > button")
    page.click(".account form button")
    page.wait_for_url("**/accounts/login/")


@pytest.fixture
def form(page, live_server):
    """The open form of a person, with something typed."""
    page.goto(f"{live_server.url}/accounts/login/?next=/t/CB1/edit/")
    sign_in(page)
    page.wait_for_url("**/t/CB1/edit/")
    page.fill("#id_full_name", "Lê Ngọc Ân")
    return page


@pytest.fixture
def other_tab(form, live_server):
    tab = form.context.new_page()
    tab.goto(f"{live_server.url}/t/list/")
    return tab


@pytest.mark.parametrize("width", [1366, 360])
def test_signed_out_in_another_tab(form, other_tab, complaints, width):
    form.set_viewport_size({"width": width, "height": 768})
    sign_out(other_tab)
    form.keyboard.press("Control+Enter")
    expect(form.locator("#ended")).to_contain_text("Phiên đăng nhập đã hết")
    expect(form.locator("#id_username")).to_be_focused()
    assert serious(form) == []
    sign_in(form, "sai")
    expect(form.locator(".errors")).to_be_focused()
    sign_in(form)
    expect(form.locator("h1")).to_have_text("Gửi lại những gì đã nhập")
    assert serious(form) == []
    assert form.evaluate("document.documentElement.scrollWidth") <= width
    assert Staff.objects.get().full_name == "Lê Ngọc An"
    form.keyboard.press("Control+Enter")
    form.wait_for_url("**/t/list/")
    assert Staff.objects.get().full_name == "Lê Ngọc Ân"
    assert complaints == []


def test_leaving_before_it_is_sent_again_asks(form, other_tab, live_server):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_out(other_tab)
    form.keyboard.press("Control+Enter")
    expect(form.locator("#ended")).to_be_visible()
    sign_in(form)
    form.get_by_role("link", name="Bỏ, không gửi").click()
    expect(form).not_to_have_url(re.compile("login"))
    assert asked == ["beforeunload"]


def test_signed_out_and_in_again_in_another_tab(form, other_tab, complaints):
    sign_out(other_tab)
    sign_in(other_tab)
    other_tab.wait_for_url(re.compile(r":\d+/$"))
    form.keyboard.press("Control+Enter")
    form.wait_for_url("**/t/list/")
    assert Staff.objects.get().full_name == "Lê Ngọc Ân"
    assert complaints == []


@pytest.fixture
def cookies_of_https(settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


def test_signed_out_and_in_again_where_cookies_are_this_host_s_alone(cookies_of_https, form, other_tab, complaints):
    assert {cookie["name"] for cookie in form.context.cookies()} == {"__Host-sessionid", "__Host-csrftoken"}
    test_signed_out_and_in_again_in_another_tab(form, other_tab, complaints)


@pytest.mark.parametrize("width", [1366, 360])
def test_somebody_else_signed_in_in_another_tab(form, other_tab, width):
    form.set_viewport_size({"width": width, "height": 768})
    sign_out(other_tab)
    sign_in(other_tab, username="admin")
    other_tab.wait_for_url(re.compile(r":\d+/$"))
    form.keyboard.press("Control+Enter")
    expect(form.locator("h1")).to_have_text("Nội dung do người khác nhập")
    expect(form.locator("main")).to_contain_text("Người đang đăng nhập là Trần Quang")
    assert "Lê Ngọc Ân" not in form.content()
    assert serious(form) == []
    assert form.evaluate("document.documentElement.scrollWidth") <= width
    assert Staff.objects.get().full_name == "Lê Ngọc An"


def test_somebody_else_signs_in_where_the_session_had_ended(form, other_tab):
    sign_out(other_tab)
    form.keyboard.press("Control+Enter")
    expect(form.locator("#ended")).to_be_visible()
    assert "Lê Ngọc Ân" not in form.content()
    sign_in(form, username="admin")
    expect(form.locator("h1")).to_have_text("Nội dung do người khác nhập")
    assert "Lê Ngọc Ân" not in form.content()
    form.get_by_role("link", name="Mở trang").click()
    expect(form.locator("#id_full_name")).to_have_value("Lê Ngọc An")


def test_signing_in_in_two_tabs(page, live_server):
    page.goto(f"{live_server.url}/accounts/login/?next=/t/list/")
    other = page.context.new_page()
    other.goto(f"{live_server.url}/accounts/login/?next=/t/list/")
    for tab in (page, other):
        sign_in(tab)
        tab.wait_for_url("**/t/list/")


def test_a_record_that_somebody_removed(form):
    Staff.objects.get().delete()
    form.keyboard.press("Control+Enter")
    expect(form.locator(".errors")).to_be_focused()
    expect(form.locator(".pairs")).to_contain_text("Lê Ngọc Ân")
    assert serious(form) == []


def going_back(page):
    """Every page on the way back, with what stands in its form, till there is the form of a person."""
    for _step in range(5):
        page.go_back()
        page.wait_for_load_state()
        if page.url.endswith("/edit/"):
            return


def test_back_to_what_somebody_else_typed_in_this_tab(form):
    form.on("dialog", lambda dialog: dialog.accept())
    sign_out(form)
    sign_in(form, username="admin")
    form.wait_for_url(re.compile(r":\d+/$"))
    going_back(form)
    expect(form.locator("body")).to_be_visible()
    expect(form.locator("#id_full_name")).to_have_value("Lê Ngọc An")
    form.keyboard.press("Control+Enter")
    form.wait_for_url("**/t/list/")
    assert Staff.objects.get().full_name == "Lê Ngọc An"


def test_back_after_it_was_said_that_somebody_else_typed_it(form, other_tab):
    sign_out(other_tab)
    sign_in(other_tab, username="admin")
    other_tab.wait_for_url(re.compile(r":\d+/$"))
    form.keyboard.press("Control+Enter")
    expect(form.locator("h1")).to_have_text("Nội dung do người khác nhập")
    going_back(form)
    expect(form.locator("body")).to_be_visible()
    expect(form.locator("#id_full_name")).to_have_value("Lê Ngọc An")


def test_back_to_what_one_typed_oneself(form, live_server):
    form.on("dialog", lambda dialog: dialog.accept())
    form.goto(f"{live_server.url}/t/list/")
    going_back(form)
    expect(form.locator("#id_full_name")).to_have_value("Lê Ngọc Ân")
