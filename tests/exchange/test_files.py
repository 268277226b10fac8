"""Whole files: headings wherever they stand, and files that cannot be taken, each with its sentence and exit code 2."""

import io
import re
import zipfile
import zlib
from datetime import date, datetime
from urllib.parse import quote, unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from courses.models import CourseSession
from exchange.files import package
from exchange.workbook import import_workbook, tables
from personnel.models import Staff

from .workbooks import OFFICE, counts, imported, person, places, session, unit, written

pytestmark = pytest.mark.django_db

STAFF = ["Mã cán bộ", "Họ và tên", "Giới tính"]
BINH = ["CB7", "Trần Bình", "Nam"]
INTACT = written(OFFICE).getvalue()

fuzz = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def unusable(file) -> tuple:
    """The one reason why a file is not taken, and where."""
    if isinstance(file, bytes):
        file = io.BytesIO(file)
    report = import_workbook(file)
    assert (report.sheets, report.warnings, report.applied, report.exit_code) == ({}, [], False, 2)
    (problem,) = report.errors
    assert problem.value == ""
    return problem.message, problem.sheet, problem.row, problem.column


def repacked(change: dict[str, bytes | None], file: io.BytesIO | None = None, **options) -> bytes:
    """A workbook file with some of its parts replaced, added, or (None) left out."""
    source = zipfile.ZipFile(file or written(OFFICE))
    parts = {name: source.read(name) for name in source.namelist()} | change
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as packed:
        for name, content in parts.items():
            if content is not None:
                packed.writestr(name, content)
    return target.getvalue()


def sheet_xml(rows: str, prolog: str = "") -> bytes:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{prolog}<worksheet xmlns="{name}"><sheetData>{rows}</sheetData></worksheet>'.encode()


# --- finding things


def test_headings_are_found_by_content_in_any_order_and_case_and_unknown_columns_are_ignored():
    report = imported(
        {
            "Cán bộ": [
                ["VĂN PHÒNG CHÍNH PHỦ"],
                ["Họ và tên"],
                [],
                ["Ghi chú", " GIỚI  TÍNH", "họ và\ntên", "STT", "Ma\u0303 ca\u0301n bo\u0323\u0302"],
                ["mới", "Nam", "Trần Bình", 1, "CB7"],
                [None, None, None, 2, None],
                ["", " ", "\u00a0"],
                ["mới", "Nữ", "Trần An", 3, "CB8"],
            ]
        }
    )
    assert not report.errors
    assert counts(report, "Cán bộ") == (2, 2, 0, 0, 0)
    assert set(Staff.objects.values_list("code", "full_name")) == {("CB7", "Trần Bình"), ("CB8", "Trần An")}


def test_rows_have_the_numbers_that_excel_shows():
    report = imported({"Cán bộ": [["Danh sách"], [], STAFF, BINH, [], ["CB8", "Trần An", "?"]]})
    assert places(report.errors) == [("Cán bộ", 6, "Giới tính", "?")]


def test_merged_titles_above_the_headings_do_no_harm():
    book = Workbook()
    page = book.active
    page.title = "Cán bộ"
    page["A1"] = "DANH SÁCH CÁN BỘ"
    page.merge_cells("A1:C2")
    for row in (STAFF, BINH):
        page.append(row)
    file = io.BytesIO()
    book.save(file)
    assert counts(import_workbook(file), "Cán bộ") == (1, 1, 0, 0, 0)


def test_headings_are_found_in_the_twentieth_row_and_not_below():
    assert imported({"Cán bộ": [*[["Tờ trình"]] * 19, STAFF, BINH]}).applied
    found = unusable(written({"Cán bộ": [*[["Tờ trình"]] * 20, STAFF, BINH]}))
    assert found == ("Trang tính Cán bộ không có cột Mã cán bộ trong 20 dòng đầu.", "Cán bộ", None, "Mã cán bộ")


def test_sheets_come_in_any_order_and_case_and_others_are_ignored():
    report = imported({"Ghi chú": [["xin chào"]], "LỚP": [], "cán  bộ ": [STAFF, BINH]} | {"LỚP": [session(more={})]})
    assert list(report.sheets) == ["Cán bộ", "Lớp"]
    assert places(report.errors) == [("Lớp", 2, "Mã chương trình", "CT1")]


def test_text_numbers_dates_and_formulas_are_read_as_excel_shows_them():
    book = load_workbook(written({**OFFICE, "Lớp": [session(more={"Số chỗ": 40, "Địa điểm": "Hà Nội"})]}))
    page = book["Lớp"]
    page["D2"] = datetime(2012, 3, 5, 17, 30)
    page["E2"] = "=D2+4"
    file = io.BytesIO()
    book.save(file)
    report = import_workbook(file)
    assert places(report.errors) == [("Lớp", 2, "Ngày bế giảng", "=D2+4")]
    assert report.errors[0].message == "Excel không có giá trị cho ô này (=D2+4). Nhập trực tiếp giá trị."


def test_shared_strings_runs_and_escapes_are_read():
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
        '<row><c t="str"><f>"CB"&amp;7</f><v>CB7</v></c><c t="s"><v>3</v></c>'
        '<c t="inlineStr"><is><t>Nam</t></is></c></row>'
        '<row r="9"><c r="C9" t="e"><v>#N/A</v></c><c r="A9" t="b"><v>1</v></c></row>'
    )
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>Mã cán bộ</t></si><si><t>Họ và tên</t></si><si><t>Giới tính</t></si>"
        "<si><r><t>Trần </t></r><r><t>Bình_x000D__xD800__x0000_</t></r><rPh><t>chan</t></rPh></si></sst>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="http://x/relationships/sharedStrings" Target="/xl/strings.xml"/></Relationships>'
    )
    content = repacked(
        {
            "xl/worksheets/sheet1.xml": sheet_xml(rows),
            "xl/strings.xml": strings.encode(),
            "xl/_rels/workbook.xml.rels": relations.encode(),
        },
        written({"Cán bộ": [STAFF]}),
    )
    report = import_workbook(io.BytesIO(content), valid_rows=True)
    assert places(report.errors) == [("Cán bộ", 9, "Họ và tên", ""), ("Cán bộ", 9, "Giới tính", "#N/A")]
    assert Staff.objects.get().full_name == "Trần Bình"


def test_workbooks_that_count_from_1904_give_the_same_days():
    source = written(OFFICE)
    main = zipfile.ZipFile(source).read("xl/workbook.xml")
    shifted = zipfile.ZipFile(source).read("xl/worksheets/sheet5.xml")
    serial = (date(2012, 3, 5) - date(1899, 12, 30)).days
    assert str(serial).encode() in shifted
    for day in (serial, serial + 4):
        shifted = shifted.replace(str(day).encode(), str(day - 1462).encode())
    main = re.sub(rb"<workbookPr ?/>", b'<workbookPr date1904="1"/>', main)
    postings = zipfile.ZipFile(source).read("xl/worksheets/sheet3.xml").replace(b"38353", b"36891")
    parts = {"xl/workbook.xml": main, "xl/worksheets/sheet5.xml": shifted, "xl/worksheets/sheet3.xml": postings}
    assert not import_workbook(io.BytesIO(repacked(parts, source))).errors
    assert CourseSession.objects.get().start == date(2012, 3, 5)


# --- files that cannot be taken


def zipped(*names: str) -> bytes:
    """A zip with parts of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, "<x/>")
    return file.getvalue()


def test_what_is_no_workbook_says_so(tmp_path):
    message = "Đây không phải tệp Excel (.xlsx)."
    for content in (b"PK\x03\x04" + b"\0" * 50, b"\0" * 1000, b"MZ\x90\0", zipped("_rels/.rels")):
        assert unusable(content)[1:] == (None, None, None)
    assert unusable(b"\0" * 1000)[0] == message
    assert unusable(repacked({"xl/workbook.xml": b"<document/>"}))[0] == message
    assert unusable(tmp_path / "khong-co.xlsx")[0].startswith("Không đọc được tệp.")
    assert unusable(tmp_path)[0].startswith("Không đọc được tệp.")


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp rỗng."),
        ("Mã cán bộ;Họ và tên\nCB1;An\n".encode(), "(.xlsx). Nội dung là văn bản, chẳng hạn CSV. Mở bằng Excel"),
        ("\ufeffMã cán bộ\tHọ và tên\n".encode(), "Nội dung là văn bản"),
        ("\ufeffMã cán bộ\tHọ và tên\n".encode("utf-16-le"), "Nội dung là văn bản"),
        ("Mã;Tên\nCB1;Hà\n".encode("cp1258", "replace"), "Nội dung là văn bản"),
        (b"<html><table><tr><td>CB1</td></tr></table></html>", "Nội dung là trang web"),
        (b'\n<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "Nội dung là trang web"),
        (b"%PDF-1.4", "Nội dung là tệp PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "Nội dung là ảnh"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "Nội dung là ảnh"),
        (b"RIFF\x1a\0\0\0WEBPVP8 ", "Nội dung là ảnh"),
        (b"\0\0\0\x18ftypheic\0\0", "Nội dung là ảnh"),
        (b"{\\rtf1\\ansi CB1}", "Nội dung là văn bản Word"),
        (b"Rar!\x1a\x07\x01\0", "Đây là tệp nén"),
        (zipped("word/document.xml", "_rels/.rels"), "Nội dung là văn bản Word"),
        (zipped("xl/workbook.bin", "_rels/.rels"), "(.xlsb). Mở bằng Excel"),
        (zipped("mimetype", "content.xml"), "(.ods). Mở bằng Excel hoặc LibreOffice"),
        (zipped("so-dao-tao.xlsx"), "Đây là tệp nén. Giải nén"),
        (COMPOUND, "tệp Excel cũ (.xls) hoặc có mật khẩu"),
        (COMPOUND + "Workbook\0".encode("utf-16-le"), "tệp Excel đời cũ (.xls)"),
        (COMPOUND + "Workbook\0".encode("utf-16-le") + zipped("theme.xml"), "tệp Excel đời cũ (.xls)"),
        (COMPOUND + "WordDocument\0".encode("utf-16-le"), "Nội dung là văn bản Word"),
        (COMPOUND + "EncryptedPackage\0".encode("utf-16-le"), "Tệp có mật khẩu"),
    ],
)
def test_another_kind_of_file_is_named_and_what_to_do(content, said):
    message, *place = unusable(content)
    assert said in message
    assert place == [None, None, None]


@pytest.mark.parametrize("name", ["so.xls", "so.csv", "so.DOCX", "so.pdf"])
def test_a_workbook_with_the_name_of_another_kind_of_file_is_read_and_told_so(name):
    report = import_workbook(written(OFFICE), file_name=name)
    assert report.applied and report.total("created") == 6
    assert places(report.warnings) == [(None, None, None, None)]
    assert report.warnings[0].message == (
        f"Tên tệp có đuôi {name[2:]} nhưng nội dung là tệp Excel và đã được đọc như tệp Excel. "
        "Hãy đổi đuôi tên tệp thành .xlsx."
    )


@pytest.mark.parametrize("name", ["so.xlsx", "SO.XLSX", "so.xlsm", "so", "báo cáo 31.12.2012", ""])
def test_the_name_of_a_workbook_needs_no_word(name):
    assert not import_workbook(written(OFFICE), file_name=name).warnings


def test_a_protected_workbook_says_what_to_do():
    encrypted = bytearray(written(OFFICE).getvalue())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = encrypted.find(mark)
        while at >= 0:
            encrypted[at + flags] |= 1
            at = encrypted.find(mark, at + 4)
    assert "mật khẩu" in unusable(bytes(encrypted))[0]


def test_a_truncated_file_is_refused():
    content = written(OFFICE).getvalue()
    for length in (len(content) // 2, len(content) - 1, 100):
        assert unusable(content[:length])[0] in ("Đây không phải tệp Excel (.xlsx).", damaged())


def damaged() -> str:
    return "Tệp bị hỏng. Mở bằng Excel, lưu lại dạng .xlsx rồi gửi tệp đó."


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c></row>",
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c r="ABCD1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>mười</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
    ],
)
def test_a_sheet_that_breaks_the_format_is_damaged(rows):
    assert unusable(repacked({"xl/worksheets/sheet1.xml": sheet_xml(rows)}))[0] == damaged()


def changed(content: bytes, changes: list[tuple[float, int]]) -> bytes:
    """Bytes replaced at places given as fractions of the length."""
    changed = bytearray(content)
    for place, byte in changes:
        changed[int(place * len(changed))] = byte
    return bytes(changed)


def changes(bytes_: st.SearchStrategy[int]):
    return st.lists(st.tuples(st.floats(0, 1, exclude_max=True), bytes_), min_size=1, max_size=8)


@fuzz
@given(changes(st.integers(0, 255)))
def test_any_damage_of_the_file_gets_an_answer(damage):
    report = import_workbook(io.BytesIO(changed(INTACT, damage)), dry_run=True)
    assert report.exit_code in (0, 1) or len(report.errors) == 1


@fuzz
@given(
    st.sampled_from(
        [name for name in zipfile.ZipFile(io.BytesIO(INTACT)).namelist() if name.endswith((".xml", ".rels"))]
    ),
    changes(st.sampled_from(b'<>/"&;=09AZ \x00\xff-')),
)
def test_any_damage_inside_its_parts_gets_an_answer(part, damage):
    content = changed(zipfile.ZipFile(io.BytesIO(INTACT)).read(part), damage)
    report = import_workbook(io.BytesIO(repacked({part: content}, io.BytesIO(INTACT))), dry_run=True)
    assert report.exit_code in (0, 1) or len(report.errors) == 1


def test_entity_bombs_and_external_entities_are_refused_in_every_part():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    outside = '<?xml version="1.0"?><!-- x --><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    refusal = "Tệp chứa khai báo không có trong bảng tính. Lưu lại bằng Excel dạng .xlsx."
    for prolog in (bomb, outside, "<!DOCTYPE worksheet>"):
        content = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>', prolog)
        assert unusable(repacked({"xl/worksheets/sheet1.xml": content}))[0] == refusal
    source = zipfile.ZipFile(written(OFFICE))
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/styles.xml"):
        text = source.read(part).decode().removeprefix('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>')
        assert unusable(repacked({part: (bomb + text.lstrip()).encode()}))[0] == refusal
    utf16 = sheet_xml("", bomb).decode().encode("utf-16")
    assert unusable(repacked({"xl/worksheets/sheet1.xml": utf16}))[0] == refusal


def test_parts_that_no_sheet_needs_are_never_parsed():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    content = repacked({"docProps/core.xml": bomb, "xl/theme/theme1.xml": bomb, "customXml/item1.xml": b"<<"})
    report = import_workbook(io.BytesIO(content), dry_run=True)
    assert (report.exit_code, report.total("created")) == (0, 6)


# --- limits


LIMIT = "Tệp vượt giới hạn: 20 MB, hoặc có phần giải nén ra quá 100 lần kích thước."


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "_rels/.rels"])
def test_a_zip_bomb_is_refused_in_whatever_part_that_is_read(part):
    assert unusable(repacked({part: b" " * 3_000_000}))[0] == LIMIT


@pytest.mark.parametrize("part", ["xl/media/image1.png", "docProps/custom.xml", "xl/worksheets/sheet9.xml"])
def test_a_part_that_is_not_read_may_unpack_to_anything(part):
    report = import_workbook(io.BytesIO(repacked({part: b" " * 3_000_000})))
    assert (report.applied, report.total("created")) == (True, 6)


def test_thousands_of_equal_styles_are_no_bomb():
    """A small part at a ratio of more than a hundred, as a workbook has that was copied together for years."""
    xf = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" pivotButton="0" quotePrefix="0" xfId="0"/>'
    source = written(OFFICE)
    styles = zipfile.ZipFile(source).read("xl/styles.xml").replace(b"</cellXfs>", xf * 10_000 + b"</cellXfs>")
    content = repacked({"xl/styles.xml": styles}, source)
    info = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/styles.xml")
    assert info.file_size > 100 * info.compress_size
    assert import_workbook(io.BytesIO(content)).total("created") == 6


def test_names_of_parts_are_compared_without_regard_to_case():
    source = zipfile.ZipFile(io.BytesIO(INTACT))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            packed.writestr(name.upper(), source.read(name))
    assert import_workbook(target).total("created") == 6


def test_rows_of_no_height_are_hidden():
    source = written({"Cán bộ": [person(f"CB{n}", {"Họ và tên": f"An {name}"}) for n, name in enumerate("ABCDE")]})
    rows = zipfile.ZipFile(source).read("xl/worksheets/sheet1.xml").decode()
    for row, height in ((2, "0"), (3, "+0"), (4, "0.0e0"), (5, "10"), (6, "0.75")):
        rows = rows.replace(f'<row r="{row}"', f'<row r="{row}" ht="{height}" customHeight="1"')
    report = import_workbook(io.BytesIO(repacked({"xl/worksheets/sheet1.xml": rows.encode()}, source)))
    assert (report.total("created"), places(report.warnings)) == (5, [("Cán bộ", 2, None, None)])
    assert report.warnings[0].message.startswith("Có 3 dòng bị ẩn chứa dữ liệu")


@pytest.mark.parametrize("part", ["sheet 1.xml", "trang tính.xml", "sheet%201.xml"])
def test_parts_are_found_by_their_percent_encoded_names(part):
    source = zipfile.ZipFile(io.BytesIO(INTACT))
    relations = source.read("xl/_rels/workbook.xml.rels")
    encoded = relations.replace(b"sheet1.xml", quote(unquote(part)).encode())
    assert encoded != relations
    sheet = source.read("xl/worksheets/sheet1.xml")
    change = {"xl/_rels/workbook.xml.rels": encoded, "xl/worksheets/sheet1.xml": None, f"xl/worksheets/{part}": sheet}
    assert import_workbook(io.BytesIO(repacked(change))).total("created") == 6


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "XL/worksheets/Sheet1.xml", "xl/worksheets/%73heet1.xml"])
def test_two_parts_of_one_name_are_refused_rather_than_guessed(part):
    target = io.BytesIO(INTACT)
    with zipfile.ZipFile(target, "a") as packed:
        packed.writestr(part, packed.read("xl/worksheets/sheet2.xml"))
    assert unusable(target)[0] == (
        f"Hai phần của tệp có cùng tên {part}. Mở tệp trong Excel, lưu lại thành .xlsx rồi gửi lại."
    )


def test_a_file_has_a_thousand_parts_and_not_one_more():
    more = {f"xl/media/image{number}.png": b"" for number in range(1_000)}
    full = repacked(dict(list(more.items())[: 1_000 - len(zipfile.ZipFile(io.BytesIO(INTACT)).namelist())]))
    assert len(zipfile.ZipFile(io.BytesIO(full)).namelist()) == 1_000
    assert import_workbook(io.BytesIO(full)).total("created") == 6
    report = import_workbook(io.BytesIO(repacked(more)))
    assert (report.exit_code, report.over_limits) == (2, True)
    assert (
        report.errors[0].message == "Tệp có quá 1.000 phần. Chép các trang tính sang một tệp Excel mới rồi gửi tệp đó."
    )


def test_a_bomb_whose_directory_lies_about_its_size_is_refused():
    content = bytearray(repacked({"xl/worksheets/sheet1.xml": sheet_xml("<row/>" * 500_000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as packed:
        info = packed.getinfo("xl/worksheets/sheet1.xml")
    small = (info.compress_size * 50).to_bytes(4, "little")
    for mark, sizes in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(mark)
        while at >= 0:
            if content[at + sizes : at + sizes + 4] == info.file_size.to_bytes(4, "little"):
                content[at + sizes : at + sizes + 4] = small
            at = content.find(mark, at + 4)
    assert unusable(bytes(content))[0] == damaged()


def test_parts_that_share_their_bytes_are_refused():
    """The trick of a quoted zip bomb: many entries of the directory point at one stream."""
    kernel = zlib.compress(b"x" * 90_000, 9)[2:-4]
    content = bytearray(repacked({}))
    target = io.BytesIO(bytes(content))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("big", bytes(range(256)) * 8, compress_type=zipfile.ZIP_STORED)
        (big,) = [info for info in packed.infolist() if info.filename == "big"]
        for number in range(40):
            twin = zipfile.ZipInfo(f"twin{number}")
            twin.header_offset, twin.CRC, twin.compress_size = big.header_offset, big.CRC, big.compress_size
            twin.file_size, twin.compress_type = big.file_size, big.compress_type
            packed.filelist.append(twin)
        packed._didModify = True
    assert kernel and unusable(target)[0] == damaged()


def test_a_part_full_of_one_row_is_refused_before_it_fills_the_memory():
    noise = "".join(f'<c r="A1"><v>{n * 7919 % 1_000_003}</v></c>' for n in range(300_000))
    assert unusable(repacked({"xl/worksheets/sheet1.xml": sheet_xml(f"<row>{noise}</row>")}))[0] == LIMIT


def test_a_file_over_twenty_megabytes_is_refused():
    big = repacked({"xl/media/noise.bin": bytes(package.MAX_FILE)}, compresslevel=0)
    assert unusable(b"\0" * (package.MAX_FILE + 1))[0] == LIMIT
    assert unusable(big)[0] == LIMIT


def rows_of_staff(count: int) -> bytes:
    head = "".join(f'<c t="inlineStr"><is><t>{heading}</t></is></c>' for heading in STAFF)
    rows = "".join(f"<row><c><v>{n * 7919 % 1_000_003}</v></c></row>" for n in range(count))
    return repacked({"xl/worksheets/sheet1.xml": sheet_xml(f"<row>{head}</row>{rows}")}, written({"Cán bộ": [STAFF]}))


def test_a_sheet_takes_200_000_rows_and_not_one_more(monkeypatch):
    message, sheet, row, column = unusable(rows_of_staff(200_001))
    assert (sheet, row, column) == ("Cán bộ", None, None)
    assert message == "Trang tính Cán bộ có quá 200.000 dòng. Hãy chia thành nhiều tệp."
    monkeypatch.setattr(tables, "MAX_ROWS", 2_000)
    assert import_workbook(io.BytesIO(rows_of_staff(2_000)), dry_run=True).sheets["Cán bộ"].rows == 2_000


def test_formatted_but_empty_rows_are_not_counted(monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 1_000)
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="{n % 7}"/></row>' for n in range(3, 3_000))
    source = written({"Cán bộ": [STAFF, BINH]})
    xml = zipfile.ZipFile(source).read("xl/worksheets/sheet1.xml")
    xml = xml.replace(b"</sheetData>", blank.encode() + b"</sheetData>")
    report = import_workbook(io.BytesIO(repacked({"xl/worksheets/sheet1.xml": xml}, source)))
    assert counts(report, "Cán bộ") == (1, 1, 0, 0, 0)


# --- workbooks without what is needed


def test_a_workbook_without_any_of_the_sheets_is_refused():
    message = (
        "Tệp không có trang tính nào trong số: Đơn vị, Cán bộ, Quá trình công tác, Chương trình, Lớp, Lượt. "
        "Tệp có: %s. Hãy đổi tên trang tính, hoặc điền vào tệp mẫu của trang Nhập từ Excel."
    )
    for names, found in ((["Sheet1"], "Sheet1"), ([*"ABCDEFGHIJKL"], "A, B, C, D, E, F, G, H, I, J, …")):
        refused = unusable(written({name: [["Mã cán bộ"]] for name in names}))
        assert refused == (message % found, None, None, None)


def test_a_workbook_of_charts_alone_is_refused():
    book = Workbook()
    book.remove(book.active)
    book.create_chartsheet("Lượt").add_chart(BarChart())
    file = io.BytesIO()
    book.save(file)
    assert unusable(file)[0].startswith("Tệp không có trang tính nào")


def test_a_workbook_without_a_data_row_is_refused():
    message = "Tệp không có dòng dữ liệu nào. Điền các dòng dưới tiêu đề cột."
    assert unusable(written({"Cán bộ": [STAFF]})) == (message, None, None, None)


@pytest.mark.parametrize("missing", ["Mã lớp", "Mã cán bộ"])
def test_a_missing_key_column_is_refused_and_named(missing):
    headings = [heading for heading in ("Mã lớp", "Mã cán bộ", "Trạng thái") if heading != missing]
    found = unusable(written({"Lượt": [headings, ["L1", "Được cử"]]}))
    assert found[1:] == ("Lượt", None, missing)


@pytest.mark.parametrize(
    ("lines", "nearest"),
    [
        ([["Mã CB", "Họ và tên", "Giới tính"], ["CB7", "Trần Bình", "Nam"]], "Mã CB"),
        ([["STT", "Ma can bo", "Họ và tên"], [1, "Mã cán bộ cũ", "Mã"]], "Ma can bo"),
        ([["Danh sách cán bộ"], ["Tên", "Mã số cán bộ"], ["Trần Bình", "CB7"]], "Mã số cán bộ"),
        ([["Họ và tên", "Giới tính", "Ghi chú"], ["Trần Bình", "Nam", "Mã CB 7"]], None),
    ],
)
def test_for_a_missing_key_column_the_nearest_heading_of_the_sheet_is_named(lines, nearest):
    message = "Trang tính Cán bộ không có cột Mã cán bộ trong 20 dòng đầu."
    if nearest:
        message += f" Tiêu đề gần nhất trong trang tính là {nearest}. Nếu đúng là cột này, hãy đổi lại tên."
    assert unusable(written({"Cán bộ": lines})) == (message, "Cán bộ", None, "Mã cán bộ")


def test_an_empty_sheet_lacks_its_key_column():
    assert unusable(written({"Cán bộ": [STAFF, BINH], "Lớp": []}))[1:] == ("Lớp", None, "Mã lớp")


def test_a_column_or_a_sheet_that_stands_twice_is_refused_rather_than_guessed():
    found = unusable(written({"Cán bộ": [[*STAFF, "giới tính"], [*BINH, "Nữ"]]}))
    assert found[1:] == ("Cán bộ", 1, "Giới tính")
    twice = written({"Cán bộ": [STAFF, BINH], "Cán  bộ": [STAFF, BINH]})
    assert unusable(twice)[1:] == ("Cán bộ", None, None)


def test_other_sheets_are_not_even_read():
    content = repacked({"xl/worksheets/sheet2.xml": b"<broken"}, written({"Đơn vị": [unit()], "Khác": [person()]}))
    assert import_workbook(io.BytesIO(content)).applied
