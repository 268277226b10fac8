"""Unit, position and rank stand as on the opening day; correcting what they come from derives them anew."""

import datetime

import pytest

from enrollments.models import Enrollment
from enrollments.services import delete_posting, save_course, save_posting, save_session
from personnel.models import Posting
from tests.builders import (
    CourseBuilder,
    EnrollmentBuilder,
    FieldBuilder,
    PositionBuilder,
    PostingBuilder,
    RankBuilder,
    StaffBuilder,
    UnitBuilder,
    UserBuilder,
)
from vpcp_training.errors import DomainError

MARCH_5 = datetime.date(2012, 3, 5)


@pytest.fixture
def hr(db):
    return UserBuilder()


def snapshot(enrollment) -> tuple:
    row = Enrollment.objects.select_related("unit", "field").get(pk=enrollment.pk)
    return row.year, row.field.code, row.unit and row.unit.code


def test_a_later_move_changes_no_past_row(hr):
    enrollment = EnrollmentBuilder(staff__posting__unit__code="QT")
    save_posting(
        Posting(staff=enrollment.staff, unit=UnitBuilder(code="PL"), start=datetime.date(2012, 7, 1)),
        hr,
        end_previous=True,
    )
    assert snapshot(enrollment) == (2012, "QLNN", "QT")
    assert enrollment.history.count() == 1
    former = Posting.objects.get(unit__code="QT")
    assert former.end == datetime.date(2012, 6, 30)


@pytest.mark.parametrize(("start", "unit"), [(MARCH_5, "PL"), (datetime.date(2012, 3, 6), "QT")])
def test_the_posting_in_force_on_the_opening_day_is_the_one_that_counts(hr, start, unit):
    enrollment = EnrollmentBuilder(staff__posting__unit__code="QT", session__start=MARCH_5)
    posting = Posting(
        staff=enrollment.staff,
        unit=UnitBuilder(code="PL"),
        position=PositionBuilder(name="Trưởng phòng"),
        rank=RankBuilder(code="01.002"),
        start=start,
    )
    assert save_posting(posting, hr, end_previous=True) == []
    assert snapshot(enrollment) == (2012, "QLNN", unit)
    row = Enrollment.objects.get()
    moved = unit == "PL"
    assert (row.position.name, row.rank.code) == (("Trưởng phòng", "01.002") if moved else ("Chuyên viên", "01.003"))
    assert [r.history_user for r in row.history.all()] == ([hr, None] if moved else [None])


def test_correcting_a_posting_moves_the_rows_of_that_person_only(hr):
    mine = EnrollmentBuilder(staff__posting__unit__code="QT")
    other = EnrollmentBuilder(staff__posting__unit__code="QT")
    posting = Posting.objects.get(staff=mine.staff)
    posting.unit = UnitBuilder(code="TH1")
    save_posting(posting, hr)
    assert (snapshot(mine)[2], snapshot(other)[2]) == ("TH1", "QT")


def test_a_posting_is_not_shortened_under_a_class_the_person_was_sent_to(hr):
    enrollment = EnrollmentBuilder(staff__full_name="Lê An", session__code="L1", session__start=MARCH_5, status="sent")
    posting = Posting.objects.get()
    posting.end = datetime.date(2012, 3, 4)
    with pytest.raises(DomainError) as error:
        save_posting(posting, hr)
    assert error.value.messages == [
        (
            None,
            "Lê An sẽ không có quá trình công tác vào ngày khai giảng của 1 lớp đã được cử đi: "
            "Lớp L1 (L1, 05/03/2012). Hãy sửa quá trình công tác cho khớp.",
        )
    ]
    assert Posting.objects.get().end is None
    with pytest.raises(DomainError):
        delete_posting(Posting.objects.get(), hr)
    assert snapshot(enrollment)[2] is not None


def test_who_was_not_sent_may_be_left_without_a_posting(hr):
    enrollment = EnrollmentBuilder(status="proposed")
    delete_posting(Posting.objects.get(), hr)
    assert snapshot(enrollment) == (2012, "QLNN", None)


def test_overlapping_postings_are_refused(hr):
    staff = StaffBuilder(posting__unit=UnitBuilder(name="Vụ Pháp luật"))
    with pytest.raises(DomainError) as error:
        save_posting(Posting(staff=staff, unit=UnitBuilder(), start=MARCH_5), hr)
    assert error.value.messages == [
        (
            "start",
            "Chồng với thời gian công tác tại Vụ Pháp luật (01/01/2005 – nay). "
            "Kết thúc giai đoạn đó trước, hoặc chọn ngày khác.",
        ),
        ("end_previous", "Đánh dấu ô này để kết thúc giai đoạn công tác tại Vụ Pháp luật."),
    ]
    assert Posting.objects.count() == 1


def test_a_posting_outside_its_units_dates_is_saved_with_a_warning(hr):
    unit = UnitBuilder(name="Vụ Cũ", valid_from=datetime.date(2006, 1, 1), valid_to=datetime.date(2010, 12, 31))
    posting = Posting(staff=StaffBuilder(posting=None), unit=unit, start=datetime.date(2005, 1, 1))
    assert save_posting(posting, hr) == [
        "Thời gian công tác bắt đầu trước khi đơn vị Vụ Cũ có hiệu lực (01/01/2006).",
        "Thời gian công tác kéo dài sau khi đơn vị Vụ Cũ hết hiệu lực (31/12/2010).",
    ]


def test_a_corrected_class_date_derives_year_and_unit_anew(hr):
    staff = StaffBuilder(posting__unit__code="QT", posting__end=datetime.date(2011, 12, 31))
    PostingBuilder(staff=staff, unit=UnitBuilder(code="PL"), start=datetime.date(2012, 1, 1))
    enrollment = EnrollmentBuilder(staff=staff, session__start=MARCH_5)
    session = enrollment.session
    session.start = datetime.date(2011, 12, 26)
    save_session(session, hr)
    assert snapshot(enrollment) == (2011, "QLNN", "QT")
    session.start = datetime.date(2004, 3, 5)
    with pytest.raises(DomainError, match="không có quá trình công tác"):
        save_session(session, hr)
    assert snapshot(enrollment) == (2011, "QLNN", "QT")


def test_a_class_of_another_course_takes_its_field(hr):
    enrollment = EnrollmentBuilder()
    enrollment.session.course = CourseBuilder(field__code="NN")
    save_session(enrollment.session, hr)
    assert snapshot(enrollment)[1] == "NN"


def test_a_corrected_field_of_a_course_moves_its_enrollments(hr, django_assert_max_num_queries):
    rows = [EnrollmentBuilder(session__course=CourseBuilder(field__code="TH")) for _ in range(2)]
    course = rows[0].session.course
    course.field = FieldBuilder(code="QPAN")
    with django_assert_max_num_queries(11):
        save_course(course, hr)
    assert [snapshot(row)[1] for row in rows] == ["QPAN", "TH"]


def test_seats_are_not_cut_below_those_taken(hr):
    session = EnrollmentBuilder(status="sent").session
    session.seats = 0
    with pytest.raises(DomainError) as error:
        save_session(session, hr)
    assert error.value.messages == [("seats", "Đã có 1 người giữ chỗ. Số chỗ không được ít hơn.")]
    session.seats = 1
    save_session(session, hr)
