"""One enrollment: its facts and log, each step with its reason, corrections, deletion, history."""

import datetime
import re

import pytest

from enrollments.models import Enrollment
from enrollments.services import change_status, correct_enrollment, delete_enrollment, save_posting
from enrollments.status import Status, next_statuses
from personnel.models import Posting
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder, UserBuilder

from .pages import alert, text

pytestmark = pytest.mark.django_db


def url(row, page="") -> str:
    return f"/enrollments/{row.pk}/{page}"


def version(row) -> int:
    return row.history.first().history_id


def take(client, row, to, **typed):
    return client.post(url(row, f"status/?to={to}"), {"version": version(row), **typed})


def status_of(row) -> str:
    return Enrollment.objects.get(pk=row.pk).status


@pytest.mark.parametrize("status", Status)
def test_the_page_offers_exactly_the_steps_that_may_follow(as_hr, status):
    row = EnrollmentBuilder(status=status)
    html = as_hr.get(url(row)).content.decode()
    offered = {new for new in Status if f"status/?to={new}" in html}
    assert offered == set(next_statuses(status))
    assert ("/delete/" in html) is (status in ("proposed", "sent"))


@pytest.mark.parametrize(("language", "deed"), [("vi", "Cử đi học"), ("en", "Send to study")])
def test_a_button_says_what_it_does_and_not_what_comes_of_it(as_hr, language, deed):
    as_hr.cookies["django_language"] = language
    row = EnrollmentBuilder(status="proposed")
    assert f'status/?to=sent">{deed}</a>' in as_hr.get(url(row)).content.decode()
    assert f'type="submit">{deed} <kbd>' in as_hr.get(url(row, "status/?to=sent")).content.decode()


def test_facts_and_snapshots(as_hr):
    row = EnrollmentBuilder(
        staff__posting__unit__name="Vụ Pháp luật", session__name="Tin học", decision_number="44/QĐ", result="Khá"
    )
    words = text(as_hr.get(url(row)))
    for said in ("Vụ Pháp luật", "Chuyên viên", "01.003 Chuyên viên", "Tin học", "44/QĐ", "Khá", "Tính lượt năm 2012"):
        assert said in words, said


def test_the_log_says_from_what_to_what_by_whom_and_why(as_hr):
    row = EnrollmentBuilder(status="sent")
    change_status([row], Status.POSTPONED, as_hr.user, reason="Ốm")
    Enrollment.objects.get().save()  # a correction that is no step
    words = text(as_hr.get(url(row)))
    assert "Được cử → Hoãn Lê Thu Hương Ốm" in words
    assert words.count("→") == 1


def test_a_step_without_a_reason_is_one_press(as_hr):
    row = EnrollmentBuilder(status="sent", staff__full_name="Lê An")
    assert "Lê An sẽ chuyển sang “Đang học”." in text(as_hr.get(url(row, "status/?to=studying")))
    response = take(as_hr, row, "studying")
    assert response.url == url(row) and status_of(row) == "studying"
    assert "Lê An đã chuyển sang “Đang học”." in text(as_hr.get(url(row)))


@pytest.mark.parametrize("to", ["not_completed", "dropped_out", "postponed", "cancelled"])
def test_a_step_with_a_reason_asks_for_it(as_hr, to):
    row = EnrollmentBuilder(status="sent")
    assert 'name="reason"' in as_hr.get(url(row, f"status/?to={to}")).content.decode()
    response = take(as_hr, row, to, reason="")
    assert (response.status_code, alert(response)) == (422, ["Hãy nhập: Lý do."])
    assert status_of(row) == "sent"
    assert take(as_hr, row, to, reason="Ốm").status_code == 302
    assert status_of(row) == to


@pytest.mark.parametrize(
    "page, does",
    [("status/?to=cancelled", "Hủy cử đi học"), ("delete/", "Xóa khỏi lớp"), ("status/?to=studying", None)],
)
def test_going_back_and_taking_away_cannot_be_confused(as_hr, page, does):
    html = as_hr.get(url(EnrollmentBuilder(status="sent"), page)).content.decode()
    red = re.findall(r'<button class="btn btn-danger"[^>]*>([^<]+?) <', html)
    assert red == ([does] if does else [])
    assert ">Quay lại</a>" in html and ">Hủy bỏ</a>" not in html


def test_a_proposal_is_not_sent_by_a_decision_of_a_day_to_come(as_hr):
    row = EnrollmentBuilder(status="proposed")
    response = take(as_hr, row, "sent", decision_number="44/QĐ-VPCP", decision_date="1/3/2099")
    assert alert(response) == ["Ngày quyết định: Ngày 01/03/2099 chưa đến. Nhập ngày không sau hôm nay."]


def test_a_proposal_is_sent_with_its_decision(as_hr):
    row = EnrollmentBuilder(status="proposed")
    take(as_hr, row, "sent", decision_number="44/QĐ-VPCP", decision_date="01032012", decision_signer="Lê Bình")
    stored = Enrollment.objects.get()
    assert (stored.status, stored.decision_number, f"{stored.decision_date:%d/%m/%Y}") == (
        "sent",
        "44/QĐ-VPCP",
        "01/03/2012",
    )


def test_completion_takes_result_and_certificate(as_hr):
    row = EnrollmentBuilder(status="studying", result="Khá")
    assert 'value="Khá"' in as_hr.get(url(row, "status/?to=completed")).content.decode()
    take(as_hr, row, "completed", result="Giỏi", certificate_number="CC-1", certificate_date="31/4/2012")
    assert status_of(row) == "studying"
    take(as_hr, row, "completed", result="Giỏi", certificate_number="CC-1", certificate_date="30/4/2012")
    stored = Enrollment.objects.get()
    assert (stored.status, stored.result, stored.certificate_number) == ("completed", "Giỏi", "CC-1")


def test_taking_a_completion_back_asks_what_becomes_of_result_and_certificate(as_hr):
    row = EnrollmentBuilder(status="completed", result="Giỏi", certificate_number="CC-1")
    html = as_hr.get(url(row, "status/?to=studying")).content.decode()
    assert "Xóa kết quả và chứng chỉ" in html and "Giữ kết quả, chỉ xóa chứng chỉ" in html
    response = take(as_hr, row, "studying", reason="Ghi nhầm")
    assert (response.status_code, alert(response)) == (422, ["Hãy chọn: Kết quả và chứng chỉ."])
    assert take(as_hr, row, "studying", reason="Ghi nhầm", keep_result="yes").status_code == 302
    assert Enrollment.objects.values_list("status", "result", "certificate_number").get() == ("studying", "Giỏi", "")
    words = text(as_hr.get(url(row)))
    assert "Đã xóa chứng chỉ của 1 người." in words and "Đã xóa kết quả" not in words


def test_nothing_is_asked_of_somebody_without_result_and_certificate(as_hr):
    row = EnrollmentBuilder(status="completed")
    assert "keep_result" not in as_hr.get(url(row, "status/?to=studying")).content.decode()


@pytest.mark.parametrize(("status", "told"), [("proposed", True), ("studying", False)])
def test_whoever_is_sent_to_a_class_that_is_over_changes_its_year(as_hr, status, told):
    row = EnrollmentBuilder(status=status)
    to = "sent" if status == "proposed" else "completed"
    words = text(as_hr.get(url(row, f"status/?to={to}")))
    assert ("Lớp đã bế giảng ngày 09/03/2012; năm 2012 sẽ thêm 1 lượt." in words) is told


def test_a_clash_is_shown_before_and_confirmed_by_a_tick(as_hr):
    staff = StaffBuilder()
    EnrollmentBuilder(staff=staff, status="sent", session__name="Tiếng Anh")
    row = EnrollmentBuilder(staff=staff, status="proposed")
    page = as_hr.get(url(row, "status/?to=sent"))
    assert "Trùng ngày với lớp Tiếng Anh" in text(page) and 'name="confirmed"' in page.content.decode()
    response = take(as_hr, row, "sent")
    assert response.status_code == 422 and "Trùng ngày với lớp Tiếng Anh" in alert(response)[0]
    assert take(as_hr, row, "sent", confirmed="on").status_code == 302


def test_a_full_class_refuses_a_proposal(as_hr):
    session = SessionBuilder(seats=1)
    EnrollmentBuilder(session=session, status="sent")
    row = EnrollmentBuilder(session=session, status="proposed")
    response = take(as_hr, row, "sent", decision_number="44/QĐ")
    assert response.status_code == 422
    assert alert(response) == ["Lớp đã đủ 1 chỗ. Tăng số chỗ của lớp, hoặc chọn lớp khác."]
    assert 'value="44/QĐ"' in response.content.decode()


def test_a_step_the_workflow_does_not_have(as_hr):
    row = EnrollmentBuilder(status="cancelled")
    assert "Dưới đây là các bước có thể làm lúc này." in text(as_hr.get(url(row, "status/?to=sent"), follow=True))
    response = take(as_hr, row, "sent")
    assert response.status_code == 422 and "không chuyển được từ “Hủy” sang “Được cử”." in alert(response)[0]
    for to in ("", "x", "SENT"):
        assert as_hr.get(url(row, f"status/?to={to}")).status_code == 404


def test_a_step_taken_by_somebody_else_meanwhile_is_409(as_hr):
    row = EnrollmentBuilder(status="sent")
    opened = version(row)
    change_status([row], Status.STUDYING, UserBuilder(full_name="Vũ Bình"))
    response = as_hr.post(url(row, "status/?to=completed"), {"version": opened, "result": "Giỏi"})
    assert response.status_code == 409
    assert "Vũ Bình" in text(response) and 'value="Giỏi"' in response.content.decode()
    assert status_of(row) == "studying"


def test_a_result_entered_by_somebody_else_meanwhile_stays_with_the_step(as_hr):
    row = EnrollmentBuilder(status="studying", result="")
    opened = version(row)
    row.result = "Giỏi"
    correct_enrollment(row, UserBuilder())
    typed = {"version": opened, "result": "", "certificate_number": "CC-1"}
    response = as_hr.post(url(row, "status/?to=completed"), typed)
    assert response.status_code == 409
    assert 'value="Giỏi"' in response.content.decode() and 'value="CC-1"' in response.content.decode()


class TestCorrection:
    def sent(self, row, **changes) -> dict:
        return {"version": version(row), "decision_number": "44/QĐ", "result": "Khá", **changes}

    def test_says_of_whom_it_is_and_begins_in_the_first_field(self, as_hr):
        row = EnrollmentBuilder(staff__full_name="Lê An")
        html = as_hr.get(url(row, "edit/")).content.decode()
        assert "<h1>Sửa quyết định, kết quả của Lê An</h1>" in html
        assert re.findall(r"<input[^>]*autofocus[^>]*>", html)[0].count('name="decision_number"') == 1
        refused = as_hr.post(url(row, "edit/"), self.sent(row, certificate_date="32/1/2012"))
        assert "autofocus" not in refused.content.decode()

    def test_saves_the_facts_with_history(self, as_hr):
        row = EnrollmentBuilder()
        assert as_hr.post(url(row, "edit/"), self.sent(row)).url == url(row)
        stored = Enrollment.objects.get()
        assert (stored.decision_number, stored.result, stored.status) == ("44/QĐ", "Khá", "completed")
        assert "Kết quả – Khá" in text(as_hr.get(url(row, "history/")))

    def test_refuses_a_decision_of_a_day_to_come_but_keeps_one_that_a_file_brought(self, as_hr):
        row = EnrollmentBuilder()
        response = as_hr.post(url(row, "edit/"), self.sent(row, decision_date="1/3/2099"))
        assert alert(response) == ["Ngày quyết định: Ngày 01/03/2099 chưa đến. Nhập ngày không sau hôm nay."]
        Enrollment.objects.update(decision_date=datetime.date(2099, 3, 1))
        assert as_hr.post(url(row, "edit/"), self.sent(row, decision_date="1/3/2099")).status_code == 302

    def test_keeps_what_was_typed_when_a_date_is_wrong(self, as_hr):
        row = EnrollmentBuilder()
        response = as_hr.post(url(row, "edit/"), self.sent(row, certificate_date="32/1/2012"))
        assert response.status_code == 422
        assert alert(response) == ["Ngày cấp chứng chỉ: Ngày 32/01/2012 không có. Nhập dạng 03/04/2012."]
        assert 'value="44/QĐ"' in response.content.decode() and 'value="32/1/2012"' in response.content.decode()

    def test_of_two_people_at_once_is_409(self, as_hr):
        row = EnrollmentBuilder()
        opened = self.sent(row)
        as_hr.post(url(row, "edit/"), {**opened, "result": "Giỏi"})
        response = as_hr.post(url(row, "edit/"), opened)
        assert response.status_code == 409 and "Giỏi" in text(response)
        assert Enrollment.objects.get().result == "Giỏi"


def test_a_mistake_is_deleted_after_asking(as_hr):
    row = EnrollmentBuilder(status="sent", staff__full_name="Lê An", session__code="L1", session__name="Tin học")
    assert "Lê An sẽ không còn trong lớp Tin học" in text(as_hr.get(url(row, "delete/")))
    assert Enrollment.objects.exists()
    response = as_hr.post(url(row, "delete/"), {"version": version(row)})
    assert response.url == "/courses/sessions/L1/" and not Enrollment.objects.exists()
    assert "Đã xóa Lê An khỏi lớp." in text(as_hr.get(response.url))
    assert Enrollment.history.first().history_type == "-"


def test_who_was_removed_stands_in_the_history_of_the_class_for_those_who_saw_them_there(as_hr, client):
    row = EnrollmentBuilder(status="sent", staff__full_name="Lê An", session__code="L1")
    colleague = EnrollmentBuilder(status="sent", session=row.session)
    as_hr.post(url(row, "delete/"), {"version": version(row)})
    assert "Đã xóa khỏi lớp" in text(as_hr.get("/courses/sessions/L1/history/"))
    assert "Lê An" in text(as_hr.get("/courses/sessions/L1/history/"))
    client.force_login(UserBuilder(role="leader", unit=colleague.unit))
    assert "Lê An" not in text(client.get("/courses/sessions/L1/history/"))
    client.force_login(UserBuilder(role="leader", unit=row.unit))
    EnrollmentBuilder(status="sent", staff=row.staff, session=row.session)
    assert "Lê An" in text(client.get("/courses/sessions/L1/history/"))


def test_from_which_class_somebody_was_removed_stands_in_the_history_of_the_person(as_hr, client):
    row = EnrollmentBuilder(status="sent", session__code="L1", session__name="Tin học")
    # Recorded in another unit since the person was posted there on the opening date.
    elsewhere = UnitBuilder(code="PL")
    posting = row.staff.postings.get()
    posting.end = datetime.date(2012, 12, 31)
    save_posting(posting, as_hr.user)
    save_posting(Posting(staff=row.staff, unit=elsewhere, start=datetime.date(2013, 1, 1)), as_hr.user)
    later = EnrollmentBuilder(
        status="sent",
        staff=row.staff,
        session__code="L2",
        session__name="Tiếng Anh",
        session__start=datetime.date(2013, 3, 4),
    )
    EnrollmentBuilder(status="sent", session=row.session)
    address = f"/personnel/{row.staff.code}/history/"
    assert "Đã xóa khỏi các lớp" not in text(as_hr.get(address))
    for mistake in (row, later):
        as_hr.post(url(mistake, "delete/"), {"version": version(mistake)})
    shown = text(as_hr.get(address))
    assert re.findall(r" xóa (T.+?\))", shown) == ["Tiếng Anh (L2)", "Tin học (L1)"]
    # Each leader reads of the class to which the own unit sent the person.
    EnrollmentBuilder(staff=row.staff)
    for unit, seen, hidden in ((row.unit, "Tin học", "Tiếng Anh"), (elsewhere, "Tiếng Anh", "Tin học")):
        client.force_login(UserBuilder(role="leader", unit=unit))
        shown = text(client.get(address))
        assert seen in shown and hidden not in shown


def test_those_removed_take_the_same_queries_however_many_they_are(as_hr, django_assert_num_queries):
    staff = StaffBuilder()
    address = f"/personnel/{staff.code}/history/"

    def remove(count):
        for _number in range(count):
            delete_enrollment(EnrollmentBuilder(status="sent", staff=staff), as_hr.user)

    remove(2)
    with django_assert_num_queries(13):
        as_hr.get(address)
    remove(5)
    with django_assert_num_queries(13):
        assert len(as_hr.get(address).context["removed"]) == 7


def test_what_has_happened_is_not_deleted(as_hr):
    row = EnrollmentBuilder(status="completed")
    response = as_hr.post(url(row, "delete/"), {"version": version(row)})
    assert response.status_code == 422 and "Chỉ xóa được khi còn ở trạng thái" in alert(response)[0]
    assert Enrollment.objects.exists()


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        ("studying", "“Đang học”. Hãy chuyển sang Hủy."),
        ("not_completed", "“Không hoàn thành”. Hãy chuyển lại sang “Đang học” trước, rồi mới hủy."),
        ("declined", "“Từ chối”."),
    ],
)
def test_the_page_of_deleting_does_not_open_for_what_has_happened(as_hr, status, advice):
    row = EnrollmentBuilder(status=status)
    response = as_hr.get(url(row, "delete/"))
    assert response.url == url(row)
    (message,) = [str(message) for message in as_hr.get(response.url).context["messages"]]
    assert message == f"Chỉ xóa được khi còn ở trạng thái Đề xuất hoặc Được cử; dòng này đang là {advice}"


@pytest.mark.parametrize("page", ["", "edit/", "status/?to=sent", "delete/", "history/"])
@pytest.mark.parametrize("pk", [99, 2**63, 10**30])
def test_an_unknown_enrollment_is_404(as_hr, page, pk):
    assert as_hr.get(f"/enrollments/{pk}/{page}").status_code == 404
