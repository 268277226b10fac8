"""One step for those ticked, and the results of a whole class."""

import datetime
import re

import pytest
from django.utils import timezone

from enrollments.models import Enrollment
from enrollments.services import change_status, correct_enrollment, delete_enrollment, record_results
from enrollments.services.workflow import Outcome
from enrollments.status import Status
from enrollments.status_log import status_log
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UserBuilder
from tests.versions import current_version, version_of

from .pages import alert, text

STATUS, RESULTS = "/courses/sessions/L1/status/", "/courses/sessions/L1/results/"


@pytest.fixture
def session(db):
    return SessionBuilder(code="L1", name="Tin học")


def in_class(session, status, name="Nguyễn Văn An", **more):
    return EnrollmentBuilder(session=session, status=status, staff__full_name=name, **more)


def version(session, **of) -> str:
    """What a page about the class's people carries that was opened just now."""
    return f"{current_version(session)}.{version_of(Enrollment.history.filter(session=session, **of))}"


def step(client, session, status, *rows, **typed):
    sent = {"row": [row.pk for row in rows], "status": status, **typed}
    return client.post(STATUS, {"version": version(session, id__in=sent["row"]), **sent} if "save" in typed else sent)


def carried(page) -> dict:
    """What a page carries from one step to the next."""
    html = page.content.decode()
    return {
        "version": re.search(r'name="version" value="([\d.-]*)"', html)[1],
        "row": re.findall(r'name="row" value="(\d+)"', html),
    }


def said(page) -> list:
    """What a page says that others changed: whose (without the codes), by whom, from what to what."""
    entries = page.context["conflict"]
    changes = [[(change.label, change.old, change.new) for change in entry.changes] for entry in entries]
    people = [re.sub(r" \(\w+\)", "", entry.about) for entry in entries]
    return list(zip(people, [entry.by for entry in entries], changes, strict=True))


def unplaced(page) -> list[str]:
    """What a page says was typed of people who cannot complete the class any more, line by line."""
    table = page.content.decode().partition('id="unplaced-title"')[2].partition("</table>")[0].partition("<tbody>")[2]
    lines = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in table.split("</tr>")[:-1]]
    return [re.sub(r" CB\d+ | \w+\d+ ", " ", line, count=1) for line in lines]


def statuses(session) -> list[str]:
    return list(session.enrollments.order_by("pk").values_list("status", flat=True))


class TestStepOfMany:
    def test_looks_first_and_changes_nothing(self, as_hr, session):
        rows = [in_class(session, "proposed", "Lê An"), in_class(session, "proposed", "Vũ Bình")]
        page = step(as_hr, session, "sent", *rows)
        assert page.status_code == 200 and not page.context["form"].errors
        assert "Chuyển trạng thái 2 người" in text(page) and "Số quyết định" in text(page)
        assert statuses(session) == ["proposed", "proposed"]

    def test_sends_proposals_with_one_decision(self, as_hr, session):
        rows = [in_class(session, "proposed"), in_class(session, "postponed"), in_class(session, "proposed")]
        typed = {"decision_number": "44/QĐ-VPCP", "decision_date": "1/3/2012", "save": "1"}
        response = step(as_hr, session, "sent", *rows[:2], **typed)
        assert response.url == "/courses/sessions/L1/"
        assert "2 người đã chuyển sang “Được cử”." in text(as_hr.get(response.url))
        assert statuses(session) == ["sent", "sent", "proposed"]
        assert Enrollment.objects.filter(decision_number="44/QĐ-VPCP").count() == 2

    def test_leaves_empty_facts_as_each_person_has_them(self, as_hr, session):
        rows = [in_class(session, "studying", result="Giỏi"), in_class(session, "studying", result="Khá")]
        step(as_hr, session, "completed", *rows, certificate_date="1/4/2012", save="1")
        assert set(Enrollment.objects.values_list("result", "certificate_date")) == {
            ("Giỏi", datetime.date(2012, 4, 1)),
            ("Khá", datetime.date(2012, 4, 1)),
        }

    def test_asks_for_a_certificate_number_of_one_person_only(self, as_hr, session):
        rows = [in_class(session, "studying"), in_class(session, "studying")]
        assert "Số chứng chỉ" in text(step(as_hr, session, "completed", rows[0]))
        assert "Số chứng chỉ" not in text(step(as_hr, session, "completed", *rows))
        step(as_hr, session, "completed", *rows, result="Giỏi", certificate_number="CC-1", save="1")
        assert set(Enrollment.objects.values_list("result", "certificate_number")) == {("Giỏi", "")}

    def test_needs_a_reason_where_the_step_does(self, as_hr, session):
        row = in_class(session, "sent")
        response = step(as_hr, session, "cancelled", row, reason=" ", save="1")
        assert (response.status_code, alert(response)) == (422, ["Hãy nhập: Lý do."])
        assert step(as_hr, session, "cancelled", row, reason="Ốm", save="1").status_code == 302
        assert statuses(session) == ["cancelled"]

    def test_asks_what_becomes_of_results_and_certificates_of_completions_taken_back(self, as_hr, session):
        rows = [in_class(session, "completed", result="Giỏi", certificate_number=f"CC-{n}") for n in (1, 2)]
        assert 'name="keep_result"' in step(as_hr, session, "studying", *rows).content.decode()
        refused = step(as_hr, session, "studying", *rows, reason="Nhầm lớp", save="1")
        assert alert(refused) == ["Hãy chọn: Kết quả và chứng chỉ."]
        step(as_hr, session, "studying", *rows, reason="Nhầm lớp", keep_result="no", save="1")
        words = text(as_hr.get("/courses/sessions/L1/"))
        assert "Đã xóa chứng chỉ của 2 người." in words and "Đã xóa kết quả của 2 người." in words
        assert set(Enrollment.objects.values_list("status", "result", "certificate_number")) == {("studying", "", "")}

    def test_says_how_the_year_of_a_class_that_is_over_changes(self, as_hr, session):
        rows = [in_class(session, "proposed"), in_class(session, "proposed")]
        said = "Lớp đã bế giảng ngày 09/03/2012; năm 2012 sẽ thêm 2 lượt."
        assert said in text(step(as_hr, session, "sent", *rows))
        assert "bế giảng ngày" not in text(step(as_hr, session, "declined", *rows))

    def test_leaves_out_those_who_cannot_take_it_and_says_so(self, as_hr, session):
        rows = [in_class(session, "sent", "Lê An"), in_class(session, "proposed", "Vũ Bình")]
        page = step(as_hr, session, "studying", *rows)
        assert "1 người không chuyển được" in text(page) and "Vũ Bình (Đề xuất)" in text(page)
        step(as_hr, session, "studying", *rows, save="1")
        assert statuses(session) == ["studying", "proposed"]

    def test_says_when_nobody_can(self, as_hr, session):
        page = step(as_hr, session, "sent", in_class(session, "completed"))
        assert "Không ai trong số đã chọn chuyển được" in text(page)
        assert step(as_hr, session, "sent").status_code == 200
        assert step(as_hr, session, "no-such").status_code == 200

    def test_a_full_class_refuses_all(self, as_hr):
        session = SessionBuilder(code="L1", seats=1)
        rows = [in_class(session, "proposed"), in_class(session, "proposed")]
        response = step(as_hr, session, "sent", *rows, save="1")
        assert response.status_code == 422
        assert alert(response) == ["Lớp chỉ còn 1 chỗ cho 2 người. Chọn bớt người, hoặc tăng số chỗ của lớp."]
        assert statuses(session) == ["proposed", "proposed"]

    def test_clashing_dates_have_to_be_confirmed(self, as_hr, session):
        staff = StaffBuilder()
        EnrollmentBuilder(staff=staff, status="sent", session__name="Tiếng Anh")
        row = EnrollmentBuilder(session=session, staff=staff, status="proposed")
        assert "Trùng ngày với lớp Tiếng Anh" in text(step(as_hr, session, "sent", row))
        assert step(as_hr, session, "sent", row, save="1").status_code == 422
        assert step(as_hr, session, "sent", row, confirmed="on", save="1").status_code == 302

    def test_rows_of_another_class_are_left_alone(self, as_hr, session):
        other = EnrollmentBuilder(status="sent")
        step(as_hr, session, "studying", other, save="1")
        other.refresh_from_db()
        assert other.status == "sent"

    def test_names_those_who_changed_meanwhile_and_goes_on_with_the_others(self, as_hr, session):
        rows = [in_class(session, "sent", "Lê An"), in_class(session, "sent", "Vũ Bình")]
        opened = carried(step(as_hr, session, "postponed", *rows))
        change_status([rows[1]], "studying", UserBuilder(full_name="Mai Thu Hà"))

        page = step(as_hr, session, "postponed", *rows, reason="Bận họp", save="1", **opened)
        assert page.status_code == 409
        assert said(page) == [("Vũ Bình", "Mai Thu Hà", [("Trạng thái", "Được cử", "Đang học")])]
        assert "1 người không chuyển được" in text(page) and "Vũ Bình (Đang học)" in text(page)
        assert 'value="Bận họp"' in page.content.decode() and "Chuyển trạng thái 1 người" in text(page)
        assert statuses(session) == ["sent", "studying"]

        step(as_hr, session, "postponed", reason="Bận họp", save="1", **carried(page))
        assert statuses(session) == ["postponed", "studying"]

    def test_says_who_was_removed_meanwhile(self, as_hr, session):
        rows = [in_class(session, "sent", "Lê An"), in_class(session, "sent", "Vũ Bình")]
        opened = carried(step(as_hr, session, "studying", *rows))
        delete_enrollment(rows[1], UserBuilder(full_name="Mai Thu Hà"))
        page = step(as_hr, session, "studying", save="1", **opened)
        assert (page.status_code, said(page)) == (409, [("Vũ Bình", "Mai Thu Hà", [])])
        assert step(as_hr, session, "studying", save="1", **carried(page)).status_code == 302
        assert statuses(session) == ["studying"]

    def test_says_when_nobody_is_left_who_can(self, as_hr, session):
        row = in_class(session, "sent")
        opened = carried(step(as_hr, session, "postponed", row))
        change_status([row], "studying", UserBuilder())
        page = step(as_hr, session, "postponed", reason="Bận họp", save="1", **opened)
        assert page.status_code == 409 and "Không ai trong số đã chọn chuyển được" in text(page)
        assert "Đã nhập nhưng không ghi được ở đây nữa Lý do Bận họp" in text(page)
        assert "nên không có gì để lưu" in text(page) and "lưu đè lên" not in text(page)
        page = step(as_hr, session, "postponed", reason="Bận họp", save="1", **carried(page))
        assert page.status_code == 422 and "Không ai trong số đã chọn chuyển được" in alert(page)[0]

    def test_shows_a_reason_that_those_who_are_left_do_not_need(self, as_hr, session):
        rows = [in_class(session, "sent", "Lê An"), in_class(session, "completed", "Vũ Bình")]
        opened = carried(step(as_hr, session, "studying", *rows))
        change_status([rows[1]], "studying", UserBuilder(), reason="Nhầm")
        page = step(as_hr, session, "studying", reason="Ghi nhầm lớp", save="1", **opened)
        assert "Đã nhập nhưng không ghi được ở đây nữa Lý do Ghi nhầm lớp" in text(page)
        assert "Chuyển trạng thái 1 người" in text(page) and "lưu đè lên" in text(page)

    def test_keeps_a_result_that_another_entered_meanwhile(self, as_hr, session):
        row = in_class(session, "studying")
        opened = carried(step(as_hr, session, "completed", row))
        row.result = "Giỏi"
        correct_enrollment(row, UserBuilder())
        typed = {"result": "", "certificate_number": "CC-1", "certificate_date": "1/4/2012", "save": "1"}
        page = step(as_hr, session, "completed", row, **typed, **opened)
        html = page.content.decode()
        assert page.status_code == 409
        assert all(f'value="{value}"' in html for value in ("Giỏi", "CC-1", "1/4/2012"))

    def test_what_happens_to_others_of_the_class_does_not_matter(self, as_hr, session):
        rows = [in_class(session, "sent"), in_class(session, "sent")]
        opened = carried(step(as_hr, session, "studying", rows[0]))
        change_status([rows[1]], "cancelled", UserBuilder(), reason="Ốm")
        assert step(as_hr, session, "studying", save="1", **opened).status_code == 302

    @pytest.mark.parametrize("row", ["x", "-1", "9" * 40, "\x00"])
    def test_rows_that_do_not_exist(self, as_hr, session, row):
        assert as_hr.post(STATUS, {"row": row, "status": "sent", "save": "1"}).status_code == 200

    def test_its_address_alone_leads_to_the_class(self, as_hr, session):
        assert as_hr.get(STATUS).url == "/courses/sessions/L1/"


def all_complete(rows, by):
    record_results(rows[0].session, by, {row.pk: Outcome(Status.COMPLETED) for row in rows})


def outcomes(session, rows, **changes) -> dict:
    """What the page would send, as it stands or changed (`status_0="dropped_out"` for the first row)."""
    sent = {"version": version(session), "certificate_date": ""}
    for number, row in enumerate(rows):
        for name, usual in (("status", "completed"), ("reason", ""), ("result", ""), ("certificate", ""), ("day", "")):
            sent[f"{name}_{row.pk}"] = changes.get(f"{name}_{number}", usual)
    return sent | {name: value for name, value in changes.items() if name == "certificate_date"}


def offered(page) -> list[list[str]]:
    """The statuses that the page offers each person, the one chosen beforehand marked."""
    lines = page.content.decode().partition("<tbody>")[2].partition("</tbody>")[0].split("</select>")[:-1]
    options = [re.findall(r'<option value="\w+"( selected)?>([^<]+)<', line) for line in lines]
    return [[f"{'✓ ' if chosen else ''}{words}" for chosen, words in line] for line in options]


@pytest.mark.parametrize(("page", "title"), [("results", "Nhập kết quả"), ("enroll", "Thêm học viên")])
def test_the_browser_tab_says_which_class_it_is(as_hr, session, page, title):
    in_class(session, "studying")
    assert f"<title>{title} · L1 · VPCP</title>" in as_hr.get(f"/courses/sessions/L1/{page}/").content.decode()


class TestResults:
    def test_lists_all_who_were_sent_in_the_order_of_names(self, as_hr, session):
        in_class(session, "studying", "Vũ Bình"), in_class(session, "sent", "Lê An"), in_class(session, "proposed")
        in_class(session, "completed", "Đỗ Chi"), in_class(session, "cancelled", "Mai Dung")
        page = as_hr.get(RESULTS)
        names = [row.enrollment.staff.full_name for row in page.context["form"].rows()]
        assert names == ["Lê An", "Vũ Bình", "Đỗ Chi"]

    def test_what_is_chosen_for_those_without_an_outcome_is_said_only_where_there_are_such(self, as_hr, session):
        in_class(session, "completed", "Lê An")
        assert "Đã đến ngày bế giảng" not in text(as_hr.get(RESULTS))
        in_class(session, "studying", "Lê Bình")
        assert "Đã đến ngày bế giảng" in text(as_hr.get(RESULTS))

    def test_offers_each_the_statuses_to_which_there_is_a_way(self, as_hr, session):
        for status, name in (("sent", "Lê An"), ("studying", "Lê Bình"), ("completed", "Lê Chi")):
            in_class(session, status, name)
        assert offered(as_hr.get(RESULTS)) == [
            ["Được cử (giữ nguyên)", "Đang học", "✓ Hoàn thành", "Không hoàn thành", "Bỏ học"],
            ["Đang học (giữ nguyên)", "✓ Hoàn thành", "Không hoàn thành", "Bỏ học"],
            ["✓ Hoàn thành (giữ nguyên)", "Đang học", "Không hoàn thành", "Bỏ học"],
        ]

    def test_whose_outcome_was_taken_back_does_not_complete_again_by_itself(self, as_hr, session):
        taken_back, other, new = (in_class(session, "studying", name) for name in ("Lê An", "Lê Bình", "Lê Chi"))
        all_complete([taken_back, other], UserBuilder())
        change_status([taken_back], "studying", UserBuilder(), reason="Ghi nhầm")
        page = as_hr.get(RESULTS)
        assert [row.status.initial for row in page.context["form"].rows()] == ["studying", "completed", "completed"]
        sent = outcomes(session, [taken_back, other, new], status_0="studying", result_1="Khá")
        response = as_hr.post(RESULTS, sent, follow=True)
        assert "1 người hoàn thành lớp. Đã sửa kết quả của 1 người." in text(response)
        assert statuses(session) == ["studying", "completed", "completed"]

    def test_nothing_is_said_of_the_closing_date_where_all_were_decided_about_once(self, as_hr, session):
        row = in_class(session, "completed")
        change_status([row], "studying", UserBuilder(), reason="Ghi nhầm")
        assert "Đã đến ngày bế giảng" not in text(as_hr.get(RESULTS))

    def test_a_completion_entered_and_taken_back_meanwhile_is_not_entered_by_what_was_preselected(self, as_hr, session):
        row = in_class(session, "studying")
        sent = outcomes(session, [row])
        all_complete([row], UserBuilder())
        change_status([row], "studying", UserBuilder(), reason="Ghi nhầm")
        page = as_hr.post(RESULTS, sent)
        assert (page.status_code, [row.status.value() for row in page.context["form"].rows()]) == (409, ["studying"])

    def test_before_the_closing_date_everybody_stays_unless_another_status_is_chosen(self, as_hr):
        today = timezone.localdate()
        session = SessionBuilder(code="L1", start=today, end=today + datetime.timedelta(days=1))
        rows = [in_class(session, "studying", "Lê An"), in_class(session, "sent", "Lê Bình")]
        page = as_hr.get(RESULTS)
        assert [row.status.initial for row in page.context["form"].rows()] == ["studying", "sent"]
        assert "Lớp chưa bế giảng: trạng thái giữ nguyên" in text(page)
        sent = outcomes(session, rows, status_0="studying", result_0="Khá", status_1="dropped_out", reason_1="Ốm")
        response = as_hr.post(RESULTS, sent, follow=True)
        assert "1 người không hoàn thành lớp. Đã sửa kết quả của 1 người." in text(response)
        assert statuses(session) == ["studying", "dropped_out"]

    def test_an_outcome_is_corrected_with_one_reason(self, as_hr, session):
        rows = [in_class(session, "completed", "Lê An", result="Đạt"), in_class(session, "completed", "Vũ Bình")]
        sent = outcomes(session, rows, status_0="not_completed", result_0="Không đạt")
        assert alert(as_hr.post(RESULTS, sent)) == ["Lý do của Lê An: Ghi lý do chuyển sang “Không hoàn thành”."]
        response = as_hr.post(RESULTS, sent | {f"reason_{rows[0].pk}": "Ghi nhầm"}, follow=True)
        assert "1 người không hoàn thành lớp." in text(response) and "0 người" not in text(response)
        assert [(step.old, step.new, step.reason) for step in status_log(rows[0])][:2] == [
            ("studying", "not_completed", "Ghi nhầm"),
            ("completed", "studying", "Ghi nhầm"),
        ]
        assert rows[1].history.count() == 1

    def test_a_completion_taken_back_asks_what_becomes_of_result_and_certificate(self, as_hr, session):
        day = datetime.date(2012, 4, 1)
        facts = {"result": "Giỏi", "certificate_number": "CC-1", "certificate_date": day}
        rows = [in_class(session, "completed", name, **facts) for name in ("Lê An", "Vũ Bình")]
        as_stored = {"result": "Giỏi", "certificate": "CC-1", "day": "1/4/2012"}
        typed = {f"{name}_{number}": value for name, value in as_stored.items() for number in (0, 1)}
        sent = outcomes(session, rows, status_0="studying", reason_0="Ghi nhầm", **typed)
        assert 'name="keep_result"' not in as_hr.get(RESULTS).content.decode()

        page = as_hr.post(RESULTS, sent)
        assert page.status_code == 422
        assert alert(page) == ["Kết quả và chứng chỉ: Chọn giữ hay xóa kết quả của Lê An; chứng chỉ thì bị xóa."]
        assert page.content.decode().count('name="keep_result"') == 2
        assert statuses(session) == ["completed", "completed"]

        saved = as_hr.post(RESULTS, sent | {"keep_result": "yes"}, follow=True)
        assert "Đã xóa chứng chỉ của 1 người." in text(saved) and "Đã xóa kết quả" not in text(saved)
        stored = session.enrollments.order_by("pk").values_list("status", *facts)
        assert list(stored) == [("studying", "Giỏi", "", None), ("completed", "Giỏi", "CC-1", day)]

    @pytest.mark.parametrize("status", ["studying", "dropped_out"])
    def test_result_and_certificate_go_with_the_completion_if_so_chosen(self, as_hr, session, status):
        row = in_class(session, "completed", result="Giỏi", certificate_number="CC-1")
        typed = {"status_0": status, "reason_0": "Nhầm", "result_0": "Giỏi", "certificate_0": "CC-1"}
        as_hr.post(RESULTS, outcomes(session, [row], **typed) | {"keep_result": "no"})
        assert session.enrollments.values_list("status", "result", "certificate_number").get() == (status, "", "")

    def test_nothing_is_asked_of_what_was_emptied_by_hand(self, as_hr, session):
        row = in_class(session, "completed", result="Giỏi", certificate_number="CC-1")
        sent = outcomes(session, [row], status_0="studying", reason_0="Ghi nhầm")
        assert as_hr.post(RESULTS, sent).status_code == 302
        assert session.enrollments.values_list("status", "result", "certificate_number").get() == ("studying", "", "")

    def test_nobody_who_studies_is_given_a_certificate(self, as_hr, session):
        row = in_class(session, "studying", "Lê An")
        response = as_hr.post(RESULTS, outcomes(session, [row], status_0="studying", certificate_0="CC-1"))
        assert alert(response)[0].startswith("Số chứng chỉ của Lê An: “Đang học” thì chưa có chứng chỉ")
        assert session.enrollments.get().certificate_number == ""

    def test_a_reason_without_a_new_status_is_not_dropped_silently(self, as_hr, session):
        row = in_class(session, "dropped_out", "Lê An", reason="Ốm")
        response = as_hr.post(RESULTS, outcomes(session, [row], status_0="dropped_out", reason_0="Ốm nặng"))
        assert alert(response) == ["Lý do của Lê An: Trạng thái giữ nguyên: chọn trạng thái khác, hoặc để trống lý do."]
        assert "Đang ghi: Ốm" in text(response)

    def test_each_has_a_day_of_the_own_and_the_common_one_is_for_the_others(self, as_hr, session):
        rows = [in_class(session, "studying"), in_class(session, "studying")]
        typed = {"certificate_0": "CC-1", "day_0": "2/4/2012", "certificate_1": "CC-2"}
        as_hr.post(RESULTS, outcomes(session, rows, certificate_date="27/4/2012", **typed))
        days = session.enrollments.order_by("pk").values_list("certificate_date", flat=True)
        assert list(days) == [datetime.date(2012, 4, 2), datetime.date(2012, 4, 27)]

    def test_a_common_day_that_nobody_needs_is_not_dropped_silently(self, as_hr, session):
        row = in_class(session, "studying")
        sent = outcomes(session, [row], certificate_0="CC-1", day_0="2/4/2012", certificate_date="27/4/2012")
        assert "đều đã có ngày cấp riêng" in alert(as_hr.post(RESULTS, sent))[0]

    def test_a_day_without_a_number_is_not_dropped_silently(self, as_hr, session):
        row = in_class(session, "studying", "Lê An")
        response = as_hr.post(RESULTS, outcomes(session, [row], day_0="2/4/2012"))
        assert alert(response) == ["Ngày cấp của Lê An: Nhập cả số chứng chỉ, hoặc để trống ngày cấp."]

    def test_its_address_of_before_leads_here_with_what_is_sent(self, as_hr, session):
        row = in_class(session, "studying")
        sent = outcomes(session, [row])
        response = as_hr.post("/courses/sessions/L1/complete/", sent, follow=True)
        assert response.redirect_chain[0] == (RESULTS, 308)
        assert statuses(session) == ["completed"]

    def test_all_completed_except(self, as_hr, session):
        rows = [in_class(session, "studying") for _ in range(3)]
        sent = outcomes(
            session,
            rows,
            status_1="dropped_out",
            reason_1="Chuyển công tác",
            status_2="not_completed",
            reason_2="Vắng thi",
            result_0="Giỏi",
            certificate_0="CC-01",
            certificate_date="27/4/2012",
        )
        response = as_hr.post(RESULTS, sent)
        assert "1 người hoàn thành lớp, 2 người không hoàn thành." in text(as_hr.get(response.url))
        stored = session.enrollments.order_by("pk").values_list(
            "status", "reason", "result", "certificate_number", "certificate_date"
        )
        assert list(stored) == [
            ("completed", "", "Giỏi", "CC-01", datetime.date(2012, 4, 27)),
            ("dropped_out", "Chuyển công tác", "", "", None),
            ("not_completed", "Vắng thi", "", "", None),
        ]

    def test_a_missing_reason_keeps_everything_typed(self, as_hr, session):
        rows = [in_class(session, "studying", "Lê An"), in_class(session, "studying", "Vũ Bình")]
        response = as_hr.post(RESULTS, outcomes(session, rows, status_1="dropped_out", result_0="Xuất sắc"))
        assert response.status_code == 422
        assert alert(response) == ["Lý do của Vũ Bình: Ghi lý do chuyển sang “Bỏ học”."]
        html = response.content.decode()
        assert 'value="Xuất sắc"' in html and '<option value="dropped_out" selected>' in html
        assert statuses(session) == ["studying", "studying"]

    def test_a_person_added_meanwhile_does_not_complete_unseen(self, as_hr, session):
        rows = [in_class(session, "studying")]
        sent = outcomes(session, rows, result_0="Khá")
        late = in_class(session, "sent", "Đỗ Chi")
        response = as_hr.post(RESULTS, sent)
        assert response.status_code == 409
        assert [about for about, _by, _changes in said(response)] == ["Đỗ Chi"]
        assert 'value="Khá"' in response.content.decode() and f'name="status_{late.pk}"' in response.content.decode()
        assert statuses(session) == ["studying", "sent"]

    def test_a_person_changed_meanwhile(self, as_hr, session):
        rows = [in_class(session, "studying"), in_class(session, "studying")]
        sent = outcomes(session, rows)
        change_status([rows[1]], "dropped_out", UserBuilder(), reason="Ốm")
        response = as_hr.post(RESULTS, sent)
        stored_now = [row.status.value() for row in response.context["form"].rows()]
        assert (response.status_code, stored_now) == (409, ["completed", "dropped_out"])
        assert statuses(session) == ["studying", "dropped_out"]

    def test_what_was_typed_of_somebody_who_ended_meanwhile_is_shown(self, as_hr, session):
        rows = [in_class(session, "sent", name) for name in ("Lê An", "Vũ Bình", "Đỗ Chi", "Mai Dung")]
        typed = {"status_0": "dropped_out", "reason_0": "Chuyển công tác", "result_1": "Khá", "certificate_1": "CC-1"}
        sent = outcomes(session, rows, result_3="Giỏi", certificate_date="27/4/2012", **typed)
        change_status([rows[0], rows[2]], "cancelled", UserBuilder(), reason="Ốm")
        delete_enrollment(rows[1], UserBuilder())

        page = as_hr.post(RESULTS, sent)
        assert page.status_code == 409 and "lưu đè lên" in text(page)
        assert unplaced(page) == [
            "Lê An Hủy Bỏ học Chuyển công tác – – –",
            "Vũ Bình không còn trong lớp Hoàn thành – Khá CC-1 –",
        ]
        assert f'href="/enrollments/{rows[0].pk}/"' in page.content.decode()
        (left,) = page.context["form"].rows()
        assert (left.enrollment, left.result.value()) == (rows[3], "Giỏi")
        assert 'value="27/4/2012"' in page.content.decode()

    def test_what_was_typed_stays_in_its_place_when_another_completed_the_class(self, as_hr, session):
        rows = [in_class(session, "studying", name) for name in ("Lê An", "Vũ Bình")]
        sent = outcomes(session, rows, result_0="Giỏi", certificate_0="CC-1", certificate_date="27/4/2012")
        all_complete(rows, UserBuilder(full_name="Mai Thu Hà"))

        page = as_hr.post(RESULTS, sent)
        assert page.status_code == 409
        assert said(page) == [("Lê An, Vũ Bình", "Mai Thu Hà", [("Trạng thái", "Đang học", "Hoàn thành")])]
        html = page.content.decode()
        assert all(f'value="{value}"' in html for value in ("Giỏi", "CC-1", "27/4/2012")) and "lưu đè lên" in html
        assert "không ghi được" not in html
        assert set(session.enrollments.values_list("status", "result")) == {("completed", "")}

    def test_nothing_is_said_to_be_lost_when_nothing_was_typed(self, as_hr, session):
        row = in_class(session, "studying")
        sent = outcomes(session, [row])
        all_complete([row], UserBuilder())
        page = as_hr.post(RESULTS, sent)
        assert page.status_code == 409 and "không ghi được" not in text(page)

    def test_results_another_entered_meanwhile_are_shown_and_kept(self, as_hr, session):
        rows = [in_class(session, "studying", name) for name in ("Lê An", "Vũ Bình", "Đỗ Chi")]
        sent = outcomes(session, rows, certificate_0="CC-A", result_1="Khá", status_2="dropped_out", reason_2="Ốm")
        other = UserBuilder(full_name="Mai Thu Hà")
        for row, result in zip(rows, ["Giỏi", "Xuất sắc", "Đạt"], strict=True):
            row.result, row.certificate_number, row._history_user = result, f"CC-{row.pk}", other
            row.save()  # as by an import

        page = as_hr.post(RESULTS, sent)
        assert page.status_code == 409
        assert min(said(page)) == (
            "Lê An",
            "Mai Thu Hà",
            [("Kết quả", "–", "Giỏi"), ("Số chứng chỉ", "–", f"CC-{rows[0].pk}")],
        )
        fields = [
            [row.status.value(), row.reason.value() or "", row.result.value(), row.certificate.value()]
            for row in page.context["form"].rows()
        ]
        assert fields == [
            ["completed", "", "Giỏi", "CC-A"],
            ["completed", "", "Khá", f"CC-{rows[1].pk}"],
            ["dropped_out", "Ốm", "Đạt", f"CC-{rows[2].pk}"],
        ]
        assert set(session.enrollments.values_list("status", "result")) == {
            ("studying", "Giỏi"),
            ("studying", "Xuất sắc"),
            ("studying", "Đạt"),
        }

        names = ("status", "reason", "result", "certificate")
        again = {"certificate_date": "", "version": carried(page)["version"]}
        for row, line in zip(rows, fields, strict=True):
            again |= {f"{name}_{row.pk}": value for name, value in zip(names, line, strict=True)}
        as_hr.post(RESULTS, again)
        stored = session.enrollments.order_by("pk").values_list("status", "result", "certificate_number")
        assert list(stored) == [
            ("completed", "Giỏi", "CC-A"),
            ("completed", "Khá", f"CC-{rows[1].pk}"),
            ("dropped_out", "Đạt", f"CC-{rows[2].pk}"),
        ]

    def test_what_another_did_to_many_alike_is_said_once(self, as_hr, session):
        rows = [in_class(session, "sent", name) for name in ("Lê An", "Vũ Bình")]
        sent = outcomes(session, rows)
        change_status(rows, "studying", UserBuilder(full_name="Mai Thu Hà"))
        page = as_hr.post(RESULTS, sent)
        assert said(page) == [("Lê An, Vũ Bình", "Mai Thu Hà", [("Trạng thái", "Được cử", "Đang học")])]

    def test_a_class_changed_meanwhile_is_409(self, as_hr, session):
        rows = [in_class(session, "studying")]
        sent = outcomes(session, rows)
        session.place = "Huế"
        session.save()
        assert as_hr.post(RESULTS, sent).status_code == 409
        assert statuses(session) == ["studying"]

    def test_a_class_to_which_nobody_was_sent_says_so(self, as_hr, session):
        assert "Lớp chưa có ai được cử." in text(as_hr.get(RESULTS))
        assert as_hr.post(RESULTS, {"version": version(session)}).status_code == 422

    def test_an_own_certificate_date_stays_when_no_common_one_is_given(self, as_hr, session):
        day = datetime.date(2012, 4, 1)
        row = in_class(session, "studying", certificate_number="CC-9", certificate_date=day)
        as_hr.post(RESULTS, outcomes(session, [row], certificate_0="CC-9", day_0="1/4/2012"))
        assert session.enrollments.get().certificate_date == day

    def test_a_certificate_date_without_any_number_is_refused_beside_the_date(self, as_hr, session):
        rows = [in_class(session, "studying"), in_class(session, "studying")]
        assert "Chỉ lưu cho người có số chứng chỉ mà ô ngày cấp ở dưới để trống." in text(as_hr.get(RESULTS))
        sent = outcomes(
            session, rows, certificate_date="27/4/2012", certificate_1="CC-2", status_1="dropped_out", reason_1="Ốm"
        )
        response = as_hr.post(RESULTS, sent)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["certificate_date"]
        assert "Không có ai hoàn thành lớp mà có số chứng chỉ." in alert(response)[0]
        assert 'value="27/4/2012"' in response.content.decode()
        assert statuses(session) == ["studying", "studying"]

    def test_somebody_sent_again_keeps_the_own_number(self, as_hr, session):
        before = in_class(session, "cancelled", certificate_number="CC-1")
        row = EnrollmentBuilder(session=session, staff=before.staff, status="studying")
        assert as_hr.post(RESULTS, outcomes(session, [row], certificate_0="CC-1")).status_code == 302

    def test_a_class_that_has_not_opened_is_not_completed(self, as_hr):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        session = SessionBuilder(code="L1", start=tomorrow)
        response = as_hr.post(RESULTS, outcomes(session, [in_class(session, "sent")]))
        assert response.status_code == 422
        assert alert(response) == [
            f"Lớp khai giảng ngày {tomorrow:%d/%m/%Y}; lớp chưa khai giảng thì không hoàn thành được."
        ]
        assert statuses(session) == ["sent"]
        opened = as_hr.get(RESULTS, follow=True)
        assert opened.redirect_chain == [("/courses/sessions/L1/", 302)]
        assert "lớp chưa khai giảng thì không hoàn thành được" in text(opened)

    def test_queries_do_not_grow_with_the_class(self, as_hr, session, django_assert_num_queries):
        rows = [in_class(session, "studying") for _ in range(30)]
        as_hr.get(RESULTS)
        with django_assert_num_queries(8):
            as_hr.get(RESULTS)
        sent = outcomes(session, rows)
        with django_assert_num_queries(19):
            assert as_hr.post(RESULTS, sent).status_code == 302

    def test_queries_of_a_conflict_do_not_grow_with_the_class(self, as_hr, session, django_assert_num_queries):
        rows = [in_class(session, "sent") for _ in range(30)]
        sent = outcomes(session, rows)
        change_status(rows, "studying", UserBuilder())
        with django_assert_num_queries(29):
            assert as_hr.post(RESULTS, sent).status_code == 409
