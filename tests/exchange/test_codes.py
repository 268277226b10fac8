"""Codes in a workbook are the same in any case of letters, and words of open lists in any spelling of their letters."""

from datetime import date

import pytest

from courses.models import Course, CourseSession, Provider
from enrollments.models import Enrollment
from personnel.models import Position, Posting, Staff, Unit
from tests.builders import CourseBuilder, PositionBuilder, ProviderBuilder, StaffBuilder, UnitBuilder

from .workbooks import OFFICE, counts, course, enrollment, imported, person, places, posting, session, unit

pytestmark = pytest.mark.django_db

IN_OTHER_CASE = {
    "Đơn vị": [unit("qt", {"Tên đơn vị": "Đơn vị QT"})],
    "Cán bộ": [person("cb1")],
    "Quá trình công tác": [posting("Cb1", {"Mã đơn vị": "Qt"})],
    "Chương trình": [course("ct1", {"Mã lĩnh vực": "th"})],
    "Lớp": [session("l1", {"Mã chương trình": "cT1", "Tên lớp": "Lớp L1"})],
    "Lượt": [enrollment("l1", "cB1")],
}


@pytest.fixture
def office():
    """The small office, stored."""
    assert imported(OFFICE).applied


def messages(report) -> list[str]:
    return [problem.message for problem in report.errors]


def test_the_same_file_in_another_case_is_unchanged_and_the_stored_spelling_stands(office):
    report = imported(IN_OTHER_CASE)
    assert report.applied and not report.errors
    assert [counts(report, sheet) for sheet in IN_OTHER_CASE] == [(1, 0, 0, 1, 0)] * 6
    assert [model.objects.get().code for model in (Unit, Staff, Course, CourseSession)] == ["QT", "CB1", "CT1", "L1"]
    assert Posting.objects.count() == Enrollment.objects.count() == 1


def test_references_find_new_records_of_the_file_in_any_case():
    sheets = {**IN_OTHER_CASE, "Đơn vị": [unit("QT")], "Cán bộ": [person("CB1")]}
    assert imported(sheets).applied
    row = Enrollment.objects.select_related("staff", "unit").get()
    assert (row.staff.code, row.unit.code) == ("CB1", "QT")


@pytest.mark.parametrize(("first", "second"), [("CB01", "cb01"), ("ĐT-1", "đt-1"), ("Ðt", "đT"), ("Ắ1", "ắ1")])
def test_two_rows_whose_keys_differ_in_case_alone_repeat_each_other(first, second):
    report = imported({"Cán bộ": [person(first), person(second)]})
    assert messages(report) == ["Dòng này lặp lại dòng 2. Giữ lại một trong hai."]
    assert places(report.errors)[0][:3] == ("Cán bộ", 3, "Mã cán bộ")


@pytest.mark.parametrize("codes", [(41, "00041"), ("00041", 41), ("041", "0041", 41), (41.5, "041.5")])
def test_a_code_as_a_number_and_as_text_is_one_code_in_either_order(codes):
    *_others, last = range(2, 2 + len(codes))
    report = imported({"Cán bộ": [person(code) for code in codes]})
    assert messages(report) == ["Dòng này lặp lại dòng 2. Giữ lại một trong hai."]
    assert places(report.errors)[0][:3] == ("Cán bộ", last, "Mã cán bộ")


def test_codes_typed_as_text_are_different_codes_though_of_one_value():
    assert imported({"Cán bộ": [person("41"), person("00041")]}).applied
    assert imported({"Cán bộ": [person("0041"), person(41)]}).applied
    assert [*Staff.objects.order_by("code").values_list("code", flat=True)] == ["00041", "0041", "41"]


@pytest.mark.parametrize(
    ("sheet", "rows", "column"),
    [
        ("Quá trình công tác", [posting("CB1"), posting("cb1")], "Mã cán bộ"),
        ("Lượt", [enrollment("L1", "CB1"), enrollment("l1", "cb1")], "Mã lớp"),
    ],
)
def test_keys_of_two_parts_repeat_each_other_too(sheet, rows, column):
    report = imported({**OFFICE, sheet: rows})
    assert [(problem.sheet, problem.row, problem.column) for problem in report.errors] == [(sheet, 3, column)]


def test_predecessors_are_found_in_any_case_and_counted_once():
    rows = [unit("CŨ"), unit("MOI", {"Mã đơn vị tiền thân": "cũ; Cũ"})]
    assert imported({"Đơn vị": rows}).applied
    assert [old.code for old in Unit.objects.get(code="MOI").predecessors.all()] == ["CŨ"]
    report = imported({"Đơn vị": [unit("moi", {"Tên đơn vị": "Đơn vị MOI", "Mã đơn vị tiền thân": "CŨ;cũ"})]})
    assert counts(report, "Đơn vị") == (1, 0, 0, 1, 0)


def test_a_parent_in_another_case_is_the_same_parent(office):
    assert imported({"Đơn vị": [unit("P1", {"Mã đơn vị cấp trên": "qt"})]}).applied
    report = imported({"Đơn vị": [unit("p1", {"Tên đơn vị": "Đơn vị P1", "Mã đơn vị cấp trên": "Qt"})]})
    assert counts(report, "Đơn vị") == (1, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("СВ0001", "“С” (U+0421), “В” (U+0412)"),
        ("CB０１", "“０” (U+FF10), “１” (U+FF11)"),
        ("ＣB01", "“Ｃ” (U+FF23)"),
        ("CBΟ1", "“Ο” (U+039F)"),
        ("CB٣", "“٣” (U+0663)"),
        ("CB²", "“²” (U+00B2)"),
        ("CBɑ", "“ɑ” (U+0251)"),
    ],
)
def test_a_new_code_has_letters_of_latin_script_only(code, named):
    report = imported({"Cán bộ": [person(code)], "Quá trình công tác": [posting(code)], "Đơn vị": [unit()]})
    assert messages(report) == [
        f"Không phải chữ La-tinh, dù trông giống: {named}. Hãy gõ lại mã bằng chữ La-tinh (kể cả chữ tiếng Việt) và "
        "chữ số 0–9."
    ]
    assert places(report.errors) == [("Cán bộ", 2, "Mã cán bộ", code)]


@pytest.mark.parametrize("code", ["Đ.01", "ƯỜ_2", "Ỹ/3-a", "é9", "ơ", "ư"])
def test_vietnamese_letters_are_latin(code):
    assert imported({"Cán bộ": [person(code)]}).applied
    assert Staff.objects.get().code == code


def test_a_reference_to_a_code_that_only_looks_alike_says_so(office):
    (message,) = messages(imported({"Lượt": [enrollment("L1", "СВ1")]}))
    assert message.startswith("Không có cán bộ mã СВ1.")
    assert message.endswith(
        "Không phải chữ La-tinh, dù trông giống: “С” (U+0421), “В” (U+0412). Hãy gõ lại mã bằng chữ La-tinh (kể cả chữ "
        "tiếng Việt) và chữ số 0–9."
    )


def test_an_old_code_in_another_script_still_means_its_record():
    StaffBuilder(code="СВ0001", full_name="Lê Ngọc An", gender="female")
    report = imported({"Cán bộ": [person("св0001")]})
    assert report.applied and counts(report, "Cán bộ") == (1, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Ủy viên", "Uỷ viên"),
        ("Uỷ viên", "ủy viên"),
        ("Đội trưởng kỹ thuật", "Ðội trưởng kĩ thuật"),
        ("Lý trưởng", "Lí trưởng"),
        ("Phó Trưởng phòng Hoà giải", "phó trưởng phòng Hòa giải"),
    ],
)
def test_a_known_position_is_found_in_any_spelling_of_its_letters(office, stored, typed):
    position = PositionBuilder(name=stored)
    report = imported({"Quá trình công tác": [posting(more={"Chức vụ": typed})]})
    assert report.applied and not report.warnings
    assert Posting.objects.get().position == position
    report = imported({"Quá trình công tác": [posting(more={"Chức vụ": typed})]})
    assert counts(report, "Quá trình công tác") == (1, 0, 0, 1, 0)


def test_a_new_position_in_two_spellings_is_one():
    rows = [posting(more={"Chức vụ": "Uỷ viên"}), posting("CB2", {"Chức vụ": "Ủy viên"})]
    report = imported({**OFFICE, "Cán bộ": [person(), person("CB2")], "Quá trình công tác": rows})
    assert len(report.warnings) == 1
    assert Position.objects.filter(name__in=["Uỷ viên", "Ủy viên"]).get().name == "Uỷ viên"
    assert Position.objects.get(name="Uỷ viên").postings.count() == 2


def test_of_two_stored_positions_the_one_spelled_so_is_meant_else_the_older(office):
    old, young = PositionBuilder(name="Uỷ viên"), PositionBuilder(name="Ủy viên")
    for typed, meant in {"Ủy viên": young, "Uỷ viên": old, "ỦY VIÊN": old}.items():
        assert imported({"Quá trình công tác": [posting(more={"Chức vụ": typed})]}).applied
        assert Posting.objects.get().position == meant


def test_other_letters_are_another_position(office):
    PositionBuilder(name="Ủy viên")
    imported({"Quá trình công tác": [posting(more={"Chức vụ": "Uy viên"})]})
    assert Posting.objects.get().position.name == "Uy viên"


def test_a_known_provider_is_found_in_any_spelling_of_its_letters(office):
    provider = ProviderBuilder(name="Trường Đào tạo Mỹ Hoà")
    imported({"Lớp": [session(more={"Cơ sở đào tạo": "trường Ðào tạo Mĩ Hòa"})]})
    assert CourseSession.objects.get().provider == provider
    assert Provider.objects.count() == 1


def test_words_of_open_lists_are_unchanged_in_another_spelling_and_new_ones_are_spelled_as_those_in_use():
    words = {"Đơn vị": ("Loại đơn vị", "Uỷ ban"), "Chương trình": ("Trình độ", "Đại học y"), "Lớp": ("Nước", "Hoa Kỳ")}
    more = {sheet: {column: word} for sheet, (column, word) in words.items()}
    office = {
        **OFFICE,
        "Đơn vị": [unit(more=more["Đơn vị"])],
        "Chương trình": [course(more=more["Chương trình"])],
        "Lớp": [session(more=more["Lớp"])],
        "Lượt": [enrollment(more={"Kết quả": "Giỏi toàn khoá"})],
    }
    assert imported(office).applied
    other = {
        "Đơn vị": [unit(more={"Loại đơn vị": "Ủy ban"}), unit("B", {"Loại đơn vị": "ủy ban"})],
        "Chương trình": [course(more={"Trình độ": "Ðại học Y"}), course("CT2", {"Trình độ": "đại học y"})],
        "Lớp": [session(more={"Nước": "Hoa Kì"}), session("L2", {"Nước": "hoa kì"})],
        "Lượt": [enrollment(more={"Kết quả": "giỏi toàn khóa"})],
    }
    report = imported(other)
    assert report.applied
    assert [counts(report, sheet) for sheet in other] == [(2, 1, 0, 1, 0)] * 3 + [(1, 0, 0, 1, 0)]
    assert set(Unit.objects.values_list("kind", flat=True)) == {"Uỷ ban"}
    assert set(Course.objects.values_list("level", flat=True)) == {"Đại học y"}
    assert set(CourseSession.objects.values_list("country", flat=True)) == {"Hoa Kỳ"}
    assert Enrollment.objects.get().result == "Giỏi toàn khoá"


def test_a_spelling_in_use_stays_as_it_is_typed():
    CourseBuilder(code="A", level="Khoá I")
    CourseBuilder(code="B", level="Khóa I")
    assert imported({"Chương trình": [course("C", {"Trình độ": "Khóa I"})]}).applied
    assert Course.objects.get(code="C").level == "Khóa I"


def test_eth_in_a_name_is_stored_as_d_with_stroke():
    assert imported(
        {"Cán bộ": [person("CB1", {"Họ và tên": "Trần Ðức"}), person("CB2", {"Họ và tên": "ðỗ An"})]}
    ).applied
    assert list(Staff.objects.order_by("code").values_list("full_name", flat=True)) == ["Trần Đức", "đỗ An"]
    assert [staff.code for staff in Staff.objects.matching("do")] == ["CB2"]


def test_a_code_that_lost_its_zeros_is_found_beside_codes_in_another_case():
    UnitBuilder(code="0A7")
    StaffBuilder(code="0070", full_name="Lê Ngọc An", gender="female")
    report = imported({"Cán bộ": [person(70)], "Đơn vị": [unit("0a7", {"Hiệu lực từ": date(2001, 1, 1)})]})
    assert counts(report, "Cán bộ") == (1, 0, 0, 1, 0)
    assert counts(report, "Đơn vị") == (1, 0, 1, 0, 0)
