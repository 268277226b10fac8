"""Leaving a field moves nothing below it: the first click on a button meets what it was aimed at."""

import pytest
from playwright.sync_api import expect

from courses.seed import seed_code_lists
from tests.builders import SessionBuilder, StaffBuilder, UserBuilder

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Bồi dưỡng kiến thức quốc phòng, an ninh đối tượng 3 (lớp 02 năm 2012)"


@pytest.fixture
def hr(page, client, live_server):
    seed_code_lists()
    SessionBuilder(code="2012-QPAN-3-02", name=LONG)
    client.force_login(UserBuilder())
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(live_server.url)
    return page


def pick(page, typed: str) -> None:
    page.keyboard.type(typed)
    page.locator(".ts-dropdown .option.active").wait_for()
    page.keyboard.press("Enter")


def press(page, button: str, at: float = 0.9) -> None:
    """As with a mouse: where it stands before the press, by which the field is left; `at` is how far down on it."""
    box = page.get_by_role("button", name=button).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * at)


@pytest.mark.parametrize("width", [1366, 360])
def test_the_first_click_after_a_class_was_chosen_goes_on(hr, live_server, width, complaints):
    hr.set_viewport_size({"width": width, "height": 768})
    hr.goto(f"{live_server.url}/new/enrollment/")
    pick(hr, "qpan")
    press(hr, "Tiếp tục")
    expect(hr).to_have_url(f"{live_server.url}/courses/sessions/2012-QPAN-3-02/enroll/")
    assert complaints == []


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize(("before", "after", "at"), [("Mai An", "mai an", 0.1), ("mai an", "Mai An", 0.9)])
def test_the_first_click_after_a_name_was_typed_saves(hr, live_server, width, before, after, at, complaints):
    hr.set_viewport_size({"width": width, "height": 768})
    StaffBuilder(code="CB1", full_name=before)
    hr.goto(f"{live_server.url}/personnel/CB1/edit/")
    hr.get_by_label("Họ và tên").fill(after)
    hr.get_by_role("button", name="Lưu").scroll_into_view_if_needed()
    press(hr, "Lưu", at)
    expect(hr).to_have_url(f"{live_server.url}/personnel/CB1/")
    assert complaints == []
