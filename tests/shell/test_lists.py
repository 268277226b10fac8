"""The base of all lists: what stands in the address decides, and nonsense there gets a clean answer."""

import io
from urllib.parse import quote

import openpyxl
import pytest

from personnel.models import ExportLog, Staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shell_urls", "people")]

WOMEN = str(Staff.Gender.FEMALE.label)
NONSENSE = [
    "-1",
    "0",
    "99999999999999999999",
    "1e400",
    "NaN",
    "abc",
    "\x00",
    "a\x00b",
    "'",
    "%",
    "Nguyễn",
    "x" * 5000,
    "[]",
]
PARAMETERS = ["q", "sort", "page", "per_page", "gender", "born", "unit", "export", "unknown"]


@pytest.fixture
def get(client, signed_in):
    signed_in("hr")
    return lambda query="", **headers: client.get(f"/t/list/?{query}", headers=headers)


def names(response) -> list[str]:
    return [row.record.code for row in response.context["table"].paginated_rows]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_nonsense_in_any_parameter_gets_a_clean_answer(get, parameter):
    for value in NONSENSE:
        assert get(f"{parameter}={quote(value)}").status_code in (200, 422)
        assert get(f"{parameter}=1&{parameter}={quote(value)}&{parameter}[]=2").status_code in (200, 422)


def test_a_page_beyond_the_end_shows_the_last_and_a_negative_one_the_first(get):
    assert get("page=999").context["table"].page.number == 3
    assert get("page=-4").context["table"].page.number == 1


def test_only_the_offered_page_sizes_are_taken(get):
    assert len(names(get("per_page=50"))) == 50
    assert len(names(get("per_page=7"))) == 25


def test_pages_together_hold_every_row_once(get):
    codes = [code for page in (1, 2, 3) for code in names(get(f"sort=gender&page={page}"))]
    assert sorted(codes) == sorted(Staff.objects.values_list("code", flat=True))


def test_a_filter_that_is_not_understood_shows_no_rows_and_says_why(get):
    response = get("gender=robot")
    assert response.status_code == 422
    assert names(response) == []
    assert "robot" in response.content.decode()


def test_search_ignores_diacritics_and_counts_what_it_finds(get):
    response = get("q=" + quote("duc 59"))
    assert names(response) == ["CB0059"]
    assert response.context["count"] == "1 people"


class TestOfASearch:
    @pytest.fixture(autouse=True)
    def counted_to_thirty(self, monkeypatch):
        monkeypatch.setattr("vpcp_training.screens.lists.COUNTED_OF_A_SEARCH", 30)

    def test_more_rows_than_anybody_reads_are_not_counted(self, get):
        response = get("q=cb0")
        assert response.context["count"] == "hơn 30 people"
        assert "1–25 trong hơn 30" in response.content.decode()
        assert len(names(get("q=cb0&page=3"))) == 5  # the second page, which is the last

    def test_as_many_as_are_counted_are_said(self, get, monkeypatch):
        assert get("q=cb000").context["count"] == "10 people"
        monkeypatch.setattr("vpcp_training.screens.lists.COUNTED_OF_A_SEARCH", 60)
        assert get("q=cb00").context["count"] == "60 people"

    @pytest.mark.parametrize("query", ["", "gender=female", "q=cb0&gender=female", "gender=female&q=cb0&sort=-code"])
    def test_a_list_that_a_figure_may_lead_to_says_exactly_how_many_there_are(self, get, query):
        response = get(query)
        assert response.context["count"] == f"{30 + 30 * ('gender' not in query)} people"
        assert "hơn" not in response.context["count"]

    def test_all_rows_are_exported(self, get):
        get("q=cb0&export=xlsx")
        assert ExportLog.objects.get().rows == 60


def test_active_filters_are_chips_that_can_be_taken_off_one_by_one(get):
    response = get("gender=female&born=1961&sort=-code&page=2")
    chips = response.context["chips"]
    assert [(chip.label, chip.value) for chip in chips] == [("Gender", WOMEN), ("Born in", "1961")]
    assert chips[0].remove_url == "?born=1961&sort=-code"
    assert response.context["clear_url"] == "?sort=-code"


def test_live_search_gets_the_rows_alone_and_says_it_varies(get):
    response = get("q=duc", **{"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]
    assert "<html" in get("q=duc", **{"HX-Request": "true", "HX-History-Restore-Request": "true"}).content.decode()


def test_sorted_column_says_so(get):
    assert 'aria-sort="descending"' in get("sort=-code").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(get, django_assert_max_num_queries):
    get()
    with django_assert_max_num_queries(4):
        get("per_page=25")
    with django_assert_max_num_queries(4):
        get("per_page=100")


def test_export_holds_exactly_the_filtered_rows_in_the_shown_order(get):
    shown = get("gender=female&sort=-code&per_page=100")
    response = get("gender=female&sort=-code&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "People"
    assert rows[1][0] == f"Gender: {WOMEN}"
    assert [row[2] for row in rows[5:]] == names(shown)
    assert rows[5][0] == 1
    assert sheet["D6"].number_format == "DD/MM/YYYY"
    assert rows[5][4] == WOMEN


def test_export_is_logged_with_its_filter_and_number_of_rows(get):
    get("gender=female&export=xlsx")
    log = ExportLog.objects.get()
    assert (log.user.username, log.what, log.query, log.rows) == ("hr", "People", f"Gender: {WOMEN}", 30)
