"""The filters of a list that has many of them."""

import pytest
from playwright.sync_api import expect

from courses.seed import seed_code_lists
from tests.builders import EnrollmentBuilder, UserBuilder

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hr(page, client, live_server):
    """The list of enrollments of a man and a woman."""
    seed_code_lists()
    EnrollmentBuilder(staff__full_name="Lê An", staff__gender="male")
    EnrollmentBuilder(staff__full_name="Vũ Bình", staff__gender="female")
    client.force_login(UserBuilder())
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/enrollments/")
    return page


def test_five_are_shown_and_the_others_are_a_click_away(hr, complaints):
    hr.get_by_text("+ Lọc").click()
    boxes = hr.locator(".filters .panel :is(input, select):visible")
    expect(boxes).to_have_count(5)
    hr.get_by_text("Thêm bộ lọc").click()
    expect(boxes).to_have_count(15)
    hr.get_by_label("Đối tượng thống kê").select_option("women")
    hr.wait_for_url("**/enrollments/?slice=women")
    expect(hr.locator("#list tbody tr")).to_have_count(1)
    hr.reload()
    hr.get_by_text("+ Lọc").click()
    expect(hr.get_by_label("Đối tượng thống kê", exact=True)).to_be_visible()
    assert complaints == []


def test_the_order_stands_above_the_rows_until_a_column_says_it(hr, complaints):
    expect(hr.get_by_text("Thứ tự: năm mới nhất và mới ghi nhận trước.")).to_be_visible()
    hr.locator("#list thead").get_by_role("link", name="Họ và tên").click()
    expect(hr.locator("#list th[aria-sort=ascending]")).to_have_text("Họ và tên ▲")
    expect(hr.get_by_text("Thứ tự:")).to_be_hidden()
    assert complaints == []
