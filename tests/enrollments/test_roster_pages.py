"""One step for those ticked, and the completion of a whole class."""

import datetime
import re

import pytest
from django.utils import timezone

from enrollments.models import Enrollment
from enrollments.services import change_status, complete_class, correct_enrollment, delete_enrollment
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UserBuilder
from tests.versions import current_version, version_of

from .pages import alert, text

STATUS, COMPLETE = "/courses/sessions/L1/status/", "/courses/sessions/L1/complete/"


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
        assert "Chuyển 2 người" in text(page) and "Số quyết định" in text(page)
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
        assert 'value="Bận họp"' in page.content.decode() and "Chuyển 1 người" in text(page)
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
        assert "Chuyển 1 người" in text(page) and "lưu đè lên" in text(page)

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


def outcomes(session, rows, **changes) -> dict:
    """What the page would send, as it stands or changed (`status_0="dropped_out"` for the first row)."""
    sent = {"version": version(session), "certificate_date": ""}
    for number, row in enumerate(rows):
        for name, usual in (("status", "completed"), ("reason", ""), ("result", ""), ("certificate", "")):
            sent[f"{name}_{row.pk}"] = changes.get(f"{name}_{number}", usual)
    return sent | {name: value for name, value in changes.items() if name == "certificate_date"}


class TestCompletion:
    def test_lists_those_sent_and_studying_in_the_order_of_names(self, as_hr, session):
        in_class(session, "studying", "Vũ Bình"), in_class(session, "sent", "Lê An"), in_class(session, "proposed")
        page = as_hr.get(COMPLETE)
        assert [row.enrollment.staff.full_name for row in page.context["form"].rows()] == ["Lê An", "Vũ Bình"]

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
        response = as_hr.post(COMPLETE, sent)
        assert "1 người hoàn thành lớp, 2 người không." in text(as_hr.get(response.url))
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
        response = as_hr.post(COMPLETE, outcomes(session, rows, status_1="dropped_out", result_0="Xuất sắc"))
        assert response.status_code == 422
        assert alert(response) == ["Lý do của Vũ Bình: Ghi lý do “Bỏ học”."]
        html = response.content.decode()
        assert 'value="Xuất sắc"' in html and '<option value="dropped_out" selected>' in html
        assert statuses(session) == ["studying", "studying"]

    def test_a_person_added_meanwhile_does_not_complete_unseen(self, as_hr, session):
        rows = [in_class(session, "studying")]
        sent = outcomes(session, rows, result_0="Khá")
        late = in_class(session, "sent", "Đỗ Chi")
        response = as_hr.post(COMPLETE, sent)
        assert response.status_code == 409
        assert [about for about, _by, _changes in said(response)] == ["Đỗ Chi"]
        assert 'value="Khá"' in response.content.decode() and f'name="status_{late.pk}"' in response.content.decode()
        assert statuses(session) == ["studying", "sent"]

    def test_a_person_changed_meanwhile(self, as_hr, session):
        rows = [in_class(session, "studying"), in_class(session, "studying")]
        sent = outcomes(session, rows)
        change_status([rows[1]], "dropped_out", UserBuilder(), reason="Ốm")
        response = as_hr.post(COMPLETE, sent)
        assert (response.status_code, len(list(response.context["form"].rows()))) == (409, 1)
        assert statuses(session) == ["studying", "dropped_out"]

    def test_what_was_typed_of_somebody_who_ended_meanwhile_is_shown(self, as_hr, session):
        rows = [in_class(session, "sent", name) for name in ("Lê An", "Vũ Bình", "Đỗ Chi", "Mai Dung")]
        typed = {"status_0": "dropped_out", "reason_0": "Chuyển công tác", "result_1": "Khá", "certificate_1": "CC-1"}
        sent = outcomes(session, rows, result_3="Giỏi", certificate_date="27/4/2012", **typed)
        change_status([rows[0], rows[2]], "cancelled", UserBuilder(), reason="Ốm")
        delete_enrollment(rows[1], UserBuilder())

        page = as_hr.post(COMPLETE, sent)
        assert page.status_code == 409 and "lưu đè lên" in text(page)
        assert unplaced(page) == [
            "Lê An Hủy Bỏ học Chuyển công tác – –",
            "Vũ Bình không còn trong lớp Hoàn thành – Khá CC-1",
        ]
        assert f'href="/enrollments/{rows[0].pk}/"' in page.content.decode()
        (left,) = page.context["form"].rows()
        assert (left.enrollment, left.result.value()) == (rows[3], "Giỏi")
        assert 'value="27/4/2012"' in page.content.decode()

    def test_what_was_typed_is_shown_when_another_completed_the_class(self, as_hr, session):
        rows = [in_class(session, "studying", name) for name in ("Lê An", "Vũ Bình")]
        sent = outcomes(session, rows, result_0="Giỏi", certificate_0="CC-1", certificate_date="27/4/2012")
        complete_class(session, UserBuilder(full_name="Mai Thu Hà"))

        page = as_hr.post(COMPLETE, sent)
        words = text(page)
        assert page.status_code == 409
        assert said(page) == [("Lê An, Vũ Bình", "Mai Thu Hà", [("Trạng thái", "Đang học", "Hoàn thành")])]
        assert unplaced(page) == ["Lê An Hoàn thành Hoàn thành – Giỏi CC-1"]
        assert "Ngày cấp chứng chỉ: 27/4/2012" in words
        assert "nên không có gì để lưu" in words and "lưu đè lên" not in words
        assert set(session.enrollments.values_list("status", "result")) == {("completed", "")}

    def test_nothing_is_said_to_be_lost_when_nothing_was_typed(self, as_hr, session):
        sent = outcomes(session, [in_class(session, "studying")])
        complete_class(session, UserBuilder())
        page = as_hr.post(COMPLETE, sent)
        assert page.status_code == 409 and "không ghi được" not in text(page)

    def test_results_another_entered_meanwhile_are_shown_and_kept(self, as_hr, session):
        rows = [in_class(session, "studying", name) for name in ("Lê An", "Vũ Bình", "Đỗ Chi")]
        sent = outcomes(session, rows, certificate_0="CC-A", result_1="Khá", status_2="dropped_out", reason_2="Ốm")
        other = UserBuilder(full_name="Mai Thu Hà")
        for row, result in zip(rows, ["Giỏi", "Xuất sắc", "Đạt"], strict=True):
            row.result, row.certificate_number = result, f"CC-{row.pk}"
            correct_enrollment(row, other)

        page = as_hr.post(COMPLETE, sent)
        assert page.status_code == 409
        assert sorted(said(page))[0] == (
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
        as_hr.post(COMPLETE, again)
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
        page = as_hr.post(COMPLETE, sent)
        assert said(page) == [("Lê An, Vũ Bình", "Mai Thu Hà", [("Trạng thái", "Được cử", "Đang học")])]

    def test_a_class_changed_meanwhile_is_409(self, as_hr, session):
        rows = [in_class(session, "studying")]
        sent = outcomes(session, rows)
        session.place = "Huế"
        session.save()
        assert as_hr.post(COMPLETE, sent).status_code == 409
        assert statuses(session) == ["studying"]

    def test_a_class_without_people_says_so(self, as_hr, session):
        assert "Lớp không có ai đang ở trạng thái Được cử hoặc Đang học." in text(as_hr.get(COMPLETE))
        assert as_hr.post(COMPLETE, {"version": version(session)}).status_code == 422

    def test_an_own_certificate_date_stays_when_no_common_one_is_given(self, as_hr, session):
        day = datetime.date(2012, 4, 1)
        row = in_class(session, "studying", certificate_number="CC-9", certificate_date=day)
        as_hr.post(COMPLETE, outcomes(session, [row], certificate_0="CC-9"))
        assert session.enrollments.get().certificate_date == day

    def test_a_certificate_date_without_any_number_is_refused_beside_the_date(self, as_hr, session):
        rows = [in_class(session, "studying"), in_class(session, "studying")]
        assert "Chỉ lưu cho người có số chứng chỉ" in text(as_hr.get(COMPLETE))
        sent = outcomes(
            session, rows, certificate_date="27/4/2012", certificate_1="CC-2", status_1="dropped_out", reason_1="Ốm"
        )
        response = as_hr.post(COMPLETE, sent)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["certificate_date"]
        assert "Không có ai hoàn thành lớp mà có số chứng chỉ." in alert(response)[0]
        assert 'value="27/4/2012"' in response.content.decode()
        assert statuses(session) == ["studying", "studying"]

    def test_somebody_sent_again_keeps_the_own_number(self, as_hr, session):
        before = in_class(session, "cancelled", certificate_number="CC-1")
        row = EnrollmentBuilder(session=session, staff=before.staff, status="studying")
        assert as_hr.post(COMPLETE, outcomes(session, [row], certificate_0="CC-1")).status_code == 302

    def test_a_class_that_has_not_opened_is_not_completed(self, as_hr):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        session = SessionBuilder(code="L1", start=tomorrow)
        response = as_hr.post(COMPLETE, outcomes(session, [in_class(session, "sent")]))
        assert response.status_code == 422
        assert alert(response) == [
            f"Lớp khai giảng ngày {tomorrow:%d/%m/%Y}; lớp chưa khai giảng thì không hoàn thành được."
        ]
        assert statuses(session) == ["sent"]
        opened = as_hr.get(COMPLETE, follow=True)
        assert opened.redirect_chain == [("/courses/sessions/L1/", 302)]
        assert "lớp chưa khai giảng thì không hoàn thành được" in text(opened)

    def test_queries_do_not_grow_with_the_class(self, as_hr, session, django_assert_num_queries):
        rows = [in_class(session, "studying") for _ in range(30)]
        as_hr.get(COMPLETE)
        with django_assert_num_queries(7):
            as_hr.get(COMPLETE)
        sent = outcomes(session, rows)
        with django_assert_num_queries(17):
            assert as_hr.post(COMPLETE, sent).status_code == 302

    def test_queries_of_a_conflict_do_not_grow_with_the_class(self, as_hr, session, django_assert_num_queries):
        rows = [in_class(session, "sent") for _ in range(30)]
        sent = outcomes(session, rows)
        change_status(rows, "studying", UserBuilder())
        with django_assert_num_queries(26):
            assert as_hr.post(COMPLETE, sent).status_code == 409
