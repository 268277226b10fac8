"""How much of a list stands on a screen: one line a row, the width of the screen used."""

import pytest

LISTS = ("/enrollments/", "/enrollments/people/", "/courses/sessions/", "/personnel/", "/reports/untrained/?year=2012")
BIGGEST = "/courses/sessions/2012-VTVL-LDP-04/"
_ROWS = """() => [...document.querySelectorAll(".list tbody tr")].map((row) => row.getBoundingClientRect())
  .map(({ height, bottom }) => [height, bottom <= innerHeight])"""


@pytest.fixture
def hr(screen):
    return screen.arrive_as("hr")


def rows(hr, address, width=1366) -> tuple[float, int]:
    """The height of the highest row, and how many rows stand on the first screen."""
    hr.page.set_viewport_size({"width": width, "height": 768})
    hr.open(address)
    assert not hr.scrolls_sideways(), (address, width)
    shown = hr.page.evaluate(_ROWS)
    return max(height for height, _seen in shown), sum(seen for _height, seen in shown)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1200, 1366, 1920])
def test_a_row_is_one_line(hr, width, language):
    hr.speak(language)
    for address in (*LISTS, BIGGEST):
        highest, _seen = rows(hr, address, width)
        assert highest <= 44, (address, highest)


def test_twelve_people_of_a_class_stand_on_a_laptop(hr):
    _highest, seen = rows(hr, BIGGEST)
    assert seen >= 12


def test_a_list_takes_the_width_of_the_screen(hr):
    rows(hr, "/enrollments/", 1920)
    assert hr.page.locator(".list table").evaluate("table => table.clientWidth") > 1800
    units = hr.page.locator("td[data-label='Đơn vị']").evaluate_all("cells => cells.map((cell) => cell.clientWidth)")
    assert min(units) > 200


def test_what_is_cut_off_stands_in_the_title(hr):
    rows(hr, "/enrollments/?session=2012-QPAN-2-01")
    cells = hr.page.locator("td[data-label='Lớp']")
    assert cells.first.evaluate(
        "cell => [cell, ...cell.querySelectorAll('*')].some(el => el.scrollWidth > el.clientWidth)"
    )
    assert cells.first.get_attribute("title") == "Quốc phòng, an ninh đối tượng 2 (lớp 01 năm 2012) (2012-QPAN-2-01)"


@pytest.mark.parametrize("address", [*LISTS, BIGGEST])
def test_nothing_is_wider_than_a_telephone(hr, address):
    rows(hr, address, 360)


def test_the_trend_of_two_years_is_no_larger_than_its_table_needs(hr):
    hr.page.set_viewport_size({"width": 1366, "height": 768})
    hr.open("/")
    assert hr.page.locator(".chart").evaluate("chart => chart.clientHeight") <= 180


def test_what_is_to_be_done_leads_to_its_rows(hr):
    hr.open("/")
    assert hr.page.locator(".todo li").all_inner_texts() == [
        "77 lớp đã bế giảng mà 538 lượt chưa có kết quả",
        "30 đề xuất chờ duyệt",
    ]
    for link, count in (("77 lớp", "77 lớp"), ("538 lượt", "538 dòng"), ("30 đề xuất chờ duyệt", "30 dòng")):
        hr.open("/")
        hr.follow(link)
        assert hr.page.locator("#list-count").inner_text() == count
