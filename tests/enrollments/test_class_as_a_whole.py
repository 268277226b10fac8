"""Completing a class and cancelling it: everyone in it at once."""

import datetime

import pytest

from courses.models import CourseSession
from enrollments.services import cancel_session, complete_class
from enrollments.status import Status
from tests.builders import EnrollmentBuilder, SessionBuilder, UserBuilder
from vpcp_training.errors import DomainError

APRIL_27 = datetime.date(2012, 4, 27)


@pytest.fixture
def hr(db):
    return UserBuilder()


@pytest.fixture
def session(db):
    return SessionBuilder()


def states(session) -> dict:
    return {row.pk: (row.status, row.reason) for row in session.enrollments.all()}


def test_all_complete_except_those_named(hr, session):
    rows = [EnrollmentBuilder(session=session, status=s) for s in ("sent", "studying", "studying", "proposed")]
    done = complete_class(
        session,
        hr,
        exceptions={
            rows[1].pk: (Status.NOT_COMPLETED, "Vắng thi"),
            rows[2].pk: (Status.DROPPED_OUT, "Chuyển công tác"),
        },
        results={rows[0].pk: "Giỏi"},
        certificates={rows[0].pk: ("CC-001", APRIL_27)},
    )
    assert len(done) == 3
    assert states(session) == {
        rows[0].pk: ("completed", ""),
        rows[1].pk: ("not_completed", "Vắng thi"),
        rows[2].pk: ("dropped_out", "Chuyển công tác"),
        rows[3].pk: ("proposed", ""),
    }
    first = session.enrollments.get(pk=rows[0].pk)
    assert (first.result, first.certificate_number, first.certificate_date) == ("Giỏi", "CC-001", APRIL_27)
    assert first.history.first().history_user == hr


def test_an_exception_without_a_reason_keeps_the_whole_class_as_it_was(hr, session):
    rows = [EnrollmentBuilder(session=session, status="sent") for _ in range(2)]
    with pytest.raises(DomainError, match="Ghi lý do Nguyễn Văn An chuyển sang “Bỏ học”."):
        complete_class(session, hr, exceptions={rows[1].pk: (Status.DROPPED_OUT, "")})
    assert {status for status, _reason in states(session).values()} == {"sent"}


def test_a_class_with_nobody_sent_cannot_be_completed(hr, session):
    EnrollmentBuilder(session=session, status="proposed")
    with pytest.raises(DomainError, match="Lớp không có ai đang ở trạng thái Được cử hoặc Đang học."):
        complete_class(session, hr)


def test_cancelling_a_class_cancels_its_people_with_the_reason(hr, session):
    rows = [
        EnrollmentBuilder(session=session, status=status)
        for status in ("proposed", "postponed", "sent", "studying", "declined")
    ]
    assert len(cancel_session(session, hr, reason=" Thiếu  giảng viên ")) == 4
    assert set(states(session).values()) == {("cancelled", "Thiếu giảng viên"), ("declined", "")}
    stored = CourseSession.objects.get()
    assert (stored.cancelled, stored.cancel_reason) == (True, "Thiếu giảng viên")
    assert stored.stage() == CourseSession.Stage.CANCELLED
    assert stored.history.first().history_user == rows[0].history.first().history_user == hr


def test_cancelling_needs_a_reason(hr, session):
    with pytest.raises(DomainError) as error:
        cancel_session(session, hr, reason=" ")
    assert error.value.messages == [("reason", "Ghi lý do hủy lớp.")]


@pytest.mark.parametrize("status", ["completed", "not_completed", "dropped_out"])
def test_a_class_somebody_has_finished_is_not_cancelled(hr, session, status):
    EnrollmentBuilder(session=session, status=status)
    EnrollmentBuilder(session=session, status="sent")
    with pytest.raises(DomainError, match="Đã có 1 người kết thúc lớp này nên không hủy lớp được."):
        cancel_session(session, hr, reason="Thiếu giảng viên")
    assert not CourseSession.objects.get().cancelled


def test_a_class_is_cancelled_once(hr, session):
    cancel_session(session, hr, reason="Thiếu giảng viên")
    with pytest.raises(DomainError, match="Lớp đã bị hủy: Thiếu giảng viên"):
        cancel_session(session, hr, reason="Lần nữa")
