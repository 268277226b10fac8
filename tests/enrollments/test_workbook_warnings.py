"""What an import tells without refusing: clashing classes, crowded classes, fields that are retired."""

from datetime import date

import pytest

from courses.models import CourseSession, Field
from enrollments.models import Enrollment

from .workbooks import OFFICE, course, enrollment, imported, person, places, posting, session

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
