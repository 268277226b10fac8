"""A list that cannot be fetched says so above the rows of before, and is fetched by a press when it can be again."""

import pytest
from playwright.sync_api import expect

from .test_shell import office, serious, site  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_the_database_is_away(site, live_server):  # noqa: F811
    site.goto(f"{live_server.url}/t/away/")
    site.fill("#id_q", "away")
    alert = site.get_by_role("alert")
    expect(alert).to_contain_text("Cơ sở dữ liệu không trả lời. Chưa tải được danh sách")
    expect(site.locator("#list tbody tr")).to_have_count(25)
    assert serious(site) == []
    site.fill("#id_q", "duc")
    expect(site.locator("#list tbody tr")).to_have_count(10)
    expect(alert).to_have_count(0)


@pytest.mark.parametrize("width", [1366, 360])
def test_the_network_is_away(site, width):  # noqa: F811
    site.set_viewport_size({"width": width, "height": 768})
    site.context.set_offline(True)
    site.fill("#id_q", "duc")
    alert = site.get_by_role("alert")
    expect(alert).to_have_text("Chưa tải được danh sách; các dòng dưới đây là của lần trước. Thử lại")
    assert site.evaluate("document.documentElement.scrollWidth") <= width
    site.context.set_offline(False)
    alert.get_by_role("button", name="Thử lại").click()
    expect(site.locator("#list tbody tr")).to_have_count(10)
    expect(alert).to_have_count(0)
