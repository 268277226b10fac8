"""Enrolling as a person does it: choose, check, save; each message before saving and after."""

import datetime
from html import unescape

import pytest
from django.utils import timezone

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.services import cancel_session, enroll
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder, UserBuilder

from .pages import alert, text

URL = "/courses/sessions/L1/enroll/"
DECISION = {
    "status": "sent",
    "decision_number": "44/QĐ-VPCP",
    "decision_date": "1/3/2012",
    "decision_signer": "Lê Bình",
}


@pytest.fixture
def session(db):
    return SessionBuilder(code="L1", name="Tin học", seats=3)


def line(response, staff) -> str:
    """What the check says in a person's line."""
    found = next(line for line in response.context["lines"] if line.staff == staff)
    return " ".join(finding.text for finding in found.findings)


def check(client, *people, **more):
    return client.post(URL, {**DECISION, "step": "check", "people": [s.pk for s in people], **more})


def save(client, *people, step="save", ready=None, confirmed=(), **more):
    ready = people if ready is None else ready
    chosen = {"people": [s.pk for s in people], "ready": [s.pk for s in ready], "confirmed": [s.pk for s in confirmed]}
    return client.post(URL, {**DECISION, "step": step, **chosen, **more})


def test_three_people_are_sent_by_one_decision(as_hr, session):
    people = [StaffBuilder(full_name=name) for name in ("Lê An", "Vũ Bình", "Đỗ Chi")]
    page = check(as_hr, *people)
    assert page.status_code == 200 and not Enrollment.objects.exists()
    words = text(page)
    assert "3 dòng 3 sẵn sàng" in words and "Còn 3 chỗ" in words and "Cử 3 người" in words
    response = save(as_hr, *people)
    assert response.url == "/courses/sessions/L1/"
    assert "Đã cử 3 người: Lê An, Vũ Bình, Đỗ Chi." in text(as_hr.get(response.url))
    rows = Enrollment.objects.all()
    assert {(r.status, r.decision_number, r.decision_date, r.decision_signer) for r in rows} == {
        ("sent", "44/QĐ-VPCP", datetime.date(2012, 3, 1), "Lê Bình")
    }


def test_whoever_is_sent_to_a_class_that_is_over_changes_its_year(as_hr, session):
    people = StaffBuilder(), StaffBuilder()
    assert "Lớp đã bế giảng ngày 09/03/2012; năm 2012 sẽ thêm 2 lượt." in text(check(as_hr, *people))
    proposed = text(check(as_hr, people[0], status="proposed"))
    assert "Lớp đã bế giảng ngày 09/03/2012; khi được cử, năm 2012 sẽ thêm 1 lượt." in proposed
    CourseSession.objects.update(end=timezone.localdate())
    assert "Lớp đã bế giảng" not in text(check(as_hr, *people))


def test_somebody_in_the_class_already_is_a_click_away(as_hr, session):
    row = EnrollmentBuilder(session=session, status="sent")
    page = check(as_hr, row.staff)
    assert line(page, row.staff) == "Đã có trong lớp này (Được cử)."
    assert f'<a href="/enrollments/{row.pk}/" target="_blank">Mở' in page.content.decode()


def test_saving_and_adding_more_keeps_the_decision(as_hr, session):
    response = save(as_hr, StaffBuilder(full_name="Lê An"), step="more")
    assert response.url == URL
    page = as_hr.get(URL)
    assert "Đã cử 1 người: Lê An." in text(page)
    html = page.content.decode()
    assert 'value="44/QĐ-VPCP"' in html and 'value="01/03/2012"' in html and 'value="Lê Bình"' in html


def test_somebody_chosen_on_another_page_is_there_already(as_hr, session):
    staff = StaffBuilder(code="CB0763", full_name="Lê Ngọc An")
    assert f'<option value="{staff.pk}" selected>' in as_hr.get(f"{URL}?staff=CB0763").content.decode()


def test_going_back_keeps_everything(as_hr, session):
    staff = StaffBuilder(full_name="Lê An")
    page = save(as_hr, staff, step="edit").content.decode()
    assert f'<option value="{staff.pk}" selected>' in page and 'value="44/QĐ-VPCP"' in page


def test_problems_come_first_and_each_has_its_own_words(as_hr, session):
    course = session.course
    ready = StaffBuilder(full_name="Anh Sẵn Sàng")
    taken = StaffBuilder(full_name="Bà Đã Học")
    EnrollmentBuilder(
        session=SessionBuilder(course=course, start=datetime.date(2011, 3, 5), name="Tin học 2011"), staff=taken
    )
    clash = StaffBuilder(full_name="Cô Trùng Lịch")
    EnrollmentBuilder(session=SessionBuilder(code="L9", name="Tiếng Anh"), staff=clash, status="sent")
    there = EnrollmentBuilder(session=session, status="studying", staff__full_name="Dì Đã Có").staff
    away = StaffBuilder(full_name="Em Đã Nghỉ", posting__end=datetime.date(2012, 3, 4))

    page = check(as_hr, ready, taken, clash, there, away)

    order = [(line.staff.full_name, line.severity, line.ticked) for line in page.context["lines"]]
    assert order == [
        ("Dì Đã Có", "refused", False),
        ("Em Đã Nghỉ", "refused", False),
        ("Cô Trùng Lịch", "confirm", False),
        ("Bà Đã Học", "notice", True),
        ("Anh Sẵn Sàng", None, True),
    ]
    assert line(page, taken) == "Đã học chương trình này: Tin học 2011 (Hoàn thành)."
    assert line(page, clash) == "Trùng ngày với lớp Tiếng Anh (05/03/2012 – 09/03/2012)."
    assert line(page, there) == "Đã có trong lớp này (Đang học)."
    assert line(page, away) == "Không công tác vào ngày khai giảng 05/03/2012. Kiểm tra lại quá trình công tác."
    words = text(page)
    assert "5 dòng 1 đã có 1 không công tác 1 trùng lịch 2 sẵn sàng" in words
    assert "Cử 2 người" in words and 'href="/courses/sessions/L9/"' in page.content.decode()


def test_those_refused_are_left_out_and_the_rest_is_sent(as_hr, session):
    there = EnrollmentBuilder(session=session, status="sent").staff
    ready = StaffBuilder()
    assert save(as_hr, there, ready, ready=[ready]).status_code == 302
    assert Enrollment.objects.count() == 2


def test_a_clash_is_saved_when_it_is_ticked(as_hr, session):
    clash = StaffBuilder()
    EnrollmentBuilder(staff=clash, status="sent")
    assert save(as_hr, clash, ready=[], confirmed=[clash]).status_code == 302
    assert session.enrollments.get().staff == clash


def test_nobody_ticked(as_hr, session):
    response = save(as_hr, StaffBuilder(), ready=[])
    assert (response.status_code, alert(response)) == (422, ["Chọn ít nhất một người."])


def test_nobody_chosen(as_hr, session):
    response = check(as_hr)
    assert (response.status_code, alert(response)) == (422, ["Học viên: Chọn ít nhất một người."])
    assert 'value="44/QĐ-VPCP"' in response.content.decode()


def test_a_wrong_date_keeps_the_people(as_hr, session):
    staff = StaffBuilder()
    response = check(as_hr, staff, decision_date="31/02/2012")
    assert response.status_code == 422
    assert alert(response) == ["Ngày quyết định: Ngày 31/02/2012 không có. Nhập dạng 03/04/2012."]
    html = response.content.decode()
    assert f'<option value="{staff.pk}" selected>' in html and 'value="31/02/2012"' in html


def test_a_decision_of_a_day_to_come_is_refused(as_hr, session):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    response = check(as_hr, StaffBuilder(), decision_date=f"{tomorrow:%d/%m/%Y}")
    assert response.status_code == 422
    assert alert(response) == [f"Ngày quyết định: Ngày {tomorrow:%d/%m/%Y} chưa đến. Nhập ngày không sau hôm nay."]


def test_a_decision_after_the_opening_or_without_a_number_is_worth_a_look(as_hr, session):
    staff = StaffBuilder()
    words = text(check(as_hr, staff, decision_date="6/3/2012", decision_number=""))
    late = "Quyết định ký ngày 06/03/2012, sau ngày khai giảng 05/03/2012. Hãy sửa nếu không đúng."
    unnumbered = "Quyết định có ngày mà chưa có số."
    assert late in words and unnumbered in words and "Cử 1 người" in words
    assert "Quyết định ký" not in text(check(as_hr, staff)) and unnumbered not in text(check(as_hr, staff))
    assert save(as_hr, staff, decision_date="6/3/2012", decision_number="").status_code == 302


def test_too_many_people_are_told_before_saving(as_hr, session):
    page = check(as_hr, *[StaffBuilder() for _ in range(4)])
    assert page.status_code == 200
    assert alert(page) == ["Lớp chỉ còn 3 chỗ cho 4 người. Chọn bớt người, hoặc tăng số chỗ của lớp."]


def test_a_full_class_is_said_even_when_everybody_clashes(as_hr, session):
    enroll(session, [StaffBuilder() for _ in range(3)], UserBuilder())
    staff = StaffBuilder()
    EnrollmentBuilder(staff=staff, status="sent")
    page = check(as_hr, staff)
    assert (page.status_code, page.context["lines"][0].severity) == (200, "confirm")
    assert alert(page) == ["Lớp đã đủ 3 chỗ. Tăng số chỗ của lớp, hoặc chọn lớp khác."]


def test_a_full_class_offers_more_seats_instead_of_what_can_only_fail(as_hr, session):
    people = [StaffBuilder() for _ in range(2)]
    enroll(session, [StaffBuilder() for _ in range(3)], UserBuilder())
    page = check(as_hr, *people)
    html, words = page.content.decode(), text(page)
    assert 'value="save"' not in html and 'value="more"' not in html
    assert 'href="/courses/sessions/L1/edit/"' in html and "Sửa lớp" in words
    CourseSession.objects.update(seats=4)
    page = check(as_hr, *people, ready=[people[0].pk])
    assert [line.staff for line in page.context["lines"] if line.ticked] == people[:1]
    assert "Cử 1 người" in text(page)


def test_a_class_filled_meanwhile_refuses_and_shows_the_check_again(as_hr, session):
    people = [StaffBuilder() for _ in range(2)]
    check(as_hr, *people)
    enroll(session, [StaffBuilder() for _ in range(3)], UserBuilder())
    response = save(as_hr, *people)
    assert response.status_code == 422
    assert alert(response) == ["Lớp đã đủ 3 chỗ. Tăng số chỗ của lớp, hoặc chọn lớp khác."]
    assert [line.ticked for line in response.context["lines"]] == [True, True]
    assert 'value="44/QĐ-VPCP"' in response.content.decode()
    assert session.enrollments.count() == 3


def test_a_person_enrolled_meanwhile_refuses_the_whole_and_nobody_is_lost(as_hr, session):
    first, second = StaffBuilder(full_name="Lê An", code="CB1"), StaffBuilder()
    check(as_hr, first, second)
    enroll(session, [first], UserBuilder())
    response = save(as_hr, first, second)
    assert response.status_code == 422
    assert alert(response) == [
        "Chưa cử ai, vì tình hình vừa thay đổi. Hãy xem lại các dòng dưới đây.",
        "Lê An (CB1): Đã có trong lớp này (Được cử).",
    ]
    assert [(line.staff, line.severity) for line in response.context["lines"]] == [(first, "refused"), (second, None)]
    assert save(as_hr, first, second, ready=[second]).status_code == 302


def test_a_clash_that_arose_meanwhile_has_to_be_ticked(as_hr, session):
    staff = StaffBuilder()
    check(as_hr, staff)
    EnrollmentBuilder(staff=staff, status="sent")
    response = save(as_hr, staff)
    assert response.status_code == 422 and "Trùng ngày với lớp" in alert(response)[1]


def test_hr_may_propose_without_taking_a_seat(as_hr, session):
    session.seats = 0
    session.save()
    staff = StaffBuilder(full_name="Lê An")
    assert "Đề xuất 1 người" in text(check(as_hr, staff, status="proposed"))
    assert save(as_hr, staff, status="proposed").status_code == 302
    assert Enrollment.objects.get().status == "proposed"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_cancelled_class_sends_back_to_its_page_with_the_reason(as_hr, session, method):
    cancel_session(session, UserBuilder(), reason="Thiếu giảng viên")
    response = getattr(as_hr, method)(URL, follow=True)
    assert response.redirect_chain == [("/courses/sessions/L1/", 302)]
    assert "Lớp đã bị hủy: Thiếu giảng viên" in text(response)


def test_people_are_chosen_by_a_list_of_their_codes(as_hr, session):
    StaffBuilder(code="CB1"), StaffBuilder(code="CB2")
    assert "Dán danh sách mã cán bộ" in text(as_hr.get(URL))
    page = check(as_hr, codes="CB1, cb2\nCB1")
    assert [line.staff.code for line in page.context["lines"]] == ["CB1", "CB2"]
    refused = check(as_hr, codes="CB1 CB9 XX")
    assert (refused.status_code, alert(refused)) == (422, ["Mã cán bộ: Không có cán bộ nào mang mã CB9, XX."])


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (
            "Nguyễn Văn An\nTrần Thị Bình, Lê Chi",
            "Đây là họ tên, không phải mã: Nguyễn Văn An, Trần Thị Bình, Lê Chi.",
        ),
        ("1\tNguyễn Văn An\t12/03/1975\tVụ Pháp luật\r\n", "Đây là họ tên, không phải mã: Nguyễn Văn An."),
        ("\n".join(["Lê An"] * 191), f"Đây là họ tên, không phải mã: {'Lê An, ' * 4}Lê An và 186 người khác."),
    ],
)
def test_names_where_codes_are_expected_are_called_names_and_stay(as_hr, session, pasted, said):
    StaffBuilder(code="CB1")
    page = check(as_hr, codes=pasted)
    assert page.status_code == 422
    assert alert(page) == [f"Mã cán bộ: {said} Hãy tìm từng người ở ô phía trên, hoặc dán mã cán bộ."]
    assert page.context["form"]["codes"].value() == pasted


def test_names_and_unknown_codes_are_told_apart(as_hr, session):
    StaffBuilder(code="CB1")
    names, codes = alert(check(as_hr, codes="CB1\nLê Văn An\nCB9"))
    assert "không phải mã: Lê Văn An." in names and codes == "Mã cán bộ: Không có cán bộ nào mang mã CB9."


@pytest.mark.parametrize(
    "pasted",
    [
        "1\tCB0012\n2\tCB0013",
        "1 CB0012\n2. cb0013",
        "Mã\nCB0012\nCB0013",
        "STT\tMã cán bộ\tHọ tên\n1\tCB0012\tNguyễn Thị Anh\n2\tCB0013\tLê An",
        "CB0012\tNguyễn Thị Anh\t12/03/1975\tPhòng A2\r\nCB0013\tLê An\t1980\tVụ Pháp luật\r\n",
        "Nguyễn Thị\tAnh\tCB0012\nLê\tAn\tCB0013",
        "CB0012 - Nguyễn Thị Anh\nCB0013 – Lê An",
        "Nguyễn Thị Anh (CB0012)\nCB0013: An",
        "CB0012\tCB0013",
    ],
)
def test_a_line_with_a_code_is_that_person_whatever_stands_beside_it(as_hr, session, pasted):
    StaffBuilder(code="CB0012"), StaffBuilder(code="CB0013"), StaffBuilder(code="1"), StaffBuilder(code="1980")
    page = check(as_hr, codes=pasted)
    assert page.status_code == 200
    assert sorted(line.staff.code for line in page.context["lines"]) == ["CB0012", "CB0013"]


def test_codes_of_digits_alone_are_told_from_running_numbers_and_years(as_hr, session):
    for code in ("1", "2", "0012", "0013", "1975"):
        StaffBuilder(code=code)
    page = check(as_hr, codes="1\t0012\tLê An\t1975\n2\t0013\tLê Bình\t1980")
    assert [line.staff.code for line in page.context["lines"]] == ["0012", "0013"]
    assert len(check(as_hr, codes="1 2\n0012 0013").context["lines"]) == 4


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("Mã\tHọ tên\nCB0012\tLê An\n3\tCB0099\tLê Bình\t12/03/1975", "CB0099"),
        ("CB0012\tCB0098\tCB0099", "CB0098, CB0099"),
        ("CB0012 Lê Văn An, CB0099 Lê Bình", "CB0099"),
        ("CB0099 - Lê Bình", "CB0099"),
    ],
)
def test_a_code_of_nobody_is_named_wherever_it_stands(as_hr, session, pasted, said):
    StaffBuilder(code="CB0012")
    assert alert(check(as_hr, codes=pasted)) == [f"Mã cán bộ: Không có cán bộ nào mang mã {said}."]


def test_a_table_is_looked_up_in_as_many_queries_as_one_code(as_hr, session, django_assert_num_queries):
    people = [StaffBuilder(code=f"CB00{number}") for number in range(10, 40)]
    check(as_hr, codes="CB0010")
    CourseSession.objects.update(seats=None)
    rows = "\n".join(f"{number}\t{staff.code}\tLê An\t12/03/1975" for number, staff in enumerate(people, 1))
    with django_assert_num_queries(10):
        assert len(check(as_hr, codes=rows).context["lines"]) == 30


def test_a_chosen_person_shows_unit_and_year_of_birth(as_hr, session):
    staff = StaffBuilder(
        full_name="Lê An", code="CB1", birth_date=datetime.date(1978, 4, 19), posting__unit__name="Vụ Pháp luật"
    )
    refused = unescape(check(as_hr, staff, decision_date="31/02/2012").content.decode())
    assert f'{{"{staff.pk}": {{"text": "Lê An", "note": "CB1 · Vụ Pháp luật · 1978"}}}}' in refused
    assert "Lê An 1978" in text(check(as_hr, staff))


@pytest.mark.parametrize("people", [["99999"], ["x"], ["9" * 40], ["-1"], ["\x00"]])
def test_people_that_do_not_exist_are_a_message(as_hr, session, people):
    assert as_hr.post(URL, {**DECISION, "step": "check", "people": people}).status_code == 422


class TestLeader:
    """The same page proposes."""

    def test_proposes_own_people(self, as_leader, qt, session):
        staff = StaffBuilder(full_name="Lê An", posting__unit=UnitBuilder(parent=qt))
        page = as_leader.get(URL)
        assert "Bạn đề xuất người của đơn vị mình" in text(page)
        assert "decision_number" not in page.content.decode()
        assert "Đề xuất 1 người" in text(check(as_leader, staff))
        response = save(as_leader, staff)
        assert "Đã đề xuất 1 người: Lê An." in text(as_leader.get(response.url))
        row = Enrollment.objects.get()
        assert (row.status, row.decision_number) == ("proposed", "")

    def test_cannot_choose_people_of_other_units(self, as_leader, session):
        staff = StaffBuilder(code="CB7")
        assert check(as_leader, staff).status_code == 422
        assert save(as_leader, staff).status_code == 422
        assert alert(check(as_leader, codes="CB7")) == [
            "Mã cán bộ: Không có cán bộ nào trong đơn vị của bạn mang mã CB7."
        ]
        assert not Enrollment.objects.exists()

    def test_is_refused_a_person_who_was_elsewhere_on_the_opening_date(self, as_leader, qt, session):
        staff = StaffBuilder(posting__end=datetime.date(2012, 6, 30))
        staff.postings.create(unit=qt, start=datetime.date(2012, 7, 1))
        page = check(as_leader, staff)
        assert line(page, staff) == "Không thuộc đơn vị của bạn vào ngày khai giảng 05/03/2012."
        assert save(as_leader, staff).status_code == 422

    def test_sees_no_decision_of_another_unit(self, as_leader, session):
        EnrollmentBuilder(session=session, decision_number="99/QĐ-VPCP")
        assert "99/QĐ-VPCP" not in as_leader.get(URL).content.decode()


def test_the_check_of_many_asks_a_fixed_number_of_queries(as_hr, session, django_assert_num_queries):
    people = [StaffBuilder() for _ in range(40)]
    check(as_hr, *people)
    CourseSession.objects.update(seats=None)
    with django_assert_num_queries(10):
        assert len(check(as_hr, *people).context["lines"]) == 40
