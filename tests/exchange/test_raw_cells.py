"""Cells as other programs write them into a file: absurd numbers, formulas that show nothing, escaped characters."""

import io
import json
import re
import zipfile

import pytest
from openpyxl import load_workbook

from courses.models import Course
from exchange.workbook import import_workbook
from exchange.workbook.marking import mark_errors
from personnel.models import Staff, Unit

from .workbooks import OFFICE, counts, course, enrollment, imported, person, places, posting, session, unit, written

pytestmark = pytest.mark.django_db

HERE = "(here)"  # the text of the cell that a test writes itself
PLACE = re.compile(rf'<c (r="\w+")[^>]*><is><t>{re.escape(HERE)}</t></is></c>')
TEXTS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>CB9</t></si></sst>'
RELATIONS = "xl/_rels/workbook.xml.rels"
RELATION = '<Relationship Id="texts" Type="http://x/relationships/sharedStrings" Target="texts.xml"/>'
NUMBERS = [
    ("Đơn vị", unit(more={"Thứ tự": HERE}), "Thứ tự"),
    ("Chương trình", course(more={"Số tiết": HERE}), "Số tiết"),
    ("Lớp", session(more={"Số chỗ": HERE}), "Số chỗ"),
    ("Lớp", session(more={"Kinh phí": HERE}), "Kinh phí"),
]
CODES = [
    ("Cán bộ", person(HERE), "Mã cán bộ"),
    ("Quá trình công tác", posting(more={"Mã đơn vị": HERE}), "Mã đơn vị"),
    ("Quá trình công tác", posting(more={"Mã ngạch": HERE}), "Mã ngạch"),
    ("Lượt", enrollment(HERE), "Mã lớp"),
]


def holding(cell: str, sheets: dict) -> io.BytesIO:
    """A workbook file with the XML of a cell in the place of each one that says HERE, and one shared text."""
    target = io.BytesIO()
    with zipfile.ZipFile(written(sheets)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            xml = PLACE.sub(lambda found: cell.replace("<c", f"<c {found[1]}", 1), source.read(name).decode())
            made.writestr(name, re.sub(r"(?=</Relationships>)", RELATION, xml) if name == RELATIONS else xml)
        made.writestr("xl/texts.xml", TEXTS)
    return target


@pytest.mark.parametrize(("sheet", "row", "column"), NUMBERS + CODES)
@pytest.mark.parametrize("digits", [300, 400, 5000])
def test_a_number_of_hundreds_of_digits_is_an_error_of_its_cell(sheet, row, column, digits):
    report = import_workbook(holding(f"<c><v>{'9' * digits}</v></c>", {**OFFICE, sheet: [row]}))
    assert places(report.errors)[0] == (sheet, 2, column, "9" * digits)
    assert report.exit_code == 1
    assert json.dumps(report.as_dict())


@pytest.mark.parametrize(("sheet", "row", "column"), NUMBERS + CODES)
@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "INF"])
def test_what_is_no_number_of_excel_is_neither_a_count_nor_a_code(sheet, row, column, number):
    report = import_workbook(holding(f"<c><v>{number}</v></c>", {**OFFICE, sheet: [row]}), valid_rows=True)
    assert places(report.errors)[0] == (sheet, 2, column, number)
    assert f"Excel không có giá trị cho ô này ({number})" in report.errors[0].message
    assert not Staff.objects.exclude(code="CB1").exists()


@pytest.mark.parametrize(("sheet", "row", "column"), NUMBERS + CODES)
@pytest.mark.parametrize("number", ["9_1", "７", "٣", "1_0.5"])
def test_what_only_python_takes_for_a_number_is_neither_a_count_nor_a_code(sheet, row, column, number):
    report = import_workbook(holding(f"<c><v>{number}</v></c>", {**OFFICE, sheet: [row]}))
    assert places(report.errors)[0] == (sheet, 2, column, number)


def test_a_long_number_finds_only_the_code_of_the_same_digits():
    imported({"Đơn vị": [unit("12345678901234567")]})
    sheets = {"Đơn vị": [unit("B", {"Mã đơn vị cấp trên": HERE})]}
    assert not import_workbook(holding("<c><v>12345678901234567</v></c>", sheets), dry_run=True).errors
    assert import_workbook(holding("<c><v>12345678901234568</v></c>", sheets), dry_run=True).errors


@pytest.mark.parametrize("shown", ["<v></v>", "<v/>", "", "<v> </v>"])
def test_a_formula_that_shows_nothing_leaves_what_is_stored(shown):
    imported({"Chương trình": [course(more={"Số tiết": 40})]})
    cell = f'<c t="str"><f>IF(A1="","","x")</f>{shown}</c>'
    report = import_workbook(holding(cell, {"Chương trình": [course(more={"Số tiết": HERE})]}))
    assert counts(report, "Chương trình") == (1, 0, 0, 1, 0)
    assert Course.objects.get().periods == 40


def test_a_row_of_formulas_that_show_nothing_is_no_data_row():
    cell = '<c t="str"><f>IF(Z9="","",Z9)</f><v></v></c>'
    prefilled = {"Mã chương trình": HERE, "Mã lĩnh vực": HERE, "Tên chương trình": HERE}
    report = import_workbook(holding(cell, {"Chương trình": [course(), prefilled, prefilled]}))
    assert counts(report, "Chương trình") == (1, 1, 0, 0, 0)


@pytest.mark.parametrize("cell", ["<c><f>D2*8</f><v></v></c>", '<c t="n"><f>D2*8</f></c>'])
def test_a_formula_that_was_never_calculated_is_an_error(cell):
    report = import_workbook(holding(cell, {"Chương trình": [course(more={"Số tiết": HERE})]}))
    assert places(report.errors) == [("Chương trình", 2, "Số tiết", "=D2*8")]


@pytest.mark.parametrize("escaped", ["_xD83D_", "_x0000_", "_xFFFF_", "_x0007_"])
def test_the_value_of_an_error_holds_nothing_that_json_or_a_database_refuses(escaped):
    cell = f'<c t="inlineStr"><is><t>a{escaped}b</t></is></c>'
    report = import_workbook(holding(cell, {"Chương trình": [course(more={"Số tiết": HERE})]}))
    assert places(report.errors) == [("Chương trình", 2, "Số tiết", "ab")]
    assert json.dumps(report.as_dict(), ensure_ascii=False).encode()


def test_a_shared_text_is_read_by_its_number():
    assert import_workbook(holding('<c t="s"><v>0</v></c>', {"Cán bộ": [person(HERE)]})).applied
    assert Staff.objects.get().code == "CB9"


@pytest.mark.parametrize("index", [-1, 1, 99])
def test_a_text_that_the_file_does_not_have_is_damage(index):
    file = holding(f'<c t="s"><v>{index}</v></c>', {"Cán bộ": [person(HERE)]})
    report = import_workbook(file)
    assert [problem.message for problem in report.errors] == [
        "Tệp bị hỏng. Mở bằng Excel, lưu lại dạng .xlsx rồi gửi tệp đó."
    ]
    assert report.exit_code == 2


def test_a_predecessor_may_arrive_as_a_number_too():
    imported({"Đơn vị": [unit("007")]})
    report = imported({"Đơn vị": [unit("B", {"Mã đơn vị tiền thân": 7}), unit("C", {"Mã đơn vị tiền thân": 8})]})
    assert places(report.errors) == [("Đơn vị", 3, "Mã đơn vị tiền thân", "8")]
    imported({"Đơn vị": [unit("B", {"Mã đơn vị tiền thân": 7})]})
    assert Unit.objects.get(code="B").predecessors.get().code == "007"


@pytest.mark.parametrize("separators", [";", " ; ; "])
def test_separators_without_a_code_leave_the_predecessors_that_are_stored(separators):
    imported({"Đơn vị": [unit("A"), unit("B", {"Mã đơn vị tiền thân": "A"})]})
    report = imported({"Đơn vị": [unit("B", {"Mã đơn vị tiền thân": separators}), {"Mã đơn vị tiền thân": ";"}]})
    assert counts(report, "Đơn vị") == (1, 0, 0, 1, 0)
    assert Unit.objects.get(code="B").predecessors.get().code == "A"


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("<c><v>1e400</v></c>", "s", "1e400"),
        ('<c t="e"><v>#N/A</v></c>', "e", "#N/A"),
        ("<c><f>D2*8</f></c>", "f", "=D2*8"),
        ('<c t="inlineStr"><is><t>a_x005F_x0041_</t></is></c>', "s", "a_x005F_x0041_"),
    ],
)
def test_a_wrong_cell_stands_in_the_marked_file_as_it_came(cell, kind, value):
    file, marked = holding(cell, {"Chương trình": [course(more={"Số tiết": HERE})]}), io.BytesIO()
    mark_errors(file, marked, import_workbook(file).errors, {})
    [wrong] = [cell for cell in load_workbook(marked).active[2] if cell.value == value]
    assert wrong.data_type == kind


def test_a_mended_cell_is_marked_without_characters_that_no_file_can_hold():
    file, marked = written({"Chương trình": [course()]}), io.BytesIO()
    mark_errors(file, marked, [], {("Chương trình", 2, "Tên chương trình"): "Tin\x0b học"})
    assert "Tin học" in [cell.value for cell in load_workbook(marked).active[2]]
