"""`read_list`: from any file to whom it means and, if asked to, to the class; its JSON is a contract."""

import json
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command
from docx import Document

from enrollments.models import Enrollment
from personnel.models import Staff
from tests.builders import EnrollmentBuilder

pytestmark = pytest.mark.django_db


ROWS = [
    ["VĂN PHÒNG CHÍNH PHỦ"],
    ["DANH SÁCH CỬ ĐI HỌC"],
    ["(Kèm theo Quyết định số 123/QĐ-VPCP ngày 05 tháng 3 năm 2012)"],
    ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Mã ngạch", "Kết quả"],
    [1, "Đ/c Nguyễn Văn An", "5/3/1975", "Vụ TH", 1.003, 8.5],
    [2, "Trần Thị Hoà", 1981, "Vụ TCCB", "01.003", None],
    [3, "Lê Quí", None, "Cục Quản trị"],
    [4, "Nguyễn Văn An", None, None],
    [5, "Phạm Văn Bình", None, "Vụ TH"],
    [6, "Phạm Văn Bính", None, None],
    [7, "TRẦN THỊ HÒA", "09/7/1981", "Vụ Không có"],
    ["Tổng cộng: 7 người"],
]


@pytest.fixture
def workbook(tmp_path):
    """A list as a workbook whose name says otherwise."""
    book = openpyxl.Workbook()
    book.active.title = "DS"
    for row in ROWS:
        book.active.append(row)
    path = tmp_path / "danh-sach.doc"
    with path.open("wb") as file:
        book.save(file)
    return path


def read(capsys, *arguments, code: int = 0) -> dict:
    if code:
        with pytest.raises(SystemExit) as exit_:
            call_command("read_list", *map(str, arguments), "--format", "json")
        assert exit_.value.code == code
    else:
        call_command("read_list", *map(str, arguments), "--format", "json")
    return json.loads(capsys.readouterr().out)


def test_whom_the_rows_of_a_list_mean(office, workbook, capsys, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        answer = read(capsys, workbook, "--on", "2012-03-12")
    (table,) = answer["tables"]
    assert (table["name"], table["head"]) == (
        "DS",
        {
            "title": "DANH SÁCH CỬ ĐI HỌC",
            "decision_number": "123/QĐ-VPCP",
            "decision_date": "2012-03-05",
            "start": None,
            "end": None,
        },
    )
    assert [(row["row"], row["match"], row["by"], row["staff"], row["candidates"]) for row in table["rows"]] == [
        (5, "one", "name and birth", "CB01", ["CB01"]),
        (6, "one", "name and birth", "CB03", ["CB03"]),
        (7, "one", "name and unit", "CB04", ["CB04"]),
        (8, "doubt", None, None, ["CB01", "CB02"]),
        (9, "doubt", None, None, ["CB05"]),
        (10, "none", None, None, ["CB05"]),
        (11, "one", "name and birth", "CB03", ["CB03"]),
    ]
    assert table["left_out"] == [
        {"row": 1, "kind": "head"},
        {"row": 2, "kind": "head"},
        {"row": 3, "kind": "head"},
        {"row": 4, "kind": "heading"},
        {"row": 12, "kind": "total"},
    ]
    assert (answer["enrolled"], answer["refused"], answer["errors"]) == (0, [], [])


def test_all_that_a_row_says(office, workbook, capsys):
    answer = read(capsys, workbook, "--on", "2012-03-12")
    assert answer["tables"][0]["rows"][0] == {
        "row": 5,
        "name": "Nguyễn Văn An",
        "code": None,
        "birth": "1975-03-05",
        "gender": None,
        "unit": "TH",
        "unit_text": "Vụ TH",
        "position": None,
        "rank": "01.003",
        "result": "8,5",
        "certificate_number": None,
        "certificate_date": None,
        "note": None,
        "match": "one",
        "by": "name and birth",
        "staff": "CB01",
        "candidates": ["CB01"],
        "remarks": [],
    }


def test_those_who_are_sure_are_sent_and_the_others_are_told_why_not(session, workbook, capsys):
    EnrollmentBuilder(session=session, staff=Staff.objects.get(code="CB04"))
    answer = read(capsys, workbook, "--session", "L1", "--enroll")
    assert answer["enrolled"] == 2
    assert answer["refused"] == [
        {"table": "DS", "row": 7, "message": "Đã có trong lớp này (Hoàn thành)."},
        {"table": "DS", "row": 11, "message": "Cùng một người với dòng 6."},
    ]
    rows = Enrollment.objects.exclude(staff__code="CB04").order_by("staff__code")
    assert [(row.staff.code, row.status, row.decision_number, row.decision_date) for row in rows] == [
        ("CB01", "sent", "123/QĐ-VPCP", date(2012, 3, 5)),
        ("CB03", "sent", "123/QĐ-VPCP", date(2012, 3, 5)),
    ]


def test_the_same_list_read_twice_sends_everybody_once(session, workbook, capsys):
    first = read(capsys, workbook, "--session", "L1", "--enroll")
    second = read(capsys, workbook, "--session", "L1", "--enroll")
    assert (first["enrolled"], second["enrolled"], Enrollment.objects.count()) == (3, 0, 3)
    assert [refusal["row"] for refusal in second["refused"]] == [5, 6, 7, 11]
    assert first["tables"] == second["tables"]


def test_nobody_is_sent_where_the_seats_are_too_few(session, workbook, capsys):
    session.seats = 2
    session.save()
    answer = read(capsys, workbook, "--session", "L1", "--enroll")
    assert (answer["enrolled"], [refusal["row"] for refusal in answer["refused"]]) == (0, [5, 6, 7, 11])
    assert {refusal["message"] for refusal in answer["refused"]} == {
        "Lớp chỉ còn 2 chỗ cho 3 người. Chọn bớt người, hoặc tăng số chỗ của lớp."
    }
    assert not Enrollment.objects.exists()


def test_tables_of_word_are_named_by_their_number(office, tmp_path, capsys):
    document = Document()
    document.add_paragraph("DANH SÁCH LỚP TIN HỌC")
    for name in ("Trần Thị Hòa", "Lê Quý"):
        table = document.add_table(2, 2)
        for row, texts in zip(table.rows, [["STT", "Họ và tên"], ["1", name]], strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("Quyết định số 5/QĐ-VPCP ngày 01/02/2012")
    document.save(tmp_path / "ds.docx")
    answer = read(capsys, tmp_path / "ds.docx", "--on", "2012-03-12")
    assert [
        (table["name"], table["head"]["title"], table["head"]["decision_number"], table["rows"][0]["staff"])
        for table in answer["tables"]
    ] == [("1", "DANH SÁCH LỚP TIN HỌC", None, "CB03"), ("2", None, "5/QĐ-VPCP", "CB04")]


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("Tên hàng;Giá\nBút;5", [], "Không thấy danh sách người nào"),
        ("STT;Họ và tên\n", [], "Không thấy danh sách người nào"),
        ("Họ tên\nLê Quý", ["--session", "L9"], "Không có lớp nào mang mã “L9”."),
        ("Họ tên\nLê Quý", ["--on", "5/3/2012"], "“5/3/2012” không phải một ngày."),
        ("Họ tên\nLê Quý", ["--enroll"], "Hãy cho biết cử vào lớp nào"),
        ("Họ tên\nLê Quý", ["--session", "L1", "--on", "2012-03-05"], "Chỉ dùng --session hoặc --on."),
        ("%PDF-1.4", [], "Nội dung là tệp PDF."),
    ],
)
def test_what_cannot_be_used_is_one_sentence(session, tmp_path, capsys, content, arguments, message):
    path = tmp_path / "ds.csv"
    path.write_text(content)
    answer = read(capsys, path, *arguments, code=2)
    assert (answer["tables"], answer["enrolled"], answer["refused"]) == ([], 0, [])
    (error,) = answer["errors"]
    assert message in error["message"]


def test_more_than_5_000_people_are_refused(tmp_path, capsys):
    path = tmp_path / "ds.txt"
    path.write_text("Họ và tên\tNăm sinh\n" + "Lê An\t1980\n" * 5_001)
    answer = read(capsys, path, code=2)
    assert answer["errors"] == [{"message": "Tệp có hơn 5.000 người. Hãy tách ra."}]


def test_as_text_for_a_person(office, workbook, capsys):
    call_command("read_list", str(workbook), "--on", "2012-03-12")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "DANH SÁCH CỬ ĐI HỌC: 4 chắc chắn, 2 phải chọn, 1 chưa có"
    assert lines[1] == "    5  CB01       Nguyễn Văn An"


def test_names_that_were_never_calculated_are_said_to_be_so(office, tmp_path, capsys):
    book = openpyxl.Workbook()
    book.active.append(["STT", "Họ và tên"])
    book.active.append([1, '="Nguyễn Văn "&"An"'])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(SystemExit):
        call_command("read_list", str(tmp_path / "a.xlsx"), "--format", "json")
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert "Công thức trong tệp chưa được tính: mở tệp bằng Excel, lưu lại rồi gửi lại." in error["message"]
