"""The commands of the workbook while the database takes no writes: nothing is half saved, and reading goes on."""

import io
import json

import pytest
from django.core.management import call_command

from courses.seed import seed_code_lists
from personnel.models import Staff
from tests.builders import EnrollmentBuilder
from tests.outages import full_disk, read_only  # noqa: F401  (a fixture)

from ..enrollments.test_at_once import waiting_database  # noqa: F401  (a fixture)
from .workbooks import person, written

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("waiting_database")]


@pytest.fixture
def file(tmp_path) -> str:
    """A workbook of more people than fit into a page of the database."""
    path = tmp_path / "so.xlsx"
    path.write_bytes(written({"Cán bộ": [person(f"CB{number}") for number in range(500)]}).getvalue())
    return str(path)


def run_import(file: str) -> dict:
    """What the import prints, which ends with exit code 2."""
    out = io.StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("import_workbook", file, "--format=json", stdout=out, stderr=io.StringIO())
    assert exit_.value.code == 2
    return json.loads(out.getvalue())


def test_an_import_that_fills_the_disk_saves_nothing_and_says_so(file, full_disk):  # noqa: F811
    fill, clear = full_disk
    fill()
    report = run_import(file)
    assert (report["applied"], report["sheets"]) == (False, {})
    (error,) = report["errors"]
    assert error["message"].startswith("Đĩa đã đầy.")
    assert error["message"].endswith("Chưa lưu gì. Hãy nhập lại tệp sau.")
    assert Staff.objects.count() == Staff.history.count() == 0
    clear()
    call_command("import_workbook", file, stdout=io.StringIO())
    assert Staff.objects.count() == Staff.history.count() == 500


def test_a_read_only_database_refuses_an_import_and_gives_its_workbook_and_report(file, tmp_path):
    seed_code_lists()
    EnrollmentBuilder()
    read_only(True)
    try:
        assert run_import(file)["errors"][0]["message"].startswith("Lúc này không lưu được gì.")
        call_command("export_workbook", str(tmp_path / "ra.xlsx"), stderr=io.StringIO())
        out = io.StringIO()
        call_command("yearly_report", "2012", "--format=json", stdout=out)
        call_command("yearly_report", "2012", "--format=xlsx", f"--output={tmp_path / 'bao-cao.xlsx'}")
    finally:
        read_only(False)
    assert json.loads(out.getvalue())["participations"] == 1
    assert (tmp_path / "ra.xlsx").read_bytes()[:2] == (tmp_path / "bao-cao.xlsx").read_bytes()[:2] == b"PK"
