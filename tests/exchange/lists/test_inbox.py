"""The inbox of lists: received, their doubts answered, the people sent to a class."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.models import CourseSession
from enrollments.models import Enrollment
from exchange.lists.words import person_words
from exchange.models import ListAnswer, ReceivedFile, ReceivedList
from exchange.services.answers import remember
from exchange.services.received import answer_rows, choose_class, discard_list
from personnel.models import Staff
from tests.builders import EnrollmentBuilder, SessionBuilder, UserBuilder

pytestmark = pytest.mark.django_db

LIST = """DANH SÁCH CỬ ĐI HỌC\t\t
(Kèm theo Quyết định số 123/QĐ-VPCP ngày 05/3/2012)\t\t
STT\tHọ và tên\tNgày sinh
1\tTrần Thị Hòa\t1981
2\tNguyễn Văn An\t
3\tPhạm Văn Bính\t
"""
HOA, AN, BINH = 4, 5, 6  # rows


def paste(client, text: str = LIST, session: str = "L1"):
    return client.post(f"/lists/?session={session}" if session else "/lists/", {"text": text})


@pytest.fixture
def received(client, hr, session):
    """The address of a list that was pasted for the class."""
    response = paste(client)
    assert response.status_code == 302
    return response.url


def pk(code: str) -> int:
    return Staff.objects.get(code=code).pk


def answered(step: str, *, an: str = "", binh: str = "", hoa: bool = True, **more) -> dict:
    """What the page sends: the tick of a sure row, the radio buttons of two doubts, the decision."""
    sent = {"step": step, "row": [HOA, AN, BINH], f"doubt-{AN}": "", f"doubt-{BINH}": ""}
    sent |= {"decision_number": "123/QĐ-VPCP", "decision_date": "05/03/2012", "decision_signer": ""}
    sent |= {"session_seen": CourseSession.objects.get(code="L1").pk}
    chosen = {HOA: pk("CB03") if hoa else "", AN: an, BINH: binh}
    return sent | {f"who-{row}": who for row, who in chosen.items() if who != ""} | more


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_pasted_list_is_read_and_its_doubts_are_shown_with_those_who_may_be_meant(client, received):
    page = page_of(client.get(received))
    assert "<title>DANH SÁCH CỬ ĐI HỌC · VPCP</title>" in page
    assert re.findall(r'<tr class="(\w*)"( data-doubt)? ?>', page) == [
        ("", ""),
        ("warn", " data-doubt"),
        ("warn", " data-doubt"),
    ]
    assert re.findall(rf'name="who-{AN}" value="(\d+)"', page) == [str(pk("CB01")), str(pk("CB02")), "0"]
    assert re.findall(rf'name="who-{BINH}" value="(\d+)"', page) == [str(pk("CB05")), "0"]
    assert f'name="who-{HOA}" value="{pk("CB03")}" aria-label="Trần Thị Hòa" checked' in page
    assert "Lớp đã bế giảng ngày 16/03/2012" in page and "Lớp không giới hạn số chỗ" in page
    assert "Cử 1 người" in page and 'value="123/QĐ-VPCP"' in page


def test_those_who_are_chosen_are_sent_with_the_decision_of_the_head(client, received):
    response = client.post(received, answered("send", an=pk("CB02"), binh="0"), follow=True)
    assert "Đã cử 2 người." in page_of(response)
    rows = Enrollment.objects.order_by("staff__code")
    assert [(row.staff.code, row.status, row.decision_number, row.decision_date) for row in rows] == [
        ("CB02", "sent", "123/QĐ-VPCP", date(2012, 3, 5)),
        ("CB03", "sent", "123/QĐ-VPCP", date(2012, 3, 5)),
    ]
    (history,) = rows[0].history.all()
    assert history.change_set.about.startswith("DANH SÁCH CỬ ĐI HỌC · Dán lúc ")
    assert (ReceivedList.objects.get().state, ReceivedList.objects.get().sent) == ("sent", 2)


def test_an_answer_is_remembered_for_the_next_list_with_the_same_words(client, received):
    client.post(received, answered("send", an=pk("CB02"), binh="0"))
    assert [(answer.words, answer.staff.code) for answer in ListAnswer.objects.all()] == [("Nguyễn Văn An", "CB02")]
    SessionBuilder(code="L2", start=date(2012, 5, 7), end=date(2012, 5, 8), seats=None)
    page = page_of(client.get(paste(client, LIST.replace("123/", "124/"), "L2").url))
    assert "theo lựa chọn lần trước" in page
    assert f'name="who-{AN}" value="{pk("CB02")}" aria-label="Nguyễn Văn An" checked' in page


def test_what_was_answered_is_kept_for_later(client, received):
    client.post(received, answered("save", an=pk("CB01"), hoa=False))
    assert not Enrollment.objects.exists()
    page = page_of(client.get(received))
    assert f'name="who-{AN}" value="{pk("CB01")}" checked' in page
    assert f'name="who-{HOA}" value="{pk("CB03")}" aria-label="Trần Thị Hòa">' in page
    assert ReceivedList.objects.get().answers == {str(HOA): 0, str(AN): pk("CB01")}


def test_nobody_is_sent_who_is_in_the_class_already_and_a_clash_has_to_be_ticked(client, received, session):
    EnrollmentBuilder(session=session, staff=Staff.objects.get(code="CB03"))
    other = SessionBuilder(code="L3", start=date(2012, 3, 13), end=date(2012, 3, 14))
    EnrollmentBuilder(session=other, staff=Staff.objects.get(code="CB01"), status="sent")
    sent = answered("send", an=pk("CB01"), hoa=False)
    page = page_of(client.post(received, sent | {"row": [AN, BINH]}))
    assert '<span class="tag no">Đã có</span>' in page and f'name="row" value="{HOA}"' not in page
    assert "Chọn ít nhất một người." in page and "Đã có trong lớp này" in page and "Trùng ngày với lớp" in page
    client.post(received, answered("send", an=pk("CB01"), confirmed=pk("CB01")))
    assert set(session.enrollments.values_list("staff__code", flat=True)) == {"CB01", "CB03"}


def test_the_seats_are_kept_and_what_was_answered_too(client, received, session):
    session.seats = 1
    session.save()
    response = client.post(received, answered("send", an=pk("CB01")))
    assert response.status_code == 422 and "Lớp chỉ còn 1 chỗ cho 2 người" in page_of(response)
    assert not Enrollment.objects.exists()
    assert ReceivedList.objects.get().answers[str(AN)] == pk("CB01")


def test_a_decision_of_a_day_to_come_is_refused_at_its_field(client, received):
    response = client.post(received, answered("send", decision_date="01/01/2990"))
    assert response.status_code == 422 and 'id="error_1_id_decision_date"' in page_of(response)
    assert not Enrollment.objects.exists()


def test_a_list_is_sent_once(client, received):
    client.post(received, answered("send"))
    response = client.post(received, answered("send", an=pk("CB01")))
    assert response.status_code == 422 and "Danh sách này đã được cử hoặc đã bỏ." in page_of(response)
    assert Enrollment.objects.count() == 1


def test_a_class_that_was_cancelled_meanwhile_takes_nobody(client, received, session):
    session.cancelled, session.cancel_reason = True, "Bão"
    session.save()
    response = client.post(received, answered("send"))
    assert response.status_code == 422 and "Lớp đã bị hủy: Bão" in page_of(response)


def test_who_was_deleted_meanwhile_is_chosen_anew(client, received):
    client.post(received, answered("save", an=pk("CB01")))
    sent = answered("send", an=pk("CB01"))
    Staff.objects.get(code="CB01").delete()
    page = page_of(client.get(received))
    assert "Người được chọn trước đây không còn trong số những người có thể đúng. Hãy chọn lại." in page
    response = client.post(received, sent)
    assert response.status_code == 422 and f"ở dòng {AN}. Hãy xem lại các dòng." in page_of(response)
    assert not Enrollment.objects.exists()


def test_nobody_else_is_sent_than_the_page_showed(client, received, hr):
    words = person_words("Nguyễn Văn An", None, None, None)
    remember(words, hr, staff=Staff.objects.get(code="CB02"))  # by a colleague, meanwhile
    response = client.post(received, answered("send", an=pk("CB01")))
    assert response.status_code == 422 and f"ở dòng {AN}. Hãy xem lại các dòng." in page_of(response)
    assert not Enrollment.objects.exists()


def test_an_answer_that_the_row_no_longer_offers_is_not_sent_unseen(client, received, hr):
    client.post(received, answered("save", an=pk("CB01")))
    remember(person_words("Nguyễn Văn An", None, None, None), hr, staff=Staff.objects.get(code="CB02"))
    client.post(received, answered("send") | {"row": [HOA]})
    assert list(Enrollment.objects.values_list("staff__code", flat=True)) == ["CB03"]


def test_a_person_whom_two_rows_mean_is_counted_and_sent_once(client, hr, session):
    url = paste(client, LIST + "4\tTrần Thị Hoà\t1981\n").url
    assert ReceivedList.objects.get().sure == 1
    client.post(url, answered("send"))
    assert list(Enrollment.objects.values_list("staff__code", flat=True)) == ["CB03"]


def test_no_service_touches_the_list_of_somebody_else(received):
    other, found = UserBuilder(role="hr"), ReceivedList.objects.get()
    for touch in (
        lambda: discard_list(found, other),
        lambda: choose_class(found, None, other),
        lambda: answer_rows(found, [], {}, other),
    ):
        with pytest.raises(PermissionDenied):
            touch()
    assert ReceivedList.objects.get().state == "open"


def test_the_class_is_the_one_that_the_page_showed(client, received, session):
    SessionBuilder(code="L2", start=date(2012, 5, 7), end=date(2012, 5, 8), seats=None)
    sent = answered("send")
    client.post(received, {"step": "class", "session": "L2"})  # in another tab
    response = client.post(received, sent)
    assert response.status_code == 422 and "Lớp của danh sách đã được đổi." in page_of(response)
    assert not Enrollment.objects.exists()


def test_an_answer_that_no_page_offers_is_not_kept(client, received):
    client.post(
        received, answered("save", an=pk("CB04"), binh=10**17) | {"row": [HOA, AN, BINH, 999_999], "who-999999": 1}
    )
    assert ReceivedList.objects.get().answers == {str(HOA): pk("CB03")}


def test_the_same_file_may_go_to_two_classes(client, received):
    client.post(received, answered("send"))
    SessionBuilder(code="L2", start=date(2012, 5, 7), end=date(2012, 5, 8), seats=None)
    other = paste(client, LIST, "L2").url
    assert other != received and 'value="send"' in page_of(client.get(other))


def test_rows_that_are_no_people_are_told(client, hr, session):
    url = paste(client, LIST + "Tổng cộng: 3 người\t\t\nNgười lập biểu\t\t\n").url
    assert "Các dòng không phải là người: dòng tổng 7; chữ ký 8" in page_of(client.get(url))


def test_the_class_is_chosen_on_the_page_and_proposed_from_the_head(client, hr, session):
    url = paste(client, LIST.replace("CỬ ĐI HỌC\t\t", "CỬ ĐI HỌC\t\t\nTừ 12/3/2012 đến 16/3/2012\t\t"), "").url
    page = page_of(client.get(url))
    assert 'name="session" value="L1"' in page and 'value="send"' not in page
    response = client.post(url, {"step": "class", "session": "L1"}, follow=True)
    assert 'value="send"' in page_of(response)
    assert ReceivedList.objects.get().session == session


def test_many_files_at_once_and_what_is_no_list_is_told_apart(client, hr, office):
    files = [
        SimpleUploadedFile("a.csv", "Họ tên\nLê Quý".encode()),
        SimpleUploadedFile("b.pdf", b"%PDF-1.4"),
        SimpleUploadedFile("c.txt", "Họ tên\nTrần Thị Hòa".encode()),
    ]
    response = client.post("/lists/", {"sent": files})
    page = page_of(response)
    assert response.status_code == 422 and "b.pdf: " in page and "PDF" in page
    assert [(item.file.name, item.sure) for item in ReceivedList.objects.order_by("pk")] == [("a.csv", 1), ("c.txt", 1)]


def test_the_same_file_again_is_recognised_and_a_discarded_list_comes_back(client, received):
    client.post(received, answered("discard"))
    assert "Danh sách này đã bỏ." in page_of(client.get(received))
    assert "Chưa nhận danh sách nào." in page_of(client.get("/lists/"))
    response = paste(client)
    assert response.url == f"{received}?again=1" and ReceivedFile.objects.count() == 1
    assert "Tệp này đã nhận trước đây; đây là danh sách của tệp." in page_of(client.get(response.url))
    assert ReceivedList.objects.get().state == "open"


def test_the_original_file_is_kept(client, received):
    response = client.get(f"{received}file/")
    assert b"".join(response.streaming_content).decode() == LIST.strip("\n")
    assert "attachment" in response["Content-Disposition"]


def test_the_inbox_of_somebody_else_is_closed(client, received):
    client.logout()
    client.force_login(UserBuilder(role="hr"))
    assert client.get(received).status_code == client.get(f"{received}file/").status_code == 404
    assert client.post(received, {"step": "discard"}).status_code == 404
    assert "DANH SÁCH" not in page_of(client.get("/lists/"))


def test_nothing_at_all_is_asked_for(client, hr):
    response = client.post("/lists/", {"text": " \n"})
    assert response.status_code == 422 and "Chọn một tệp, hoặc dán danh sách." in page_of(response)


def test_the_queries_of_a_list_do_not_grow_with_its_rows(client, received, django_assert_max_num_queries):
    more = LIST + "".join(f"{n}\tTrần Thị Hòa\t1981\n" for n in range(4, 60))
    longer = paste(client, more).url
    with django_assert_max_num_queries(26):
        client.get(longer)


def test_the_queries_of_the_inbox_do_not_grow_with_its_lists(client, received, django_assert_num_queries):
    for number in range(200, 230):
        paste(client, LIST.replace("123/", f"{number}/"))
    with django_assert_num_queries(3):
        client.get("/lists/")
