"""The list of classes."""

import datetime

import pytest
from django.utils import timezone

from tests.builders import EnrollmentBuilder, FieldBuilder, ProviderBuilder, SessionBuilder

from .pages import sheet, text

URL = "/courses/sessions/"


def codes(response) -> list[str]:
    return [row.record.code for row in response.context["table"].paginated_rows]


def test_the_latest_class_comes_first(as_hr):
    for year in (2011, 2013, 2012):
        SessionBuilder(code=f"L{year}", start=datetime.date(year, 3, 5))
    assert codes(as_hr.get(URL)) == ["L2013", "L2012", "L2011"]
    assert codes(as_hr.get(f"{URL}?sort=start")) == ["L2011", "L2012", "L2013"]
    assert codes(as_hr.get(f"{URL}?sort=code")) == ["L2011", "L2012", "L2013"]


def test_seats_are_those_taken_of_those_there_are(as_hr):
    session = SessionBuilder(seats=40)
    for status in ("sent", "completed", "proposed", "cancelled"):
        EnrollmentBuilder(session=session, status=status)
    assert "2/40" in text(as_hr.get(URL))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tin hoc nang", ["TH"]),
        ("year=2012", ["TH"]),
        ("field=NN", ["NN"]),
        ("course=CT-NN", ["NN"]),
        ("mode=online", ["NN"]),
        ("overseas=1", ["NN"]),
        ("overseas=0", ["TH"]),
        ("year=2011&field=TH", []),
        ("year=2012&before=1", ["TH", "NN"]),
        ("year=2013&before=1", ["TH"]),
    ],
)
def test_filters(as_hr, query, found):
    SessionBuilder(code="TH", name="Tin học nâng cao", course__field__code="TH", country="Việt Nam")
    SessionBuilder(
        code="NN",
        name="Tiếng Anh",
        course__code="CT-NN",
        course__field__code="NN",
        start=datetime.date(2011, 3, 5),
        mode="online",
        country="Singapore",
    )
    assert codes(as_hr.get(f"{URL}?{query}")) == found


def test_classes_that_are_over_without_results(as_hr):
    today = timezone.localdate()
    for code, end, status in (
        ("XONG", "2012-03-09", "completed"),
        ("CHO", "2012-03-09", "studying"),
        ("DX", "2012-03-09", "proposed"),
        ("NAY", today, "sent"),
    ):
        EnrollmentBuilder(session__code=code, session__end=end, status=status)
    assert codes(as_hr.get(f"{URL}?todo=result")) == ["CHO"]


def test_filter_of_the_provider(as_hr):
    SessionBuilder(code="A", provider=ProviderBuilder())
    SessionBuilder(code="B")
    assert codes(as_hr.get(f"{URL}?provider={ProviderBuilder().pk}")) == ["A"]


@pytest.mark.parametrize("stage", ["upcoming", "under_way", "ended", "cancelled"])
def test_filter_of_the_stage(as_hr, stage):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    SessionBuilder(code="upcoming", start=today + day)
    SessionBuilder(code="under_way", start=today - 4 * day)
    SessionBuilder(code="ended", start=today - 5 * day)
    SessionBuilder(code="cancelled", cancelled=True, cancel_reason="Thiếu giảng viên")
    assert codes(as_hr.get(f"{URL}?stage={stage}")) == [stage]


@pytest.mark.parametrize("query", ["year=abc", "field=XX", "stage=never", "overseas=2", "provider=9", "mode=x"])
def test_a_filter_that_is_not_understood_shows_nothing(as_hr, query):
    SessionBuilder()
    response = as_hr.get(f"{URL}?{query}")
    assert (response.status_code, codes(response)) == (422, [])


def test_the_export_holds_the_filtered_rows_with_dates_as_dates(as_hr):
    field = FieldBuilder(code="TH")
    SessionBuilder(code="L1", name="Lớp một", course__field=field, course__name="Tin học", seats=40)
    SessionBuilder(code="L2")
    (row,) = sheet(as_hr.get(f"{URL}?field=TH&export=xlsx"))
    assert (row["Mã lớp"], row["Chương trình"], row["Số chỗ đã có người"], row["Số chỗ"]) == ("L1", "Tin học", 0, 40)
    assert row["Khai giảng"].date() == datetime.date(2012, 3, 5)
    assert row["Bế giảng"].date() == datetime.date(2012, 3, 9)
    logged = as_hr.user.exports.get()
    assert (logged.what, logged.rows, logged.query) == ("Lớp", 1, f"Lĩnh vực: {field.name}")


def test_the_number_of_queries_does_not_grow_with_the_rows(as_hr, django_assert_num_queries):
    for _ in range(2):
        EnrollmentBuilder(session=SessionBuilder(seats=5))
    as_hr.get(URL)
    with django_assert_num_queries(8):
        as_hr.get(URL)
    for _ in range(20):
        EnrollmentBuilder(session=SessionBuilder(seats=5))
    with django_assert_num_queries(8):
        assert len(codes(as_hr.get(URL))) == 22


def test_an_empty_office_is_told_what_to_do(as_hr, as_leader):
    assert "Chưa mở lớp nào." in text(as_hr.get(URL))
    assert "/new/session/" in as_hr.get(URL).content.decode()
    assert "/new/session/" not in as_leader.get(URL).content.decode()
