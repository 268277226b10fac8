"""The exchange workbook, row by row: what each rule takes, refuses and says."""

from datetime import date

import pytest
from django.utils import timezone

from courses.models import Course, CourseSession, Provider
from enrollments.models import Enrollment
from personnel.models import Position, Posting, Staff, Unit
from tests.builders import UserBuilder
from vpcp_training.searching import search_text

from .workbooks import OFFICE, counts, course, enrollment, imported, person, places, posting, session, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    """The small office, stored."""
    report = imported(OFFICE)
    assert report.applied and not report.errors and not report.warnings


@pytest.fixture
def hr():
    return UserBuilder(role="hr")


def test_a_new_office_is_stored_with_its_snapshots(office):
    (stored,) = Enrollment.objects.select_related("session__course__field", "unit")
    assert (stored.year, stored.field.code, stored.unit.code) == (2012, "TH", "QT")
    assert stored.status == "sent"
    assert stored.history.get().history_type == "+"


def test_counts_up_to_what_a_column_of_the_database_holds():
    most, money = 2_147_483_647, 999_999_999_999_999
    sheets = {
        **OFFICE,
        "Đơn vị": [unit(more={"Thứ tự": most})],
        "Chương trình": [course(more={"Số tiết": most})],
        "Lớp": [session(more={"Số chỗ": most, "Kinh phí": money})],
    }
    assert imported(sheets).applied
    assert (Unit.objects.get().sort_order, Course.objects.get().periods) == (most, most)
    assert CourseSession.objects.values_list("seats", "cost").get() == (most, money)
    report = imported(
        {
            "Đơn vị": [unit(more={"Thứ tự": most + 1})],
            "Chương trình": [course(more={"Số tiết": most + 1})],
            "Lớp": [session(more={"Số chỗ": most + 1, "Kinh phí": money + 1})],
        }
    )
    assert [(problem.sheet, problem.column, problem.message) for problem in report.errors] == [
        ("Đơn vị", "Thứ tự", f"Số phải từ 0 đến {most}."),
        ("Chương trình", "Số tiết", f"Số phải từ 0 đến {most}."),
        ("Lớp", "Số chỗ", f"Số phải từ 0 đến {most}."),
        ("Lớp", "Kinh phí", f"Số phải từ 0 đến {money}."),
    ]


def test_the_same_file_again_changes_nothing(office):
    report = imported(OFFICE)
    assert report.applied and report.exit_code == 0
    assert {name: counts(report, name) for name in OFFICE} == dict.fromkeys(OFFICE, (1, 0, 0, 1, 0))
    assert Enrollment.history.count() == Staff.history.count() == Unit.history.count() == 1


def test_an_error_anywhere_keeps_everything_out():
    report = imported({**OFFICE, "Lượt": [enrollment(more={"Trạng thái": "Xong"})]})
    assert places(report.errors) == [("Lượt", 2, "Trạng thái", "Xong")]
    assert not report.applied and report.exit_code == 1
    assert not Unit.objects.exists() and not Staff.objects.exists()


def test_a_dry_run_counts_and_writes_nothing():
    report = imported(OFFICE, dry_run=True)
    assert counts(report, "Lượt") == (1, 1, 0, 0, 0)
    assert not report.applied and not Unit.objects.exists()


# --- cells


def test_an_empty_cell_and_an_absent_column_leave_what_is_stored(office):
    imported({"Lớp": [{"Mã lớp": "L1", "Số chỗ": 40, "Địa điểm": "Hà Nội"}]})
    report = imported({"Lớp": [{"Mã lớp": "L1", "Số chỗ": None, "Tên lớp": "Lớp tin học"}]})
    assert counts(report, "Lớp") == (1, 0, 1, 0, 0)
    stored = CourseSession.objects.get()
    assert (stored.seats, stored.place, stored.name, stored.start) == (40, "Hà Nội", "Lớp tin học", date(2012, 3, 5))


@pytest.mark.parametrize(
    ("sheet", "row", "heading"),
    [
        ("Đơn vị", unit(), "Tên đơn vị"),
        ("Cán bộ", person(), "Họ và tên"),
        ("Cán bộ", person(), "Giới tính"),
        ("Quá trình công tác", posting(), "Mã đơn vị"),
        ("Chương trình", course(), "Mã lĩnh vực"),
        ("Chương trình", course(), "Tên chương trình"),
        ("Lớp", session(), "Mã chương trình"),
        ("Lớp", session(), "Tên lớp"),
        ("Lớp", session(), "Ngày khai giảng"),
        ("Lớp", session(), "Ngày bế giảng"),
        ("Lượt", enrollment(), "Trạng thái"),
    ],
)
def test_a_new_record_needs_its_required_cells_whether_empty_or_without_column(sheet, row, heading):
    for incomplete in ({**row, heading: None}, {key: cell for key, cell in row.items() if key != heading}):
        report = imported({**OFFICE, sheet: [incomplete]})
        assert (sheet, 2, heading, "") in places(report.errors)
        assert counts(report, sheet)[4] == 1


@pytest.mark.parametrize(
    ("sheet", "row", "heading"),
    [
        ("Đơn vị", unit(), "Mã đơn vị"),
        ("Quá trình công tác", posting(), "Mã cán bộ"),
        ("Quá trình công tác", posting(), "Từ ngày"),
        ("Lượt", enrollment(), "Mã lớp"),
        ("Lượt", enrollment(), "Mã cán bộ"),
    ],
)
def test_a_row_without_its_key_is_an_error(sheet, row, heading):
    report = imported({**OFFICE, sheet: [{**row, heading: None}]})
    assert (sheet, 2, heading, "") in places(report.errors)


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "value"),
    [
        ("Đơn vị", unit(), "Tên đơn vị", "x" * 256),
        ("Đơn vị", unit(), "Thứ tự", "nhất"),
        ("Đơn vị", unit(), "Hiệu lực từ", "31/12/9999"),
        ("Cán bộ", person(), "Họ và tên", "x" * 101),
        ("Cán bộ", person(), "Ngày sinh", "29/02/1975"),
        ("Cán bộ", person(), "Ngày sinh", "01/01/0001"),
        ("Cán bộ", person(), "Giới tính", "Khác"),
        ("Cán bộ", person(), "Dân tộc thiểu số", "Tày"),
        ("Cán bộ", person(), "Đối tượng", "Sinh viên"),
        ("Quá trình công tác", posting(), "Mã ngạch", "01.999"),
        ("Quá trình công tác", posting(), "Chức vụ", "x" * 256),
        ("Chương trình", course(), "Mã lĩnh vực", "XYZ"),
        ("Chương trình", course(), "Số tiết", "-4"),
        ("Chương trình", course(), "Số tiết", "99999999999999999999999999999999999"),
        ("Lớp", session(), "Hình thức", "Từ xa"),
        ("Lớp", session(), "Số chỗ", "40,5"),
        ("Lớp", session(), "Kinh phí", "1000000000000000"),
        ("Lượt", enrollment(), "Ngày quyết định", "31/02/2012"),
        ("Lượt", enrollment(), "Số chứng chỉ", "x" * 101),
    ],
)
def test_a_wrong_cell_is_an_error_of_its_row(sheet, row, heading, value):
    report = imported({**OFFICE, sheet: [{**row, heading: value}]})
    assert places(report.errors) == [(sheet, 2, heading, value)]
    assert report.exit_code == 1


def test_several_wrong_cells_of_a_row_are_all_reported_and_counted_once():
    row = session(more={"Ngày khai giảng": "hôm qua", "Hình thức": "Từ xa", "Số chỗ": -1})
    report = imported({**OFFICE, "Lớp": [row]})
    assert places(report.errors) == [
        ("Lớp", 2, "Ngày khai giảng", "hôm qua"),
        ("Lớp", 2, "Hình thức", "Từ xa"),
        ("Lớp", 2, "Số chỗ", "-1"),
    ]
    assert counts(report, "Lớp")[4] == 1


def test_a_birth_date_is_never_in_the_future():
    tomorrow = timezone.localdate().replace(year=timezone.localdate().year + 1)
    report = imported({**OFFICE, "Cán bộ": [person(more={"Ngày sinh": tomorrow})]})
    assert places(report.errors) == [("Cán bộ", 2, "Ngày sinh", f"{tomorrow:%d/%m/%Y}")]
    imported({**OFFICE, "Cán bộ": [person(more={"Ngày sinh": "5/3/54"})]})
    assert Staff.objects.get().birth_date == date(1954, 3, 5)


def test_closed_lists_take_any_case_and_spaces():
    report = imported(
        {
            **OFFICE,
            "Cán bộ": [person(more={"Giới tính": " nỮ ", "Dân tộc thiểu số": "X", "Đối tượng": "hợp đồng  LAO ĐỘNG"})],
            "Chương trình": [course(more={"Mã lĩnh vực": "th"})],
            "Lớp": [session(more={"Hình thức": "KHÔNG TẬP TRUNG"})],
            "Lượt": [enrollment(more={"Trạng thái": "huỷ"})],
        }
    )
    assert not report.errors
    staff, enrolled = Staff.objects.get(), Enrollment.objects.get()
    assert (staff.gender, staff.is_ethnic_minority, staff.category) == ("female", True, "contract_worker")
    assert (enrolled.session.mode, enrolled.session.course.field.code, enrolled.status) == (
        "part_time",
        "TH",
        "cancelled",
    )


def test_a_tick_is_not_taken_away_by_an_empty_cell(office):
    imported({"Cán bộ": [person(more={"Dân tộc thiểu số": "x"})]})
    report = imported({"Cán bộ": [person(more={"Dân tộc thiểu số": None})]})
    assert counts(report, "Cán bộ") == (1, 0, 0, 1, 0)
    assert Staff.objects.get().is_ethnic_minority


@pytest.mark.parametrize(
    ("words", "means"), [(["Có", " CÓ ", "yes", True, "X"], True), (["Không", "khong", "No", False], False)]
)
def test_a_tick_may_be_a_yes_or_a_no(words, means):
    rows = [person(f"CB{n}", {"Dân tộc thiểu số": word}) for n, word in enumerate(words)]
    assert not imported({"Cán bộ": rows}).errors
    assert set(Staff.objects.values_list("is_ethnic_minority", flat=True)) == {means}


def test_a_no_takes_a_tick_away_and_the_same_again_changes_nothing(office):
    no = {"Cán bộ": [person(more={"Dân tộc thiểu số": "Không"})]}
    imported({"Cán bộ": [person(more={"Dân tộc thiểu số": "x"})]})
    assert counts(imported(no), "Cán bộ") == (1, 0, 1, 0, 0)
    assert not Staff.objects.get().is_ethnic_minority
    assert counts(imported(no), "Cán bộ") == (1, 0, 0, 1, 0)


def test_codes_arrive_as_numbers():
    report = imported(
        {
            **OFFICE,
            "Cán bộ": [person("00123")],
            "Quá trình công tác": [posting(123, {"Mã ngạch": 1.003})],
            "Lượt": [enrollment("L1", 123.0)],
        }
    )
    assert not report.errors
    assert Posting.objects.get().rank.code == "01.003"
    assert Enrollment.objects.get().staff.code == "00123"


def test_a_numeric_key_finds_the_stored_code_that_lost_its_zeros():
    imported({"Cán bộ": [person("00123")]})
    report = imported({"Cán bộ": [person(123, {"Họ và tên": "Lê Ngọc Ánh"})]})
    assert counts(report, "Cán bộ") == (1, 0, 1, 0, 0)
    assert Staff.objects.get().full_name == "Lê Ngọc Ánh"
    imported({"Cán bộ": [person(456.0)]})
    assert Staff.objects.filter(code="456").exists()


def test_certificate_and_decision_numbers_are_text_and_may_repeat():
    more = {"Số quyết định": 432, "Số chứng chỉ": "=1+1 không phải công thức"}
    report = imported(
        {
            **OFFICE,
            "Cán bộ": [person("CB1"), person("CB2")],
            "Quá trình công tác": [posting("CB1"), posting("CB2")],
            "Lượt": [
                enrollment("L1", "CB1", {**more, "Số chứng chỉ": "A"}),
                enrollment("L1", "CB2", {**more, "Số chứng chỉ": "A"}),
            ],
        }
    )
    assert not report.errors
    assert set(Enrollment.objects.values_list("decision_number", "certificate_number")) == {("432", "A")}


def test_the_ways_of_writing_viet_nam_are_one(office):
    report = imported({"Lớp": [session(more={"Nước": "VIET NAM"})]})
    assert counts(report, "Lớp") == (1, 0, 1, 0, 0)
    assert CourseSession.objects.get().country == "Việt Nam"
    assert counts(imported({"Lớp": [session(more={"Nước": "Vietnam"})]}), "Lớp") == (1, 0, 0, 1, 0)


# --- keys and references


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "value"),
    [
        ("Đơn vị", unit(), "Mã đơn vị", "QT"),
        ("Quá trình công tác", posting(), "Mã cán bộ", "CB1"),
        ("Lớp", session(), "Mã lớp", "L1"),
        ("Lượt", enrollment(), "Mã lớp", "L1"),
    ],
)
def test_a_key_that_repeats_is_an_error_of_the_later_row(sheet, row, heading, value):
    report = imported({**OFFICE, sheet: [row, row]})
    assert places(report.errors) == [(sheet, 3, heading, value)]
    assert "dòng 2" in report.errors[0].message


def test_the_same_code_in_another_unicode_form_is_the_same_key():
    composed, decomposed = "ĐV-Ấ", "ĐV-A\u0302\u0301"
    report = imported({**OFFICE, "Đơn vị": [unit(), unit(composed), unit(decomposed)]})
    assert [(p.sheet, p.row, p.column) for p in report.errors] == [("Đơn vị", 4, "Mã đơn vị")]


def test_references_reach_other_sheets_and_what_is_stored(office):
    report = imported(
        {"Lượt": [enrollment("L2")], "Lớp": [session("L2", {"Ngày khai giảng": "2/4/12", "Ngày bế giảng": "4/4/12"})]}
    )
    assert not report.errors
    assert Enrollment.objects.count() == 2


def test_an_unknown_code_names_the_nearest(office):
    report = imported({"Lượt": [enrollment("L1", "CB9"), enrollment("XYZ", "CB1")]})
    assert [(p.row, p.column, p.message) for p in report.errors] == [
        (2, "Mã cán bộ", "Không có cán bộ mã CB9. Gần nhất: CB1."),
        (3, "Mã lớp", "Không có lớp mã XYZ."),
    ]


def test_a_reference_to_a_wrong_row_is_not_reported_again():
    report = imported({**OFFICE, "Lớp": [session(more={"Số chỗ": "nhiều"})]})
    assert places(report.errors) == [("Lớp", 2, "Số chỗ", "nhiều")]
    assert counts(report, "Lượt") == (1, 0, 0, 0, 0)
    report = imported({**OFFICE, "Đơn vị": [unit(more={"Tên đơn vị": None})]})
    assert places(report.errors) == [("Đơn vị", 2, "Tên đơn vị", "")]
    assert counts(report, "Quá trình công tác") == counts(report, "Lượt") == (1, 0, 0, 0, 0)


@pytest.mark.parametrize("code", ["Q T", "QT!", "Q" * 51, "Đơn vị"])
def test_a_wrong_code_is_reported_where_it_is_given_and_not_where_it_is_used(code):
    rows = {"Đơn vị": [unit(code)], "Quá trình công tác": [posting(more={"Mã đơn vị": code})]}
    report = imported({**OFFICE, **rows})
    assert places(report.errors) == [("Đơn vị", 2, "Mã đơn vị", code)]


def test_errors_come_in_the_order_of_the_sheets_then_of_the_rows():
    report = imported(
        {
            "Lượt": [enrollment("L1", "CB7"), enrollment("L1", "CB8")],
            "Cán bộ": [person("CB1"), person("CB2", {"Giới tính": "?"})],
            "Đơn vị": [unit("A", {"Thứ tự": "?"})],
            "Chương trình": [course()],
            "Lớp": [session()],
        }
    )
    assert [(p.sheet, p.row) for p in report.errors] == [("Đơn vị", 2), ("Cán bộ", 3), ("Lượt", 2), ("Lượt", 3)]


# --- open lists


def test_an_unknown_position_is_taken_without_a_level_and_with_a_warning(office):
    report = imported({"Quá trình công tác": [posting(more={"Chức vụ": "Hàm Vụ trưởng"})]})
    assert places(report.warnings) == [("Quá trình công tác", 2, "Chức vụ", "Hàm Vụ trưởng")]
    assert report.exit_code == 0
    assert Position.objects.get(name="Hàm Vụ trưởng").level == ""
    assert Enrollment.objects.get().position.name == "Hàm Vụ trưởng"


def test_a_known_position_is_found_in_any_case(office):
    report = imported({"Quá trình công tác": [posting(more={"Chức vụ": "PHÓ TRƯỞNG PHÒNG"})]})
    assert not report.warnings
    assert Posting.objects.get().position.name == "Phó Trưởng phòng"


def test_a_new_provider_is_taken():
    rows = [session("L1", {"Cơ sở đào tạo": "Trường Cán bộ"}), session("L2", {"Cơ sở đào tạo": "trường cán bộ"})]
    report = imported({**OFFICE, "Lớp": rows})
    assert not report.warnings
    assert Provider.objects.get().name == "Trường Cán bộ"
    assert Provider.objects.get().sessions.count() == 2


# --- rules over several cells


@pytest.mark.parametrize(
    ("sheet", "row", "column"),
    [
        ("Đơn vị", unit(more={"Hiệu lực từ": "02/01/2012", "Hiệu lực đến": "01/01/2012"}), "Hiệu lực đến"),
        ("Quá trình công tác", posting(more={"Từ ngày": "02/01/2012", "Đến ngày": "01/01/2012"}), "Đến ngày"),
        ("Lớp", session(more={"Ngày khai giảng": "02/01/2012", "Ngày bế giảng": "01/01/2012"}), "Ngày bế giảng"),
    ],
)
def test_dates_in_the_wrong_order_are_reported_at_the_later_cell(sheet, row, column):
    report = imported({**OFFICE, sheet: [row]})
    assert places(report.errors) == [(sheet, 2, column, "01/01/2012")]


def test_dates_in_the_wrong_order_are_seen_against_what_is_stored(office):
    report = imported({"Lớp": [{"Mã lớp": "L1", "Ngày khai giảng": "10/03/2012"}]})
    assert places(report.errors) == [("Lớp", 2, "Ngày bế giảng", "")]
    assert report.errors[0].message == "Trước ngày khai giảng 10/03/2012. Sửa một trong hai ngày."


def test_the_name_must_agree_with_the_person_folded(office):
    assert not imported({"Lượt": [enrollment(more={"Họ và tên": "LE  NGOC AN"})]}).errors
    report = imported({"Lượt": [enrollment(more={"Họ và tên": "Lê Ngọc Anh"})]})
    assert places(report.errors) == [("Lượt", 2, "Họ và tên", "Lê Ngọc Anh")]
    assert "Lê Ngọc An." in report.errors[0].message


def test_the_name_may_change_in_the_same_file(office):
    row = {"Họ và tên": "Lê Ngọc Bình"}
    report = imported({"Cán bộ": [person(more=row)], "Lượt": [enrollment(more=row)]})
    assert not report.errors
    assert Staff.objects.get().search == search_text("CB1", "Lê Ngọc Bình")


# --- status


def test_any_status_may_follow_any_without_a_reason(office):
    for word, status in [("Hoàn thành", "completed"), ("Đề xuất", "proposed"), ("Từ chối", "declined")]:
        assert not imported({"Lượt": [enrollment(more={"Trạng thái": word})]}).errors
        assert Enrollment.objects.get().status == status


def test_an_import_updates_the_active_enrollment_of_a_pair(office):
    imported({"Lượt": [enrollment(more={"Trạng thái": "Hủy"})]})
    cancelled = Enrollment.objects.get()
    active = Enrollment.objects.create(
        session=cancelled.session,
        staff=cancelled.staff,
        status="sent",
        year=2012,
        field=cancelled.field,
        unit=cancelled.unit,
    )
    imported({"Lượt": [enrollment(more={"Trạng thái": "Hoàn thành"})]})
    assert dict(Enrollment.objects.values_list("pk", "status")) == {cancelled.pk: "cancelled", active.pk: "completed"}


def test_an_import_updates_the_latest_enrollment_when_none_is_active(office):
    imported({"Lượt": [enrollment(more={"Trạng thái": "Hủy"})]})
    first = Enrollment.objects.get()
    latest = Enrollment.objects.create(
        session=first.session, staff=first.staff, status="declined", year=2012, field=first.field, unit=first.unit
    )
    report = imported({"Lượt": [enrollment(more={"Trạng thái": "Được cử"})]})
    assert counts(report, "Lượt") == (1, 0, 1, 0, 0)
    assert dict(Enrollment.objects.values_list("pk", "status")) == {first.pk: "cancelled", latest.pk: "sent"}


def test_an_active_enrollment_is_the_one_even_if_an_older_one(office):
    active = Enrollment.objects.get()
    later = Enrollment.objects.create(
        session=active.session, staff=active.staff, status="declined", year=2012, field=active.field, unit=active.unit
    )
    imported({"Lượt": [enrollment(more={"Trạng thái": "Hoàn thành"})]})
    assert dict(Enrollment.objects.values_list("pk", "status")) == {active.pk: "completed", later.pk: "declined"}


def test_history_says_who_imported_what(office, hr):
    imported({"Lượt": [enrollment(more={"Trạng thái": "Hoàn thành", "Kết quả": "Giỏi"})]}, by=hr)
    newest, _oldest = Enrollment.history.all()
    assert (newest.history_user, newest.history_type, newest.status, newest.result) == (hr, "~", "completed", "Giỏi")


def test_a_changed_course_has_its_search_and_order_columns_changed(office):
    imported({"Chương trình": [course(more={"Tên chương trình": "Đồ họa"})]})
    stored = Course.objects.get()
    assert stored.search == search_text("CT1", "Đồ họa", "")
    assert stored.sort_key == Course(name="Đồ họa")._meta.get_field("sort_key").compute("Đồ họa")
