"""Headings and names of sheets agree as names do; a column or sheet that means none of the known ones is a warning."""

import io
import unicodedata

import pytest

from courses.models import CourseSession
from enrollments.models import Enrollment
from exchange.workbook import import_workbook
from exchange.workbook.marking import mark_errors
from personnel.models import Posting, Staff

from .workbooks import OFFICE, counts, enrollment, imported, person, places, posting, session, unit, written

pytestmark = pytest.mark.django_db

STAFF = ["Mã cán bộ", "Họ và tên", "Giới tính"]
BINH = ["CB7", "Trần Bình", "Nam"]


def staff_with(heading, cell="x") -> dict:
    """A sheet of one person with one column more."""
    return {"Cán bộ": [[*STAFF, heading], [*BINH, cell]]}


def told(report) -> list[tuple]:
    """What the warnings say, and where."""
    return [(problem.sheet, problem.row, problem.column, problem.value, problem.message) for problem in report.warnings]


# --- headings


@pytest.mark.parametrize(
    "heading",
    [
        "Đến ngày (nếu có)",
        "Đến ngày (*)",
        "Đến ngày [dd/mm/yyyy]",
        "Đến ngày (ngày (tháng) năm) *",
        "Đến ngày: ",
        "ĐẾN NGÀY **",
        "Đến\nngày\n(để trống nếu còn giữ)",
        "Ðến ngày",
        "ðến ngày",
        unicodedata.normalize("NFD", "Đến ngày*"),
        "* Đến ngày",
        "• Đến ngày",
        "- Đến ngày.",
        "6. Đến ngày",
        "6.Đến ngày:",
        "(6) Đến ngày (*)",
        "6) Đến ngày",
        "6/ Đến ngày",
        "1.6. Đến ngày",
        "6 - Đến ngày",
        "VI. ĐẾN NGÀY",
        "f) Đến ngày",
        "F. Đến ngày",
        "006. Đến ngày",
        "[6] Đến ngày",
        "⑥ Đến ngày",
        "❻Đến ngày",
        "Đến ngày★?;",
        "* 6. Đến ngày",
        "Đến ngày（nếu có）：",
        "＊Đến ngày",
        "Đến_ngày",
    ],
)
def test_a_heading_means_its_column_whatever_is_added_at_its_ends(heading):
    row = {**posting(), heading: "31/12/2030"}
    del row["Đến ngày"]
    report = imported({**OFFICE, "Quá trình công tác": [row]})
    assert (report.errors, report.warnings) == ([], [])
    assert f"{Posting.objects.get().end:%d/%m/%Y}" == "31/12/2030"


@pytest.mark.parametrize(
    ("sheet", "heading", "usual", "cell", "stored"),
    [
        ("Lượt", "Lí do", "Lý do", "Ốm", ("reason", "Ốm")),
        ("Lượt", "Người kí", "Người ký", "Lê An", ("decision_signer", "Lê An")),
        ("Lượt", "Số chứng chi\u0309", "Số chứng chỉ", "12", ("certificate_number", "12")),
    ],
)
def test_a_heading_is_found_with_i_for_y_and_in_either_form_of_unicode(sheet, heading, usual, cell, stored):
    report = imported({**OFFICE, sheet: [{**OFFICE[sheet][0], "Trạng thái": "Hoàn thành", heading: cell}]})
    assert (report.errors, report.warnings) == ([], [])
    assert getattr(Enrollment.objects.get(), stored[0]) == stored[1], usual


def test_a_mandatory_mark_may_stand_at_a_key():
    assert imported({"Cán bộ": [["Mã cán bộ:", "Họ và tên *", "Giới tính (*)"], BINH]}).applied
    assert Staff.objects.get().code == "CB7"


@pytest.mark.parametrize("heading", ["30/4 Ngày sinh", "2 Ngày sinh", "Cũ. Ngày sinh", "1.Ngày 2.sinh", "№ Ngày sinh"])
def test_what_stands_before_a_heading_and_is_no_ordinal_makes_another(heading):
    report = imported(staff_with(heading, "05/03/1975"))
    assert places(report.warnings) == [("Cán bộ", 1, heading, None)]
    assert Staff.objects.get().birth_date is None


def test_a_plain_heading_goes_before_one_with_an_ordinal():
    report = imported({"Cán bộ": [[*STAFF, "2. Họ và tên"], [*BINH, "Tran Binh"]]})
    assert Staff.objects.get().full_name == "Trần Bình"
    assert places(report.warnings) == [("Cán bộ", 1, "2. Họ và tên", None)]


def test_headings_without_their_diacritics_are_not_guessed():
    assert "Ngày sinh" in imported(staff_with("Ngay sinh", "05/03/1975")).warnings[0].message
    assert Staff.objects.get().birth_date is None


def test_two_columns_that_agree_are_refused_rather_than_guessed():
    for headings in (["Ngày sinh:", "ngày  sinh"], ["Ngày sinh (1)", "Ngày sinh (2)"]):
        report = imported({"Cán bộ": [[*STAFF, *headings], [*BINH, "05/03/1975", "06/03/1975"]]})
        assert report.exit_code == 2
        assert places(report.errors) == [("Cán bộ", 1, "Ngày sinh", "")]


@pytest.mark.parametrize("empty", [3, 4])
def test_of_two_columns_that_agree_the_empty_one_is_left_out(empty):
    rows = [[*STAFF, "Ngày sinh", "ngày sinh"], [*BINH, "05/03/1975"], ["CB8", "Trần An", "Nữ", "06/03/1976"]]
    for row in rows[1:]:
        row.insert(empty, " ")
    report = imported({"Cán bộ": rows})
    assert (report.errors, report.warnings, report.total("created")) == ([], [], 2)
    assert f"{Staff.objects.get(code='CB8').birth_date:%d/%m/%Y}" == "06/03/1976"


def test_two_columns_that_agree_may_both_be_empty():
    assert imported({"Cán bộ": [[*STAFF, "Ngày sinh", "Ngày sinh"], BINH]}).total("created") == 1


def test_two_columns_are_refused_that_hold_data_in_different_rows():
    rows = [[*STAFF, "Ngày sinh", "Ngày sinh"], [*BINH, "05/03/1975"], ["CB8", "Trần An", "Nữ", None, "06/03/1976"]]
    assert places(imported({"Cán bộ": rows}).errors) == [("Cán bộ", 1, "Ngày sinh", "")]


def test_the_marked_file_leaves_the_empty_one_of_two_columns_empty():
    source, marked = written({"Cán bộ": [[*STAFF, "Ngày sinh", "Ngày sinh"], [*BINH, None, "xx"]]}), io.BytesIO()
    mark_errors(source, marked, [], {("Cán bộ", 2, "Ngày sinh"): "05/03/1975"})
    assert import_workbook(marked).applied
    assert f"{Staff.objects.get().birth_date:%d/%m/%Y}" == "05/03/1975"


def test_a_column_spelled_as_it_is_goes_before_one_with_a_remark():
    report = imported({"Cán bộ": [[*STAFF, "Họ và tên (không dấu)"], [*BINH, "Tran Binh"]]})
    assert Staff.objects.get().full_name == "Trần Bình"
    assert told(report) == [
        (
            "Cán bộ",
            1,
            "Họ và tên (không dấu)",
            None,
            "Mẫu không có cột tên này; không đọc cột này. Gần nhất: Họ và tên. Nếu đúng là tên này, hãy đổi lại tên.",
        )
    ]


# --- unknown columns


@pytest.mark.parametrize(
    ("heading", "nearest"),
    [
        ("Ngày tháng năm sinh", "Ngày sinh"),
        ("Sinh ngày", "Ngày sinh"),
        ("Ngày sinh dương lịch", "Ngày sinh"),
        ("Dân tộc", "Dân tộc thiểu số"),
        ("Đối tượng bồi dưỡng", "Đối tượng"),
    ],
)
def test_an_unknown_column_with_data_is_a_warning_that_names_the_nearest_one(heading, nearest):
    report = imported(staff_with(heading))
    assert report.applied and report.exit_code == 0
    assert places(report.warnings) == [("Cán bộ", 1, heading, None)]
    assert f"Gần nhất: {nearest}." in report.warnings[0].message


@pytest.mark.parametrize("heading", ["Hướng dẫn", "Tên gọi khác", "Nơi sinh hoạt"])
def test_a_likeness_by_chance_is_no_guess(heading):
    assert "Gần nhất" not in imported(staff_with(heading)).warnings[0].message


def test_what_no_known_column_resembles_is_told_without_a_guess():
    assert told(imported(staff_with("Ghi chú"))) == [
        ("Cán bộ", 1, "Ghi chú", None, "Mẫu không có cột tên này; không đọc cột này.")
    ]


def test_the_nearest_column_is_one_that_the_sheet_lacks():
    row = {"Mã cán bộ": "CB1", "Mã đơn vị": "QT", "Từ ngày": "01/01/2005", "Tới ngày": "31/12/2030"}
    report = imported({**OFFICE, "Quá trình công tác": [row]})
    assert "Gần nhất: Đến ngày." in report.warnings[0].message


def test_a_column_with_data_and_no_heading_is_told_by_its_letter():
    report = imported({"Cán bộ": [["Danh sách"], [*STAFF, None, None], [*BINH, " ", "x"]]})
    assert told(report) == [
        (
            "Cán bộ",
            2,
            None,
            None,
            "Cột E có dữ liệu nhưng không có tiêu đề; không đọc cột này. Ghi tiêu đề, hoặc xóa dữ liệu của cột.",
        )
    ]


def test_an_unknown_column_is_told_once_and_an_empty_one_not_at_all():
    rows = [[*STAFF, "Ghi chú", "STT"], [*BINH, "\u00a0", 1], ["CB8", "Trần An", "Nữ", "", 2]]
    assert places(imported({"Cán bộ": rows}).warnings) == [("Cán bộ", 1, "STT", None)]


# --- sheets


@pytest.mark.parametrize("name", ["Luot", "LUOT", "Lượt (2012)", "luot (2)", " LƯỢT ", "6. Lượt", "Lu_ot"])
def test_a_sheet_is_found_without_diacritics_and_whatever_is_added_at_its_end(name):
    sheets = {other: rows for other, rows in OFFICE.items() if other != "Lượt"} | {name: [enrollment()]}
    report = imported(sheets)
    assert not report.warnings
    assert counts(report, "Lượt") == (1, 1, 0, 0, 0)


def test_every_sheet_is_found_without_its_diacritics_or_its_spaces():
    plain = {"Don vi": "Đơn vị", "CAN BO": "Cán bộ", "Qua trinh cong tac": "Quá trình công tác"}
    in_one_word = {"Đơn_vị": "Đơn vị", "CanBo": "Cán bộ", "QuaTrinh-CongTac": "Quá trình công tác"}
    in_one_word |= {"ChươngTrình": "Chương trình", "1.Lop": "Lớp", "Lượt.": "Lượt"}
    plain |= {"Chuong trinh": "Chương trình", "lop": "Lớp", "luot": "Lượt"}
    for names in (plain, in_one_word):
        report = imported({name: OFFICE[sheet] for name, sheet in names.items()}, dry_run=True)
        assert (list(report.sheets), report.warnings) == (list(OFFICE), [])


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Lượt 2012", "Lượt"),
        ("Danh sách lượt", "Lượt"),
        ("Lượt đi", "Lượt"),
        ("Cán bộ, công chức", "Cán bộ"),
        ("QT công tác", "Quá trình công tác"),
    ],
)
def test_an_unknown_sheet_with_data_is_a_warning_that_names_the_nearest_one(name, nearest):
    sheets = {other: rows for other, rows in OFFICE.items() if other != nearest}
    report = imported({**sheets, name: [["x"]]}, valid_rows=True)
    assert places(report.warnings) == [(name, None, None, None)]
    assert f"Gần nhất: {nearest}." in report.warnings[0].message


@pytest.mark.parametrize("name", ["Hướng dẫn", "Ghi chú", "Canbocu", "Lớp1"])
def test_an_unknown_sheet_is_not_taken_for_a_known_one(name):
    report = imported({"Đơn vị": [unit()], name: [["x"]]})
    assert (list(report.sheets), places(report.warnings)) == (["Đơn vị"], [(name, None, None, None)])


def test_a_sheet_that_resembles_none_is_told_without_a_guess():
    report = imported({**OFFICE, "Hướng dẫn": [["x"]]})
    assert [problem.message for problem in report.warnings] == [
        "Mẫu không có trang tính tên này; không đọc trang tính này."
    ]


def test_a_copy_of_a_sheet_is_told_and_the_sheet_itself_is_read():
    report = imported({"Cán bộ": [person("CB1")], "Cán bộ (2)": [person("CB2")], "CAN BO": [person("CB3")]})
    assert list(Staff.objects.values_list("code", flat=True)) == ["CB1"]
    assert places(report.warnings) == [("Cán bộ (2)", None, None, None), ("CAN BO", None, None, None)]


@pytest.mark.parametrize("names", [("Can bo", "can  bo"), ("Cán bộ (1)", "Cán bộ (2)"), ("Can bo", "Can bo (2)")])
def test_two_sheets_that_agree_are_refused_rather_than_guessed(names):
    report = imported({name: [person(f"CB{number}")] for number, name in enumerate(names)})
    assert report.exit_code == 2
    assert places(report.errors) == [("Cán bộ", None, None, "")]


@pytest.mark.parametrize("empty", ["Cán bộ (1)", "Cán bộ (2)"])
def test_of_two_sheets_that_agree_the_empty_one_is_left_out(empty):
    sheets = {"Cán bộ (1)": [person()], "Cán bộ (2)": [person()]} | {empty: [[" "]]}
    report = imported(sheets)
    assert (report.errors, report.warnings, counts(report, "Cán bộ")) == ([], [], (1, 1, 0, 0, 0))


@pytest.mark.parametrize("name", ["Can bo", "CanBo", "Cán bộ (2)"])
@pytest.mark.parametrize("nothing", [[STAFF], [[" "]]])
def test_a_sheet_without_data_gives_way_to_one_whose_name_agrees_less(name, nothing):
    report = imported({"Cán bộ": nothing, "can  bo": nothing, name: [person()]})
    assert (report.errors, report.warnings, counts(report, "Cán bộ")) == ([], [], (1, 1, 0, 0, 0))


def test_of_two_sheets_without_data_the_one_with_headings_is_read():
    report = imported({"Đơn vị": [unit()], "Cán bộ": [[" "]], "Can bo": [STAFF]})
    assert (report.errors, report.warnings, list(report.sheets)) == ([], [], ["Đơn vị", "Cán bộ"])


def test_an_empty_unknown_sheet_is_silent():
    report = imported({**OFFICE, "Sheet2": [], "Sheet3": [["", " "], ["\u00a0"]]})
    assert report.applied and not report.warnings


# --- order


def test_warnings_stand_in_the_order_of_the_workbook_and_unknown_sheets_last():
    report = imported(
        {
            "Ghi chú": [["xin chào"]],
            "Lớp": [session(more={"Số chỗ": 0, "Ghi chú": "x"})],
            "Cán bộ": [[*STAFF, None, "STT"], ["CB1", "Lê Ngọc An", "Nữ", "x", 1]],
            **{name: OFFICE[name] for name in ("Đơn vị", "Quá trình công tác", "Chương trình", "Lượt")},
            "Nháp": [["x"]],
        }
    )
    assert places(report.warnings) == [
        ("Cán bộ", 1, None, None),
        ("Cán bộ", 1, "STT", None),
        ("Lớp", 1, "Ghi chú", None),
        ("Lớp", 2, "Số chỗ", "0"),
        ("Ghi chú", None, None, None),
        ("Nháp", None, None, None),
    ]
    assert CourseSession.objects.count() == 1


def test_rows_between_two_rows_of_headings_are_not_dropped():
    rows = [["Mã cán bộ", "Họ và tên", "Giới tính"], ["CB1", "Lê An", "Nam"]]
    fuller = [["Mã cán bộ", "Họ và tên", "Giới tính", "Ngày sinh"], ["CB2", "Lê Bình", "Nam", "1/2/1980"]]
    report = imported({"Cán bộ": [*rows, *fuller]})
    (problem,) = report.errors
    assert (problem.sheet, problem.row, report.applied) == ("Cán bộ", 3, False)
    assert problem.message == (
        "Trang tính Cán bộ có tiêu đề ở dòng 1 và ở dòng 3, giữa hai dòng này có dữ liệu. Chỉ để lại một dòng tiêu đề."
    )
    assert imported({"Cán bộ": [["Mã cán bộ", "Ghi rõ"], *fuller]}).applied
