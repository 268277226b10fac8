"""Units in the exchange workbook: the tree, dates and predecessors."""

import pytest

from personnel.models import Unit

from .workbooks import counts, imported, person, places, posting, unit

pytestmark = pytest.mark.django_db


def below(code: str, parent: str, more: dict | None = None) -> dict:
    return unit(code, {"Mã đơn vị cấp trên": parent, **(more or {})})


def test_a_parent_may_stand_below_its_children():
    report = imported({"Đơn vị": [below("C", "B"), below("B", "A"), unit("A")]})
    assert not report.errors
    assert dict(Unit.objects.values_list("code", "parent__code")) == {"A": None, "B": "A", "C": "B"}


def test_the_tree_is_at_most_three_deep_and_only_the_first_too_deep_row_is_reported():
    report = imported({"Đơn vị": [below("E", "D"), below("D", "C"), below("C", "B"), below("B", "A"), unit("A")]})
    assert places(report.errors) == [("Đơn vị", 3, "Mã đơn vị cấp trên", "C")]
    assert counts(report, "Đơn vị") == (5, 3, 0, 0, 1)


def test_stored_units_count_for_the_depth():
    imported({"Đơn vị": [unit("A"), below("B", "A"), below("C", "B")]})
    report = imported({"Đơn vị": [below("D", "C")]})
    assert places(report.errors) == [("Đơn vị", 2, "Mã đơn vị cấp trên", "C")]


def test_a_unit_never_stands_below_itself():
    report = imported({"Đơn vị": [below("A", "B"), below("B", "A"), below("C", "B"), below("D", "D"), unit("E")]})
    assert [(p.row, p.column) for p in report.errors] == [(row, "Mã đơn vị cấp trên") for row in (2, 3, 5)]
    assert counts(report, "Đơn vị") == (5, 1, 0, 0, 3)


def test_a_long_chain_of_units_is_an_answer_not_a_crash():
    chain = [below(f"U{n}", f"U{n + 1}") for n in range(3000)]
    report = imported({"Đơn vị": [*chain, unit("U3000")]})
    assert places(report.errors) == [("Đơn vị", 2999, "Mã đơn vị cấp trên", "U2998")]


def test_a_parent_never_changes():
    imported({"Đơn vị": [unit("A"), unit("B"), below("C", "A")]})
    report = imported({"Đơn vị": [below("C", "B"), below("B", "A"), below("A", "N"), unit("N")]})
    assert places(report.errors) == [
        ("Đơn vị", 2, "Mã đơn vị cấp trên", "B"),
        ("Đơn vị", 3, "Mã đơn vị cấp trên", "A"),
        ("Đơn vị", 4, "Mã đơn vị cấp trên", "N"),
    ]
    assert report.errors[0].message.startswith("Đơn vị cấp trên không thay đổi được (đang là A).")


def test_the_same_parent_again_or_an_empty_cell_is_no_change():
    imported({"Đơn vị": [unit("A"), below("B", "A")]})
    report = imported({"Đơn vị": [below("B", "A"), {"Mã đơn vị": "A", "Mã đơn vị cấp trên": None}]})
    assert counts(report, "Đơn vị") == (2, 0, 0, 2, 0)


def test_an_unknown_parent_or_predecessor_is_an_error():
    report = imported({"Đơn vị": [below("B", "Z"), unit("C", {"Mã đơn vị tiền thân": "C; Y"})]})
    assert [(p.row, p.column) for p in report.errors] == [
        (2, "Mã đơn vị cấp trên"),
        (3, "Mã đơn vị tiền thân"),
        (3, "Mã đơn vị tiền thân"),
    ]
    assert counts(report, "Đơn vị")[4] == 2


def test_predecessors_are_a_list_of_codes_that_replaces_the_stored_one():
    imported({"Đơn vị": [unit("A"), unit("B"), unit("C"), unit("M", {"Mã đơn vị tiền thân": "A;B ; A;"})]})
    merged = Unit.objects.get(code="M")
    assert set(merged.predecessors.values_list("code", flat=True)) == {"A", "B"}
    assert counts(imported({"Đơn vị": [unit("M", {"Mã đơn vị tiền thân": "B; A"})]}), "Đơn vị") == (1, 0, 0, 1, 0)
    assert counts(imported({"Đơn vị": [unit("M", {"Mã đơn vị tiền thân": None})]}), "Đơn vị") == (1, 0, 0, 1, 0)
    assert counts(imported({"Đơn vị": [unit("M", {"Mã đơn vị tiền thân": "C"})]}), "Đơn vị") == (1, 0, 1, 0, 0)
    assert set(merged.predecessors.values_list("code", flat=True)) == {"C"}


def test_the_history_of_a_unit_knows_its_predecessors():
    imported({"Đơn vị": [unit("A"), unit("B"), unit("M", {"Mã đơn vị tiền thân": "A"})]})
    imported({"Đơn vị": [unit("M", {"Mã đơn vị tiền thân": "A;B", "Tên đơn vị": "Cục Hợp nhất"})]})
    imported({"Đơn vị": [unit("M", {"Tên đơn vị": "Cục Hợp nhất II"})]})
    told = [
        (past.history_type, past.name, sorted(link.to_unit.code for link in past.predecessors.all()))
        for past in Unit.objects.get(code="M").history.order_by("history_id")
    ]
    assert told == [
        ("+", "Đơn vị M", ["A"]),
        ("~", "Cục Hợp nhất", ["A", "B"]),
        ("~", "Cục Hợp nhất II", ["A", "B"]),
    ]


def test_a_posting_outside_the_dates_of_its_unit_is_a_warning():
    dated = unit(more={"Hiệu lực từ": "01/01/2006", "Hiệu lực đến": "31/12/2011"})
    sheets = {"Đơn vị": [dated], "Cán bộ": [person()], "Quá trình công tác": [posting()]}
    report = imported(sheets)
    assert places(report.warnings) == [
        ("Quá trình công tác", 2, "Từ ngày", "01/01/2005"),
        ("Quá trình công tác", 2, "Đến ngày", ""),
    ]
    assert report.applied
    assert not imported(sheets).warnings


def test_short_names_come_in_by_a_column_that_may_be_absent():
    imported({"Đơn vị": [unit("QT", {"Tên viết tắt": "CQT; QTTV"}), unit("TH")]})
    report = imported({"Đơn vị": [unit("QT", {"Tên đơn vị": "Cục Quản trị - Tài vụ"}), unit("TH")]})
    assert counts(report, "Đơn vị") == (2, 0, 1, 1, 0)
    assert dict(Unit.objects.values_list("code", "short_names")) == {"QT": "CQT; QTTV", "TH": ""}
    assert [found.code for found in Unit.objects.matching("qttv")] == ["QT"]


def test_two_units_may_have_the_same_short_name():
    report = imported({"Đơn vị": [unit(code, {"Tên viết tắt": "VP"}) for code in ("A", "B")]})
    assert counts(report, "Đơn vị") == (2, 2, 0, 0, 0)
