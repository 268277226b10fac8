"""A name typed wholly in lower case or in capitals: a hint beside the field that stops nobody."""

import unicodedata

import pytest
from playwright.sync_api import expect

from personnel.models import Staff
from tests.builders import UserBuilder

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(page, client, live_server):
    """The form of a new staff member, filled in but for the name."""
    client.force_login(UserBuilder())
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/new/staff/")
    page.get_by_label("Mã cán bộ").fill("CB1")
    page.get_by_label("Giới tính").select_option("male")
    return page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nguyễn văn an", "Họ tên viết thường cả; có phải là Nguyễn Văn An?"),
        ("ĐẶNG THỊ ÁNH", "Họ tên viết hoa cả; có phải là Đặng Thị Ánh?"),
        ("h'hen niê", "Họ tên viết thường cả; có phải là H'Hen Niê?"),
        (unicodedata.normalize("NFD", "nguyễn văn an"), "Họ tên viết thường cả; có phải là Nguyễn Văn An?"),
        ("Nguyễn Văn An", ""),
        ("Y", ""),
    ],
)
def test_the_hint_says_how_the_name_is_usually_written(form, complaints, typed, said):
    form.get_by_label("Họ và tên").fill(typed)
    form.get_by_label("Họ và tên").blur()
    expect(form.locator(".hint span")).to_have_text(said)
    assert form.get_by_role("button", name="Sửa như vậy").is_visible() is bool(said)
    assert complaints == []


def test_one_press_takes_what_the_hint_says(form):
    form.get_by_label("Họ và tên").fill("nguyễn văn an")
    form.get_by_role("button", name="Sửa như vậy").click()
    expect(form.get_by_label("Họ và tên")).to_have_value("Nguyễn Văn An")
    expect(form.locator(".hint span")).to_have_text("")


def test_the_hint_stops_nobody(form):
    form.get_by_label("Họ và tên").fill("nguyễn văn an")
    form.keyboard.press("Control+Enter")
    form.wait_for_url("**/personnel/CB1/")
    assert Staff.objects.get().full_name == "nguyễn văn an"
