"""The import of a workbook in a real browser: sent with progress, mended in place, imported."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from personnel.models import Staff
from tests.builders import UserBuilder
from tests.exchange.workbooks import OFFICE, person, session, written

pytestmark = pytest.mark.django_db(transaction=True)

WRONG = {**OFFICE, "Cán bộ": [person(), person("CB2", {"Giới tính": "?"})], "Lớp": [session(more={"Số chỗ": 0})]}


@pytest.fixture
def upload(client, live_server, page, transactional_db):
    """Opens the first page as an hr officer; sends a file by its content."""
    seed_code_lists()
    client.force_login(UserBuilder())
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    def send(content: bytes) -> None:
        page.goto(f"{live_server.url}/enrollments/import/")
        page.set_input_files("input[type=file]", {"name": "so.xlsx", "mimeType": "", "buffer": content})
        page.get_by_role("button", name="Tải lên và kiểm tra").click()

    return send


def test_a_workbook_is_sent_mended_in_place_and_imported(upload, page, complaints):
    upload(written(WRONG).getvalue())
    cell = page.get_by_label("Cán bộ, 3, Giới tính")
    cell.fill("Nam")
    cell.press("Enter")
    page.get_by_text("1 ô đã sửa ở đây").wait_for()
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Đọc các cảnh báo, rồi đánh dấu là đã xem.").click()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Đã lưu: 7 dòng mới, 0 dòng thay đổi.").wait_for()
    assert Staff.objects.count() == 2 and Enrollment.objects.count() == 1
    assert complaints == []


def test_a_refused_file_is_told_on_the_same_page_and_another_can_be_sent(upload, page, complaints):
    upload(b"Ma can bo;Ho va ten")
    page.get_by_role("alert").get_by_text("Đây không phải tệp Excel (.xlsx).").wait_for()
    assert page.evaluate("document.activeElement.className") == "errors"
    page.set_input_files("input[type=file]", {"name": "so.xlsx", "mimeType": "", "buffer": written(OFFICE).getvalue()})
    page.get_by_role("button", name="Tải lên và kiểm tra").click()
    page.get_by_role("button", name="Nhập 6 dòng").wait_for()
    assert complaints == []


def test_what_was_typed_is_not_left_unasked(upload, page):
    upload(written(WRONG).getvalue())
    page.get_by_label("Cán bộ, 3, Giới tính").fill("Nam")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Chọn tệp khác").click()
    page.get_by_role("button", name="Tải lên và kiểm tra").wait_for()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("width", [1366, 360])
def test_nothing_serious_stands_in_the_way_of_anybody(upload, page, width):
    page.set_viewport_size({"width": width, "height": 768})
    upload(written(WRONG).getvalue())
    page.get_by_label("Cán bộ, 3, Giới tính").wait_for()
    found = Axe().run(page).response["violations"]
    assert [problem["id"] for problem in found if problem["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
