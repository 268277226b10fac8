"""Any file that an office sends becomes tables of cells, or a sentence that says why not."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlwt
from docx import Document
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from exchange.files import package
from exchange.files.package import UnusableFile
from exchange.files.values import Day, Number, as_text
from exchange.lists import limits
from exchange.lists.files import read_grids, read_pasted
from exchange.lists.grid import Grid, Merge

from .makers import docx, ods, packed, windows_1258, xls, xlsx

PEOPLE = [["Họ và tên", "Đơn vị"], ["Nguyễn Văn An", "Vụ Tổng hợp"]]
PEOPLE_ROWS = {1: {0: "Họ và tên", 1: "Đơn vị"}, 2: {0: "Nguyễn Văn An", 1: "Vụ Tổng hợp"}}


def read(content: bytes) -> list[Grid]:
    return read_grids(io.BytesIO(content))


def only(content: bytes) -> Grid:
    (grid,) = read(content)
    return grid


def refused(content: bytes) -> str:
    with pytest.raises(UnusableFile) as refusal:
        read(content)
    return refusal.value.message


def shown(grid: Grid) -> dict[int, list[str]]:
    return {number: [as_text(raw) for raw in cells.values()] for number, cells in grid.rows.items()}


class TestExcel:
    def test_every_sheet_is_read_with_what_is_hidden_and_what_is_merged(self):
        book = Workbook()
        page = book.active
        page.title = "Danh sách"
        for row in ([], *PEOPLE, ["Trần Bình", None]):
            page.append(row)
        page["D3"] = "x"
        page.merge_cells("B3:B4")
        page.merge_cells("D1:F2")
        page.row_dimensions[4].hidden = True
        page.column_dimensions.group("C", "D", hidden=True)
        book.create_sheet("Nháp").append(["Lê Cường"])
        book["Nháp"].sheet_state = "veryHidden"
        book.create_sheet("Trống")
        first, second = read(xlsx(book))
        assert first.rows == {
            2: {0: "Họ và tên", 1: "Đơn vị"},
            3: {0: "Nguyễn Văn An", 1: "Vụ Tổng hợp", 3: "x"},
            4: {0: "Trần Bình"},
        }
        assert first.merges == [Merge(3, 4, 1, 1)]
        assert (first.name, first.hidden_rows, first.hidden_columns, first.is_hidden) == (
            "Danh sách",
            {4},
            {2, 3},
            False,
        )
        assert (second.name, second.rows, second.is_hidden) == ("Nháp", {1: {0: "Lê Cường"}}, True)

    def test_the_font_of_a_text_is_told_and_that_of_a_number_is_not(self):
        book = Workbook()
        page = book.active
        page.append(["NguyÔn V¨n An", "Nguyễn", 7])
        for cell in page[1]:
            cell.font = Font(name=".VnTime")
        page["B1"].font = Font(name="Arial")
        page["A2"] = CellRichText(TextBlock(InlineFont(rFont=".VnTimeH"), "TrÇn"), " ")
        page["B2"] = CellRichText(
            TextBlock(InlineFont(rFont=".VnTime"), "TrÇn"), TextBlock(InlineFont(rFont="Arial"), "x")
        )
        assert only(xlsx(book)).fonts == {(1, 0): ".VnTime", (1, 1): "Arial", (2, 0): ".VnTimeH"}

    def test_a_date_shown_without_its_day_says_so(self):
        book = Workbook()
        page = book.active
        page.append([date(1975, 3, 5)] * 5)
        formats = ("dd/mm/yyyy", "mm/yyyy", "yyyy", '"ngày" d', "[$-42A]mmmm yyyy")
        for cell, code in zip(page[1], formats, strict=True):
            cell.number_format = code
        cells = only(xlsx(book)).rows[1]
        day = date(1975, 3, 5)
        assert cells == {
            0: day, 1: Day(day, "mm/yyyy"), 2: Day(day, "yyyy"), 3: day, 4: Day(day, "[$-42A]mmmm yyyy")
        }  # fmt: skip
        assert [as_text(raw) for raw in cells.values()] == ["05/03/1975", "03/1975", "1975", "05/03/1975", "03/1975"]

    def test_errors_and_formulas_that_were_never_calculated_are_no_cells(self):
        book = Workbook()
        book.active.append(["#N/A", "=A1", "An"])
        book.active["A1"].data_type = "e"
        book.active.append(["#N/A", "=A1", " \u00a0"])
        book.active["A2"].data_type = "e"
        assert only(xlsx(book)).rows == {1: {2: "An"}}

    def test_rows_that_hold_formats_alone_are_none(self, monkeypatch):
        monkeypatch.setattr(limits, "MAX_ROWS", 1)
        book = Workbook()
        for number in range(1, 100):
            book.active.cell(number, 1).font = Font(bold=True)
        book.active["B100"] = "An"
        assert only(xlsx(book)).rows == {100: {1: "An"}}

    def test_numbers_are_what_excel_shows(self):
        book = Workbook()
        book.active.append([7, 0.85, 8.3, 1975.0])
        book.active["A1"].number_format = "00000"
        book.active["B1"].number_format = "0%"
        assert shown(only(xlsx(book))) == {1: ["00007", "85%", "8,3", "1975"]}


class TestOldExcel:
    def test_sheets_are_read_as_those_of_today(self):
        book = xlwt.Workbook()
        page = book.add_sheet("Danh sách")
        old = xlwt.easyxf("font: name .VnTime")
        page.write(1, 0, "NguyÔn V¨n An", old)
        page.write_rich_text(1, 1, [("TrÇn", xlwt.easyfont("name .VnTimeH")), ("x", xlwt.easyfont("name Arial"))], old)
        page.write(2, 0, 1975)
        page.write(2, 1, 7, xlwt.easyxf(num_format_str="00000"))
        page.write(2, 2, 0.85, xlwt.easyxf(num_format_str="0%"))
        page.write(2, 3, 8.3)
        page.write(2, 4, date(1975, 3, 5), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
        page.write(2, 5, date(1975, 3, 5), xlwt.easyxf(num_format_str="mm/yyyy"))
        page.write(2, 6, datetime(2012, 3, 5, 17, 30), xlwt.easyxf(num_format_str="dd/mm/yyyy hh:mm"))
        page.write(2, 7, True)
        page.write(2, 8, None, old)
        page.write_merge(3, 5, 0, 1, "Vụ Tổng hợp")
        page.write(5, 2, "Trần Bình")
        page.row(5).hidden = True
        page.col(2).hidden = True
        book.add_sheet("Nháp").write(0, 0, "Lê Cường")
        book.get_sheet(1).visibility = 1
        book.add_sheet("Trống")
        first, second = read(xls(book))
        assert first.rows == {
            2: {0: "NguyÔn V¨n An", 1: "TrÇnx"},
            3: {
                0: 1975, 1: Number(7, "00000"), 2: Number(0.85, "0%"), 3: 8.3, 4: date(1975, 3, 5),
                5: Day(date(1975, 3, 5), "mm/yyyy"), 6: datetime(2012, 3, 5, 17, 30), 7: "TRUE",
            },
            4: {0: "Vụ Tổng hợp"},
            6: {2: "Trần Bình"},
        }  # fmt: skip
        assert isinstance(first.rows[3][0], int)
        assert first.fonts == {(2, 0): ".VnTime", (4, 0): "Arial", (6, 2): "Arial"}
        assert (first.merges, first.hidden_rows, first.hidden_columns) == ([Merge(4, 6, 0, 1)], {6}, {2})
        assert (first.name, first.is_hidden) == ("Danh sách", False)
        assert (second.name, second.rows, second.is_hidden) == ("Nháp", {1: {0: "Lê Cường"}}, True)

    def test_days_are_counted_from_1904_where_the_file_says_so(self):
        book = xlwt.Workbook()
        book.dates_1904 = True
        book.add_sheet("A").write(0, 0, date(1975, 3, 5), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
        assert only(xls(book)).rows == {1: {0: date(1975, 3, 5)}}

    def test_a_zip_within_the_file_misleads_nobody(self):
        content = xls(many_people(xlwt.Workbook()))
        assert len(only(content + packed({"theme.xml": "<theme/>"})).rows) == 200

    def test_a_damaged_file_says_so_and_prints_nothing(self, capfd):
        content = xls(many_people(xlwt.Workbook()))
        half = len(content) // 2
        assert refused(content[:512] + b"\xff" * half + content[512 + half :]) == DAMAGED
        assert capfd.readouterr() == ("", "")


def many_people(book: xlwt.Workbook) -> xlwt.Workbook:
    page = book.add_sheet("A")
    for row in range(200):
        page.write(row, 0, f"Nguyễn Văn {row}")
    return book


DAMAGED = "Tệp bị hỏng. Mở bằng Excel, lưu lại dạng .xlsx rồi gửi tệp đó."


def cell(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def valued(kind: str, value: str, text: str, attributes: str = "") -> str:
    attribute = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    return (
        f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}" {attributes}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def sheet(*rows: str, name: str = "Danh sách", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{"".join(rows)}</table:table>'


class TestOpenDocument:
    def test_a_row_repeated_a_million_times_is_one_and_rows_of_formats_are_none(self):
        content = ods(
            sheet(
                row("<table:table-cell table:style-name='x' table:number-columns-repeated='16384'/>",
                    attributes="table:number-rows-repeated='4'"),
                row(cell("Nguyễn Văn An"), cell("x", "table:number-columns-repeated='3'"),
                    attributes="table:number-rows-repeated='10'"),
                row(cell("Trần Bình", "table:number-columns-repeated='16384'")),
                row("<table:table-cell/>", attributes="table:number-rows-repeated='1048560'"),
            )
        )  # fmt: skip
        rows = only(content).rows
        assert rows[5] == {0: "Nguyễn Văn An", 1: "x", 2: "x", 3: "x"}
        assert set(rows) == {5, 15} and len(rows[15]) == limits.MAX_COLUMNS

    def test_values_are_what_the_sheet_shows(self):
        content = ods(
            sheet(
                row(
                    valued("float", "7", "00007"), valued("percentage", "0.85", "85 %"), valued("float", "8.3", "8.3"),
                    valued("float", "1975", "1975"), valued("boolean", "true", "TRUE"),
                    valued("date", "00-3-1975", "3/1975"),
                    cell("#N/A", 'calcext:value-type="error"'), valued("date", "1975-03-05", "05/03/1975"),
                    valued("date", "2012-03-05T17:30:00", "05/03/12 17:30"),
                    cell("Nguyễn<text:s text:c='2'/>Văn<text:line-break/>An<text:note>?</text:note>"),
                    valued("date", "1975-03-05", "03/1975", "table:style-name='ce1'"),
                )
            ),
            styles="<office:automatic-styles><number:date-style style:name='N1'><number:month/><number:year/>"
            "</number:date-style><style:style style:name='ce1' style:family='table-cell' style:data-style-name='N1'/>"
            "</office:automatic-styles>",
        )  # fmt: skip
        assert list(only(content).rows[1].values()) == [
            "00007", "85 %", 8.3, 1975, "TRUE", "3/1975", date(1975, 3, 5), datetime(2012, 3, 5, 17, 30),
            "Nguyễn  Văn\nAn",            Day(date(1975, 3, 5), "mm/yyyy"),
        ]  # fmt: skip

    def test_merges_hidden_rows_columns_and_sheets_and_fonts_are_told(self):
        styles = (
            "<office:font-face-decls><style:font-face style:name='F1' svg:font-family=\"'.VnTime'\"/>"
            "</office:font-face-decls><office:automatic-styles><style:style style:name='ce1' style:family='table-cell'>"
            "<style:text-properties style:font-name='F1'/></style:style>"
            "<style:style style:name='T1' style:family='text'><style:text-properties style:font-name='Arial'/>"
            "</style:style><style:style style:name='ta2' style:family='table'>"
            "<style:table-properties table:display='false'/></style:style></office:automatic-styles>"
        )
        columns = (
            "<table:table-column table:default-cell-style-name='ce1'/>"
            "<table:table-column table:visibility='collapse' table:number-columns-repeated='2'/>"
        )
        content = ods(
            sheet(
                columns,
                row(cell("NguyÔn", "table:number-rows-spanned='2'"),
                    cell("<text:span text:style-name='T1'>Bình</text:span>")),
                row("<table:covered-table-cell><text:p>cũ</text:p></table:covered-table-cell>", cell("Trần"),
                    attributes="table:visibility='filter'"),
                "<table:table-row-group table:display='false'>" + row(cell("TrÇn")) + "</table:table-row-group>",
            )
            + sheet(row(cell("Lê")), name="Nháp", attributes="table:style-name='ta2'"),
            styles=styles,
        )  # fmt: skip
        first, second = read(content)
        assert first.rows == {1: {0: "NguyÔn", 1: "Bình"}, 2: {1: "Trần"}, 3: {0: "TrÇn"}}
        assert first.merges == [Merge(1, 2, 0, 0)]
        assert (first.hidden_rows, first.hidden_columns) == ({2, 3}, {1, 2})
        assert first.fonts == {(1, 0): ".VnTime", (1, 1): "Arial", (3, 0): ".VnTime"}
        assert (second.name, second.is_hidden, first.is_hidden) == ("Nháp", True, False)

    def test_one_with_a_password_or_without_a_sheet_says_so(self):
        manifest = (
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
        )
        assert "mật khẩu" in refused(ods("", more={"content.xml": "?", "META-INF/manifest.xml": manifest}))
        assert refused(ods(sheet(row(cell("An"))), kind="text")).endswith(".docx.")


class TestWord:
    def test_tables_of_two_columns_are_read_with_what_stands_above(self):
        document = Document()
        document.add_paragraph("DANH SÁCH")
        document.add_paragraph(" ")
        document.add_paragraph("Kèm theo Quyết định số 123")
        self.table(document, PEOPLE)
        self.table(document, [["một cột"]])
        document.add_paragraph("II. Dự bị")
        inner = self.table(document, [["Trần Bình", "Vụ Pháp luật\nPhòng 1"], ["", " "], ["Lê Cường", ""]]).cell(2, 1)
        inner.text = "Cục Quản trị"
        inner.add_table(1, 2).cell(0, 0).text = "bảng con"
        first, second = read(docx(document))
        assert (first.name, first.rows) == ("1", PEOPLE_ROWS)
        assert first.above == ["DANH SÁCH", "Kèm theo Quyết định số 123"]
        assert (second.name, second.above) == ("3", ["II. Dự bị"])
        assert second.rows == {1: {0: "Trần Bình", 1: "Vụ Pháp luật\nPhòng 1"}, 3: {0: "Lê Cường", 1: "Cục Quản trị"}}

    def test_the_text_of_merged_cells_stands_once(self):
        document = Document()
        table = self.table(
            document, [["Họ và tên", "", "Đơn vị"], ["An", "x", "Vụ A"], ["Bình", "y", ""], ["Ca", "", "Vụ B"]]
        )
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(1, 2).merge(table.cell(2, 2))
        grid = only(docx(document))
        assert grid.rows == {
            1: {0: "Họ và tên", 2: "Đơn vị"},
            2: {0: "An", 1: "x", 2: "Vụ A"},
            3: {0: "Bình", 1: "y"},
            4: {0: "Ca", 2: "Vụ B"},
        }
        assert grid.merges == [Merge(1, 1, 0, 1), Merge(2, 3, 2, 2)]

    def test_the_font_comes_from_the_run_or_its_styles(self):
        document = Document()
        document.styles["Normal"].font.name = ".VnTime"
        table = self.table(document, [["NguyÔn", "TrÇn", "Lª"]])
        table.cell(0, 1).paragraphs[0].runs[0].font.name = ".VnTimeH"
        table.cell(0, 2).paragraphs[0].add_run("Lê").font.name = "Arial"
        assert only(docx(document)).fonts == {(1, 0): ".VnTime", (1, 1): ".VnTimeH"}

    def test_deleted_text_and_text_boxes_are_not_read(self):
        document = Document()
        paragraph = self.table(document, PEOPLE).cell(1, 0).paragraphs[0]
        for tag in ("w:del", "w:moveFrom"):
            gone = OxmlElement(tag)
            gone.append(document.add_paragraph("bỏ").runs[0]._r)
            paragraph._p.append(gone)
        box = OxmlElement("w:txbxContent")
        box.append(self.table(document, [["trong", "khung"]])._tbl)
        paragraph.runs[0]._r.append(box)
        assert only(docx(document)).rows == PEOPLE_ROWS

    @staticmethod
    def table(document, rows):
        table = document.add_table(len(rows), len(rows[0]))
        for line, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts, strict=True):
                cell.text = text
        return table


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
    @pytest.mark.parametrize("separator", ["\t", ";", ",", "|"])
    def test_any_encoding_and_separator_is_found(self, encoding, separator):
        text = "\r\n".join(map(separator.join, PEOPLE))
        if encoding == "cp1258":
            text = windows_1258(text)
        grid = only(text.encode(encoding))
        assert (grid.name, grid.rows) == ("", PEOPLE_ROWS)

    @pytest.mark.parametrize(
        "text",
        [
            "Hä vµ tªn;§¬n vÞ\nNguyÔn V¨n An;Vô Tæng hîp",
            "Hoï vaø teân;Ñôn vò\nNguyeãn Vaên An;Vuï Toång hôïp",
            "Sãc S¬n;NguyÔn Sãc\nSãc S¬n;TrÇn Sãc",
        ],
    )
    def test_old_fonts_stay_as_they_are_stored(self, text):
        assert shown(only(text.encode("cp1252"))) == {
            number: line.split(";") for number, line in enumerate(text.split("\n"), 1)
        }

    def test_a_field_over_several_lines_is_one_and_its_row_is_the_first_line(self):
        (grid,) = read_pasted('"Họ và\ntên";Đơn vị\n\n"Nguyễn ""An""";"Vụ\nA"\nBình;Vụ B')
        assert grid.rows == {
            1: {0: "Họ và\ntên", 1: "Đơn vị"}, 4: {0: 'Nguyễn "An"', 1: "Vụ\nA"}, 6: {0: "Bình", 1: "Vụ B"}
        }  # fmt: skip

    def test_a_ditto_mark_opens_no_quotation(self):
        (grid,) = read_pasted('An\tVụ A\tNam\nBình\t"\tNam\nCường\t"\tNam\nDũng\tVụ B\t"')
        assert shown(grid) == {
            1: ["An", "Vụ A", "Nam"],
            2: ["Bình", '"', "Nam"],
            3: ["Cường", '"', "Nam"],
            4: ["Dũng", "Vụ B", '"'],
        }

    def test_a_quotation_mark_without_its_other_swallows_nothing(self):
        (grid,) = read_pasted('An;"Vụ A\nBình;Vụ B')
        assert shown(grid) == {1: ["An", '"Vụ A'], 2: ["Bình", "Vụ B"]}

    def test_the_separator_makes_the_most_even_table(self):
        (grid,) = read_pasted("Hà Nội, ngày 5\nDANH SÁCH\nAn\tPhòng 1, Vụ A\t8,3\nBình\tPhòng 2, Vụ A\t9\n")
        assert grid.rows[3] == {0: "An", 1: "Phòng 1, Vụ A", 2: "8,3"}

    def test_the_sign_that_ended_a_file_of_dos_is_no_text(self):
        assert only("An;Vụ A\nBình;Vụ B\n".encode() + b"\x1a").rows == {
            1: {0: "An", 1: "Vụ A"},
            2: {0: "Bình", 1: "Vụ B"},
        }

    def test_one_name_a_line_is_one_column(self):
        (grid,) = read_pasted("\nNguyễn Văn An\n\nTrần Bình, Vụ A\nLê Cường\n")
        assert shown(grid) == {2: ["Nguyễn Văn An"], 4: ["Trần Bình, Vụ A"], 5: ["Lê Cường"]}

    @pytest.mark.parametrize("text", ["", "\n \n", "\t\t\n"])
    def test_a_paste_of_nothing_is_no_table(self, text):
        assert read_pasted(text) == []

    def test_what_holds_zero_characters_is_no_text(self):
        with pytest.raises(UnusableFile):
            read_pasted("An\0")
        assert refused(b"An;Vu\n" * 1000 + b"\0").startswith("Không đọc được danh sách nào từ tệp này.")


# --- what cannot be taken

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp rỗng."),
        (b"<html><table><tr><td>CB1</td></tr></table></html>", "Nội dung là trang web. Mở bằng Excel"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "Nội dung là trang web. Mở bằng Excel"),
        (b"%PDF-1.4", "Nội dung là tệp PDF. Hãy gửi tệp gốc"),
        (b"\x89PNG\r\n\x1a\n\0\0", "Nội dung là ảnh. Hãy nhập danh sách vào Excel"),
        (b"Rar!\x1a\x07\x01\0", "Đây là tệp nén. Giải nén rồi gửi danh sách bên trong."),
        (packed({"danh-sach.xlsx": ""}), "Đây là tệp nén. Giải nén rồi gửi danh sách bên trong."),
        (b"{\\rtf1\\ansi CB1}", "lưu lại dạng .docx"),
        (COMPOUND + "WordDocument\0".encode("utf-16-le"), "lưu lại dạng .docx"),
        (COMPOUND + "EncryptedPackage\0".encode("utf-16-le"), "Tệp có mật khẩu"),
        (COMPOUND, "tệp Excel cũ (.xls) hoặc có mật khẩu"),
        (packed({"xl/workbook.bin": "", "_rels/.rels": ""}), "(.xlsb). Mở bằng Excel"),
        (packed({"ppt/presentation.xml": "", "_rels/.rels": ""}), "Không đọc được danh sách nào từ tệp này."),
        (b"\0" * 1000, "Không đọc được danh sách nào từ tệp này."),
    ],
)
def test_another_kind_of_file_is_named_and_what_to_do(content, said):
    assert said in refused(content)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(UnusableFile, match="Không đọc được tệp"):
        read_grids(tmp_path / "khong-co.xlsx")


def whole(kind: str) -> bytes:
    """A small list in a file of a kind."""
    if kind == "xlsx":
        book = Workbook()
        for people in PEOPLE:
            book.active.append(people)
        return xlsx(book)
    if kind == "docx":
        document = Document()
        TestWord.table(document, PEOPLE)
        return docx(document)
    if kind == "xls":
        return xls(many_people(xlwt.Workbook()))
    if kind == "ods":
        return ods(sheet(*(row(*map(cell, people)) for people in PEOPLE)))
    return "\n".join(map(";".join, PEOPLE)).encode()


KINDS = ["xlsx", "xls", "ods", "docx", "csv"]
INTACT = {kind: whole(kind) for kind in KINDS}
PARTS = [("xlsx", "xl/worksheets/sheet1.xml"), ("ods", "content.xml"), ("docx", "word/document.xml")]


def changed(content: bytes, changes: list[tuple[float, int]]) -> bytes:
    """Bytes replaced at places given as fractions of the length."""
    changed = bytearray(content)
    for place, byte in changes:
        changed[int(place * len(changed))] = byte
    return bytes(changed)


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    file = zipfile.ZipFile(io.BytesIO(content))
    return packed({name: file.read(name) for name in file.namelist()} | changes)


def answers(content: bytes) -> None:
    try:
        read(content)
    except UnusableFile as refusal:
        assert refusal.message


changes = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(changes, st.floats(0.5, 1))
def test_any_damage_of_the_file_gets_an_answer(kind, damage, length):
    content = changed(INTACT[kind], damage)
    answers(content)
    answers(content[: int(length * len(content))])


@pytest.mark.parametrize(("kind", "part"), PARTS)
@settings(max_examples=40, deadline=None)
@given(changes)
def test_any_damage_inside_its_parts_gets_an_answer(kind, part, damage):
    content = zipfile.ZipFile(io.BytesIO(INTACT[kind])).read(part)
    answers(repacked(INTACT[kind], {part: changed(content, damage)}))


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_bombs_and_entities_are_refused(kind, part, monkeypatch):
    content = zipfile.ZipFile(io.BytesIO(INTACT[kind])).read(part)
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content[content.find(b"?>") + 2 if b"?>" in content else 0 :]
    assert "khai báo" in refused(repacked(INTACT[kind], {part: declared}))
    monkeypatch.setattr(package, "ANY_RATIO", 10_000)
    monkeypatch.setattr(package, "ANY_RATIO_FORGOTTEN", 10_000)
    assert "vượt" in refused(repacked(INTACT[kind], {part: content + b" " * 1_000_000}))


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_a_cell_that_fills_the_memory_is_refused(kind, part):
    content = zipfile.ZipFile(io.BytesIO(INTACT[kind])).read(part)
    name = b"Nguy&#7877;n" if b"&#7877;" in content else "Nguyễn".encode()
    assert "vượt" in refused(repacked(INTACT[kind], {part: content.replace(name, b"An" * 6_000_000)}))


def test_a_table_takes_50_000_rows_with_text_and_not_one_more(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    assert len(only(b"An\n\n" * 3).rows) == 3
    assert refused(b"An\n\n" * 4).startswith("Có bảng nhiều hơn 3 dòng.")


def test_a_file_takes_a_hundred_tables_and_not_one_more():
    tables = [sheet(row(cell("An")), name=str(number)) for number in range(101)]
    assert len(read(ods("".join(tables[1:])))) == 100
    assert refused(ods("".join(tables))).startswith("Tệp có nhiều hơn 100 trang tính")


def test_merged_cells_that_overlap_are_damage():
    book = Workbook()
    for _number in range(60):
        book.active.append(["An"])
    content = xlsx(book)
    merges = "".join(f'<mergeCell ref="A{number}:A60"/>' * 20 for number in range(60, 0, -1))
    part = "xl/worksheets/sheet1.xml"
    page = zipfile.ZipFile(io.BytesIO(content)).read(part)
    page = page.replace(b"<pageMargins", f"<mergeCells>{merges}</mergeCells><pageMargins".encode())
    assert refused(repacked(content, {part: page})) == DAMAGED
