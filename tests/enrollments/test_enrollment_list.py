"""The rows behind every figure, and the people in them."""

import datetime

import pytest

from enrollments.models import Enrollment
from tests.builders import EnrollmentBuilder, PositionBuilder, SessionBuilder, StaffBuilder, UnitBuilder

from .pages import sheet, text

ROWS, PEOPLE = "/enrollments/", "/enrollments/people/"


def names(response) -> list[str]:
    return [getattr(row.record, "staff", row.record).full_name for row in response.context["table"].paginated_rows]


def count(response) -> int:
    return response.context["table"].paginator.count


@pytest.fixture
def rows(qt):
    """Four rows: what sets each apart is in its name."""
    below = UnitBuilder(code="QT-XE", parent=qt)
    EnrollmentBuilder(
        staff__full_name="Cục An",
        staff__posting__unit=qt,
        session__course__field__code="TH",
        session__course__code="TH-CB",
        decision_number="181/QĐ-VPCP",
        certificate_number="CC-2012/007",
    )
    EnrollmentBuilder(
        staff__full_name="Đội Bình",
        staff__posting__unit=below,
        staff__gender="female",
        session__code="L-2011",
        session__start=datetime.date(2011, 5, 4),
        status="studying",
        decision_number="12/qđ-vpcp",
    )
    EnrollmentBuilder(
        staff__full_name="Vụ Chi",
        staff__posting__position=PositionBuilder(name="Vụ trưởng", level="department"),
        staff__code="CB-CHI",
        staff__is_ethnic_minority=True,
        session__country="Lào",
        session__start=datetime.date(2012, 3, 6),
        status="sent",
    )
    EnrollmentBuilder(staff__full_name="Đề Xuất", staff__posting__unit=qt, status="proposed")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Cục An", "Đội Bình", "Vụ Chi", "Đề Xuất"]),
        ("year=2012", ["Cục An", "Vụ Chi", "Đề Xuất"]),
        ("status=counted", ["Cục An", "Đội Bình", "Vụ Chi"]),
        ("status=studying", ["Đội Bình"]),
        ("field=TH", ["Cục An"]),
        ("unit=QT", ["Cục An", "Đội Bình", "Đề Xuất"]),
        ("unit=QT&direct=1", ["Cục An", "Đề Xuất"]),
        ("unit=QT-XE", ["Đội Bình"]),
        ("direct=1", ["Cục An", "Đội Bình", "Vụ Chi", "Đề Xuất"]),
        ("slice=overseas", ["Vụ Chi"]),
        ("slice=women", ["Đội Bình"]),
        ("slice=ethnic_minority", ["Vụ Chi"]),
        ("slice=leaders", ["Vụ Chi"]),
        ("session=L-2011", ["Đội Bình"]),
        ("staff=CB-CHI", ["Vụ Chi"]),
        ("q=doi binh", ["Đội Bình"]),
        ("unit=QT&year=2012&status=counted", ["Cục An"]),
        ("session=NO-SUCH", []),
        ("course=TH-CB", ["Cục An"]),
        ("opens_from=06/03/2012", ["Vụ Chi"]),
        ("opens_from=5/3/12&opens_to=05032012", ["Cục An", "Đề Xuất"]),
        ("opens_to=31/12/2011", ["Đội Bình"]),
        ("decision=qd-vpcp", ["Cục An", "Đội Bình"]),
        ("decision=12/QĐ", ["Đội Bình"]),
        ("certificate=/0", ["Cục An"]),
        ("q=181/qđ", ["Cục An"]),
        ("q=181/QD-VPCP an", ["Cục An"]),
        ("q=12/qđ-v", ["Đội Bình"]),
        ("q=cc-2012/0", ["Cục An"]),
        ("q=VPCP", []),
        ("todo=result", ["Đội Bình", "Vụ Chi"]),
        ("todo=decision", ["Vụ Chi"]),
        ("year=2012&before=1&status=counted", ["Cục An", "Đội Bình", "Vụ Chi"]),
        ("year=2013&before=1", ["Cục An", "Vụ Chi", "Đề Xuất"]),
        ("before=1", ["Cục An", "Đội Bình", "Vụ Chi", "Đề Xuất"]),
    ],
)
def test_filters_of_rows_and_people(as_hr, rows, query, found):
    response = as_hr.get(f"{ROWS}?{query}&sort=name")
    assert names(response) == found and count(response) == len(found)
    assert names(as_hr.get(f"{PEOPLE}?{query}")) == found


@pytest.mark.parametrize(
    "query",
    ["year=x", "year=99999999999999999999", "unit=NO", "field=NO", "status=NO", "slice=NO", "direct=NO&year=0"]
    + ["course=NO", "opens_from=31/02/2012", "opens_to=x", "todo=NO", "before=NO", f"decision={'9' * 101}"],
)
@pytest.mark.parametrize("url", [ROWS, PEOPLE])
def test_a_filter_that_is_not_understood_shows_nothing(as_hr, rows, url, query):
    response = as_hr.get(f"{url}?{query}")
    assert (response.status_code, count(response)) == (422, 0)


@pytest.mark.parametrize("sort", ["name", "-name", "start", "-start", "unit", "field", "code", "no-such", "-"])
def test_sorting_loses_no_row(as_hr, rows, sort):
    assert count(as_hr.get(f"{ROWS}?sort={sort}")) == 4


def test_what_counts_is_called_participations(as_hr, rows):
    assert "Cử đi học 3 lượt" in text(as_hr.get(f"{ROWS}?status=counted"))
    assert "Cử đi học 1 lượt" in text(as_hr.get(f"{ROWS}?status=studying"))
    assert "Cử đi học 4 dòng" in text(as_hr.get(ROWS))
    assert "Cử đi học 1 dòng" in text(as_hr.get(f"{ROWS}?status=proposed"))


def test_two_years_are_told_apart(as_hr, rows, django_assert_num_queries):
    query = "year=2012&before=1&status=counted"
    assert "3 lượt: 2 năm 2012, 1 năm 2011 (+1)" in text(as_hr.get(f"{ROWS}?{query}"))
    assert "3 người: 2 năm 2012, 1 năm 2011 (+1)" in text(as_hr.get(f"{PEOPLE}?{query}"))
    assert "3 lớp: 2 năm 2012, 1 năm 2011 (+1)" in text(as_hr.get("/courses/sessions/?year=2012&before=1&attended=1"))
    with django_assert_num_queries(9):
        as_hr.get(f"{ROWS}?{query}")


def test_people_are_sent_from_here(as_hr, as_leader):
    button = '<a class="btn btn-primary" href="/new/enrollment/">{}</a>'
    assert button.format("Cử người đi học") in as_hr.get(ROWS).content.decode()
    page = as_leader.get(ROWS).content.decode()
    assert button.format("Đề xuất người đi học") in page and "Cử người đi học" not in page


def test_the_newest_come_first(as_hr, rows):
    assert names(as_hr.get(ROWS)) == ["Đề Xuất", "Vụ Chi", "Cục An", "Đội Bình"]


def test_names_are_in_vietnamese_order(as_hr):
    for name in ("Lê Ánh", "Trần Ăn", "Đỗ Anh", "Vũ Ân", "Đỗ An"):
        EnrollmentBuilder(staff__full_name=name)
    assert names(as_hr.get(f"{ROWS}?sort=name")) == ["Đỗ An", "Đỗ Anh", "Lê Ánh", "Trần Ăn", "Vũ Ân"]


def test_five_filters_are_shown_at_once_and_the_others_when_one_of_them_is_in_use(as_hr, rows):
    panel = as_hr.get(f"{ROWS}?year=2012").context["filter"]
    assert [field.name for field in panel.first_fields] == ["year", "course", "field", "unit", "status"]
    assert len(panel.more_fields) == 10 and not panel.uses_more
    assert as_hr.get(f"{ROWS}?slice=women").context["filter"].uses_more
    assert as_hr.get(f"{ROWS}?opens_from=none").context["filter"].uses_more


def test_the_page_holds_no_column_that_only_excel_has(as_hr, rows):
    table = as_hr.get(f"{ROWS}?year=2011").context["table"]
    shown = [str(column.header) for column in table.columns]
    assert shown == ["STT", "Họ và tên", "Mã", "Lớp", "Khai giảng", "Lĩnh vực", "Đơn vị", "Trạng thái", "Kết quả"]
    (row,) = table.paginated_rows
    assert row.get_cell("start") == "04/05/2011"
    (exported,) = sheet(as_hr.get(f"{ROWS}?year=2011&export=xlsx"))
    assert {"Mã lớp", "Chức vụ", "Ngày quyết định", "Người ký", "Lý do"} <= set(exported)


def test_the_export_holds_exactly_the_rows_of_the_filter(as_hr, rows):
    exported = sheet(as_hr.get(f"{ROWS}?unit=QT&status=counted&sort=name&export=xlsx"))
    assert [(row["STT"], row["Họ và tên"], row["Trạng thái"]) for row in exported] == [
        (1, "Cục An", "Hoàn thành"),
        (2, "Đội Bình", "Đang học"),
    ]
    assert exported[0]["Khai giảng"].date() == datetime.date(2012, 3, 5)
    assert as_hr.user.exports.get().query == "Đơn vị: Cục Quản trị; Trạng thái: Được tính lượt"


def test_text_that_looks_like_a_formula_stays_text(as_hr):
    EnrollmentBuilder(result="=1+1", reason="@SUM(A1)", decision_number="-5", certificate_number="+1")
    (row,) = sheet(as_hr.get(f"{ROWS}?export=xlsx"))
    assert (row["Kết quả"], row["Lý do"], row["Quyết định"], row["Chứng chỉ"]) == ("=1+1", "@SUM(A1)", "-5", "+1")


def test_people_are_counted_once_with_a_link_to_their_participations(as_hr):
    staff = StaffBuilder(full_name="Lê An", code="CB/7")
    for status in ("completed", "sent", "proposed"):
        EnrollmentBuilder(staff=staff, status=status)
    page = as_hr.get(f"{PEOPLE}?year=2012")
    assert (names(page), "1 người" in text(page)) == (["Lê An"], True)
    link = "/enrollments/?year=2012&amp;status=counted&amp;staff=CB%2F7"
    assert f'<a href="{link}">2</a>' in page.content.decode()
    assert count(as_hr.get(link.replace("&amp;", "&"))) == 2
    (row,) = sheet(as_hr.get(f"{PEOPLE}?export=xlsx"))
    assert (row["Họ và tên"], row["Lượt"]) == ("Lê An", 2)


def test_rows_and_people_lead_to_each_other_with_the_same_filters(as_hr, rows):
    query = "unit=QT&status=counted"
    assert f"{PEOPLE}?unit=QT&amp;status=counted" in as_hr.get(f"{ROWS}?{query}&sort=name&page=1").content.decode()
    assert f"{ROWS}?unit=QT&amp;status=counted" in as_hr.get(f"{PEOPLE}?{query}").content.decode()
    live = as_hr.get(f"{ROWS}?{query}", headers={"HX-Request": "true"}).content.decode()
    assert f'id="list-other" href="{PEOPLE}?unit=QT&amp;status=counted"' in live


def test_no_row_is_on_two_pages_however_far_down(as_hr):
    row = EnrollmentBuilder(status="cancelled")
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    Enrollment.objects.bulk_create(Enrollment(**values) for _ in range(1149))
    seen = []
    for page in (40, 41, 42, 46):
        shown = as_hr.get(f"{ROWS}?page={page}").context["table"]
        seen += [r.record.pk for r in shown.paginated_rows]
    newest = list(Enrollment.objects.order_by("-pk").values_list("pk", flat=True))
    assert seen == newest[975:1050] + newest[1125:1150]
    assert "1.126–1.150 trong 1.150" in text(as_hr.get(f"{ROWS}?page=99"))
    assert "1.126" in as_hr.get(f"{ROWS}?page=46").content.decode()


@pytest.mark.parametrize("url", [ROWS, PEOPLE])
def test_the_number_of_queries_does_not_grow_with_the_rows(as_hr, url, django_assert_num_queries):
    def fill(number):
        for _ in range(number):
            EnrollmentBuilder(session=SessionBuilder())

    fill(2)
    as_hr.get(url)
    with django_assert_num_queries(7 if url == ROWS else 8):
        as_hr.get(url)
    fill(20)
    with django_assert_num_queries(7 if url == ROWS else 8):
        assert len(names(as_hr.get(url))) == 22


def test_the_order_of_the_rows_is_said(as_hr):
    EnrollmentBuilder()
    assert "Thứ tự: năm mới nhất và mới ghi nhận trước." in text(as_hr.get(ROWS))
    assert "Thứ tự" not in text(as_hr.get(f"{ROWS}?sort=name"))
    assert "1–1 trong 1 · sắp xếp theo Họ và tên" in text(as_hr.get(f"{ROWS}?sort=name"))


def test_the_rule_of_counting_stands_under_the_list(as_hr):
    assert "đề xuất, từ chối, hoãn, hủy" in text(as_hr.get(ROWS)).lower()


@pytest.mark.parametrize("year", ["12", "1899", "3000"])
def test_a_year_that_cannot_be_says_which_can(as_hr, year):
    assert "Nhập năm từ 1900 đến 2999." in text(as_hr.get(f"{ROWS}?year={year}"))


def test_a_date_is_hinted_at_in_the_language_of_the_reader(as_hr):
    page = as_hr.get(ROWS).content.decode()
    assert 'placeholder="ngày/tháng/năm"' in page and "dd/mm/yyyy" not in page
