"""What the one door for enrolling lets through, and what it says to the rest."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.services import cancel_session, change_status, enroll
from enrollments.services.checks import Severity, check
from enrollments.services.enrolling import Decision, EnrollmentRefused
from enrollments.status import Status
from tests.builders import (
    EnrollmentBuilder,
    PostingBuilder,
    SessionBuilder,
    StaffBuilder,
    UnitBuilder,
    UserBuilder,
)
from vpcp_training.errors import DomainError

pytestmark = pytest.mark.django_db
MARCH_5 = datetime.date(2012, 3, 5)


@pytest.fixture
def hr():
    return UserBuilder()


@pytest.fixture
def leader():
    return UserBuilder(role="leader", unit=UnitBuilder(code="QT"))


def texts(error) -> list[str]:
    return [text for _field, text in error.value.messages]


def test_people_are_enrolled_with_decision_and_snapshots(hr):
    session = SessionBuilder(course__field__code="TH")
    people = [StaffBuilder(posting__unit__code="QT"), StaffBuilder()]
    decision = Decision("181/QĐ-VPCP", datetime.date(2012, 2, 20), "Nguyễn Văn Bình")

    rows = enroll(session, people, hr, decision=decision)

    assert len(rows) == 2
    first = Enrollment.objects.get(staff=people[0])
    assert (first.status, first.year, first.field.code, first.unit.code) == ("sent", 2012, "TH", "QT")
    assert (first.position.name, first.rank.code) == ("Chuyên viên", "01.003")
    assert (first.decision_number, first.decision_date) == ("181/QĐ-VPCP", datetime.date(2012, 2, 20))
    logged = first.history.get()
    assert (logged.history_user, logged.history_type, logged.status) == (hr, "+", "sent")


def test_enrolling_many_people_asks_a_fixed_number_of_queries(hr, django_assert_max_num_queries):
    session, people = SessionBuilder(seats=30), [StaffBuilder() for _ in range(30)]
    # Locks of the class and the people, four of the check, seats, postings; keys, rows (on PostgreSQL a COPY, which is
    # not counted) and history; savepoints around.
    with django_assert_max_num_queries(14):
        enroll(session, people, hr)


def test_the_same_person_chosen_twice_is_enrolled_once(hr):
    staff = StaffBuilder()
    assert len(enroll(SessionBuilder(), [staff, staff], hr)) == 1


def test_nobody_chosen(hr):
    with pytest.raises(DomainError) as error:
        enroll(SessionBuilder(), [], hr)
    assert error.value.messages == [("people", "Chọn ít nhất một người.")]


def test_a_person_already_in_the_class_is_refused_and_nobody_else_is_enrolled(hr):
    session, staff = SessionBuilder(), StaffBuilder(code="CB7", full_name="Lê Ngọc An")
    EnrollmentBuilder(session=session, staff=staff, status=Status.STUDYING)
    with pytest.raises(EnrollmentRefused) as error:
        enroll(session, [StaffBuilder(), staff], hr)
    assert texts(error) == ["Lê Ngọc An (CB7): Đã có trong lớp này (Đang học)."]
    assert Enrollment.objects.count() == 1


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.DECLINED])
def test_a_cancelled_or_declined_person_can_be_enrolled_again(hr, status):
    session, staff = SessionBuilder(), StaffBuilder()
    EnrollmentBuilder(session=session, staff=staff, status=status)
    (row,) = enroll(session, [staff], hr)
    assert (row.status, Enrollment.objects.count()) == ("sent", 2)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.CANCELLED, Status.DECLINED}))
def test_every_other_status_keeps_the_person_in_the_class(hr, status):
    session, staff = SessionBuilder(), StaffBuilder()
    EnrollmentBuilder(session=session, staff=staff, status=status)
    with pytest.raises(EnrollmentRefused):
        enroll(session, [staff], hr)


def test_service_is_judged_on_the_opening_date_not_today(hr):
    left = StaffBuilder(posting__start=datetime.date(2005, 1, 1), posting__end=MARCH_5)
    late = StaffBuilder(code="CB9", full_name="Bùi Lan", posting__start=MARCH_5 + datetime.timedelta(days=1))
    session = SessionBuilder(start=MARCH_5)
    assert len(enroll(session, [left], hr)) == 1
    with pytest.raises(EnrollmentRefused) as error:
        enroll(session, [late], hr)
    assert texts(error) == [
        "Bùi Lan (CB9): Không công tác vào ngày khai giảng 05/03/2012. Kiểm tra lại quá trình công tác."
    ]


def test_a_full_class_refuses_and_says_how_to_go_on(hr):
    session = SessionBuilder(seats=2)
    enroll(session, [StaffBuilder()], hr)
    with pytest.raises(DomainError) as error:
        enroll(session, [StaffBuilder(), StaffBuilder(), StaffBuilder()], hr)
    assert texts(error) == ["Lớp chỉ còn 1 chỗ cho 3 người. Chọn bớt người, hoặc tăng số chỗ của lớp."]
    enroll(session, [StaffBuilder()], hr)
    with pytest.raises(DomainError) as error:
        enroll(session, [StaffBuilder()], hr)
    assert texts(error) == ["Lớp đã đủ 2 chỗ. Tăng số chỗ của lớp, hoặc chọn lớp khác."]
    assert Enrollment.objects.count() == 2


def test_only_counted_statuses_hold_a_seat(hr):
    session = SessionBuilder(seats=1)
    for status in (Status.PROPOSED, Status.DECLINED, Status.POSTPONED, Status.CANCELLED):
        EnrollmentBuilder(session=session, status=status)
    enroll(session, [StaffBuilder()], hr)
    enroll(session, [StaffBuilder()], hr, status=Status.PROPOSED)
    with pytest.raises(DomainError, match="Lớp đã đủ 1 chỗ"):
        enroll(session, [StaffBuilder()], hr)


def test_a_class_without_a_number_of_seats_is_never_full(hr):
    assert len(enroll(SessionBuilder(seats=None), [StaffBuilder() for _ in range(3)], hr)) == 3


def test_clashing_dates_are_saved_only_for_the_person_who_was_ticked(hr):
    staff = StaffBuilder(code="CB3", full_name="Trần Hà")
    other = SessionBuilder(name="Tin học văn phòng", start=datetime.date(2012, 3, 9))
    EnrollmentBuilder(session=other, staff=staff, status=Status.SENT)
    session = SessionBuilder(start=MARCH_5)  # to 09/03
    with pytest.raises(EnrollmentRefused) as error:
        enroll(session, [staff], hr, confirmed={StaffBuilder().pk})
    assert texts(error) == ["Trần Hà (CB3): Trùng ngày với lớp Tin học văn phòng (09/03/2012 – 13/03/2012)."]
    assert len(enroll(session, [staff], hr, confirmed={staff.pk})) == 1


def test_the_refusal_names_only_those_not_ticked(hr):
    people = [StaffBuilder(code="CB1", full_name="Đỗ Mai"), StaffBuilder(code="CB2", full_name="Đỗ Nam")]
    other = SessionBuilder()
    for staff in people:
        EnrollmentBuilder(session=other, staff=staff, status=Status.SENT)
    with pytest.raises(EnrollmentRefused) as error:
        enroll(SessionBuilder(), people, hr, confirmed={people[0].pk})
    assert len(texts(error)) == 1 and texts(error)[0].startswith("Đỗ Nam (CB2)")


@pytest.mark.parametrize(
    ("mine", "other", "status", "other_start", "clash"),
    [
        ("", "", Status.SENT, datetime.date(2012, 3, 9), True),
        ("full_time", "blended", Status.STUDYING, datetime.date(2012, 3, 1), True),
        ("", "", Status.SENT, datetime.date(2012, 3, 10), False),
        ("part_time", "", Status.SENT, MARCH_5, False),
        ("", "online", Status.SENT, MARCH_5, False),
        ("", "", Status.PROPOSED, MARCH_5, False),
        ("", "", Status.CANCELLED, MARCH_5, False),
    ],
)
def test_which_classes_clash(hr, mine, other, status, other_start, clash):
    staff = StaffBuilder()
    EnrollmentBuilder(session=SessionBuilder(mode=other, start=other_start), staff=staff, status=status)
    result = check(SessionBuilder(mode=mine, start=MARCH_5), [staff], hr)
    assert (result.severity_of(staff) == Severity.CONFIRM) is clash


def test_a_cancelled_class_clashes_with_nothing(hr):
    staff, other = StaffBuilder(), SessionBuilder()
    EnrollmentBuilder(session=other, staff=staff, status=Status.SENT)
    cancel_session(other, hr, reason="Thiếu giảng viên")
    assert check(SessionBuilder(), [staff], hr).of(staff) == []


def test_having_taken_the_course_before_is_only_a_notice(hr):
    staff, session = StaffBuilder(), SessionBuilder()
    for year, status in ((2009, Status.NOT_COMPLETED), (2011, Status.COMPLETED), (2013, Status.SENT)):
        other = SessionBuilder(course=session.course, start=datetime.date(year, 3, 5), name=f"Lớp {year}")
        EnrollmentBuilder(session=other, staff=staff, status=status)
    (finding,) = check(session, [staff], hr).of(staff)
    assert finding.severity == Severity.NOTICE
    assert finding.text == "Đã học chương trình này: Lớp 2011 (Hoàn thành)."
    assert len(enroll(session, [staff], hr)) == 1


def test_a_posting_outside_its_units_dates_has_to_be_confirmed(hr):
    unit = UnitBuilder(code="CU", name="Vụ Cũ", valid_to=datetime.date(2010, 12, 31))
    staff = StaffBuilder(posting__unit=unit)
    (finding,) = check(SessionBuilder(), [staff], hr).of(staff)
    assert finding.severity == Severity.CONFIRM
    assert finding.text == "Đơn vị Vụ Cũ không còn (hoặc chưa có) hiệu lực vào ngày khai giảng 05/03/2012."
    assert len(enroll(SessionBuilder(), [staff], hr, confirmed={staff.pk})) == 1


def test_a_cancelled_class_takes_nobody(hr):
    session = SessionBuilder()
    cancel_session(session, hr, reason="Thiếu giảng viên")
    with pytest.raises(DomainError, match="Lớp đã bị hủy: Thiếu giảng viên"):
        enroll(session, [StaffBuilder()], hr)


def test_the_gravest_finding_comes_first(hr):
    staff, session = StaffBuilder(), SessionBuilder()
    EnrollmentBuilder(session=session, staff=staff, status=Status.POSTPONED)
    EnrollmentBuilder(session=SessionBuilder(), staff=staff, status=Status.SENT)
    EnrollmentBuilder(session=SessionBuilder(course=session.course, start=datetime.date(2011, 3, 5)), staff=staff)
    severities = [finding.severity for finding in check(session, [staff], hr).of(staff)]
    assert severities == [Severity.REFUSED, Severity.CONFIRM, Severity.NOTICE]


class TestLeader:
    """A leader proposes people of the own units, and nothing else."""

    def test_proposes_people_of_the_subtree(self, leader):
        below = UnitBuilder(code="QT-XE", parent=leader.unit)
        rows = enroll(SessionBuilder(seats=0), [StaffBuilder(posting__unit=below)], leader, status=Status.PROPOSED)
        assert [row.status for row in rows] == ["proposed"]

    def test_sends_nobody(self, leader):
        with pytest.raises(PermissionDenied):
            enroll(SessionBuilder(), [StaffBuilder(posting__unit=leader.unit)], leader)

    def test_proposes_nobody_of_another_unit_on_the_opening_date(self, leader):
        moved = StaffBuilder(code="CB5", full_name="Lý Tư", posting__end=datetime.date(2012, 6, 30))
        PostingBuilder(staff=moved, unit=leader.unit, start=datetime.date(2012, 7, 1))
        with pytest.raises(EnrollmentRefused) as error:
            enroll(SessionBuilder(), [moved], leader, status=Status.PROPOSED)
        assert texts(error) == ["Lý Tư (CB5): Không thuộc đơn vị của bạn vào ngày khai giảng 05/03/2012."]

    def test_without_a_unit_proposes_nobody(self):
        with pytest.raises(EnrollmentRefused):
            enroll(SessionBuilder(), [StaffBuilder()], UserBuilder(role="leader"), status=Status.PROPOSED)

    def test_is_told_of_no_enrollment_in_another_unit(self, leader, hr):
        """The person came to the leader's unit during a class that the former unit sent them to."""
        staff = StaffBuilder(posting__end=datetime.date(2012, 3, 1))
        PostingBuilder(staff=staff, unit=leader.unit, start=datetime.date(2012, 3, 2))
        session = SessionBuilder(start=MARCH_5)
        EnrollmentBuilder(session=SessionBuilder(start=datetime.date(2012, 3, 1)), staff=staff, status=Status.SENT)
        EnrollmentBuilder(session=SessionBuilder(course=session.course, start=datetime.date(2011, 3, 1)), staff=staff)
        assert check(session, [staff], leader).of(staff) == []
        assert len(check(session, [staff], hr).of(staff)) == 2
        (row,) = enroll(session, [staff], leader, status=Status.PROPOSED)
        with pytest.raises(EnrollmentRefused, match="Trùng ngày"):
            change_status([row], Status.SENT, hr)


def test_any_other_status_is_refused_at_the_door(hr):
    with pytest.raises(PermissionDenied):
        enroll(SessionBuilder(), [StaffBuilder()], hr, status=Status.COMPLETED)


def test_the_check_of_many_people_asks_a_fixed_number_of_queries(hr, django_assert_num_queries):
    people = [StaffBuilder() for _ in range(30)]
    session = CourseSession.objects.get(pk=SessionBuilder().pk)
    with django_assert_num_queries(4):
        check(session, people, hr)
