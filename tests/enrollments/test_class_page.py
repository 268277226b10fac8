"""One class: facts, seats, roster, export."""

import datetime
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from courses.models import CourseSession
from enrollments.models import Enrollment
from personnel.models import ExportLog
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder

from .pages import sheet, text


@pytest.fixture
def session(db):
    return SessionBuilder(
        code="2012/TH-03", name="Tin học, lớp 03", seats=40, mode="full_time", place="Hà Nội", course__periods=320
    )


@pytest.fixture
def url(session):
    return "/courses/sessions/2012~TH-03/"


def people(response) -> list[str]:
    return [row.record.staff.full_name for row in response.context["table"].paginated_rows]


def test_the_facts_stand_in_one_line(as_hr, url):
    assert "05/03/2012 – 09/03/2012 · Hà Nội · Tập trung · 320 tiết · 0 / 40 chỗ" in text(as_hr.get(url))


def test_the_roster_is_in_the_order_of_given_names(as_hr, session, url):
    for name in ("Lê Ánh", "Trần Bình", "Đỗ Anh", "Vũ Ân", "Đỗ An"):
        EnrollmentBuilder(session=session, staff__full_name=name)
    assert people(as_hr.get(url)) == ["Đỗ An", "Đỗ Anh", "Lê Ánh", "Vũ Ân", "Trần Bình"]


def test_the_unit_shown_is_that_of_the_opening_date(as_hr, session, url):
    staff = StaffBuilder(posting__unit__name="Vụ Cũ", posting__end=datetime.date(2012, 6, 30))
    EnrollmentBuilder(session=session, staff=staff)
    staff.postings.create(unit=UnitBuilder(name="Vụ Mới"), start=datetime.date(2012, 7, 1))
    words = text(as_hr.get(url))
    assert "Vụ Cũ" in words and "Vụ Mới" not in words


def test_statuses_are_counted_and_seats_are_those_that_count(as_hr, session, url):
    for status in ("sent", "sent", "completed", "proposed", "cancelled"):
        EnrollmentBuilder(session=session, status=status)
    words = text(as_hr.get(url))
    assert "5 người 1 Đề xuất 2 Được cử 1 Hoàn thành 1 Hủy" in words
    assert "3 / 40 chỗ" in words and "Còn 37 chỗ" in words
    assert len(people(as_hr.get(f"{url}?status=sent"))) == 2


def test_the_roster_can_be_searched_and_exported_with_all_its_facts(as_hr, session, url):
    EnrollmentBuilder(session=session, staff__full_name="Đặng Văn Đức")
    EnrollmentBuilder(
        session=session,
        staff=StaffBuilder(full_name="Lê Ngọc An", code="CB1", posting__unit__name="Vụ Pháp luật"),
        decision_number="181/QĐ-VPCP",
        decision_date=datetime.date(2012, 2, 20),
        certificate_number="CC-1",
        result="Khá",
    )
    assert people(as_hr.get(f"{url}?q=dang duc")) == ["Đặng Văn Đức"]
    (row,) = sheet(as_hr.get(f"{url}?q=ngoc&export=xlsx"))
    facts = ("Họ và tên", "Mã", "Đơn vị", "Trạng thái", "Quyết định", "Kết quả", "Chứng chỉ")
    assert [row[name] for name in facts] == [
        "Lê Ngọc An",
        "CB1",
        "Vụ Pháp luật",
        "Hoàn thành",
        "181/QĐ-VPCP",
        "Khá",
        "CC-1",
    ]
    assert row["Ngày quyết định"].date() == datetime.date(2012, 2, 20)


def decided(session, number="188/QĐ-VPCP", **kwargs):
    day = datetime.date(2012, 4, 19)
    return EnrollmentBuilder(session=session, decision_number=number, decision_date=day, **kwargs)


def test_the_decision_by_which_all_were_sent_stands_in_the_head(as_hr, session, url):
    decided(session), decided(session, status="cancelled"), EnrollmentBuilder(session=session, status="proposed")
    page = as_hr.get(url)
    assert "Quyết định 188/QĐ-VPCP ngày 19/04/2012" in text(page)
    assert 'data-label="Quyết định"' not in page.content.decode()
    assert {row["Quyết định"] for row in sheet(as_hr.get(f"{url}?export=xlsx"))} == {"188/QĐ-VPCP", None}


@pytest.mark.parametrize("other", [{"number": "12/QĐ-VPCP"}, {"number": "", "status": "sent"}])
def test_decisions_that_differ_stand_beside_the_people(as_hr, session, url, other):
    decided(session), decided(session, **other)
    page = as_hr.get(url)
    assert "Quyết định 188/QĐ-VPCP ngày" not in text(page)
    assert 'data-label="Quyết định"' in page.content.decode()


def test_a_filter_does_not_change_what_the_head_says(as_hr, session, url):
    decided(session), decided(session, "12/QĐ-VPCP", status="sent")
    assert "Quyết định 12/QĐ-VPCP ngày" not in text(as_hr.get(f"{url}?status=sent"))


def test_the_exported_roster_says_which_class_it_is_however_long_its_name(as_hr, url, session):
    CourseSession.objects.filter(pk=session.pk).update(name="Lớp" * 60, start="2012-03-05", end="2012-03-09")
    EnrollmentBuilder(session=session)
    response = as_hr.get(f"{url}?export=xlsx")
    head = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active["A1"].value
    assert head.endswith(f"({session.code}), 05/03/2012 – 09/03/2012")
    assert len(ExportLog.objects.get().what) == 100


def test_a_roster_of_two_hundred_is_on_one_page(as_hr, session, url):
    staff = StaffBuilder()
    rows = [EnrollmentBuilder(session=session, staff=staff, status="cancelled") for _ in range(3)]
    copies = [Enrollment(**_values(rows[0])) for _ in range(200)]
    Enrollment.objects.bulk_create(copies)
    assert len(people(as_hr.get(url))) == 203


def _values(row: Enrollment) -> dict:
    return {f.attname: getattr(row, f.attname) for f in Enrollment._meta.concrete_fields if not f.primary_key}


def test_a_cancelled_class_says_why_and_offers_nothing(as_hr, url, session):
    session.cancelled, session.cancel_reason = True, "Thiếu giảng viên"
    session.save()
    page = as_hr.get(url)
    assert "Lớp đã bị hủy: Thiếu giảng viên" in text(page)
    for action in ("enroll", "cancel", "results"):
        assert f"{url}{action}/" not in page.content.decode()


def test_a_leader_is_not_told_that_a_class_of_others_is_empty(as_hr, as_leader, session, url):
    assert "Lớp chưa có học viên nào." in text(as_hr.get(url))
    EnrollmentBuilder(session=session)
    words = text(as_leader.get(url))
    assert "Chỉ hiện người của đơn vị bạn, và không có ai trong lớp này." in words
    assert "Lớp chưa có học viên nào" not in words


def test_actions_are_for_those_who_may_take_them(as_hr, as_leader, session, url):
    EnrollmentBuilder(session=session, status="sent")
    for action in ("enroll", "edit", "cancel", "results", "history"):
        assert f'"{url}{action}/"' in as_hr.get(url).content.decode(), action
    page = as_leader.get(url).content.decode()
    for action, offered in {"enroll": True, "history": True, "edit": False, "cancel": False, "results": False}.items():
        assert (f'"{url}{action}/"' in page) is offered, action
    assert 'name="row"' not in page


@pytest.mark.parametrize("status", ["sent", "completed"])
def test_entering_results_is_offered_from_the_opening_day_on_and_for_ever(as_hr, session, url, status):
    EnrollmentBuilder(session=session, status=status)
    today = timezone.localdate()
    for start, offered in ((today, True), (today + datetime.timedelta(days=1), False)):
        CourseSession.objects.update(start=start, end=start)
        assert (f'"{url}results/"' in as_hr.get(url).content.decode()) is offered, start


def test_the_number_of_queries_does_not_grow_with_the_roster(as_hr, session, url, django_assert_num_queries):
    for _ in range(3):
        EnrollmentBuilder(session=session)
    as_hr.get(url)
    with django_assert_num_queries(7):
        as_hr.get(url)
    for _ in range(20):
        EnrollmentBuilder(session=session)
    with django_assert_num_queries(7):
        as_hr.get(url)


@pytest.mark.parametrize("page", ["", "edit/", "cancel/", "results/", "history/", "enroll/"])
def test_an_unknown_class_is_404(as_hr, page):
    assert as_hr.get(f"/courses/sessions/NO-SUCH/{page}").status_code == 404


@pytest.mark.parametrize(("page", "title"), [("results/", "Nhập kết quả"), ("cancel/", "Hủy lớp")])
def test_a_title_says_lop_once_also_where_the_name_begins_with_it(as_hr, page, title):
    SessionBuilder(code="L9", name="Lớp tin học văn phòng")
    text = as_hr.get(f"/courses/sessions/L9/{page}").content.decode()
    assert f"<h1>{title}</h1>" in text
    assert '<span class="mut">Lớp tin học văn phòng</span>' in text
    assert "lớp Lớp" not in text


def test_the_printed_list_names_the_class_by_its_code_and_has_room_to_sign(as_hr, session, url):
    EnrollmentBuilder(session=session)
    page = as_hr.get(url).content.decode()
    assert "Mã lớp <b>2012/TH-03</b>" in page
    assert '<button class="as-link" type="button" data-print>In danh sách</button>' in page
    paper = text(as_hr.get(url)).split("sắp xếp theo Họ và tên")[1]
    for line in ("Người lập biểu", "(Ký, ghi rõ họ tên)", "Thủ trưởng đơn vị", "(Ký, đóng dấu, ghi rõ họ tên)"):
        assert line in paper
