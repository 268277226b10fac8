"""`import_workbook` and `export_workbook`: their output and exit codes are a contract with other programs."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from enrollments.models import Enrollment
from exchange.workbook import import_workbook
from personnel.models import ExportLog, Staff

from .workbooks import OFFICE, enrollment, imported, person, posting, session, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "so.xlsx"

    def save(sheets) -> str:
        path.write_bytes(written(sheets).getvalue())
        return str(path)

    return save


def run(*arguments, code: int = 0) -> tuple[str, str]:
    """What the import prints to standard output and to standard error."""
    out, err = io.StringIO(), io.StringIO()
    if code:
        with pytest.raises(SystemExit) as exit_:
            call_command("import_workbook", *arguments, stdout=out, stderr=err)
        assert exit_.value.code == code
    else:
        call_command("import_workbook", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_json_has_every_key_and_stands_alone(file):
    out, err = run(
        file({"Lớp": [session()], "Cán bộ": [person(), person("CB2", {"Ngày sinh": "x"})]}), "--format=json", code=1
    )
    assert err == ""
    assert json.loads(out) == {
        "sheets": {
            "Cán bộ": {"rows": 2, "created": 1, "updated": 0, "unchanged": 0, "errors": 1},
            "Lớp": {"rows": 1, "created": 0, "updated": 0, "unchanged": 0, "errors": 1},
        },
        "errors": [
            {
                "sheet": "Cán bộ",
                "row": 3,
                "column": "Ngày sinh",
                "value": "x",
                "message": "“x” không phải ngày. Nhập dạng 03/04/2012.",
            },
            {
                "sheet": "Lớp",
                "row": 2,
                "column": "Mã chương trình",
                "value": "CT1",
                "message": "Không có chương trình mã CT1.",
            },
        ],
        "warnings": [],
        "applied": False,
    }
    assert not Staff.objects.exists()


def test_json_of_a_success(file):
    out, _err = run(file(OFFICE), "--format=json")
    report = json.loads(out)
    assert (report["errors"], report["warnings"], report["applied"]) == ([], [], True)
    assert report["sheets"]["Lượt"] == {"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "errors": 0}
    out, _err = run(file(OFFICE), "--format=json")
    assert json.loads(out)["applied"] is True


def test_the_history_names_the_file_without_its_folder(file):
    run(file(OFFICE))
    assert Staff.objects.get().history.get().history_change_reason == "Nhập từ tệp so.xlsx"


def test_json_of_an_unusable_file(tmp_path):
    out, err = run(str(tmp_path / "khong-co.xlsx"), "--format=json", code=2)
    assert err == ""
    report = json.loads(out)
    assert (report["sheets"], report["warnings"], report["applied"]) == ({}, [], False)
    (error,) = report["errors"]
    assert (error["sheet"], error["row"], error["column"], error["value"]) == (None, None, None, "")


def test_json_is_utf_8_whatever_the_locale(tmp_path):
    command = [
        sys.executable,
        settings.BASE_DIR / "manage.py",
        "import_workbook",
        tmp_path / "khong-co.xlsx",
        "--format=json",
    ]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (2, b"")
    assert "Không đọc được tệp" in json.loads(done.stdout.decode())["errors"][0]["message"]
    assert "Không đọc được tệp".encode() in done.stdout


def test_a_dry_run_writes_nothing(file):
    out, _err = run(file(OFFICE), "--dry-run", "--format=json")
    assert json.loads(out)["applied"] is False
    assert json.loads(out)["sheets"]["Lượt"]["created"] == 1
    assert not Staff.objects.exists()


def test_valid_rows_are_written_and_the_exit_code_still_tells_of_the_others(file):
    sheets = {**OFFICE, "Cán bộ": [person(), person("CB2", {"Giới tính": "?"})]}
    out, _err = run(file(sheets), "--valid-rows", "--format=json", code=1)
    assert json.loads(out)["applied"] is True
    assert list(Staff.objects.values_list("code", flat=True)) == ["CB1"]


def test_the_text_can_be_read_by_a_person_whatever_the_language_of_the_caller(file):
    sheets = {**OFFICE, "Lượt": [enrollment("L1", "CB9")]}
    with translation.override("en"):
        out, _err = run(file(sheets), code=1)
    assert out.splitlines()[-4:] == [
        "Lượt: 1 dòng, 0 mới, 0 thay đổi, 0 giữ nguyên, 1 lỗi",
        "Lỗi: 1",
        "  Lượt · 2 · Mã cán bộ “CB9”: Không có cán bộ mã CB9. Gần nhất: CB1.",
        "Chưa lưu gì. Sửa các lỗi, hoặc nhập các dòng hợp lệ bằng --valid-rows.",
    ]
    assert run(file(OFFICE), "--dry-run")[0].splitlines()[-1] == "Chưa lưu gì: đây là lần chạy thử."
    assert run(file(OFFICE))[0].splitlines()[-1] == "Đã lưu."
    assert run(file(OFFICE))[0].splitlines()[-1] == "Không có gì thay đổi: dữ liệu đã có đủ."


def test_the_text_of_an_unusable_file_is_its_one_sentence(file):
    out, _err = run(file({"Khác": [["x"]]}), code=2)
    assert out.splitlines()[0] == "Lỗi: 1"
    assert len(out.splitlines()) == 2


def test_many_errors_are_told_by_number(file):
    out, _err = run(file({"Cán bộ": [person(f"CB{n}", {"Giới tính": "?"}) for n in range(60)]}), code=1)
    assert "  và 10 mục nữa" in out.splitlines()


def test_json_holds_the_first_thousand_errors_and_warnings_and_counts_every_row(file):
    wrong = [person(f"CB{n}", {"Giới tính": "?", "Ngày sinh": "x"}) for n in range(1_200)]
    good = [person(f"CC{n}", {"Họ và tên": "NguyÔn V¨n An"}) for n in range(1_100)]
    path = file({"Đơn vị": [{"Mã đơn vị": "QT"}], "Cán bộ": wrong + good})
    report = json.loads(run(path, "--valid-rows", "--format=json", code=1)[0])
    assert (report["sheets"]["Cán bộ"]["errors"], report["sheets"]["Cán bộ"]["created"]) == (1_200, 1_100)
    assert len(report["errors"]) == len(report["warnings"]) == 1_000
    places = [(error["sheet"], error["row"], error["column"]) for error in report["errors"]]
    assert places[:3] == [("Đơn vị", 2, "Tên đơn vị"), ("Cán bộ", 2, "Ngày sinh"), ("Cán bộ", 2, "Giới tính")]
    assert places[-1] == ("Cán bộ", 501, "Ngày sinh")
    assert report["warnings"][-1]["row"] == 2_201
    assert Staff.objects.count() == 1_100
    text = run(path, "--dry-run", code=1)[0].splitlines()
    assert "Lỗi: 2401" in text and "  và 2351 mục nữa" in text


def test_exports_by_command_are_logged_as_those_of_the_server(tmp_path):
    imported(OFFICE)
    call_command("export_workbook", str(tmp_path / "so.xlsx"), "--unit", "QT", stderr=io.StringIO())
    call_command("yearly_report", "2012", format="xlsx", output=str(tmp_path / "bc.xlsx"), stderr=io.StringIO())
    call_command("yearly_report", "2012", format="json", output=str(tmp_path / "bc.json"), stderr=io.StringIO())
    call_command("yearly_report", "2012", format="text", output=str(tmp_path / "bc.txt"), stderr=io.StringIO())
    call_command("yearly_report", "2012", format="json", stdout=io.StringIO())  # as little as looking at the page
    assert list(ExportLog.objects.order_by("pk").values_list("user", "what", "query", "rows")) == [
        (None, "Sổ trao đổi dữ liệu", "Đơn vị QT", 1),
        *[(None, "Báo cáo năm 2012", "Toàn Văn phòng", 1)] * 3,
    ]


def test_the_export_writes_what_the_import_takes(tmp_path):
    imported(OFFICE)
    target, err = tmp_path / "out" / "so.xlsx", io.StringIO()
    call_command("export_workbook", str(target), stderr=err)
    assert err.getvalue().strip() == f"Đã ghi 1 lượt vào {target}."
    assert [count.unchanged for count in import_workbook(target).sheets.values()] == [1] * 6
    call_command("export_workbook", str(target), "--unit", "QT", stderr=io.StringIO())
    assert [count.unchanged for count in import_workbook(target).sheets.values()] == [1] * 6


def test_an_export_of_an_unknown_unit_or_to_nowhere_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="Không có đơn vị nào mang mã “ZZ”.") as unknown:
        call_command("export_workbook", str(tmp_path / "x.xlsx"), "--unit", "ZZ")
    (tmp_path / "tep").write_text("")
    with pytest.raises(CommandError, match="Không ghi được tệp") as nowhere:
        call_command("export_workbook", str(tmp_path / "tep" / "x.xlsx"))
    assert (unknown.value.returncode, nowhere.value.returncode) == (2, 2)


def crowd(size: int) -> dict:
    """The office with many people, all in one class."""
    codes = [f"NV{n}" for n in range(size)]
    return {
        **OFFICE,
        "Cán bộ": [person(code) for code in codes],
        "Quá trình công tác": [posting(code) for code in codes],
        "Lượt": [enrollment("L1", code) for code in codes],
    }


def queries(sheets, **options) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert not imported(sheets, **options).errors
    return len(captured)


def test_the_number_of_queries_does_not_depend_on_the_rows():
    assert queries(crowd(3), dry_run=True) == queries(crowd(40), dry_run=True)
    few = queries(crowd(3))
    assert queries(crowd(40)) <= few
    completed = {**crowd(40), "Lượt": [enrollment("L1", f"NV{n}", {"Trạng thái": "Hoàn thành"}) for n in range(40)]}
    one = {**crowd(3), "Lượt": [enrollment("L1", "NV0", {"Trạng thái": "Đang học"})]}
    assert queries(completed) == queries(one)
    moved = {**crowd(40), "Lớp": [session(more={"Ngày khai giảng": "29/12/2011"})]}
    assert queries(moved) <= few
    assert Enrollment.objects.filter(year=2011).count() == 40


def test_it_tells_how_a_year_that_is_over_changes(file):
    assert "Năm 2012 đã qua: thêm 1 lượt." in run(file(OFFICE), "--dry-run")[0].splitlines()
