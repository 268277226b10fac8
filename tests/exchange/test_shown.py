"""Text columns of the exchange workbook take what Excel shows; what Excel made a date is never taken for text."""

import datetime
import io
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from courses.models import CourseSession
from enrollments.models import Enrollment
from exchange.files.number_formats import changes_text, general, shown, shows_date
from exchange.workbook import import_workbook
from exchange.workbook.marking import mark_errors
from personnel.models import Posting, Staff, Unit
from vpcp_training.partial_dates import PartialDate

from .workbooks import OFFICE, counts, course, enrollment, imported, person, places, posting, session, unit, written

pytestmark = pytest.mark.django_db

MONEY = "_-* #,##0.0_-;-* #,##0.0_-"
ACCOUNTING = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'


def formatted(sheets: dict, formats: dict[str, str]) -> io.BytesIO:
    """A workbook file in which the cells of a column have a number format: heading → format."""
    book = load_workbook(written(sheets))
    for page in book:
        for column in page.iter_cols():
            for cell in column[1:]:
                if cell.value is not None and column[0].value in formats:
                    cell.number_format = formats[column[0].value]
    file = io.BytesIO()
    book.save(file)
    return file


def graded(**columns) -> dict:
    """The sheets of an office whose one participant has these cells in Lượt."""
    names = {"result": "Kết quả", "decision": "Số quyết định", "certificate": "Số chứng chỉ"}
    return {**OFFICE, "Lượt": [enrollment(more={names[name]: value for name, value in columns.items()})]}


# --- what Excel shows of a number


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (7, "00000", "00007"),
        (123456, "00000", "123456"),
        (7.0, "000", "007"),
        (-5, "00", "-05"),
        (-5, "0;-0", "-5"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"không"', "không"),
        (0, "0;-0;;@", ""),
        (7, "[$-409]00000", "00007"),
        (7, "[Red]000;[Blue]-000", "007"),
        (7, '"CB"0000', "CB0007"),
        (7, r"\C\B0000", "CB0007"),
        (12, r'000\/"QĐ-VP"', "012/QĐ-VP"),
        (1234567, "0000-000", "1234-567"),
        (123456789, "000-00-0000", "123-45-6789"),
        (1003, r"00\.000", "01.003"),
        (8.333333333333334, "0.0", "8,3"),
        (8.333333333333334, "0.00", "8,33"),
        (8.35, "0.0", "8,4"),
        (1.005, "0.00", "1,01"),
        (8, "0.00", "8,00"),
        (8.5, "0.##", "8,5"),
        (0.5, ".00", ",50"),
        (12.5, ".0", "12,5"),
        (0.85, "0%", "85%"),
        (0.85, "0 %", "85 %"),
        (0.855, "0.0%", "85,5%"),
        (0.285, "0%", "29%"),
        (1234567, "#,##0", "1.234.567"),
        (1234567.891, "#,##0.00", "1.234.567,89"),
        (7, "000,000", "000.007"),
        (1234567, ACCOUNTING, " 1.234.567 "),
        (1500000, '#,##0, "nghìn"', "1.500 nghìn"),
        (500, "#,##0 [$₫-42A]", "500 ₫"),
        (-0.4, "0", "0"),
        (1, '"Đạt";"Không đạt"', "Đạt"),
        (8.5, 'General" điểm"', "8,5 điểm"),
        (7, "[<100]00000;0", "00007"),
        (123, "[<100]00000;0", "123"),
        (100, "[<=99]00000;[<1000]0000;0", "0100"),
        (1000, "[<=99]00000;[<1000]0000;0", "1000"),
        (5, '[=5]"năm";[<>6]0;00', "năm"),
        (6, '[=5]"năm";[<>6]0;00', "06"),
        (7, '[Red][>=5]"CB"000;# ?/?', "CB007"),
        (7, '0;-0;0;"CB"@', "7"),
        (-7, "00;# ?/?;0;@", "-7"),
    ],
)
def test_a_number_is_shown_in_its_format(number, code, text):
    assert shown(number, code).split() == text.split()


@pytest.mark.parametrize(
    "code",
    [
        "# ?/?",
        "0.00E+00",
        "[<5]000",
        "[<5]000;[>9]0",
        "[<5]0;00;000",
        '"CB',
        "@",
        "CB000",
        "0.0.0",
        "0" * 300,
        "0000/00",
    ],
)
def test_in_a_format_that_is_not_known_a_number_is_shown_as_without_one(code):
    assert shown(8.5, code) == "8,5"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (8.333333333333334, "8,3333333333"),
        (8.300000000000001, "8,3"),
        (0.1 + 0.2, "0,3"),
        (12.0, "12"),
        (-1.5, "-1,5"),
        (-0.0, "0"),
        (0.00001, "0,00001"),
        (123456789012, "123456789012"),
        (123456789012345.0, "123456789012345"),
        (1.23456789012345e17, "1,23456789012345E+17"),
        (1e20, "1E+20"),
        (1e-12, "1E-12"),
    ],
)
def test_a_number_without_a_format_is_shown_with_at_most_ten_decimals(number, text):
    assert general(number) == text


@given(st.integers(0, 10**14), st.integers(1, 20))
def test_zeros_of_a_format_fill_a_number_up(number, zeros):
    assert shown(number, "0" * zeros) == str(number).zfill(zeros)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4), st.integers(1, 6))
def test_decimals_are_rounded_half_away_from_zero(units, places, asked):
    exact = Decimal(units).scaleb(-places)
    rounded = exact.quantize(Decimal(1).scaleb(-asked), ROUND_HALF_UP)
    text = f"{rounded:f}".replace(".", ",") if rounded else f"{abs(rounded):f}".replace(".", ",")
    assert shown(float(exact), "0." + "0" * asked) == text


@pytest.mark.parametrize(
    ("text", "code", "as_shown"),
    [
        ("7", '0;0;0;"CB"@', "CB7"),
        ("7", '"CB"@', "CB7"),
        ("7", r'0;-0;;@"/QĐ"', "7/QĐ"),
        ("7", "[<100]00000;0", "7"),
        ("7", "dd/mm/yyyy;@", "7"),
        ("7", "dd/mm/yyyy", "7"),
        ("7", "[$-409]d-mmm-yy;;;General", "7"),
        ("7", ";;;", ""),
        ("7", "@@", "77"),
        ("7", "0;0;0;0@", "7"),
        ("7", ACCOUNTING, "7"),
        ("7", "# ?/?", "7"),
    ],
)
def test_a_text_is_shown_in_the_section_for_text(text, code, as_shown):
    assert shown(text, code).strip() == as_shown
    assert changes_text(code) == (as_shown != text or code == "0;0;0;0@")


@given(
    st.floats() | st.integers(-(10**300), 10**300) | st.text(),
    st.text('0#?.,;%@"\\_*[]$-EGeneral dmyhs/đ5 <>=', max_size=12),
)
def test_whatever_the_format_there_is_a_text(value, code):
    assert isinstance(shown(value, code), str)
    assert shows_date(code) in (True, False)


# --- codes


def test_the_same_people_with_zeros_by_format_and_as_text_are_the_same():
    def office(code):
        return {
            **OFFICE,
            "Cán bộ": [person(code)],
            "Quá trình công tác": [posting(code)],
            "Lượt": [enrollment(staff=code)],
        }

    assert import_workbook(formatted(office(7), {"Mã cán bộ": "00000"})).applied
    assert Staff.objects.get().code == "00007"
    report = imported(office("00007"))
    assert report.total("unchanged") == report.total("rows") == 6
    report = import_workbook(formatted(office(7), {"Mã cán bộ": "00000"}))
    assert report.total("unchanged") == report.total("rows") == 6


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (7, '"CB"0000', "CB0007"),
        (1234567, "0000-000", "1234-567"),
        (1.003, "00.000", "01.003"),
        (1003, r"00\.000", "01.003"),
        (1234, "#,##0", "1234"),
        (12, "General", "12"),
        (123456789012, "0", "123456789012"),
    ],
)
def test_a_code_is_what_excel_shows_with_a_point_before_decimals(number, code, text):
    import_workbook(formatted({"Cán bộ": [person(number)]}, {"Mã cán bộ": code}))
    assert Staff.objects.get().code == text


def test_a_reference_finds_the_code_that_is_shown():
    sheets = {**OFFICE, "Quá trình công tác": [posting(more={"Mã ngạch": 1.003})]}
    assert import_workbook(formatted(sheets, {"Mã ngạch": "00.000"})).applied
    assert Posting.objects.get().rank.code == "01.003"


def test_a_number_without_a_format_still_finds_the_one_code_of_its_value():
    imported({"Cán bộ": [person("00007")]})
    assert counts(imported({"Cán bộ": [person(7)]}), "Cán bộ") == (1, 0, 0, 1, 0)
    sheets = {**OFFICE, "Quá trình công tác": [posting(more={"Mã ngạch": 1.003})]}
    assert imported(sheets).applied
    assert Posting.objects.get().rank.code == "01.003"


def test_a_number_with_letters_by_its_format_finds_no_other_code_of_its_value():
    imported({"Cán bộ": [person("007")]})
    report = import_workbook(formatted({"Cán bộ": [person(7)]}, {"Mã cán bộ": '"CB"0000'}))
    assert counts(report, "Cán bộ") == (1, 1, 0, 0, 0)
    assert set(Staff.objects.values_list("code", flat=True)) == {"007", "CB0007"}


def test_predecessors_are_taken_as_shown():
    imported({"Đơn vị": [unit("007")]})
    sheets = {"Đơn vị": [unit("B", {"Mã đơn vị tiền thân": 7})]}
    assert import_workbook(formatted(sheets, {"Mã đơn vị tiền thân": "000"})).applied
    assert Unit.objects.get(code="B").predecessors.get().code == "007"


@pytest.mark.parametrize(
    ("value", "code", "stored"),
    [
        ("7", '0;0;0;"CB"@', "CB7"),
        (7, '0;0;0;"CB"@', "7"),
        (7, "[<100]00000;0", "00007"),
        (123, "[<100]00000;0", "123"),
    ],
)
def test_a_code_is_what_the_section_for_it_shows(value, code, stored):
    sheets = {
        **OFFICE,
        "Cán bộ": [person(value)],
        "Quá trình công tác": [posting(value)],
        "Lượt": [enrollment("L1", value)],
    }
    assert import_workbook(formatted(sheets, {"Mã cán bộ": code})).applied
    assert Staff.objects.get().code == Enrollment.objects.get().staff.code == stored


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (7, "# ?/?"),
        (1234, "0.00E+00"),
        (7, "[<5]00000"),
        (7, "[<5]0;00;000"),
        (-7, "[<5]0;00"),
        (7, '"CB"@'),
        ("7", "0;0;0;0@"),
    ],
)
def test_a_code_of_which_it_is_not_known_how_excel_shows_it_is_an_error(value, code):
    sheets = {
        **OFFICE,
        "Cán bộ": [person(value)],
        "Quá trình công tác": [posting(value)],
        "Lượt": [enrollment("L1", value)],
    }
    report = import_workbook(formatted(sheets, {"Mã cán bộ": code}))
    assert [place[:3] for place in places(report.errors)] == [
        ("Cán bộ", 2, "Mã cán bộ"),
        ("Quá trình công tác", 2, "Mã cán bộ"),
        ("Lượt", 2, "Mã cán bộ"),
    ]
    assert {problem.message for problem in report.errors} == {
        "Không rõ định dạng của ô này nên mã có thể khác. Định dạng ô là văn bản rồi nhập lại mã."
    }


@pytest.mark.parametrize(("number", "code", "value"), [(0.85, "0%", "85%"), (1.2e20, "General", "1,2E+20")])
def test_a_number_that_is_shown_as_no_code_is_an_error(number, code, value):
    report = import_workbook(formatted({"Cán bộ": [person(number)]}, {"Mã cán bộ": code}))
    assert places(report.errors) == [("Cán bộ", 2, "Mã cán bộ", value)]


# --- other text


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (0.85, "0%", "85%"),
        (0.855, "0.0%", "85,5%"),
        (8.333333333333334, "0.0", "8,3"),
        (8.333333333333334, "0.00", "8,33"),
        (8.333333333333334, "General", "8,3333333333"),
        (8.300000000000001, "General", "8,3"),
        (8, "General", "8"),
        (8, "0.0", "8,0"),
        (8.5, "@", "8,5"),
        (1234.5, "#,##0.0", "1.234,5"),
        (9, '0" điểm"', "9 điểm"),
        (True, "General", "TRUE"),
    ],
)
def test_a_result_is_what_excel_shows(number, code, text):
    assert import_workbook(formatted(graded(result=number), {"Kết quả": code})).applied
    assert Enrollment.objects.get().result == text


@pytest.mark.parametrize(
    ("value", "code"), [(12000, "0.00E+00"), (8.5, "# ?/?"), (-5, '[<0]"âm "0;0'), ("Giỏi", "0;0;0;0@")]
)
def test_a_result_of_which_it_is_not_known_how_excel_shows_it_is_an_error(value, code):
    report = import_workbook(formatted(graded(result=value), {"Kết quả": code}))
    assert [place[:3] for place in places(report.errors)] == [("Lượt", 2, "Kết quả")]
    assert report.errors[0].message == (
        "Không rõ định dạng của ô này nên Excel có thể hiện nội dung khác. Định dạng ô là văn bản rồi nhập đúng ý."
    )


def test_what_a_format_hides_is_an_empty_cell():
    imported({**OFFICE, "Lớp": [session(more={"Số chỗ": 40, "Ghi chú": None})]})
    sheets = {"Lớp": [session(more={"Số chỗ": 50, "Địa điểm": "Huế"})]}
    report = import_workbook(formatted(sheets, {"Số chỗ": ";;;", "Địa điểm": ";;;"}))
    assert counts(report, "Lớp") == (1, 0, 0, 1, 0)
    assert CourseSession.objects.get().seats == 40


@pytest.mark.parametrize(
    ("seats", "code", "shown"), [(5, '"1"0', "15"), (1_500_000, "#,##0,", "1.500"), ("40", '"1"@', "140")]
)
def test_a_count_that_excel_shows_as_another_is_an_error(seats, code, shown):
    sheets = {**OFFICE, "Lớp": [session(more={"Số chỗ": seats})]}
    report = import_workbook(formatted(sheets, {"Số chỗ": code}))
    assert places(report.errors) == [("Lớp", 2, "Số chỗ", shown)]
    assert report.errors[0].message == (
        f"Excel hiện {shown} nhưng ô chứa {seats}. Nhập lại số đó, không kèm định dạng."
    )


def test_texts_are_taken_with_what_their_format_adds():
    sheets = graded(result="Giỏi", decision="12", certificate="5")
    formats = {"Kết quả": '0;0;0;"Loại "@', "Số quyết định": '@"/QĐ-VP"', "Số chứng chỉ": "dd/mm/yyyy;@"}
    assert import_workbook(formatted(sheets, formats)).applied
    row = Enrollment.objects.get()
    assert (row.result, row.decision_number, row.certificate_number) == ("Loại Giỏi", "12/QĐ-VP", "5")


def test_headings_and_dates_are_found_in_whatever_format_they_are():
    book = load_workbook(written(OFFICE))
    for cell in book["Lớp"][1]:
        cell.value, cell.number_format = (
            cell.value.removeprefix("Mã "),
            '"Mã "@' if cell.value.startswith("Mã ") else "General",
        )
    book["Lớp"]["D2"].value, book["Lớp"]["D2"].number_format = "05/03/2012", '0;0;0;"ngày "@'
    file = io.BytesIO()
    book.save(file)
    assert import_workbook(file).applied
    assert CourseSession.objects.get().start == datetime.date(2012, 3, 5)


def test_numbers_of_decisions_and_certificates_keep_their_zeros():
    file = formatted(graded(decision=12, certificate=5), {"Số quyết định": "000", "Số chứng chỉ": "000000"})
    assert import_workbook(file).applied
    row = Enrollment.objects.get()
    assert (row.decision_number, row.certificate_number) == ("012", "000005")


def test_a_zero_that_its_format_hides_leaves_what_is_stored():
    imported(graded(result="Giỏi"))
    report = import_workbook(formatted(graded(result=0), {"Kết quả": "0;-0;;@"}))
    assert counts(report, "Lượt") == (1, 0, 0, 1, 0)


def test_a_style_that_no_cell_names_is_the_first_one():
    """The format of the whole workbook, which a cell without a style has."""
    book = load_workbook(written(graded(result=0.85)))
    book._cell_styles[0].numFmtId = 9  # 0%
    file = io.BytesIO()
    book.save(file)
    assert import_workbook(file).applied
    assert Enrollment.objects.get().result == "85%"


def test_formats_of_conditional_formatting_are_not_those_of_cells():
    book = load_workbook(formatted(graded(decision=77), {"Số quyết định": "00000"}))
    style = DifferentialStyle(numFmt=NumberFormat(164, "0%"))
    book["Lượt"].conditional_formatting.add("A1:A9", Rule(type="expression", dxf=style, formula=["TRUE"]))
    file = io.BytesIO()
    book.save(file)
    assert import_workbook(file).applied
    assert Enrollment.objects.get().decision_number == "00077"


def test_thousands_of_styles_are_told_apart():
    book = load_workbook(written({"Cán bộ": [person(number) for number in range(1, 2_001)]}))
    for cell in book["Cán bộ"]["A"][1:]:
        cell.number_format = f'"N{cell.row}-"0000'
    file = io.BytesIO()
    book.save(file)
    assert counts(import_workbook(file), "Cán bộ") == (2_000, 2_000, 0, 0, 0)
    assert Staff.objects.filter(code="N2-0001").exists() and Staff.objects.filter(code="N2001-2000").exists()


def test_counts_and_dates_are_read_from_the_number_whatever_its_format():
    sheets = {
        **OFFICE,
        "Lớp": [session(more={"Số chỗ": 1200, "Kinh phí": 24500000, "Ngày bế giảng": 9032012})],
        "Chương trình": [course(more={"Số tiết": 40})],
    }
    formats = {"Số chỗ": "#,##0", "Kinh phí": "#,##0.00", "Ngày bế giảng": r"00\/00\/0000", "Số tiết": "00000.0"}
    assert import_workbook(formatted(sheets, formats)).applied
    stored = CourseSession.objects.select_related("course").get()
    assert (stored.seats, stored.cost, stored.end) == (1200, 24500000, datetime.date(2012, 3, 9))
    assert stored.course.periods == 40


def test_an_error_quotes_the_cell_as_excel_shows_it():
    sheets = {
        **OFFICE,
        "Lớp": [session(more={"Số chỗ": 0.85, "Kinh phí": 1500.5})],
        "Lượt": [enrollment(more={"Trạng thái": 7})],
    }
    report = import_workbook(formatted(sheets, {"Số chỗ": "0%", "Trạng thái": "000", "Kinh phí": MONEY}))
    assert places(report.errors) == [
        ("Lớp", 2, "Số chỗ", "85%"),
        ("Lớp", 2, "Kinh phí", "1.500,5"),
        ("Lượt", 2, "Trạng thái", "007"),
    ]
    assert "“007” không có trong danh sách" in report.errors[2].message


def test_the_marked_file_shows_numbers_as_they_were_shown():
    sheets = {**OFFICE, "Cán bộ": [person(7, {"Giới tính": "?"})]}
    file, marked = formatted(sheets, {"Mã cán bộ": "00000"}), io.BytesIO()
    mark_errors(file, marked, import_workbook(file).errors, {})
    cell = load_workbook(marked)["Cán bộ"]["A2"]
    assert (cell.value, cell.number_format) == (7, "00000")


def test_the_marked_file_shows_texts_as_they_were_shown():
    file, marked = formatted({"Cán bộ": [person("7", {"Giới tính": "?"})]}, {"Mã cán bộ": '"CB"@'}), io.BytesIO()
    mark_errors(file, marked, import_workbook(file).errors, {})
    cell = load_workbook(marked)["Cán bộ"]["A2"]
    assert (cell.value, cell.number_format) == ("7", '"CB"@')


# --- what Excel made a date


@pytest.mark.parametrize(
    ("sheet", "row", "heading"),
    [
        ("Lượt", enrollment(more={"Số quyết định": 41244}), "Số quyết định"),
        ("Lượt", enrollment(more={"Số chứng chỉ": 41244}), "Số chứng chỉ"),
        ("Lượt", enrollment(more={"Kết quả": 41244}), "Kết quả"),
        ("Lượt", enrollment(more={"Người ký": 41244}), "Người ký"),
        ("Lượt", enrollment(41244), "Mã lớp"),
        ("Lớp", session(more={"Tên lớp": 41244}), "Tên lớp"),
        ("Lớp", session(more={"Cơ sở đào tạo": 41244}), "Cơ sở đào tạo"),
        ("Quá trình công tác", posting(more={"Chức vụ": 41244}), "Chức vụ"),
        ("Quá trình công tác", posting(more={"Mã ngạch": 41244}), "Mã ngạch"),
        ("Đơn vị", unit(more={"Mã đơn vị tiền thân": 41244}), "Mã đơn vị tiền thân"),
    ],
)
def test_a_date_in_a_text_column_is_that_cells_error(sheet, row, heading):
    report = import_workbook(formatted({**OFFICE, sheet: [row]}, {heading: "mmm-yy"}))
    assert places(report.errors) == [(sheet, 2, heading, "12/2012")]
    assert report.errors[0].message in (
        "Excel đã đổi nội dung ô này thành ngày. Định dạng ô là văn bản rồi nhập lại.",
        "Excel đã đổi mã này thành ngày. Định dạng ô là văn bản rồi nhập lại mã.",
    )


@pytest.mark.parametrize(("code", "known"), [("yyyy", "1975"), ("mmm-yy", "1975-03"), ("dd/mm/yyyy", "1975-03-05")])
def test_of_a_birth_only_what_excel_shows_is_known(code, known):
    sheets = {**OFFICE, "Cán bộ": [person(more={"Ngày sinh": date(1975, 3, 5)})]}
    assert not import_workbook(formatted(sheets, {"Ngày sinh": code})).errors
    assert Staff.objects.get().birth_date == PartialDate.from_text(known)


def test_any_other_date_is_a_whole_day_however_it_is_shown():
    assert not import_workbook(formatted(OFFICE, {"Ngày khai giảng": "mmm-yy", "Ngày bế giảng": "yyyy"})).errors
    stored = CourseSession.objects.get()
    assert (stored.start, stored.end) == (date(2012, 3, 5), date(2012, 3, 9))


@pytest.mark.parametrize("code", ["d-mmm", "dd/mm/yyyy", "[$-42A]d mmmm yyyy", "h:mm", "[h]:mm:ss"])
def test_a_date_is_an_error_in_whatever_format(code):
    report = import_workbook(formatted(graded(decision=41244), {"Số quyết định": code}))
    assert places(report.errors) == [("Lượt", 2, "Số quyết định", "01/12/2012")]


@pytest.mark.parametrize("number", [0.5, 0, -3, 3042012, 41244.5])
def test_a_time_and_a_number_that_is_no_day_are_errors_in_a_text_column_too(number):
    report = import_workbook(formatted(graded(decision=number), {"Số quyết định": "dd/mm/yyyy h:mm"}))
    assert places(report.errors)[0][:3] == ("Lượt", 2, "Số quyết định")


def test_a_format_with_words_is_no_date():
    """Letters between quotes, and the width of a letter, say nothing of days."""
    assert import_workbook(formatted(graded(result=8), {"Kết quả": r'0" đ, dày dạn, hay, số"_d'})).applied
    assert Enrollment.objects.get().result == "8 đ, dày dạn, hay, số"
