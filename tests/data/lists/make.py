"""Makes the lists in this folder: `python -m tests.data.lists.make`; beside each stands what must be read of it.

Each function is one file, its docstring the mess in it. In the texts a line is a row, `|` parts cells and `↵` breaks
a line within one; row 1 is the first line.
"""

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlwt
from docx import Document

from tests.exchange.lists import makers

FOLDER = Path(__file__).parent
FILES: dict[str, Callable[[], bytes]] = {}


def file(kind: str) -> Callable:
    """Makes a file of a kind, named after its function."""

    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FILES[f"{make.__name__.replace('_', '-')}.{kind}"] = make
        return make

    return keep


def rows(text: str) -> list[list[str | None]]:
    lines = text.strip("\n").split("\n")
    return [[cell.strip(" ").replace("↵", "\n") or None for cell in line.split("|")] for line in lines]


def sheet(text: str, *merges: str, **cells) -> openpyxl.Workbook:
    """A workbook whose one sheet holds the text, these cells merged, and these of other values."""
    book = openpyxl.Workbook()
    book.active.title = "Danh sách"
    fill(book.active, text, *merges, **cells)
    return book


def fill(page, text: str, *merges: str, **cells) -> None:
    for row in rows(text):
        page.append(row)
    for place, value in cells.items():
        page[place] = value
    for merge in merges:
        page.merge_cells(merge)


def old_sheet(text: str, font: str) -> bytes:
    """An .xls whose one sheet holds the text in a font."""
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    for number, row in enumerate(rows(text)):
        for column, cell in enumerate(row):
            if cell:
                page.write(number, column, cell, xlwt.easyxf(f"font: name {font}"))
    return makers.xls(book)


def table(document, text: str):
    """A table of Word with the text."""
    cells = rows(text)
    added = document.add_table(len(cells), max(map(len, cells)))
    for row, texts in zip(added.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text or ""
    return added


def separated(text: str, sign: str, encoding: str) -> bytes:
    return "\r\n".join(sign.join(cell or "" for cell in row) for row in rows(text)).encode(encoding)


def day(text: str) -> datetime.date:
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


# --- headings


@file("xlsx")
def heading_of_three_rows() -> bytes:
    """A heading three rows high, merged; births of men and of women in columns of their own, one a year as a number."""
    text = """
TT|Họ và tên|Ngày tháng↵năm sinh||Chức vụ|Đơn vị|Mã ngạch|Trình độ đào tạo||Ghi chú

||Nam|Nữ||||Ngành↵đào tạo|Trình độ
1|Nguyễn Văn An|||Trưởng phòng|Vụ Tổng hợp|01.002|Luật|Đại học|
2|Trần Thị Hòa|||Chuyên viên |Vụ TCCB|01.003|Kế toán|Thạc sĩ|mới
3|Lê Quý|1971||Cán sự|Cục Quản trị|01.004
"""
    merges = ("A1:A3", "B1:B3", "C1:D2", "E1:E3", "F1:F3", "G1:G3", "H1:I2", "J1:J3")
    return makers.xlsx(sheet(text, *merges, C4=day("05/03/1975"), D5=1981))


@file("xlsx")
def heading_of_two_rows_unmerged() -> bytes:
    """Nam and Nữ under a heading that is not merged, below them the row of column signs."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Ngày sinh||Đơn vị công tác
||Nam|Nữ
(1)|(2)|(3)|(4)|(5)
1|Hoàng Minh Tuấn|15/5/1970||Cục Quản trị
2|Đỗ Thị Thúy||01.12.1979|Vụ Tài vụ
""")
    )


@file("xlsx")
def women_ticked() -> bytes:
    """One column Nữ with ticks of three kinds, where an empty cell is a man."""
    return makers.xlsx(
        sheet("""
STT|Họ tên|Năm sinh|Nữ
1|Trần Thị Hòa|1981|x
2|Lê Hoa|1990|✓
3|Đỗ Thị Thúy|1979|
4|Hoàng Minh Tuấn|1970
""", D4=1)
    )  # fmt: skip


@file("xlsx")
def second_heading_below() -> bytes:
    """A second table below in the same sheet, with other columns in another order and another group."""
    return makers.xlsx(
        sheet("""
I. DANH SÁCH CHÍNH THỨC
STT|Họ và tên|Ngày sinh|Đơn vị
Vụ Tổng hợp
1|Nguyễn Văn An|05/03/1975

II. DANH SÁCH DỰ BỊ
STT|Đơn vị|Chức vụ|Họ và tên|Năm sinh
1|Cục Quản trị|Phó Cục trưởng|Hoàng Minh Tuấn|1970
2|||Vũ Đức Lý|1968
""")
    )  # fmt: skip


@file("xlsx")
def heading_on_each_page() -> bytes:
    """The two rows of the heading once more on the next page, with its number; the group above goes on."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Ngày sinh||Chức vụ
||Nam|Nữ
I|Cục Quản trị
1|Nguyễn Thị Bích Ngọc||14/02/1983|Chuyên viên
2
STT|Họ và tên|Ngày sinh||Chức vụ
||Nam|Nữ
2|Hoàng Minh Tuấn|1970||nt
""", "C1:D1", "C6:D6")
    )  # fmt: skip


@file("xlsx")
def attendance() -> bytes:
    """Days over S and C for morning and afternoon, with marks, right of the people."""
    return makers.xlsx(
        sheet("""
BẢNG ĐIỂM DANH
STT|Họ và tên|Đơn vị|12/3||13/3||Ghi chú
|||S|C|S|C
1|Đặng Thu Hương|Vụ Khoa giáo - Văn xã|x|x|P|x|ốm một buổi
2|Phan Thanh Hải|TT Tin học|x|x||x
""", "D2:E2", "F2:G2", "A2:A3", "B2:B3", "C2:C3", "H2:H3")
    )  # fmt: skip


# --- what stands around the people


@file("xlsx")
def under_a_decision() -> bytes:
    """Letterhead left, motto right, a title of two lines, decision and days; count and signatures at the foot."""
    return makers.xlsx(
        sheet("""
VĂN PHÒNG CHÍNH PHỦ|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VỤ TỔ CHỨC CÁN BỘ|||Độc lập - Tự do - Hạnh phúc

DANH SÁCH CÁN BỘ, CÔNG CHỨC
THAM GIA LỚP BỒI DƯỠNG VĂN THƯ
(Kèm theo Quyết định số 123/QĐ-VPCP ngày 05 tháng 3 năm 2012)
Thời gian: từ ngày 12/3/2012 đến ngày 16/3/2012
Số↵TT|Họ và tên||Ngày, tháng, năm sinh|Giới tính|Dân tộc|Đơn vị công tác|Ghi chú
01|Trần Thị |Hòa||Nữ|Kinh|Vụ Tổ chức cán bộ
02|Nguyễn Văn |An|05/03/1975|Nam|Tày|Vụ Tổng hợp|x
03
(Danh sách có 02 học viên)
|||||||Hà Nội, ngày 05 tháng 3 năm 2012
Người lập biểu||||||VỤ TRƯỞNG
(Ký, họ tên)||||||(Ký, đóng dấu)

Lê Hoa||||||Bùi Quốc Khánh
""", "A1:C1", "D1:H1", "A4:H4", "B8:C8", D9=1981)
    )  # fmt: skip


@file("xlsx")
def signed_by_people_of_the_office() -> bytes:
    """Those who signed stand in the column of names; another person was added below them."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Ngày sinh|Đơn vị
1|Nguyễn Văn An|05/03/1975|Vụ Tổng hợp
|Người lập biểu||THỦ TRƯỞNG ĐƠN VỊ
|Lê Hoa
|Bùi Quốc Khánh
2|Hoàng Minh Tuấn|15/05/1970|Cục Quản trị
Nơi nhận:
- Như trên;
- Lưu: VT, TCCB.
""")
    )


@file("xlsx")
def totals_between_groups() -> bytes:
    """Groups with counts and numerals, a total after each; a row's own unit goes before that of its group."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Năm sinh|Đơn vị
I. Vụ Tổng hợp (02 người)
1|Nguyễn Văn An
2|Ông Ích Khiêm
|Cộng: 2
II|Cục Quản trị
1|Nguyễn Văn An
2|Mai Lan Ánh||Phòng Kế toán, Vụ Tài vụ
|Cộng|2
III. Đơn vị khác
1|Lê Hoa
Tổng số: 05 học viên
""", "A2:D2")
    )  # fmt: skip


@file("xlsx")
def notes_right_of_the_table() -> bytes:
    """Remarks right of the table, beside people and below them, and a column that nobody knows."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Năm sinh|Điện thoại||
1|Lê Hoa|1990|0900000001||gọi lại chị Nguyễn Thị Lan
2|Vũ Đức Lý|1968|0900000002
||||||còn thiếu 2 người
Đã nhận: 2 phiếu
""")
    )


@file("xlsx")
def sheets_that_are_no_lists() -> bytes:
    """Instructions first, then the list, prices, and the same people once more in a sheet that is hidden."""
    book = sheet("""
HƯỚNG DẪN
1. Điền đủ họ và tên, ngày sinh.
2. Không sửa tiêu đề.
""")
    people = "STT|Họ và tên|Năm sinh\n1|Lê Hoa|1990"
    for name, text in (("Lớp 1", people), ("Kinh phí", "Khoản|Số tiền\nTài liệu|500000"), ("Cũ", people)):
        fill(book.create_sheet(name), text)
    book["Cũ"].sheet_state = "hidden"
    return makers.xlsx(book)


@file("xlsx")
def hidden_rows_and_columns() -> bytes:
    """A person in a hidden row; the births stand in a hidden column."""
    book = sheet("""
STT|Họ và tên|Ngày sinh|Đơn vị
1|Nguyễn Văn An|01/01/1980|Cục Quản trị
2|Lê Hoa||Vụ TCCB
""")
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    return makers.xlsx(book)


@file("xlsx")
def prefilled_rows() -> bytes:
    """Twenty rows prefilled with numbers and formulas that were never calculated, and #N/A in two of them."""
    book = sheet("STT|Họ và tên|Năm sinh|Giờ được tính\n1|Vũ Đức Lý|1968\n2|Lê Hoa|1990")
    page = book.active
    for number in range(2, 22):
        page.cell(number, 1, number - 1)
        page.cell(number, 4, f'=IF(B{number}="","",8)')
    for place in ("B4", "C5"):
        page[place] = "#N/A"
        page[place].data_type = "e"
    return makers.xlsx(book)


# --- names and codes


@file("txt")
def names_a_line_each() -> bytes:
    """No table at all: one name or code a line, the last name without diacritics."""
    return separated("Nguyễn Văn An\nTrần Thị Hòa\nĐ/c Lê Quý\n\nCB03\nMai Lan Anh", "", "utf-8")


@file("txt")
def pasted_without_heading() -> bytes:
    """Copied from a screen without its heading: columns are known by what stands in them; one code is nobody's."""
    return separated("""
CB01|Nguyễn Văn An|5/3/1975|Nam|Vụ Tổng hợp
CB03|Trần Thị Hòa|1981|Nữ|Vụ TCCB
CB99|Đỗ Thị Thúy|12/1979|Nữ|Vụ Tài vụ
""", "\t", "utf-8")  # fmt: skip


@file("xlsx")
def names_in_two_cells() -> bytes:
    """Family and given name in two columns; one person stands whole in the first, one only in the second."""
    return makers.xlsx(
        sheet("""
STT|Họ đệm|Tên|Sinh ngày
1|Nguyễn Thị Bích|Ngọc|14/02/1983
2|Hoàng Minh Tuấn|Tuấn|1970
3||Lê Hoa|1990
4| NGÔ  XUÂN |NAM|10/1974
""")
    )


@file("xlsx")
def one_name_over_two_columns() -> bytes:
    """“Họ và tên” merged over two columns, with nothing of the family name in the second."""
    return makers.xlsx(
        sheet("""
STT|HỌ VÀ TÊN||NĂM SINH|ĐƠN VỊ
1|Lưu Thị|Hương|1977|Vụ KGVX
2|Phan Thanh|Hải||Trung tâm Tin học
""", "B1:C1")
    )  # fmt: skip


@file("xlsx")
def words_of_courtesy() -> bytes:
    """Words before a name, two of them at once; Ông may be a family name."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên học viên|Năm sinh
1|Đ/c Nguyễn Văn An|1975
2|Đồng chí Trần Thị Hòa|1981
3|Ông Hoàng Minh Tuấn|1970
4|Bà Đỗ Thị Thúy|1979
5|PGS.TS. Vũ Đức Lý|1968
6|Chị Lê Hoa|1990
7|Ông Ích Khiêm|1965
8|Đ/c: ThS. Ngô Xuân Nam|1974
""")
    )


@file("xlsx")
def codes_without_names() -> bytes:
    """Codes alone, one in small letters, one of another person, one that nobody has."""
    return makers.xlsx(
        sheet("""
STT|Mã cán bộ|Họ và tên|Năm sinh
1|CB03|
2|cb15|Lê Hoa
3|CB10|Vũ Đức Lý|1968
4|CB77|
5|CB01|Nguyễn Văn An|1980
6|CB05|Phạm Văn Bình
""")
    )


@file("xlsx")
def school_codes() -> bytes:
    """A school's own numbers of students, which are no codes of ours."""
    return makers.xlsx(
        sheet("""
STT|Mã học viên|Họ và tên|Ngày sinh|Điểm tổng kết|Số hiệu văn bằng
1|HV-001|Lê Hoa|15/06/1990|8,3|A 0012
2|HV-002|Nguyễn Văn An|01/01/1980|7.5|A 0013
3|HV-003|Nguyễn Văn Anh|01/01/1980|9|A 0014
""", E4=9)
    )  # fmt: skip


@file("csv")
def names_without_diacritics() -> bytes:
    """Names from a machine that has no diacritics, in capitals, and one with the Icelandic Ð."""
    return separated("""
STT|HO VA TEN|NGAY SINH
1|NGUYEN VAN AN|05/03/1975
2|MAI LAN ANH|
3|TRAN THI HOA|
4|Ðỗ Thị Thúy|
""", ",", "utf-8")  # fmt: skip


@file("xlsx")
def spellings_of_one_name() -> bytes:
    """Tone marks in the other place, i for y; other tones and other letters are other people."""
    return makers.xlsx(
        sheet("""
Họ và tên|Ghi chú
Trần Thị Hoà|
Đỗ Thị Thuý|
Vũ Đức Lí|
Lê Quí|
Trần Thị Hóa|khác dấu
Đỗ Thi Thúy|thiếu một dấu
""")
    )


@file("xlsx")
def signs_nobody_sees() -> bytes:
    """Decomposed letters, hard and double spaces, soft hyphens, zero-width signs, breaks of lines within cells."""
    return makers.xlsx(
        sheet("""
STT|Họ và↵tên|Ngày\u00a0sinh|Đơn vị↵công tác
1|Nguye\u0302\u0303n Va\u0306n\u00a0 An|\u00a005/03/1975 |Vụ\u00a0Tổng↵hợp
2|Trần\u200b Thị↵Ho\u0300a|09/07/1981\u200b|Vu\u0323 Tổ chức cán bộ
3|Hoàng Minh Tu\u00adấn|1970|Cục Quản trị
4|\u00a0||
""")
    )


@file("xlsx")
def twice_in_one_table() -> bytes:
    """The same person in two rows, spelled and described in two ways."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Năm sinh|Đơn vị
1|Trần Thị Hòa|1981|
2|Lê Hoa|1990|
3|TRẦN THỊ HOÀ||Vụ Tổ chức cán bộ
""")
    )


@file("xlsx")
def namesakes() -> bytes:
    """Two of a name: told apart by birth, by unit, by neither; two who share their birth too."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Ngày sinh|Đơn vị
1|Nguyễn Văn An|1975|
2|Nguyễn Văn An||Cục Quản trị
3|Nguyễn Văn An||
4|Nguyễn Văn An||Vụ Tài vụ
5|Nguyễn Văn An|1976|Vụ Tổng hợp
6|Nguyễn Thị Lan|08/3/1982|
7|Nguyễn Thị Lan|08/3/1982|Vụ Tổng hợp
8|Nguyễn Thị Lan|1982|Cục Quản trị
9|Nguyễn Thị Lan|1982|Vụ Tài vụ
""")
    )


@file("xlsx")
def sex_that_contradicts() -> bytes:
    """A sex that the only person of the name has not, written in four ways."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Phái|Năm sinh
1|Lê Hoa|Nam|1990
2|Ngô Xuân Nam|nam|
3|Hoàng Minh Tuấn|NỮ|1970
4|Trần Thị Hòa|nu|1981
""")
    )


@file("xlsx")
def people_who_left() -> bytes:
    """Nobody of the name is in service: out of service since 2010, with and without a birth."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Năm sinh|Đơn vị
1|Phạm Văn Bình|1950|
2|Phạm Văn Bình||Vụ Tổng hợp
3|Lê Quý|1971|Cục Quản trị
""")
    )


# --- births, numbers, units


@file("xlsx")
def births_of_all_kinds() -> bytes:
    """Days, months and years, as text, number and date; what does not exist or is to come."""
    book = sheet("""
STT|Họ và tên|Ngày sinh
1|Nguyễn Văn An|5.3.75
2|Hoàng Minh Tuấn|15051970
3|Trần Thị Hòa|1981-07-09
4|Lê Hoa|6/1990
5|Đỗ Thị Thúy|
6|Vũ Đức Lý|
7|Ngô Xuân Nam|31/02/1974
8|Lưu Thị Hương|30/4/2977
9|Nguyễn Thị Bích Ngọc|ngày 14 tháng 02 năm 1983
10|Phan Thanh Hải|
11|Mai Lan Ánh|11/11/86
12|Đặng Thu Hương|không rõ
""", C6=day("01/12/1979"), C7=1968, C11=1061976)  # fmt: skip
    book.active["C6"].number_format = "mm/yyyy"
    return makers.xlsx(book)


@file("xlsx")
def dates_of_an_american_excel() -> bytes:
    """An Excel that reads the month first made dates of whatever it could, with day and month swapped."""
    return makers.xlsx(
        sheet("""
STT|HỌ VÀ TÊN|NGÀY SINH
1|Nguyễn Văn An|
2|Trần Thị Hòa|
3|Lê Hoa|15/06/1990
4|Hoàng Minh Tuấn|15/05/1970
5|Ngô Xuân Nam|
6|Đỗ Thị Thúy|12/25/1979
""", C2=day("03/05/1975"), C3=day("07/09/1981"), C6=day("10/10/1974"))
    )  # fmt: skip


@file("xlsx")
def numbers_as_excel_shows_them() -> bytes:
    """A code shown as 00017, ranks as numbers and by name, marks with decimals and as percentages."""
    book = sheet("""
STT|Mã CB|Họ và tên|Ngạch|Điểm|Số CC|Ngày cấp
1||Phan Thanh Hải||||
2||Lê Hoa|chuyên viên|||20/3/2012
3||Vũ Đức Lý||||20/3
4||Ngô Xuân Nam|09.999|Giỏi|B-07|
""", B2=17, D2=1.003, E2=8.3, F2=7, G2=day("16/03/2012"), E3=0.85, D4=1.002, E4=8)  # fmt: skip
    for place, code in {"B2": "00000", "F2": "000000", "E3": "0%"}.items():
        book.active[place].number_format = code
    return makers.xlsx(book)


@file("xlsx")
def units_merged_and_repeated() -> bytes:
    """A unit merged over three rows, ditto marks of four kinds, positions too; a note is no ditto."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Chức vụ|Đơn vị|Ghi chú
1|Nguyễn Văn An|Chuyên viên|Cục Quản trị|mới
2|Nguyễn Thị Lan|nt||nt
3|Hoàng Minh Tuấn|Phó Cục trưởng
4|Nguyễn Văn An|-nt-|Vụ Tổng hợp
5|Nguyễn Thị Lan|"|"
6|Ông Ích Khiêm||''
7|Lê Hoa||
""", "D2:D4")
    )  # fmt: skip


@file("xlsx")
def units_however_called() -> bytes:
    """A unit by code, short name, initials, with its division, without diacritics; ambiguous, closed, unknown."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Đơn vị
1|Nguyễn Văn An|QT
2|Nguyễn Văn An|Cục QTr
3|Nguyễn Thị Lan|P. Kế toán - Cục Quản trị
4|Mai Lan Ánh|Phòng Kế toán, Vụ TV
5|Lưu Thị Hương|Vu KGVX
6|Lưu Thị Hương|Vụ Khoa giáo & Văn xã
7|Nguyễn Văn An|Phòng Kế toán
8|Lê Hoa|Vụ Pháp luật
9|Lê Hoa|Bộ Tài chính
""")
    )


@file("xlsx")
def position_and_unit_in_one_column() -> bytes:
    """Position and unit in one cell, parted by a comma, a dash, a break or nothing."""
    return makers.xlsx(
        sheet("""
STT|Họ và tên|Chức vụ, đơn vị công tác
1|Nguyễn Văn An|Phó Vụ trưởng, Vụ Tổng hợp
2|Hoàng Minh Tuấn|Phó Cục trưởng - Cục Quản trị
3|Vũ Đức Lý|Giám đốc Trung tâm Tin học
4|Lê Hoa|Chuyên viên
5|Nguyễn Thị Lan|Kế toán viên↵Phòng Kế toán, Cục Quản trị
""")
    )


# --- old fonts and old encodings


@file("xls")
def capitals_of_a_font() -> bytes:
    """An old Excel file in .VnTimeH, which shows small letters as capitals."""
    return old_sheet("""
stt|hä vµ tªn|n¨m sinh|®¬n vÞ
1|nguyÔn v¨n an|1975|vô tæng hîp
2|l\u00adu thÞ h\u00ad¬ng|1977|vô khoa gi¸o - v¨n x·
""", ".VnTimeH")  # fmt: skip


@file("xls")
def unicode_in_an_old_font() -> bytes:
    """All in .VnTime, one row though typed in Unicode."""
    return old_sheet("""
DANH S¸CH HäC VI£N
STT|Hä vµ tªn|N¨m sinh|§¬n vÞ
1|TrÇn ThÞ Hßa|1981|Vô Tæ chøc c¸n bé
2|Ngô Xuân Nam|1974|Vụ Tài vụ
3|§ç ThÞ Thóy|1979|Vô Tµi vô
""", ".VnTime")  # fmt: skip


@file("csv")
def tcvn3() -> bytes:
    """TCVN3 in a text file, where no font tells it; its ư is the soft hyphen."""
    return separated("""
STT|Hä vµ tªn|Ngµy sinh|§¬n vÞ
1|NguyÔn V¨n An|05/03/1975|Vô Tæng hîp
2|L\u00adu ThÞ H\u00ad¬ng|30/4/1977|Vô Khoa gi¸o - V¨n x·
3|Lª Hoa|15/06/1990|Côc Qu¶n trÞ
""", ";", "cp1252")  # fmt: skip


@file("csv")
def vni() -> bytes:
    """VNI in a text file of windows-1252."""
    return separated("""
STT|Hoï vaø teân|Ngaøy sinh|Ñôn vò
1|Nguyeãn Vaên An|05/03/1975|Vuï Toång hôïp
2|TRAÀN THÒ HOØA|09/7/1981|Vuï Toå chöùc caùn boä
3|Löu Thò Höông|1977|
""", ",", "cp1252")  # fmt: skip


@file("csv")
def windows_1258() -> bytes:
    """The code page of Vietnamese Windows: tones follow their letters; `;` between fields, one of two lines."""
    text = makers.windows_1258(
        'STT;"Họ và\ntên";Ngày sinh;Đơn vị\n'
        "1;Nguyễn Thị Bích Ngọc;14/02/1983;Cục Quản trị\n"
        '2;Mai Lan Ánh;;"Phòng Kế toán; Vụ Tài vụ"\n'
    )
    return text.encode("cp1258")


@file("tsv")
def utf_16() -> bytes:
    """What Excel saves as Unicode text: UTF-16, tabs, quotation marks around a cell with a line break."""
    text = 'DANH SÁCH LỚP TIN HỌC\nSTT\tHọ và tên\tĐơn vị\n1\tVũ Đức Lý\t"Trung tâm\nTin học"\n2\tLê Hoa\t"\n'
    return text.replace("\n", "\r\n").encode("utf-16")


@file("csv")
def excel_called_csv() -> bytes:
    """An Excel file under the name of a text file."""
    return makers.xlsx(sheet("Họ và tên|Năm sinh\nLê Hoa|1990"))


@file("txt")
def pipes() -> bytes:
    """`|` between cells, commas within them."""
    return (
        "Họ và tên|Chức danh|Đơn vị\nMai Lan Ánh|Kế toán, thủ quỹ|Phòng Kế toán, Vụ Tài vụ\nLê Hoa|Chuyên viên|TCCB\n"
    ).encode("utf-8-sig")


# --- OpenDocument and Word


@file("ods")
def repeated_rows() -> bytes:
    """An empty row repeated before the table, a row of a person repeated, a million rows of formats after it."""

    def row(text: str, attributes: str = "") -> str:
        cells = (f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                 for cell in text.split("|"))  # fmt: skip
        return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"

    formats = '<table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/>'
    return makers.ods(
        '<table:table table:name="Danh sách">'
        f'<table:table-row table:number-rows-repeated="3">{formats}</table:table-row>'
        + row("STT|Họ và tên|Năm sinh")
        + row("1|Lê Hoa|1990", 'table:number-rows-repeated="1000000"')
        + row("2|Vũ Đức Lý|1968")
        + f'<table:table-row table:number-rows-repeated="48571">{formats}</table:table-row></table:table>'
    )


@file("docx")
def two_tables() -> bytes:
    """Two tables under their own decisions, between them one of one column; merged cells, a table within a cell."""
    document = Document()
    document.add_paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    document.add_paragraph("DANH SÁCH HỌC VIÊN LỚP 1")
    document.add_paragraph("(kèm theo Quyết định số 7/QĐ-VPCP ngày 05/3/2012, từ 12 đến 16/3/2012)")
    first = table(document, """
STT|Họ và tên|Đơn vị
1|Nguyễn Văn An|Cục Quản trị
2|Hoàng Minh Tuấn|
3|Lê Hoa|Vụ TCCB
""")  # fmt: skip
    first.cell(1, 2).merge(first.cell(2, 2))
    inner = first.cell(3, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Họ và tên", "Trần Thị Hòa"
    table(document, "Nơi nhận:\n- Như trên")
    document.add_paragraph("Danh sách dự bị")
    second = table(document, """
Họ và tên|
Họ|Tên
Vũ Đức|Lý
Ngô Xuân|Nam
""")  # fmt: skip
    second.cell(0, 0).merge(second.cell(0, 1))
    return makers.docx(document)


@file("docx")
def typed_in_an_old_font() -> bytes:
    """A Word document whose style is .VnTime, with one name in good Unicode."""
    document = Document()
    document.styles["Normal"].font.name = ".VnTime"
    table(document, """
TT|Hä vµ tªn|Ngµy sinh|Chøc vô
1|TrÇn ThÞ Hßa|09/7/1981|Chuyªn viªn
2|Nguyễn Văn An|1980|nt
""")  # fmt: skip
    return makers.docx(document)


def main() -> None:
    """Writes the files anew."""
    for name, make in FILES.items():
        (FOLDER / name).write_bytes(make())


if __name__ == "__main__":
    main()
