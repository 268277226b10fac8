"""Which status may follow which, with or without a reason: the table of the contract, every pair of it."""

import datetime
from itertools import product

import pytest

from enrollments.models import Enrollment
from enrollments.services import change_status, correct_enrollment, delete_enrollment
from enrollments.services.enrolling import EnrollmentRefused
from enrollments.status import COUNTED, Status, needs_reason, next_statuses
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UserBuilder
from vpcp_training.errors import DomainError

# from → to; ★ needs a reason
TABLE = {
    "proposed": {"sent": "", "declined": "★", "postponed": "★", "cancelled": "★"},
    "postponed": {"proposed": "", "sent": "", "cancelled": "★"},
    "sent": {
        "studying": "",
        "completed": "",
        "not_completed": "★",
        "dropped_out": "★",
        "postponed": "★",
        "cancelled": "★",
    },
    "studying": {"completed": "", "not_completed": "★", "dropped_out": "★", "cancelled": "★"},
    "completed": {"studying": "★"},
    "not_completed": {"studying": "★"},
    "dropped_out": {"studying": "★"},
    "declined": {},
    "cancelled": {},
}
PAIRS = list(product(Status, Status))


@pytest.fixture
def hr(db):
    return UserBuilder()


@pytest.mark.parametrize(("old", "new"), PAIRS)
@pytest.mark.parametrize("reason", ["", "Theo công văn 12"])
def test_every_step(hr, old, new, reason):
    enrollment = EnrollmentBuilder(status=old)
    mark = TABLE[old].get(new)
    allowed = mark is not None and (mark == "" or reason != "")
    if allowed:
        change_status([enrollment], new, hr, reason=reason)
    else:
        with pytest.raises(DomainError) as error:
            change_status([enrollment], new, hr, reason=reason)
        ((field, text),) = error.value.messages
        labels = {"old": Status(old).label, "new": Status(new).label}
        assert (field, text) == (
            ("status", "Nguyễn Văn An không chuyển được từ “{old}” sang “{new}”.".format(**labels))
            if mark is None
            else ("reason", "Ghi lý do Nguyễn Văn An chuyển sang “{new}”.".format(**labels))
        )
    enrollment.refresh_from_db()
    assert (enrollment.status, enrollment.reason) == ((new, reason) if allowed else (old, ""))


@pytest.mark.parametrize("old", Status)
def test_the_screen_offers_what_the_service_takes(old):
    assert {str(new): "★" if needs_reason(old, new) else "" for new in next_statuses(old)} == TABLE[old]


def test_a_reason_of_spaces_is_none(hr):
    with pytest.raises(DomainError, match="Ghi lý do"):
        change_status([EnrollmentBuilder(status="sent")], Status.CANCELLED, hr, reason=" \u200b ")


def test_the_log_keeps_each_step_with_its_reason_and_author(hr):
    enrollment = EnrollmentBuilder(status="sent")
    change_status([enrollment], Status.POSTPONED, hr, reason="Ốm")
    change_status([enrollment], Status.SENT, UserBuilder(full_name="Lê Thu Hương"))
    log = [(row.status, row.reason, str(row.history_user)) for row in enrollment.history.all()]
    assert log[:2] == [("sent", "", "Lê Thu Hương"), ("postponed", "Ốm", str(hr))]


def test_many_change_together_or_not_at_all(hr):
    session = SessionBuilder()
    rows = [EnrollmentBuilder(session=session, status=status) for status in ("sent", "declined")]
    with pytest.raises(DomainError):
        change_status(rows, Status.STUDYING, hr)
    assert sorted(Enrollment.objects.values_list("status", flat=True)) == ["declined", "sent"]


def test_the_decision_comes_with_the_sending(hr):
    enrollment = EnrollmentBuilder(status="proposed")
    change_status([enrollment], Status.SENT, hr, facts={"decision_number": "44/QĐ-VPCP"})
    enrollment.refresh_from_db()
    assert (enrollment.status, enrollment.decision_number) == ("sent", "44/QĐ-VPCP")


def test_sending_a_proposal_to_a_full_class_is_refused(hr):
    session = SessionBuilder(seats=1)
    EnrollmentBuilder(session=session, status="sent")
    proposals = [EnrollmentBuilder(session=session, status=status) for status in ("proposed", "postponed")]
    for proposal in proposals:
        with pytest.raises(DomainError, match="Lớp đã đủ 1 chỗ"):
            change_status([proposal], Status.SENT, hr)


def test_those_who_hold_a_seat_go_on_in_a_full_class(hr):
    session = SessionBuilder(seats=1)
    enrollment = EnrollmentBuilder(session=session, status="sent")
    change_status([enrollment], Status.STUDYING, hr)
    change_status([enrollment], Status.COMPLETED, hr)
    change_status([enrollment], Status.STUDYING, hr, reason="Ghi nhầm")


@pytest.mark.parametrize("keep_result", [True, False])
def test_a_completion_taken_back_leaves_no_certificate(hr, keep_result):
    april = datetime.date(2012, 4, 27)
    facts = {"result": "Giỏi", "certificate_number": "CC-1", "certificate_date": april}
    enrollment = EnrollmentBuilder(status="completed", staff__full_name="Lê An", **facts)
    with pytest.raises(DomainError) as error:
        change_status([enrollment], Status.STUDYING, hr, reason="Ghi nhầm")
    assert error.value.messages == [("keep_result", "Chọn giữ hay xóa kết quả của Lê An; chứng chỉ thì bị xóa.")]
    (row,) = change_status([enrollment], Status.STUDYING, hr, reason="Ghi nhầm", keep_result=keep_result)
    row.refresh_from_db()
    result = "Giỏi" if keep_result else ""
    assert [row.status, row.result, row.certificate_number, row.certificate_date] == ["studying", result, "", None]


def test_a_certificate_from_an_import_is_asked_for_at_any_step_but_the_end_of_the_study(hr):
    rows = [EnrollmentBuilder(status="sent", result="Khá", certificate_number=f"CC-{n}") for n in (1, 2)]
    with pytest.raises(DomainError, match="giữ hay xóa kết quả"):
        change_status(rows[:1], Status.POSTPONED, hr, reason="Ốm")
    change_status(rows[:1], Status.POSTPONED, hr, reason="Ốm", keep_result=True)
    change_status(rows[1:], Status.COMPLETED, hr)
    stored = Enrollment.objects.order_by("pk").values_list("status", "result", "certificate_number")
    assert list(stored) == [("postponed", "Khá", ""), ("completed", "Khá", "CC-2")]


def test_a_correction_gives_no_certificate_to_somebody_who_studies(hr):
    row = EnrollmentBuilder(status="studying")
    row.certificate_number = "CC-1"
    with pytest.raises(DomainError) as error:
        correct_enrollment(row, hr)
    text = "“Đang học” thì chưa có chứng chỉ: để trống số và ngày cấp, hoặc ghi kết thúc học trước."
    assert error.value.messages == [("certificate_number", text)]


def test_sending_a_proposal_is_checked_for_clashing_dates(hr):
    staff = StaffBuilder()
    EnrollmentBuilder(staff=staff, status="sent")
    proposal = EnrollmentBuilder(staff=staff, status="proposed")
    with pytest.raises(EnrollmentRefused, match="Trùng ngày với lớp"):
        change_status([proposal], Status.SENT, hr)
    (row,) = change_status([proposal], Status.SENT, hr, confirmed=True)
    assert row.status == "sent"


def test_a_proposed_person_who_left_before_the_class_cannot_be_sent(hr):
    staff = StaffBuilder(posting__end=datetime.date(2012, 1, 31))
    proposal = EnrollmentBuilder(staff=staff, status="proposed")
    with pytest.raises(EnrollmentRefused, match="Không công tác vào ngày khai giảng 05/03/2012"):
        change_status([proposal], Status.SENT, hr, confirmed=True)


@pytest.mark.parametrize("status", Status)
def test_deleted_only_while_proposed_or_sent(hr, status):
    enrollment = EnrollmentBuilder(status=status)
    if status in ("proposed", "sent"):
        delete_enrollment(enrollment, hr)
        last = Enrollment.history.first()
        assert (last.history_type, last.history_user, last.status) == ("-", hr, status)
    else:
        with pytest.raises(DomainError, match=f"dòng này đang là “{Status(status).label}”"):
            delete_enrollment(enrollment, hr)
    assert Enrollment.objects.exists() is (status not in ("proposed", "sent"))


def test_a_correction_changes_facts_and_never_the_status(hr):
    stale = EnrollmentBuilder(status="sent")
    change_status([stale], Status.COMPLETED, hr, facts={"result": "Khá"})
    stale.result, stale.certificate_number = "Giỏi", "CC-07"
    correct_enrollment(stale, hr)
    row = Enrollment.objects.get()
    assert (row.status, row.result, row.certificate_number) == ("completed", "Giỏi", "CC-07")


def test_what_counts_is_the_five_statuses_of_the_rule(hr):
    for status in Status:
        EnrollmentBuilder(status=status)
    counted = set(Enrollment.objects.participations().values_list("status", flat=True))
    assert counted == set(COUNTED) == {"sent", "studying", "completed", "not_completed", "dropped_out"}
