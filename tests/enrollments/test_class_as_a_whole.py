"""The results of a class and its cancelling: everyone in it at once."""

import datetime

import pytest

from courses.models import CourseSession
from enrollments.services import cancel_session, record_results
from enrollments.services.workflow import Outcome
from enrollments.status import Status
from enrollments.status_log import status_log
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


def test_each_gets_the_own_outcome_and_whoever_is_not_named_stays(hr, session):
    rows = [EnrollmentBuilder(session=session, status=s) for s in ("sent", "studying", "studying", "proposed", "sent")]
    outcomes = {
        rows[0].pk: Outcome(Status.COMPLETED, "", "Giỏi", "CC-001", APRIL_27),
        rows[1].pk: Outcome(Status.NOT_COMPLETED, "Vắng thi"),
        rows[2].pk: Outcome(Status.DROPPED_OUT, " Chuyển  công tác "),
        rows[4].pk: Outcome(Status.SENT),
    }
    assert record_results(session, hr, outcomes) == rows[:3]
    assert states(session) == {
        rows[0].pk: ("completed", ""),
        rows[1].pk: ("not_completed", "Vắng thi"),
        rows[2].pk: ("dropped_out", "Chuyển công tác"),
        rows[3].pk: ("proposed", ""),
        rows[4].pk: ("sent", ""),
    }
    first = session.enrollments.get(pk=rows[0].pk)
    assert (first.result, first.certificate_number, first.certificate_date) == ("Giỏi", "CC-001", APRIL_27)
    assert first.history.first().history_user == hr


def test_an_outcome_corrected_to_another_is_logged_as_both_steps_with_one_reason(hr, session):
    row = EnrollmentBuilder(session=session, status="sent")
    record_results(session, hr, {row.pk: Outcome(Status.COMPLETED, "", "Giỏi", "CC-001", APRIL_27)})
    record_results(session, hr, {row.pk: Outcome(Status.NOT_COMPLETED, "Ghi nhầm người", "Không đạt")})
    assert [(step.old, step.new, step.reason) for step in status_log(row)[:2]] == [
        ("studying", "not_completed", "Ghi nhầm người"),
        ("completed", "studying", "Ghi nhầm người"),
    ]
    stored = row.history.values_list("status", "result", "certificate_number", "certificate_date")
    assert list(stored[:3]) == [
        ("not_completed", "Không đạt", "", None),
        ("studying", "Không đạt", "", None),
        ("completed", "Giỏi", "CC-001", APRIL_27),
    ]


def test_an_outcome_is_not_corrected_without_a_reason(hr, session):
    row = EnrollmentBuilder(session=session, status="completed")
    with pytest.raises(DomainError, match="Ghi lý do Nguyễn Văn An chuyển sang “Đang học”."):
        record_results(session, hr, {row.pk: Outcome(Status.DROPPED_OUT)})
    assert states(session) == {row.pk: ("completed", "")}


@pytest.mark.parametrize(
    ("status", "outcome"), [("studying", "sent"), ("completed", "sent"), ("proposed", "completed")]
)
def test_a_way_that_the_workflow_does_not_have(hr, session, status, outcome):
    row = EnrollmentBuilder(session=session, status=status)
    with pytest.raises(DomainError, match="không chuyển được từ"):
        record_results(session, hr, {row.pk: Outcome(Status(outcome), "Nhầm")})


def test_results_that_are_as_before_leave_no_trace(hr, session):
    row = EnrollmentBuilder(session=session, result="Giỏi")
    assert record_results(session, hr, {row.pk: Outcome(Status.COMPLETED, "", "Giỏi")}) == []
    assert row.history.count() == 1


def test_an_exception_without_a_reason_keeps_the_whole_class_as_it_was(hr, session):
    rows = [EnrollmentBuilder(session=session, status="sent") for _ in range(2)]
    with pytest.raises(DomainError, match="Ghi lý do Nguyễn Văn An chuyển sang “Bỏ học”."):
        record_results(session, hr, {rows[0].pk: Outcome(Status.COMPLETED), rows[1].pk: Outcome(Status.DROPPED_OUT)})
    assert {status for status, _reason in states(session).values()} == {"sent"}


def test_a_class_to_which_nobody_was_sent_has_no_results(hr, session):
    with pytest.raises(DomainError, match="Lớp chưa có ai được cử."):
        record_results(session, hr, {})


def test_nobody_gets_a_certificate_whose_study_has_not_ended(hr, session):
    row = EnrollmentBuilder(session=session, status="sent")
    with pytest.raises(DomainError, match="“Đang học” thì chưa có chứng chỉ"):
        record_results(session, hr, {row.pk: Outcome(Status.STUDYING, "", "", "CC-001", APRIL_27)})


def test_a_class_in_which_somebody_unfinished_has_a_certificate_is_not_cancelled(hr, session):
    EnrollmentBuilder(session=session, status="sent", certificate_number="CC-1", staff__full_name="Lê An")
    with pytest.raises(DomainError, match="Lê An đang có chứng chỉ"):
        cancel_session(session, hr, reason="Thiếu giảng viên")


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
