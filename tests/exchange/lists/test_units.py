"""Which unit a list means by what stands in its column."""

from datetime import date

import pytest

from exchange.lists.units import Units
from tests.builders import UnitBuilder, UserBuilder

pytestmark = pytest.mark.django_db
DAY = date(2012, 3, 5)


@pytest.fixture
def office():
    """Two bureaus with an accounting division each, and others."""
    top = UnitBuilder(code="VPCP", name="Văn phòng Chính phủ")
    UnitBuilder(code="TCCB", name="Vụ Tổ chức cán bộ", parent=top)
    finance = UnitBuilder(code="TV", name="Vụ Tài vụ", parent=top)
    logistics = UnitBuilder(code="QT", name="Cục Quản trị", parent=top, short_names="Cục QTr; VP1")
    UnitBuilder(code="TV-KT", name="Phòng Kế toán", kind="Phòng", parent=finance)
    UnitBuilder(code="QT-KT", name="Phòng Kế toán", kind="Phòng", parent=logistics)
    UnitBuilder(code="QT-LT", name="Phòng Lễ tân", parent=logistics)
    UnitBuilder(code="KGVX", name="Vụ Khoa giáo - Văn xã", parent=top)
    UnitBuilder(code="CV", name="Vụ Tổ chức hành chính nhà nước và Công vụ", parent=top)
    UnitBuilder(code="TTTH", name="Trung tâm Tin học", parent=top)
    UnitBuilder(code="QT2", name="Cục Hành chính - Quản trị II", parent=top)


def found(text: str, day: date = DAY) -> str | None:
    unit, _remark = Units(day).find(text)
    return unit and unit.code


def remark(text: str) -> str:
    unit, text = Units(DAY).find(text)
    assert unit is None
    return text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("QT-LT", "QT-LT"),
        ("qt-lt", "QT-LT"),
        ("Cục Quản trị", "QT"),
        ("  CUC  QUAN TRI ", "QT"),
        ("Cục Quản trị.", "QT"),
        ("Vụ Khoa giáo và Văn xã", "KGVX"),
        ("Vụ Khoa giáo & Văn xã", "KGVX"),
        ("Vu Khoa giao-Van xa", "KGVX"),
        ("Cục QTr", "QT"),
        ("vp1", "QT"),
        ("Vụ TCCB", "TCCB"),
        ("vu tccb", "TCCB"),
        ("Vụ KGVX", "KGVX"),
        ("Vụ TCHCNN&CV", "CV"),
        ("Vụ TCHCNNVCV", "CV"),
        ("P. Lễ tân", "QT-LT"),
        ("P.LT", "QT-LT"),
        ("TT Tin học", "TTTH"),
        ("TT. TH", "TTTH"),
        ("VP Chính phủ", "VPCP"),
        ("VP CP", "VPCP"),
        ("Cục HCQT II", "QT2"),
    ],
)
def test_a_unit_is_found_by_code_name_short_name_or_kind_and_initials(office, text, code):
    assert found(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Phòng Kế toán - Vụ Tài vụ", "TV-KT"),
        ("Phòng Kế toán, Vụ Tài vụ", "TV-KT"),
        ("Cục Quản trị – P. Kế toán", "QT-KT"),
        ("P.KT, Vụ TV", "TV-KT"),
        ("Phòng Lễ tân (Cục Quản trị)", "QT-LT"),
        ("Phòng Kế toán - Vụ Tài vụ - Văn phòng Chính phủ", "TV-KT"),
        ("Tổ Văn thư, Vụ Khoa giáo - Văn xã", "KGVX"),
        ("Phòng Lễ tân, Bộ Tài chính", "QT-LT"),
    ],
)
def test_of_a_text_with_parts_the_deepest_is_meant_below_the_other(office, text, code):
    assert found(text) == code


def test_a_text_that_is_a_name_as_a_whole_is_that(office):
    UnitBuilder(code="VX", name="Văn xã")
    assert found("Vụ Khoa giáo - Văn xã") == "KGVX"


def test_none_found_is_said_and_an_empty_text_is_nothing(office):
    assert remark("Vụ Hợp tác") == "Không có đơn vị nào tên là “Vụ Hợp tác”."
    assert remark("Quản trị") == "Không có đơn vị nào tên là “Quản trị”."
    assert Units(DAY).find(" ") == (None, None)
    UnitBuilder(code="A", name="Ban Thuế")
    assert remark("Ban T") == "Không có đơn vị nào tên là “Ban T”."  # one letter says too little


def test_of_two_neither_is_taken(office):
    text = "“Phòng Kế toán” có thể là nhiều đơn vị: Phòng Kế toán (QT-KT), Phòng Kế toán (TV-KT)."
    assert remark("Phòng Kế toán") == text
    # The whole office decides nothing, and another bureau contradicts.
    assert "có thể là nhiều đơn vị" in remark("Phòng Kế toán - VPCP")
    assert remark("Phòng Lễ tân, Vụ Tài vụ").endswith("Phòng Lễ tân (QT-LT), Vụ Tài vụ (TV).")
    UnitBuilder(code="TCCP", name="Vụ Tài chính cơ bản")
    assert "có thể là nhiều đơn vị" in remark("Vụ TCCB")
    UnitBuilder(code="X", name="Ban Xây dựng", short_names="VP1")
    assert "có thể là nhiều đơn vị" in remark("VP1")


def test_a_name_goes_before_a_short_name_and_that_before_initials(office):
    UnitBuilder(code="A", name="Vụ Tính toán cân bằng", short_names="Vụ TCCB; Cục Quản trị")
    assert (found("Vụ TCCB"), found("Cục Quản trị")) == ("A", "QT")


def test_only_a_unit_in_force_on_the_day_is_found_but_by_its_code(office):
    UnitBuilder(code="KS", name="Cục Kiểm soát thủ tục", short_names="KSTT", valid_to=date(2013, 5, 13))
    for text in ("Cục Kiểm soát thủ tục", "KSTT", "Cục KSTT"):
        assert (found(text, date(2013, 5, 13)), found(text, date(2013, 5, 14))) == ("KS", None)
    assert found("KS", date(2013, 5, 14)) == "KS"


def test_one_is_below_itself_and_whatever_is_above(office):
    units = Units(DAY)
    division, bureau, top, other = (units.find(code)[0].pk for code in ("QT-KT", "QT", "VPCP", "TV"))
    assert [units.is_below(division, unit) for unit in (division, bureau, top, other)] == [True, True, True, False]
    assert not units.is_below(bureau, division)
    assert not units.is_below(None, bureau)


def test_a_leader_finds_units_of_the_own_subtree(office):
    leader = UserBuilder(role="leader", unit=Units(DAY).find("QT")[0])
    units = Units(DAY, leader)
    assert units.find("Phòng Kế toán")[0].code == "QT-KT"
    assert units.find("Vụ Tài vụ")[0] is None


def test_two_queries_however_many_texts(office, django_assert_num_queries):
    with django_assert_num_queries(2):
        units = Units(DAY)
        for text in ("QT", "Phòng Kế toán", "P.KT, Vụ TV", "Vụ Hợp tác", "," * 30_000):
            units.find(text)
