"""On the site and in commands a code in another case of letters means the same record, shown as it is stored."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from tests.builders import EnrollmentBuilder, FieldBuilder, RankBuilder, SessionBuilder, StaffBuilder, UnitBuilder

from .pages import alert, text

pytestmark = pytest.mark.django_db

TAKEN = "Mã này đã có. Chọn mã khác, hoặc sửa bản ghi đang mang mã đó."


@pytest.fixture
def row():
    """An (ĐB-01), of the unit ĐT, in the class 2012-LỚP."""
    unit = UnitBuilder(code="ĐT", name="Vụ Đào tạo")
    staff = StaffBuilder(code="ĐB-01", full_name="Lê An", posting__unit=unit)
    return EnrollmentBuilder(session=SessionBuilder(code="2012-LỚP", course__code="TIN"), staff=staff)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/personnel/đb-01/", "ĐB-01"),
        ("/personnel/Ðb-01/", "ĐB-01"),
        ("/personnel/đb-01/edit/", "Lê An"),
        ("/personnel/đb-01/history/", "Lê An"),
        ("/personnel/đb-01/postings/", "Vụ Đào tạo"),
        ("/units/đt/edit/", "Vụ Đào tạo"),
        ("/courses/catalogue/tin/edit/", "Bồi dưỡng TIN"),
        ("/courses/sessions/2012-lớp/", "2012-LỚP"),
        ("/courses/sessions/2012-lớp/edit/", "Sửa lớp 2012-LỚP"),
        ("/courses/sessions/2012-lớp/enroll/", "2012-LỚP"),
    ],
)
def test_an_address_in_another_case_finds_the_record_as_it_is_stored(as_hr, row, address, shown):
    response = as_hr.get(address)
    assert response.status_code == 200
    assert shown in text(response)


@pytest.mark.parametrize(
    "query", ["unit=đt", "session=2012-lớp", "staff=đb-01", "field=qlnn", "unit=Ðt&field=Qlnn&staff=Đb-01"]
)
def test_a_filter_in_another_case_finds_the_same_rows(as_hr, row, query):
    EnrollmentBuilder(session__course__field__code="TH")
    response = as_hr.get(f"/enrollments/?{query}")
    assert response.status_code == 200
    assert [shown.record.pk for shown in response.context["table"].page] == [row.pk]


def test_a_filter_in_another_case_is_shown_as_chosen(as_hr, row):
    html = as_hr.get("/enrollments/?unit=đt&sort=name").content.decode()
    assert '<option value="ĐT" selected>' in html
    assert "unit=%C4%91t" not in html


def test_a_class_named_in_another_case_is_chosen_in_its_picker(as_hr, row):
    StaffBuilder(code="CB2")
    assert as_hr.get("/new/enrollment/?staff=cb2&session=2012-lớp").url.endswith("/enroll/?staff=CB2")
    assert as_hr.get("/reports/yearly/?year=2012&unit=đt").context["report"].unit.code == "ĐT"


@pytest.mark.parametrize("typed", ["đb-02 Đb-02", "Ðb-02", "ĐB-02"])
def test_pasted_codes_are_taken_in_any_case(as_hr, row, typed):
    other = StaffBuilder(code="Đb-02", full_name="Trần Bình")
    response = as_hr.post("/courses/sessions/2012-LỚP/enroll/", {"codes": typed, "status": "sent"})
    assert response.status_code == 200
    assert [line.staff for line in response.context["lines"]] == [other]


def test_a_pasted_code_that_only_looks_alike_says_so(as_hr, row):
    response = as_hr.post("/courses/sessions/2012-LỚP/enroll/", {"codes": "ĐВ-01", "status": "sent"})
    assert response.status_code == 422
    (line,) = alert(response)
    assert "Không phải chữ La-tinh, dù trông giống: “В” (U+0412)." in line


def test_commands_take_a_unit_in_any_case(row, tmp_path):
    out = StringIO()
    call_command("yearly_report", "2012", unit="đt", format="json", stdout=out)
    assert json.loads(out.getvalue())["participations"] == 1
    call_command("export_workbook", str(tmp_path / "so.xlsx"), unit="Ðt", stderr=StringIO())
    assert load_workbook(tmp_path / "so.xlsx")["Lượt"].max_row == 2


@pytest.mark.parametrize(
    ("page", "typed"),
    [("/new/staff/", "đb-01"), ("/new/unit/", "đt"), ("/new/session/", "2012-lỚP"), ("/new/course/", "tin")],
)
def test_a_form_refuses_a_code_that_is_there_in_another_case(as_hr, row, page, typed):
    assert TAKEN in " ".join(alert(as_hr.post(page, {"code": typed})))


def test_a_form_refuses_letters_of_another_script_and_names_them(as_hr):
    said = " ".join(alert(as_hr.post("/new/staff/", {"code": "СВ０1"})))
    assert "Không phải chữ La-tinh, dù trông giống: “С” (U+0421), “В” (U+0412), “０” (U+FF10)." in said


def test_a_person_with_an_old_code_in_another_script_can_be_corrected(as_hr):
    staff = StaffBuilder(code="СВ1", full_name="Lê An")
    page = f"/personnel/{staff.code}/edit/"
    version = as_hr.get(page).context["version"]
    sent = {"code": "СВ1", "full_name": "Lê Ân", "gender": "male", "version": version}
    assert as_hr.post(page, sent).status_code == 302
    staff.refresh_from_db()
    assert (staff.code, staff.full_name) == ("СВ1", "Lê Ân")


def test_a_code_may_change_its_case_alone(as_hr, row):
    page = "/personnel/ĐB-01/edit/"
    version = as_hr.get(page).context["version"]
    assert (
        as_hr.post(page, {"code": "Đb-01", "full_name": "Lê An", "gender": "male", "version": version}).status_code
        == 302
    )
    row.staff.refresh_from_db()
    assert (row.staff.code, row.staff.code_key) == ("Đb-01", "đb-01")


def test_code_lists_are_unique_in_any_case_too():
    FieldBuilder(code="ĐB")
    RankBuilder(code="Đ.1")
    assert FieldBuilder(code="đb").code == "ĐB"
    assert RankBuilder(code="đ.1").code == "Đ.1"
