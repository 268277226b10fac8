"""The `yearly_report` command: its JSON, text, files and exit codes."""

import gc
import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import load_workbook

from personnel.models import Staff
from tests.builders import EnrollmentBuilder, FieldBuilder, StaffBuilder, UnitBuilder

pytestmark = pytest.mark.django_db
LINE_KEYS = ["code", "name", "participations", "people", "previous", "change"]


@pytest.fixture
def one_row():
    unit = UnitBuilder(code="QT", name="Cục Quản trị", name_en="Logistics Bureau")
    return EnrollmentBuilder(staff=StaffBuilder(posting__unit=unit))


def run(*args, **options) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("yearly_report", *args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def refusal(*args, **options) -> str:
    with pytest.raises(CommandError) as caught:
        run(*args, **options)
    assert caught.value.returncode == 2
    return str(caught.value)


class TestJson:
    def test_has_exactly_the_keys_of_the_contract(self, one_row):
        report = json.loads(run("2012", format="json")[0])
        assert list(report) == [
            "year",
            "participations",
            "people",
            "previous_year",
            "previous",
            "change",
            "change_percent",
            "by_field",
            "by_unit",
            "of_which",
        ]
        assert list(report["of_which"]) == ["overseas", "women", "ethnic_minority", "leaders"]
        assert all(list(line) == LINE_KEYS for line in report["by_field"] + report["by_unit"])

    def test_figures_are_numbers_and_names_vietnamese_whatever_the_language(self, one_row):
        with translation.override("en"):
            report = json.loads(run("2012", format="json", unit="QT")[0])
        assert report["by_unit"] == [
            {"code": "QT", "name": "Cục Quản trị", "participations": 1, "people": 1, "previous": None, "change": None}
        ]
        assert report["by_field"][0]["name"] == "Lý luận chính trị"
        assert (report["year"], report["participations"]) == (2012, 1)

    @pytest.mark.parametrize("year", ["1999", "9999", "0999", "0000"])
    def test_a_year_without_data_is_zeros(self, year):
        report = json.loads(run(year, format="json")[0])
        assert report["year"] == int(year)
        assert (report["participations"], report["people"], report["previous_year"]) == (0, 0, None)
        assert len(report["by_field"]) == 8
        assert report["of_which"] == {"overseas": 0, "women": 0, "ethnic_minority": 0, "leaders": 0}

    def test_percent_is_null_from_zero_lines_but_the_total_has_one(self, one_row):
        report = json.loads(run("2013", format="json")[0])
        assert (report["previous_year"], report["previous"], report["change"]) == (2012, 1, -1)
        assert report["change_percent"] == -100

    def test_nothing_but_json_goes_to_standard_output(self, one_row):
        out, err = run("2012", format="json")
        json.loads(out)
        assert err == ""


class TestText:
    def test_begins_with_the_sentence_and_aligns_the_tables(self, one_row):
        text = run("2012")[0]
        assert text.startswith("Năm 2012: 1 lượt; năm 2011 không có số liệu để so sánh\n1 người, 1 lớp\n")
        line = next(line for line in text.splitlines() if line.startswith("Quản lý hành chính nhà nước"))
        assert line.split()[-5:] == ["1", "–", "–", "–", "1"]


class TestRefusals:
    @pytest.mark.parametrize(
        "year", ["201", "20122", "abcd", "-1", "2.012", "２０１２", "", " 2012", "2012\n", "2012\x00x"]
    )
    def test_a_year_that_is_not_four_digits(self, year):
        assert refusal(year).endswith("không phải là năm. Hãy nhập bốn chữ số, ví dụ 2012.")

    @pytest.mark.parametrize("code", ["XX", "", "\x00"])
    def test_an_unknown_unit(self, code):
        assert refusal("2012", unit=code) == f"Không có đơn vị nào mang mã “{code}”."

    def test_a_file_that_cannot_be_written(self, tmp_path):
        (tmp_path / "file").write_text("")
        assert refusal("2012", format="xlsx", output=str(tmp_path / "file" / "x.xlsx")).startswith("Không ghi được tệp")
        assert refusal("2012", format="json", output=str(tmp_path)).startswith("Không ghi được tệp")

    @pytest.mark.parametrize("target", ["/dev/full", os.curdir])
    def test_a_disk_that_takes_no_file_is_one_sentence_without_loose_ends(self, one_row, monkeypatch, target):
        loose_ends = []
        monkeypatch.setattr(sys, "unraisablehook", loose_ends.append)
        assert refusal("2012", format="xlsx", output=target).startswith("Không ghi được tệp")
        gc.collect()
        assert not loose_ends

    def test_the_process_ends_with_code_2_and_one_sentence(self):
        command = [sys.executable, settings.BASE_DIR / "manage.py", "yearly_report", "12"]
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, "DATABASE_URL": "sqlite://:memory:"}
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.strip() == "CommandError: “12” không phải là năm. Hãy nhập bốn chữ số, ví dụ 2012."

    def test_it_speaks_utf_8_whatever_the_locale(self):
        command = [sys.executable, settings.BASE_DIR / "manage.py", "yearly_report", "12"]
        environment = {**os.environ, "DATABASE_URL": "sqlite://:memory:", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
        done = subprocess.run(command, capture_output=True, env=environment)
        assert "không phải là năm" in done.stderr.decode("utf-8")

    def test_what_is_no_text_is_shown_as_its_bytes(self):
        command = [sys.executable, settings.BASE_DIR / "manage.py", "check", "--tag", b"\xff"]
        done = subprocess.run(command, capture_output=True)
        assert done.stderr.decode() == 'CommandError: There is no system check with the "\\udcff" tag.\n'


class TestFiles:
    def test_excel_of_a_year_before_the_calendar_is_empty(self, one_row, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        run("0000", format="xlsx")
        assert load_workbook(tmp_path / "out" / "bao-cao-0000.xlsx").worksheets[2].max_row == 4

    def test_text_that_looks_like_an_escape_of_excel_is_escaped(self, one_row, tmp_path):
        Staff.objects.update(full_name="Lê _x0041_ An")
        run("2012", format="xlsx", output=str(tmp_path / "x.xlsx"))
        assert load_workbook(tmp_path / "x.xlsx").worksheets[2]["C5"].value == "Lê _x005F_x0041_ An"

    def test_excel_goes_to_out_unless_told_otherwise(self, one_row, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        out, err = run("2012", format="xlsx")
        assert out == ""
        assert "out/bao-cao-2012.xlsx" in err
        assert load_workbook(tmp_path / "out" / "bao-cao-2012.xlsx").sheetnames[0] == "Tổng hợp"

    def test_json_to_a_file_is_utf_8(self, one_row, tmp_path):
        FieldBuilder(code="ZZ", name="Khác", sort_order=99)
        path = tmp_path / "deep" / "report.json"
        assert run("2012", format="json", output=str(path))[0] == ""
        assert json.loads(path.read_text(encoding="utf-8"))["by_field"][-1]["name"] == "Khác"
