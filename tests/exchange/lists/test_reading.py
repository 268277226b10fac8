"""Lists as offices send them: where the heading is, which rows are people, and what they say."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.lists.grid import Merge
from exchange.lists.headings import Column
from exchange.lists.known import Known
from exchange.lists.reading import read_table
from vpcp_training.text import letters_key

from .tables import DAY, KNOWN, grid, kinds, read, said

WHOLE = """
VĂN PHÒNG CHÍNH PHỦ|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VỤ TỔ CHỨC CÁN BỘ|||Độc lập - Tự do - Hạnh phúc
DANH SÁCH CÁN BỘ, CÔNG CHỨC
THAM GIA LỚP BỒI DƯỠNG NGẠCH CHUYÊN VIÊN
(Kèm theo Quyết định số 123/QĐ-VPCP ngày 05 tháng 3 năm 2012)
Thời gian: từ ngày 12/3/2012 đến ngày 28/4/2012
STT|Họ và tên|Ngày sinh||Chức vụ
||Nam|Nữ|
A|B|1|2|3
I|Vụ Tổng hợp
1|Đ/c Nguyễn Văn An|5/3/75||Chuyên viên
2|Trần Thị Bình||1980|nt
II. Cục Quản trị (12 người)
3|Lê Chi|1/1/1979||-nt-
STT|Họ và tên|Ngày sinh||Chức vụ
||Nam|Nữ|
4|Lê Dung||12/1979|Phó Cục trưởng
Tổng cộng: 4 người
Người lập biểu||||THỦ TRƯỞNG ĐƠN VỊ
|Nguyễn Văn Ký
5|Lê Hoa||1979|
"""


def test_a_list_with_all_that_stands_around_it():
    table = read(WHOLE)
    assert said(table, "row", "name", "birth", "gender", "position", "group") == [
        (11, "Nguyễn Văn An", "1975-03-05", "male", "Chuyên viên", "Vụ Tổng hợp"),
        (12, "Trần Thị Bình", "1980", "female", "Chuyên viên", "Vụ Tổng hợp"),
        (14, "Lê Chi", "1979-01-01", "male", "Chuyên viên", "Cục Quản trị"),
        (17, "Lê Dung", "1979-12", "female", "Phó Cục trưởng", "Cục Quản trị"),
        (21, "Lê Hoa", "1979", "female", None, "Cục Quản trị"),
    ]
    assert kinds(table) == {
        **dict.fromkeys(range(1, 7), "head"),
        **dict.fromkeys((7, 8, 15, 16), "heading"),
        9: "numbering",
        **dict.fromkeys((10, 13), "group"),
        18: "total",
        19: "foot",
        20: "foot",
    }
    assert vars(table.head) == {
        "title": "DANH SÁCH CÁN BỘ, CÔNG CHỨC THAM GIA LỚP BỒI DƯỠNG NGẠCH CHUYÊN VIÊN",
        "decision_number": "123/QĐ-VPCP",
        "decision_date": date(2012, 3, 5),
        "start": date(2012, 3, 12),
        "end": date(2012, 4, 28),
    }


@pytest.mark.parametrize(
    ("above", "number", "day"),
    [
        ("Quyết định số 123/QĐ-VPCP ngày 05 tháng 3 năm 2012", "123/QĐ-VPCP", date(2012, 3, 5)),
        ("(kèm theo quyết định số: 15 /QĐ-TTBD, ngày 02/5/2018 của Giám đốc)", "15/QĐ-TTBD", date(2018, 5, 2)),
        ("QĐ số 7/QĐ-VPCP", "7/QĐ-VPCP", None),
        ("Quyết định số      /QĐ-VPCP ngày     tháng 3 năm 2012", None, None),
        ("Quyết định số 8/QĐ-VPCP ngày 31/02/2012", "8/QĐ-VPCP", None),
        ("Tháng 3 năm 2012", None, None),
    ],
)
def test_the_decision_above_a_list(above, number, day):
    head = read(f"{above}\nSTT|Họ tên\n1|Lê An").head
    assert (head.decision_number, head.decision_date) == (number, day)


@pytest.mark.parametrize(
    ("above", "start", "end"),
    [
        ("từ ngày 05/3/2012 đến ngày 10/4/2012", date(2012, 3, 5), date(2012, 4, 10)),
        ("Từ 05 đến 10/3/2012", date(2012, 3, 5), date(2012, 3, 10)),
        ("từ ngày 5 tháng 3 đến hết ngày 10 tháng 4 năm 2012", date(2012, 3, 5), date(2012, 4, 10)),
        ("từ 05-10/3/2012 tại Hà Nội", date(2012, 3, 5), date(2012, 3, 10)),
        ("từ ngày 10/3/2012 đến ngày 05/3/2012", None, None),
        ("ngày 05/3/2012", None, None),
    ],
)
def test_the_days_of_the_class_above_a_list(above, start, end):
    head = read(f"Danh sách lớp\n{above}\nSTT|Họ tên\n1|Lê An").head
    assert (head.title, head.start, head.end) == ("Danh sách lớp", start, end)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("VĂN PHÒNG CHÍNH PHỦ\nKẾT QUẢ HỌC TẬP\nNĂM 2012", "KẾT QUẢ HỌC TẬP NĂM 2012"),
        ("Danh sách cán bộ đi học\nLớp tin học", "Danh sách cán bộ đi học"),
        ("DANH SÁCH LỚP\n(KÈM THEO QUYẾT ĐỊNH SỐ 3/QĐ)", "DANH SÁCH LỚP"),
        ("Tháng 3/2012", None),
    ],
)
def test_the_title_is_what_stands_in_capitals_or_begins_as_a_list(lines, title):
    assert read(f"{lines}\nSTT|Họ tên\n1|Lê An").head.title == title


@pytest.mark.parametrize(
    ("heading", "row", "expected"),
    [
        ("STT|Họ đệm|Tên", "1|Nguyễn Văn|An", {"name": "Nguyễn Văn An"}),
        ("STT|HỌ VÀ TÊN|TÊN", "1|Nguyễn Văn|An", {"name": "Nguyễn Văn An"}),
        ("STT|Họ và tên|Họ|Tên", "1|Nguyễn Văn An|Nguyễn Văn|An", {"name": "Nguyễn Văn An"}),
        ("TT|Tên|Đơn vị", "1|Lê An|Vụ TH", {"name": "Lê An", "unit_text": "Vụ TH"}),
        ("Họ tên|Nam|Nữ", "Lê An||1980", {"birth": "1980", "gender": "female"}),
        ("Họ tên|Ngày sinh|Nữ", "Lê An|1980|x", {"birth": "1980", "gender": "female"}),
        ("Họ tên|Giới tính", "Lê An|NỮ", {"gender": "female"}),
        ("Họ tên|Năm sinh", "Lê An|1980", {"birth": "1980", "gender": None}),
        ("Họ tên|Năm sinh", "Lê An|31/2/1980", {"birth": None, "birth_text": "31/2/1980"}),
        ("Số hiệu|Họ tên", "CB01|Lê An", {"code": "CB01"}),
        ("Họ tên|Số hiệu chứng chỉ|Ngày cấp", "Lê An|A 12|5/3/2012", {"certificate_number": "A 12"}),
        ("Họ tên|Ngày cấp (chứng chỉ):", "Lê An|5.3.2012", {"certificate_date": date(2012, 3, 5)}),
        ("Họ tên|Ngày cấp", "Lê An|3/2012", {"certificate_date": None, "remarks": ["“3/2012” không phải ngày."]}),
        ("Họ tên|Điểm|Xếp loại", "Lê An|8,3|Giỏi", {"result": "Giỏi"}),
        ("Họ tên|Điểm|Xếp loại", "Lê An|8,3|", {"result": "8,3"}),
        ("Họ tên|Mã ngạch|Ghi chú", "Lê An|01.003|ốm", {"rank_text": "01.003", "note": "ốm"}),
        (
            "Họ tên|Chức vụ, đơn vị công tác",
            "Lê An|Phó Vụ trưởng Vụ Tổng hợp",
            {"position": "Phó Vụ trưởng", "unit_name": "Vụ Tổng hợp"},
        ),
        ("Họ tên|Chức vụ - Đơn vị", "Lê An|Chuyên viên", {"position": "Chuyên viên", "unit_name": None}),
        ("STT|Họ tên|Đơn vị tính", "1|Lê An|cái", {"unit_text": None}),
    ],
)
def test_known_headings(heading, row, expected):
    (line,) = read(f"{heading}\n{row}").lines
    assert {name: getattr(line, name) for name in expected} == expected


def test_women_ticked_in_one_column_leave_the_others_men():
    assert said(read("Họ tên|Nữ\nLê An|\nLê Hoa|x"), "gender") == [("male",), ("female",)]
    assert said(read("Họ tên|Nữ\nLê An|\nLê Hoa|"), "gender") == [(None,), (None,)]


def test_one_heading_over_two_columns_is_family_and_given_name():
    text = "STT|Họ và tên||Đơn vị\n1|Lê Thị|Hoa|nt"
    (line,) = read(text, merges=[Merge(1, 1, 1, 2)]).lines
    assert line.name == "Lê Thị Hoa"


def test_a_heading_of_three_rows_merged():
    text = "TT|Họ và tên|Ngày sinh||Học vấn\n\n||Nam|Nữ|Ngành\n1|Lê Minh Dũng|8/5/1976||Luật"
    merges = [Merge(1, 3, 0, 0), Merge(1, 3, 1, 1), Merge(1, 2, 2, 3)]
    table = read(text, merges=merges)
    assert said(table, "row", "name", "birth", "gender") == [(4, "Lê Minh Dũng", "1976-05-08", "male")]
    assert kinds(table) == {1: "heading", 3: "heading"}


def test_a_merged_unit_speaks_for_all_its_rows():
    text = "Họ tên|Đơn vị|Kết quả\nLê An|Vụ TH|Đạt\nLê Hoa||\nLê Mai|Cục QT|"
    table = read(text, merges=[Merge(2, 3, 1, 1), Merge(2, 4, 2, 2)])
    assert said(table, "unit_text", "result") == [("Vụ TH", "Đạt"), ("Vụ TH", None), ("Cục QT", None)]


@pytest.mark.parametrize("ditto", ["nt", "-nt-", '"', "''", "Nt", "- nt -"])
def test_ditto_repeats_the_cell_above(ditto):
    text = f"Họ tên|Đơn vị|Ghi chú\nLê An|Vụ TH|x\nLê Hoa|{ditto}|{ditto}\nLê Mai|{ditto}|"
    assert said(read(text), "unit_text", "note") == [("Vụ TH", "x"), ("Vụ TH", ditto), ("Vụ TH", None)]


def test_another_heading_further_down_begins_anew():
    text = "Họ tên|Đơn vị\nI. Vụ Tổng hợp\nLê An|\nSTT|Mã số|Họ tên\n1|CB01|Lê Hoa"
    table = read(text)
    assert said(table, "name", "code", "group") == [("Lê An", None, "Vụ Tổng hợp"), ("Lê Hoa", "CB01", None)]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("|Tổng cộng|45", "total"),
        ("Tổng số: 45 học viên", "total"),
        ("|Cộng:", "total"),
        ("(Danh sách có 02 học viên)", "total"),
        ("|||Hà Nội, ngày 05 tháng 3 năm 2012", "foot"),
        ("Nơi nhận:", "foot"),
        ("|GIÁM ĐỐC", "foot"),
        ("||TL. BỘ TRƯỞNG", "foot"),
        ("03", "numbering"),
        ("(1)|(2)|(3)", "numbering"),
        ("I. Vụ Tổng hợp", "group"),
        ("|CỤC QUẢN TRỊ (12 người)", "group"),
        ("1|Phòng Kế hoạch", "group"),
        ("III. Cơ quan khác", "group"),
        ("III|Cơ quan khác", "group"),
        ("|Sở Nội vụ", "group"),
        ("II. DANH SÁCH DỰ BỊ", "note"),
        ("Còn 2 giảng viên chưa dự", "note"),
    ],
)
def test_rows_that_hold_no_person(row, kind):
    table = read(f"STT|Họ và tên|Ngày sinh|Đơn vị\n1|Lê An|1980|Vụ TH\n{row}")
    assert len(table.lines) == 1
    assert kinds(table) == {1: "heading", 3: kind}


@pytest.mark.parametrize(
    "name",
    [
        "Vũ Trường",
        "Trương Phong Lan",
        "Chu Nhiệm",
        "Vũ Tổng",
        "Cộng Thị Hà",
        "Vu Tong",
        "Tống Cộng Hòa",
        "Công Tằng Tôn Nữ Hoa",
        "Ban Thị A",
    ],
)
def test_a_person_whose_name_looks_like_something_else(name):
    assert said(read(f"STT|Họ và tên|Năm sinh\n1|{name}|1980"), "name") == [(name,)]


def test_below_a_signature_a_name_alone_signs_and_another_row_is_a_person():
    table = read("STT|Họ tên|Năm sinh\n1|Lê An|1980\n|Người lập biểu\n|Lê Ký\n2|Lê Hoa\n|Lê Mai|1981")
    assert said(table, "name") == [("Lê An",), ("Lê Hoa",), ("Lê Mai",)]
    assert kinds(table) == {1: "heading", 3: "foot", 4: "foot"}


def test_names_side_by_side_sign_and_whoever_gets_a_copy_is_no_group():
    table = read("""
STT|Họ tên|Đơn vị
1|Lê An|Vụ Tổng hợp
|Người lập biểu|THỦ TRƯỞNG ĐƠN VỊ
|Lê Ký|Trần Duyệt
Nơi nhận:
- Vụ Tổng hợp;
""")
    assert said(table, "name") == [("Lê An",)]
    assert kinds(table) == {1: "heading", **dict.fromkeys((3, 4, 5, 6), "foot")}


def test_another_group_ends_the_one_before():
    table = read("STT|Họ tên\nI. Cục Quản trị\n1|Lê An\nII. Cơ quan khác\n1|Lê Hoa")
    assert said(table, "group") == [("Cục Quản trị",), ("Cơ quan khác",)]


@pytest.mark.parametrize(
    "row",
    [
        "Các đơn vị khác",
        "|Khách mời",
        "|Đảng ủy cơ quan",
        "B. Công đoàn",
        "2. Công đoàn",
        "Ghi chú: mới về",
        "|Ban To chuc",
        "Đoàn thanh niên",
    ],
)
def test_whatever_may_head_others_ends_the_group_above(row):
    table = read(f"STT|Họ tên\nI. Cục Quản trị\n1|Lê An\n{row}\n2|Lê Hoa")
    assert said(table, "name", "group")[0] == ("Lê An", "Cục Quản trị")
    assert said(table, "name", "group")[-1] == ("Lê Hoa", None)


@pytest.mark.parametrize("row", ["Tổng cộng: 1 người", "|nt", "(1)|(2)", "|Nguyễn Văn Bình", "2|Hờ A Páo"])
def test_totals_signs_and_people_end_no_group(row):
    table = read(f"STT|Họ tên\nI. Cục Quản trị\n1|Lê An\n{row}\n3|Lê Hoa")
    assert said(table, "name", "group")[-1] == ("Lê Hoa", "Cục Quản trị")


@pytest.mark.parametrize(
    ("row", "group"),
    [
        ("Phòng Kế toán 2", "Phòng Kế toán 2"),
        ("Phòng Kế toán (2)", "Phòng Kế toán"),
        ("Phòng Kế toán: 2", "Phòng Kế toán"),
        ("Phòng Kế toán - 12 học viên", "Phòng Kế toán"),
        ("Cục Quản trị (2 người)", "Cục Quản trị"),
        ("1/ Phòng Kế toán - Cục Quản trị", "Phòng Kế toán - Cục Quản trị"),
        ("Tổ 1 - Vụ Tổng hợp X", "Tổ 1 - Vụ Tổng hợp X"),
        ("Đội 5 (2)", "Đội 5 (2)"),
        ("P. Kế toán", "P. Kế toán"),
    ],
)
def test_of_a_group_only_its_number_and_how_many_they_are_fall(row, group):
    units = {"Cục Quản trị": 1, "Cục Quản trị (2 người)": 1, "Đội 5": 2, "Đội 5 (2)": 3, "P. Kế toán": 4}
    table = read_table(grid(f"STT|Họ tên\n{row}\n1|Lê An"), DAY, Known(units.get, KNOWN.is_code))
    assert said(table, "group") == [(group,)]


@pytest.mark.parametrize("text", ["Ngày 12 tháng 3 năm 2012", "Tổng cộng: 3", "Vụ Tổng hợp", "Người lập biểu"])
def test_a_column_nobody_knows_makes_nothing_else_of_a_person(text):
    table = read(f"STT|Họ và tên|Thời gian học\n1|Nguyễn Văn An|{text}\n2|Hờ A Páo|{text}")
    assert said(table, "name") == [("Nguyễn Văn An",), ("Hờ A Páo",)]
    table = read(f"Thời gian học|Họ và tên|Năm sinh\n{text}|Nguyễn Văn An|1980")
    assert said(table, "name") == [("Nguyễn Văn An",)]


def test_people_may_bear_roman_numerals():
    table = read("STT|Họ tên\nI|Hờ A Páo\nII|Rcom Sa\nIV|Thị Mai\nV|Vụ Tổng hợp\nVI|Đảng ủy cơ quan\nI|Sa")
    assert said(table, "name") == [("Hờ A Páo",), ("Rcom Sa",), ("Thị Mai",), ("Sa",)]
    assert kinds(table) == {1: "heading", 5: "group", 6: "group"}


def test_a_name_without_diacritics_is_no_unit_unless_one_is_called_so():
    table = read("STT|Ho va ten\nCuc Quan tri\n1|Ban Van Sau\n2|Vu Tong hop")
    assert said(table, "name", "group") == [("Ban Van Sau", "Cuc Quan tri")]
    assert kinds(table) == {1: "heading", 2: "group", 4: "group"}


def test_a_number_alone_under_a_heading_of_codes_is_a_code():
    table = read("STT|Họ tên|Mã số\n(1)|(2)|(3)\n||7\n2||8\n3")
    assert said(table, "name", "code") == [("", "7"), ("", "8")]
    assert kinds(table) == {1: "heading", 2: "numbering", 5: "numbering"}


def test_a_name_that_was_never_calculated_is_no_person_and_does_not_vanish():
    table = read("STT|Họ tên\n1|\n2|Lê An", uncalculated={(2, 1)})
    assert said(table, "name") == [("Lê An",)]
    assert kinds(table) == {1: "heading", 2: "note"}


def test_a_division_and_its_department_in_two_columns_are_one_unit():
    table = read("Họ tên|Phòng|Vụ, Cục\nLê An|Phòng Kế toán|Cục Quản trị\nLê Hoa|nt|Vụ Tài vụ\nLê Mai||nt")
    assert said(table, "unit_text") == [
        ("Phòng Kế toán - Cục Quản trị",),
        ("Phòng Kế toán - Vụ Tài vụ",),
        ("Vụ Tài vụ",),
    ]


def test_a_block_without_heading_is_read_by_what_stands_in_it():
    table = read("1985|Vụ Tổng hợp|Nguyễn Văn An|CB01|Nam\n12/3/1990|Cục Quản trị|Trần Thị Hoa|CB02|Nữ")
    assert said(table, "name", "code", "birth", "gender", "unit_text") == [
        ("Nguyễn Văn An", "CB01", "1985", "male", "Vụ Tổng hợp"),
        ("Trần Thị Hoa", "CB02", "1990-03-12", "female", "Cục Quản trị"),
    ]


def test_names_and_codes_a_line_each():
    assert said(read("Nguyễn Văn An\nCB0001\nTrần Thị Hoa"), "name", "code") == [
        ("Nguyễn Văn An", None),
        ("", "CB0001"),
        ("Trần Thị Hoa", None),
    ]


def test_one_heading_alone_above_names():
    table = read("Họ và tên\nNguyễn Văn An\nLê Quý")
    assert said(table, "row", "name") == [(2, "Nguyễn Văn An"), (3, "Lê Quý")]
    assert kinds(table) == {1: "heading"}


@pytest.mark.parametrize("text", ["", "STT|Ngày sinh|Đơn vị\n1|1980|Vụ TH", "Tên hàng|Giá\nBút|5", "STT|Họ và tên"])
def test_no_list_where_nobody_is_named(text):
    assert read(text) is None


def test_columns_said_by_a_person_are_taken_as_said():
    columns = {0: Column.NOTE, 1: Column.NAME}
    table = read_table(grid("Đơn vị|Họ tên\nVụ TH|Lê An"), DAY, KNOWN, columns)
    assert said(table, "name", "unit_text", "note") == [("Lê An", None, "Vụ TH")]


def test_hidden_rows_columns_and_sheets_are_read_and_remarked():
    text = "Họ tên|Năm sinh\nLê An|1980\nLê Hoa|"
    table = read(text, hidden_rows={3}, hidden_columns={1})
    assert said(table, "remarks") == [(["Có cột ẩn được đọc."],), (["Dòng này bị ẩn."],)]
    assert said(read(text, is_hidden=True), "remarks")[0] == (["Trang tính này bị ẩn."],)


def test_text_of_old_fonts_is_converted_and_remarked():
    table = read("Hä vµ tªn|§¬n vÞ\nNguyÔn V¨n An|Vô Tæng hîp\nL\u00adu Hoa|Vô Tæng hîp")
    assert said(table, "name", "unit_text") == [("Nguyễn Văn An", "Vụ Tổng hợp"), ("Lưu Hoa", "Vụ Tổng hợp")]
    assert table.lines[0].remarks == ["Đã chuyển mã từ phông chữ cũ (TCVN3 hoặc VNI)."]
    table = read("Hä Vµ T£N|§¬n vÞ\nTRÇN THÞ HßA|Vô Tæng hîp\nVò Hµ|Vô Tæng hîp")
    assert said(table, "name") == [("TRẦN THỊ HÒA",), ("Vũ Hà",)]
    table = read("Hoï vaø teân|Ñôn vò\nLEÂ ÑÖÙC THOÏ|Vuï Toång hôïp")
    assert said(table, "name", "unit_text") == [("LÊ ĐỨC THỌ", "Vụ Tổng hợp")]


def test_the_font_of_a_cell_tells_how_to_read_it_but_not_good_unicode():
    text = "Họ tên|Đơn vị\nlª v¨n an|x\nTrần Thị Mai|x\nVâ An|x\nLê Hoà|x"
    fonts = {(2, 0): ".VnTimeH", (3, 0): ".VnTime", (4, 0): ".VnTime", (5, 0): ".VnTime"}
    assert said(read(text, fonts=fonts), "name") == [("LÊ VĂN AN",), ("Trần Thị Mai",), ("Võ An",), ("Lê Hoà",)]


@pytest.mark.parametrize(
    "cell",
    ["1" * 30_000 + "x", "ngay " + "." * 30_000, "Phòng " * 5_000, "Chuyên viên" + " " * 30_000 + "x", "Ông " * 8_000],
)
@pytest.mark.parametrize("heading", ["STT|Họ tên|Năm sinh", "Họ tên|Chức vụ, đơn vị công tác", "Họ tên|Đơn vị"])
def test_a_cell_of_any_length_is_read_at_once(heading, cell):
    begin = time.process_time()
    table = read(f"{heading}\nLê An|{cell}|1980\n{cell}\n|{cell}\nLê Hoa|Vụ TH|1980")
    assert time.process_time() - begin < 1
    assert table.lines[-1].row == 5


def test_headings_over_many_merged_cells_are_found_at_once():
    rows = ["STT|Họ tên||Ngày sinh", "1|Lê|An|1980"] * 2_000
    begin = time.process_time()
    table = read("\n".join(rows), merges=[Merge(row, row, 1, 2) for row in range(1, 4_000, 2)])
    assert time.process_time() - begin < 2
    assert len(table.lines) == 2_000 and table.lines[-1].name == "Lê An"


_COLUMNS = {
    "Họ và tên": ("Nguyễn Thị Hòa", "Trần Văn An"),
    "Năm sinh": ("1980", "5/3/1975"),
    "Giới tính": ("Nữ", "Nam"),
    "Đơn vị": ("Vụ Tổng hợp", "Cục Quản trị"),
    "Chức vụ": ("Chuyên viên", "Phó Cục trưởng"),
    "Ghi chú": ("mới", "cũ"),
}


@given(
    st.permutations(sorted(_COLUMNS)),
    st.lists(st.sampled_from(["", "Ghi chép: riêng", "Tổng cộng: 3", "(1)|(2)"]), max_size=3),
)
def test_any_order_of_columns_and_any_rows_between_give_the_same_people(order, between):
    rows = ["|".join(_COLUMNS[name][place] for name in order) for place in (0, 1)]
    table = read("\n".join(["|".join(order), rows[0], *between, rows[1]]))
    assert said(table, "name", "birth", "gender", "unit_text", "position", "note") == [
        ("Nguyễn Thị Hòa", "1980", "female", "Vụ Tổng hợp", "Chuyên viên", "mới"),
        ("Trần Văn An", "1975-03-05", "male", "Cục Quản trị", "Phó Cục trưởng", "cũ"),
    ]


_TONES = {"Hòa": "Hoà", "Thúy": "Thuý", "Quý": "Quí"}
_PERSONS = (("Nguyễn Thị Hòa", "1980"), ("Trần Thúy", "5/3/1975"), ("Lê Quý", "12/1968"))
_BETWEEN = ["", "Ghi chép: riêng", "Tổng cộng: 3", "(1)|(2)|(3)", "2", "I. Cục Quản trị", "STT|Họ và tên|Năm sinh"]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["", "Đ/c ", "Đồng chí ", "ông ", "BÀ ", "ThS. ", "PGS.TS. ", "Đ/c: "]), min_size=3),
    st.sets(st.sampled_from(sorted(_TONES))),
    st.sampled_from(["NFC", "NFD"]),
    st.lists(st.sampled_from(_BETWEEN), min_size=3),
)
def test_any_courtesy_form_and_tone_mark_and_rows_between_name_the_same_people(courtesy, moved, form, between):
    rows = ["STT|Họ và tên|Năm sinh"]
    for number, (name, birth) in enumerate(_PERSONS):
        for word in moved:
            name = name.replace(word, _TONES[word])
        rows += [f"{number + 1}|{courtesy[number]}{name}|{birth}", between[number]]
    table = read(unicodedata.normalize(form, "\n".join([*rows, *between[3:]])))
    people = [(letters_key(line.name), line.birth) for line in table.lines]
    assert people == [
        (letters_key("Nguyễn Thị Hòa"), "1980"),
        (letters_key("Trần Thúy"), "1975-03-05"),
        (letters_key("Lê Quý"), "1968-12"),
    ]
