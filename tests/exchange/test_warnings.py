"""What an import tells without refusing: clashing or crowded classes, retired fields, namesakes, old fonts."""

from datetime import date

import pytest

from courses.models import CourseSession, Field
from enrollments.models import Enrollment
from personnel.models import Staff

from .workbooks import OFFICE, course, enrollment, imported, person, places, posting, session, unit

pytestmark = pytest.mark.django_db

SAME_DAYS = session("L2", {"Ngày khai giảng": date(2012, 3, 9), "Ngày bế giảng": date(2012, 3, 20)})


@pytest.fixture
def office():
    assert imported(OFFICE).applied


def test_two_classes_on_the_same_days_are_a_warning_at_the_later_one():
    rows = [enrollment("L2"), enrollment("L1")]
    report = imported({**OFFICE, "Lớp": [session(), SAME_DAYS], "Lượt": rows})
    assert places(report.warnings) == [("Lượt", 2, "Mã lớp", "L2")]
    assert report.warnings[0].message == "Trùng ngày với lớp Lớp L1 (05/03/2012 – 09/03/2012)."
    assert report.applied and report.exit_code == 0


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [
        ("44/QĐ", date(2012, 3, 5), []),
        ("44/QĐ", date(2012, 3, 6), ["Quyết định ký ngày 06/03/2012, sau ngày khai giảng 05/03/2012"]),
        ("44/QĐ", date(2099, 3, 1), ["Quyết định ký ngày chưa đến, 01/03/2099"]),
        (None, date(2012, 3, 1), ["Quyết định có ngày mà chưa có số."]),
        (None, None, []),
    ],
)
def test_a_decision_that_looks_wrong_is_taken_with_a_warning(number, day, said):
    sheets = {**OFFICE, "Lượt": [enrollment(more={"Số quyết định": number, "Ngày quyết định": day})]}
    report = imported(sheets)
    assert (
        report.applied
        and [problem.message.removesuffix(". Hãy sửa nếu không đúng.") for problem in report.warnings] == said
    )
    assert not imported(sheets).warnings


def test_the_same_file_again_says_nothing_of_what_was_there_before():
    sheets = {**OFFICE, "Lớp": [session(), SAME_DAYS], "Lượt": [enrollment("L1"), enrollment("L2")]}
    assert imported(sheets).warnings
    assert not imported(sheets).warnings


@pytest.mark.parametrize("mode", ["Không tập trung", "Trực tuyến"])
def test_a_part_time_or_online_class_clashes_with_none(mode):
    other = {**SAME_DAYS, "Hình thức": mode}
    report = imported({**OFFICE, "Lớp": [session(), other], "Lượt": [enrollment("L1"), enrollment("L2")]})
    assert not report.warnings


def test_who_is_not_counted_clashes_with_nobody():
    rows = [enrollment("L1"), enrollment("L2", more={"Trạng thái": "Hủy"})]
    assert not imported({**OFFICE, "Lớp": [session(), SAME_DAYS], "Lượt": rows}).warnings


def test_classes_that_follow_each_other_do_not_clash():
    after = session("L2", {"Ngày khai giảng": date(2012, 3, 10), "Ngày bế giảng": date(2012, 3, 20)})
    assert not imported({**OFFICE, "Lớp": [session(), after], "Lượt": [enrollment("L1"), enrollment("L2")]}).warnings


def test_a_new_enrollment_is_compared_with_the_stored_ones(office):
    earlier = session("L0", {"Ngày khai giảng": date(2012, 3, 1), "Ngày bế giảng": date(2012, 3, 5)})
    assert places(imported({"Lớp": [SAME_DAYS], "Lượt": [enrollment("L2")]}).warnings) == [("Lượt", 2, "Mã lớp", "L2")]
    assert places(imported({"Lớp": [earlier], "Lượt": [enrollment("L0")]}).warnings) == [("Lượt", 2, "Mã lớp", "L0")]


def test_a_class_that_moves_onto_another_says_for_how_many_people(office):
    far = session("L2", {"Ngày khai giảng": date(2012, 6, 1), "Ngày bế giảng": date(2012, 6, 5)})
    assert not imported({"Lớp": [far], "Lượt": [enrollment("L2")]}).warnings
    report = imported({"Lớp": [SAME_DAYS]})
    assert [(p.sheet, p.row, p.column, p.message) for p in report.warnings] == [
        ("Lớp", 2, "Ngày khai giảng", "1 người của lớp có lớp khác trùng ngày.")
    ]


def test_a_cancelled_class_clashes_with_none(office):
    CourseSession.objects.update(cancelled=True)
    assert not imported({"Lớp": [SAME_DAYS], "Lượt": [enrollment("L2")]}).warnings


def test_seats_never_refuse_but_a_roster_over_them_is_a_warning():
    people = ["CB1", "CB2", "CB3"]
    report = imported(
        {
            **OFFICE,
            "Cán bộ": [person(code) for code in people],
            "Quá trình công tác": [posting(code) for code in people],
            "Lớp": [session(more={"Số chỗ": 2})],
            "Lượt": [enrollment("L1", code) for code in people],
        }
    )
    assert places(report.warnings) == [("Lớp", 2, "Số chỗ", "2")]
    assert report.warnings[0].message == "3 người trên 2 chỗ."
    assert Enrollment.objects.count() == 3


def test_a_stored_class_over_its_seats_is_told_at_the_person_who_is_too_many(office):
    imported({"Lớp": [session(more={"Số chỗ": 1})]})
    one_more = {
        "Cán bộ": [person("CB2")],
        "Quá trình công tác": [posting("CB2")],
        "Lượt": [enrollment("L1", "CB2")],
    }
    assert places(imported(one_more, dry_run=True).warnings) == [("Lượt", 2, "Mã lớp", "L1")]
    waiting = {**one_more, "Lượt": [enrollment("L1", "CB2", {"Trạng thái": "Đề xuất"})]}
    assert not imported(waiting).warnings


def test_fewer_seats_than_people_is_a_warning(office):
    assert places(imported({"Lớp": [session(more={"Số chỗ": 0})]}).warnings) == [("Lớp", 2, "Số chỗ", "0")]


def test_a_new_course_of_a_retired_field_is_a_warning(office):
    Field.objects.filter(code="NN").update(retired_from=2015)
    report = imported({"Chương trình": [course("CT2", {"Mã lĩnh vực": "NN"}), course("CT1")]})
    assert places(report.warnings) == [("Chương trình", 2, "Mã lĩnh vực", "NN")]
    assert report.warnings[0].message == "Lĩnh vực Ngoại ngữ ngừng sử dụng từ năm 2015."


# --- namesakes

AN = {"Họ và tên": "Nguyễn Văn An", "Ngày sinh": date(1970, 1, 2)}


def said(report) -> list[tuple]:
    """Where the warnings are, and what they say."""
    return [(problem.sheet, problem.row, problem.column, problem.value, problem.message) for problem in report.warnings]


def test_a_new_person_with_the_name_and_birth_date_of_another_row_is_a_warning():
    others = [person("CB2", {**AN, "Ngày sinh": date(1970, 1, 3)}), person("CB3", {**AN, "Họ và tên": "Nguyễn Văn Am"})]
    rows = [person("CB01", AN), *others, person("CB99", {**AN, "Họ và tên": "NGUYỄN  VĂN AN"})]
    report = imported({"Cán bộ": rows})
    assert said(report) == [
        (
            "Cán bộ",
            5,
            "Họ và tên",
            "NGUYỄN  VĂN AN",
            "Nguyễn Văn An (CB01) cũng có họ tên và ngày sinh này. Nếu là cùng một người, hãy dùng mã đó.",
        )
    ]
    assert report.applied and Staff.objects.count() == 4


@pytest.mark.parametrize("name", ["nguyễn văn an", "Nguyen Van An", "Nguyễn Văn Án", "Nguyễn Vãn An"])
def test_a_new_person_with_the_name_and_birth_date_of_a_stored_one_is_a_warning(name):
    imported({"Cán bộ": [person("CB01", AN)]})
    report = imported({"Cán bộ": [person("CB99", {**AN, "Họ và tên": name})]}, dry_run=True)
    assert places(report.warnings) == [("Cán bộ", 2, "Họ và tên", name)]
    assert "Nguyễn Văn An (CB01)" in report.warnings[0].message


@pytest.mark.parametrize(("stored", "new"), [("Lý Hoà", "Lí Hòa"), ("Vũ Thúy Quý", "Vũ Thuý Quí")])
def test_namesakes_agree_whatever_the_tone_placement_and_y_or_i(stored, new):
    imported({"Cán bộ": [person("CB01", {**AN, "Họ và tên": stored})]})
    report = imported({"Cán bộ": [person("CB99", {**AN, "Họ và tên": new})]}, dry_run=True)
    assert places(report.warnings) == [("Cán bộ", 2, "Họ và tên", new)]


@pytest.mark.parametrize("born", [1970, "01/1970", date(1970, 1, 2)])
@pytest.mark.parametrize("stored", [1970, "01/1970", date(1970, 1, 2)])
def test_namesakes_are_born_on_the_same_day_as_far_as_both_are_known(stored, born):
    others = [person("CB02", {**AN, "Ngày sinh": "02/1970"}), person("CB03", {**AN, "Ngày sinh": 1971})]
    imported({"Cán bộ": [person("CB01", {**AN, "Ngày sinh": stored}), *others]})
    report = imported({"Cán bộ": [person("CB99", {**AN, "Ngày sinh": born})]}, dry_run=True)
    assert ["(CB01)" in problem.message for problem in report.warnings] == [True]


def test_people_without_a_birth_date_and_people_who_are_there_already_are_no_namesakes():
    nobody = {"Họ và tên": "Nguyễn Văn An", "Ngày sinh": None}
    assert not imported({"Cán bộ": [person("CB1", nobody), person("CB2", nobody)]}).warnings
    twins = {"Cán bộ": [person("CB3", AN), person("CB4", AN)]}
    assert len(imported(twins).warnings) == 1
    assert not imported(twins).warnings, "the same file again says nothing of what is there"


def test_namesakes_are_judged_on_the_state_after_the_file():
    imported({"Cán bộ": [person("CB1", AN), person("CB2", {"Ngày sinh": date(1970, 1, 2)})]})
    renamed = person("CB1", {**AN, "Ngày sinh": date(1971, 1, 2)})
    taken = person("CB2", AN)
    report = imported({"Cán bộ": [person("CB3", AN), renamed, taken]}, dry_run=True)
    assert [problem.message.partition(" cũng")[0] for problem in report.warnings] == ["Nguyễn Văn An (CB2)"]


def test_a_wrong_row_is_nobody_s_namesake():
    report = imported({"Cán bộ": [person("CB1", {**AN, "Giới tính": "?"}), person("CB2", AN)]}, dry_run=True)
    assert not report.warnings


# --- old fonts

OLD_FONT = "Có vẻ là chữ gõ bằng phông cũ (TCVN3 hoặc VNI). Hãy chuyển sang Unicode, hoặc gõ lại."


@pytest.mark.parametrize("name", ["NguyÔn V¨n An", "Nguyeãn Vaên An", "L\u00adu Quang", "§ç §øc"])
def test_a_name_typed_for_an_old_font_is_a_warning(name):
    report = imported({"Cán bộ": [person("CB1"), person("CB2", {"Họ và tên": name})]})
    assert said(report) == [("Cán bộ", 3, "Họ và tên", name, OLD_FONT)]
    assert report.applied


def test_names_of_units_courses_classes_positions_and_providers_are_looked_at_too():
    report = imported(
        {
            **OFFICE,
            "Đơn vị": [unit(more={"Tên đơn vị": "Vô Tæng hîp"})],
            "Cán bộ": [person(), person("CB2")],
            "Quá trình công tác": [posting(code, {"Chức vụ": "Chuyªn gia cÊp mét"}) for code in ("CB1", "CB2")],
            "Chương trình": [course(more={"Tên chương trình": "Tin hoïc caên baûn Excel"})],
            "Lớp": [session(more={"Tên lớp": "Líp c¬ b¶n", "Cơ sở đào tạo": "Häc viÖn Hµnh chÝnh"})],
        }
    )
    assert [place[:3] for place in places(w for w in report.warnings if w.message == OLD_FONT)] == [
        ("Đơn vị", 2, "Tên đơn vị"),
        ("Quá trình công tác", 2, "Chức vụ"),
        ("Chương trình", 2, "Tên chương trình"),
        ("Lớp", 2, "Tên lớp"),
        ("Lớp", 2, "Cơ sở đào tạo"),
    ]
    assert Enrollment.objects.count() == 1


def test_an_old_font_is_told_where_the_file_changes_something():
    sheets = {"Cán bộ": [person(more={"Họ và tên": "NguyÔn V¨n An"})]}
    assert imported(sheets).warnings and not imported(sheets).warnings


def test_a_digit_in_the_name_of_a_person_is_told_where_the_file_brings_it():
    sheets = {"Cán bộ": [person(), person("CB2", {"Họ và tên": "Ngô Hồng An1"})]}
    report = imported(sheets)
    assert places(report.warnings) == [("Cán bộ", 3, "Họ và tên", "Ngô Hồng An1")]
    assert report.warnings[0].message == DIGIT
    assert report.applied and not imported(sheets).warnings


DIGIT = "Họ tên không có chữ số. Hãy sửa lại; người trùng tên thì phân biệt bằng mã."
CERTIFICATE = {"Kết quả": "Giỏi", "Số chứng chỉ": "CC-1", "Ngày cấp": date(2012, 4, 27)}


@pytest.mark.parametrize("status", ["Đang học", "Không hoàn thành"])
def test_a_completion_taken_back_says_what_is_left_of_it(office, status):
    assert not imported({"Lượt": [enrollment(more={"Trạng thái": "Hoàn thành", **CERTIFICATE})]}).warnings
    taken_back = {"Lượt": [enrollment(more={"Trạng thái": status, "Lý do": "Ghi nhầm"})]}
    report = imported(taken_back)
    assert places(report.warnings) == [("Lượt", 2, "Trạng thái", status)]
    assert report.warnings[0].message == (
        f"Lê Ngọc An (CB1): “{status}” nhưng vẫn còn kết quả Giỏi, chứng chỉ CC-1 27/04/2012. "
        "Sửa trạng thái, hoặc xóa phần đó trên trang của người này."
    )
    assert report.applied and Enrollment.objects.get().certificate_number == "CC-1"
    assert not imported(taken_back).warnings


def test_a_certificate_of_somebody_who_studies_is_a_warning(office):
    report = imported({"Lượt": [enrollment(more={"Trạng thái": "Đang học", **CERTIFICATE})]})
    assert places(report.warnings) == [("Lượt", 2, "Trạng thái", "Đang học")]
    assert "vẫn còn chứng chỉ CC-1 27/04/2012" in report.warnings[0].message


def test_an_outcome_with_its_own_result_says_nothing(office):
    imported({"Lượt": [enrollment(more={"Trạng thái": "Hoàn thành", "Kết quả": "Đạt"})]})
    row = enrollment(more={"Trạng thái": "Không hoàn thành", "Kết quả": "Không đạt", "Lý do": "Ghi nhầm"})
    assert not imported({"Lượt": [row]}).warnings


def certified(staff: str, day: date, code: str = "L1") -> dict:
    """A row of Lượt: completed, with a certificate."""
    return enrollment(code, staff, {"Trạng thái": "Hoàn thành", "Số chứng chỉ": f"CC-{staff}", "Ngày cấp": day})


EARLY = "Lớp khai giảng ngày 05/03/2012; chứng chỉ được cấp từ ngày đó trở đi. Kiểm tra lại ngày cấp."


def test_a_certificate_of_a_day_before_the_class_opens_is_told_once():
    file = {**OFFICE, "Lượt": [certified("CB1", date(2012, 3, 4))]}
    report = imported(file)
    assert report.applied and said(report) == [("Lượt", 2, "Ngày cấp", "04/03/2012", EARLY)]
    assert Enrollment.objects.get().certificate_date == date(2012, 3, 4)
    assert not imported(file).warnings


def test_a_certificate_of_the_opening_day_is_no_matter():
    assert not imported({**OFFICE, "Lượt": [certified("CB1", date(2012, 3, 5))]}).warnings


def test_a_class_that_moves_past_stored_certificates_says_how_many_people_have_them():
    codes = ["CB1", "CB2", "CB3", "CB4"]
    issued = [date(2012, 3, 6), date(2012, 3, 7), date(2012, 3, 9), date(2012, 3, 1)]
    people = {"Cán bộ": [person(code) for code in codes], "Quá trình công tác": [posting(code) for code in codes]}
    rows = [certified(code, day) for code, day in zip(codes, issued, strict=True)]
    assert imported({**OFFICE, **people, "Lượt": rows}).applied
    moved = [session(more={"Ngày khai giảng": date(2012, 3, 9)})]
    # The same rows again, but that one certificate is of the new opening day.
    again = [certified("CB1", date(2012, 3, 9)), *rows[1:2]]
    assert said(imported({"Lớp": moved, "Lượt": again}, dry_run=True)) == [
        ("Lớp", 2, "Ngày khai giảng", "09/03/2012", "1 người của lớp có chứng chỉ cấp trước ngày này.")
    ]
    report = imported({"Lớp": moved})
    assert report.applied
    assert said(report) == [
        ("Lớp", 2, "Ngày khai giảng", "09/03/2012", "2 người của lớp có chứng chỉ cấp trước ngày này.")
    ]
    assert not imported({"Lớp": moved}).warnings
