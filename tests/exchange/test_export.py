"""The export is an exchange workbook: it gives an empty installation the same data, and changes nothing here."""

import io
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses.models import Course, CourseSession, Provider
from enrollments.models import Enrollment
from exchange.workbook import export_workbook, import_workbook
from personnel.models import Position, Posting, Staff, Unit
from tests.builders import PostingBuilder, StaffBuilder, UnitBuilder, UserBuilder
from vpcp_training.screens.forms import VietnameseDateField
from vpcp_training.text import fold

from .workbooks import OFFICE, counts, course, enrollment, imported, person, posting, session, unit

pytestmark = pytest.mark.django_db

FULL = {
    "Đơn vị": [
        unit("VP", {"Tên tiếng Anh": "Office", "Loại đơn vị": "Bộ", "Thứ tự": 1, "Hiệu lực từ": date(1992, 1, 1)}),
        unit("QT1", {"Mã đơn vị cấp trên": "VP", "Thứ tự": 2, "Hiệu lực đến": date(2010, 12, 31)}),
        unit(
            "QT",
            {
                "Mã đơn vị cấp trên": "VP",
                "Thứ tự": 3,
                "Mã đơn vị tiền thân": "QT1; VP",
                "Tên viết tắt": "CQT; C. Quản trị",
            },
        ),
        unit("TH", {"Mã đơn vị cấp trên": "VP", "Thứ tự": 4}),
        unit("QT-LT", {"Mã đơn vị cấp trên": "QT", "Thứ tự": 5}),
    ],
    "Cán bộ": [
        person("CB1", {"Ngày sinh": date(1975, 3, 5), "Dân tộc thiểu số": "x", "Đối tượng": "Công chức"}),
        person("CB2", {"Họ và tên": "=Lê Văn Bình", "Ngày sinh": 1975}),
        person("CB3", {"Họ và tên": "Đỗ Thị Hòa", "Ngày sinh": "3/1975"}),
        person("CB4", {"Họ và tên": "Chưa học lớp nào"}),
    ],
    "Quá trình công tác": [
        posting("CB1", {"Mã đơn vị": "TH", "Đến ngày": "31/12/2011", "Chức vụ": "Vụ trưởng", "Mã ngạch": "01.001"}),
        posting("CB1", {"Mã đơn vị": "QT-LT", "Từ ngày": date(2012, 1, 1)}),
        posting("CB2", {"Mã đơn vị": "TH"}),
        posting("CB3", {"Mã đơn vị": "QT"}),
        posting("CB4", {"Mã đơn vị": "TH"}),
    ],
    "Chương trình": [course("CT1", {"Trình độ": "Cao cấp", "Số tiết": 1056}), course("CT2", {"Mã lĩnh vực": "NN"})],
    "Lớp": [
        session("L1", {"Hình thức": "Kết hợp", "Địa điểm": "Hà Nội", "Nước": "Lào", "Số chỗ": 9, "Kinh phí": 24500000}),
        session("L2", {"Mã chương trình": "CT2", "Cơ sở đào tạo": "Học viện Hành chính", "Hình thức": "Trực tuyến"}),
        session("L3", {"Ngày khai giảng": "4/5/2011", "Ngày bế giảng": "1/7/2012", "Hình thức": "Trực tuyến"}),
    ],
    "Lượt": [
        enrollment(
            "L1",
            "CB1",
            {"Trạng thái": "Hoàn thành", "Kết quả": "Giỏi", "Số chứng chỉ": "007", "Ngày cấp": "1/4/2012"},
        ),
        enrollment("L2", "CB1", {"Số quyết định": "12/QĐ", "Ngày quyết định": "1/2/2012", "Người ký": "Chánh VP"}),
        enrollment("L3", "CB1", {"Trạng thái": "Bỏ học", "Lý do": "Chuyển công tác"}),
        enrollment("L2", "CB2"),
        enrollment("L2", "CB3", {"Trạng thái": "Hủy", "Lý do": "Ốm"}),
    ],
}


def exported(**options) -> io.BytesIO:
    file = io.BytesIO()
    export_workbook(file, **options)
    return file


def cells(file: io.BytesIO) -> dict:
    """The cells of every sheet, as values."""
    return {page.title: [[c.value for c in row] for row in page.iter_rows()] for page in load_workbook(file)}


def emptied() -> None:
    """The database as `migrate` leaves it, but for users."""
    for model in (Enrollment, CourseSession, Course, Provider, Posting, Staff):
        model.objects.all().delete()
    Position.objects.filter(sort_order=1000).delete()
    while leaves := Unit.objects.filter(children=None):
        leaves.delete()


def test_an_export_gives_an_empty_installation_the_same_data_and_equal_sheets():
    assert not imported(FULL).errors
    first = exported()
    snapshots = set(Enrollment.objects.values_list("session__code", "staff__code", "year", "field__code", "unit__code"))
    emptied()
    assert not Unit.objects.exists()
    report = import_workbook(first)
    assert not report.errors
    assert [count.created for count in report.sheets.values()] == [len(rows) for rows in FULL.values()]
    assert cells(exported()) == cells(first)
    assert snapshots == set(
        Enrollment.objects.values_list("session__code", "staff__code", "year", "field__code", "unit__code")
    )


def test_an_export_is_unchanged_here():
    imported(FULL)
    report = import_workbook(exported())
    assert [count.unchanged for count in report.sheets.values()] == [len(rows) for rows in FULL.values()]


def test_the_sheets_hold_what_the_contract_says():
    imported(FULL)
    book = load_workbook(exported())
    assert book.sheetnames == list(FULL)
    units = book["Đơn vị"]
    assert [c.value for c in units[1]] == [
        "Mã đơn vị",
        "Tên đơn vị",
        "Tên tiếng Anh",
        "Loại đơn vị",
        "Mã đơn vị cấp trên",
        "Thứ tự",
        "Hiệu lực từ",
        "Hiệu lực đến",
        "Mã đơn vị tiền thân",
        "Tên viết tắt",
    ]
    assert [c.value for c in units[4]][-2:] == ["QT1; VP", "CQT; C. Quản trị"]
    name = book["Cán bộ"]["B3"]
    assert (name.value, name.data_type) == ("=Lê Văn Bình", "s")
    opening, cost = book["Lớp"]["D3"], book["Lớp"]["K3"]
    assert (opening.is_date, opening.value.date(), cost.value) == (True, date(2012, 3, 5), 24500000)
    assert [c.value for c in book["Lượt"][2]][:3] == ["L3", "CB1", "Lê Ngọc An"]


def test_births_go_out_as_dates_where_the_day_is_known_and_else_as_text():
    imported(FULL)
    column = load_workbook(exported())["Cán bộ"]["C"]
    assert [cell.value for cell in column] == ["Ngày sinh", datetime(1975, 3, 5), "1975", "03/1975", None]
    assert [cell.data_type for cell in column[1:4]] == ["d", "s", "s"]


def test_days_as_far_as_forms_take_them_go_out_and_come_in():
    first, last = (VietnameseDateField().clean(typed) for typed in ("01/01/1900", "31/12/2999"))
    bureau = UnitBuilder(valid_from=first, valid_to=last)
    PostingBuilder(staff=StaffBuilder(posting=None), unit=bureau, start=first, end=last)
    report = import_workbook(exported())
    assert (report.errors, report.total("unchanged")) == ([], 3)


def test_text_that_looks_like_an_escape_of_excel_goes_out_and_comes_in_the_same():
    text = "Lớp_x0041_x0042_ và _x005F_ (_x00e9_)"
    imported({**OFFICE, "Lượt": [enrollment(more={"Kết quả": "Khá"})]})
    Enrollment.objects.update(result=text)
    assert counts(import_workbook(exported()), "Lượt") == (1, 0, 0, 1, 0)
    assert Enrollment.objects.get().result == text


def test_one_row_a_pair_the_active_enrollment_or_else_the_latest():
    imported({**OFFICE, "Lượt": [enrollment(more={"Trạng thái": "Hủy"})]})
    first = Enrollment.objects.get()
    same = {"session": first.session, "staff": first.staff, "year": 2012, "field": first.field, "unit": first.unit}
    Enrollment.objects.create(status="declined", **same)
    assert [row[6] for row in cells(exported())["Lượt"]] == ["Trạng thái", "Từ chối"]
    Enrollment.objects.create(status="sent", **same)
    assert [row[6] for row in cells(exported())["Lượt"]] == ["Trạng thái", "Được cử"]
    assert counts(import_workbook(exported()), "Lượt") == (1, 0, 0, 1, 0)


def test_with_a_unit_the_enrollments_of_its_subtree_and_what_they_need():
    imported(FULL)
    file = exported(unit=Unit.objects.get(code="QT"))
    keys = {name: [row[:2] for row in rows[1:]] for name, rows in cells(file).items()}
    assert keys["Lượt"] == [["L1", "CB1"], ["L2", "CB1"], ["L2", "CB3"]]
    assert [key for key, _name in keys["Lớp"]] == ["L1", "L2"]
    assert [key for key, _name in keys["Chương trình"]] == ["CT1", "CT2"]
    assert [key for key, _name in keys["Cán bộ"]] == ["CB1", "CB3"]
    assert keys["Quá trình công tác"] == [["CB1", "QT-LT"], ["CB3", "QT"]]
    assert [key for key, _name in keys["Đơn vị"]] == ["VP", "QT1", "QT", "QT-LT"]
    emptied()
    assert not import_workbook(file).errors
    assert Enrollment.objects.filter(unit__code__in=["QT", "QT-LT"]).count() == 3


def test_with_a_user_what_this_user_may_see():
    imported(FULL)
    leader = UserBuilder(role="leader", unit=Unit.objects.get(code="QT"))
    assert [row[:2] for row in cells(exported(user=leader))["Lượt"][1:]] == [
        ["L1", "CB1"],
        ["L2", "CB1"],
        ["L2", "CB3"],
    ]
    assert len(cells(exported(user=UserBuilder(role="hr")))["Lượt"]) == 6


def test_an_empty_installation_exports_headings_alone():
    assert [len(rows) for rows in cells(exported()).values()] == [1] * 6


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(fold)
CODES = st.text(st.sampled_from("ABCĐƯấ019.-_/"), min_size=1, max_size=6).filter(lambda code: code not in (".", ".."))
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    codes=st.lists(CODES, min_size=3, max_size=3, unique=True),
    names=st.lists(TEXT, min_size=6, max_size=6, unique_by=fold),
    days=st.tuples(DAYS, DAYS, DAYS),
    numbers=st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 10**15 - 1)),
    status=st.sampled_from(["Đề xuất", "Được cử", "Hoàn thành", "Bỏ học", "Hủy"]),
)
def test_whatever_is_stored_goes_out_and_comes_in_the_same(codes, names, days, numbers, status):
    first, start, end = sorted(days)
    sheets = {
        "Đơn vị": [unit(codes[0], {"Tên đơn vị": names[0]}), unit(codes[1], {"Mã đơn vị cấp trên": codes[0]})],
        "Cán bộ": [person(codes[2], {"Họ và tên": names[1]})],
        "Quá trình công tác": [
            posting(codes[2], {"Mã đơn vị": codes[1], "Từ ngày": f"{first:%d/%m/%Y}", "Chức vụ": names[2]})
        ],
        "Chương trình": [course(codes[0], {"Tên chương trình": names[3], "Số tiết": numbers[0]})],
        "Lớp": [
            session(
                codes[1],
                {
                    "Mã chương trình": codes[0],
                    "Cơ sở đào tạo": names[4],
                    "Kinh phí": str(numbers[1]),
                    "Ngày khai giảng": f"{start:%d/%m/%Y}",
                    "Ngày bế giảng": f"{end:%Y-%m-%d}",
                },
            )
        ],
        "Lượt": [enrollment(codes[1], codes[2], {"Trạng thái": status, "Kết quả": names[5]})],
    }
    emptied()
    sheets = {
        name: [{key: _writable(cell) for key, cell in row.items()} for row in rows] for name, rows in sheets.items()
    }
    assert not imported(sheets).errors
    file = exported()
    assert [count.unchanged for count in import_workbook(file).sheets.values()] == [2, 1, 1, 1, 1, 1]
    emptied()
    assert not import_workbook(file).errors
    assert cells(exported()) == cells(file)


def _writable(cell):
    """openpyxl refuses what no workbook can hold."""
    return "".join(c for c in cell if c >= " ") if isinstance(cell, str) else cell
