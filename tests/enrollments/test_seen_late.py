"""What another transaction changes while this one waits for it, or is through with only afterwards, is not missed."""

import datetime

import pytest
from django.db import connection
from django.test import Client

from courses.models import CourseSession
from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from enrollments.services import correct_enrollment, save_posting, save_session
from exchange.models import WorkbookUpload
from exchange.services import uploads
from personnel.models import Unit
from personnel.services import save_unit
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder, UserBuilder
from tests.unfinished import unfinished

from ..exchange.workbooks import OFFICE, imported, unit, written

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


@pytest.fixture
def hr():
    seed_code_lists()
    return UserBuilder()


def test_a_posting_corrected_while_the_class_is_moved_to_another_year(hr):
    session, staff = SessionBuilder(), StaffBuilder()
    EnrollmentBuilder(session=session, staff=staff, status="sent")
    moved = CourseSession.objects.get(pk=session.pk)
    moved.start, moved.end = datetime.date(2011, 3, 7), datetime.date(2011, 3, 11)
    posting = staff.postings.get()
    posting.unit = UnitBuilder(code="PL")
    with unfinished(lambda: save_session(moved, hr)):
        save_posting(posting, hr)
    enrollment = Enrollment.objects.get()
    assert (enrollment.year, enrollment.unit.code) == (2011, "PL")


def test_a_result_that_was_entered_before_the_page_was_opened_and_stored_after_it(hr):
    session = SessionBuilder(code="L1")
    an, binh = (EnrollmentBuilder(session=session, staff=StaffBuilder(), status="studying") for _ in range(2))
    an.result, binh.result = "Giỏi", "Khá"
    client = Client()
    client.force_login(hr)
    with unfinished(lambda: correct_enrollment(an, hr)):
        correct_enrollment(binh, hr)
        page = client.get("/courses/sessions/L1/results/").context
    sent = {field.html_name: field.value() or "" for field in page["form"]}
    assert sent[f"result_{an.pk}"] == ""
    response = client.post("/courses/sessions/L1/results/", {**sent, "version": page["version"]})
    assert response.status_code == 409
    assert response.context["form"][f"result_{an.pk}"].value() == "Giỏi"
    assert list(Enrollment.objects.order_by("pk").values_list("status", "result")) == [
        ("studying", "Giỏi"),
        ("studying", "Khá"),
    ]


def test_an_import_that_is_pressed_again_before_the_first_is_through(hr):
    upload = uploads.receive("so.xlsx", written(OFFICE).getvalue(), hr)
    client = Client()
    client.force_login(hr)
    with unfinished(lambda: uploads.write(WorkbookUpload.objects.get(), hr, valid_rows=False)):
        page = client.post(f"/enrollments/import/{upload.pk}/", {"import": "all"}, follow=True).content.decode()
    assert "6 mới" in page and "3 Đã nhập" in page and "chưa lưu gì" not in page
    assert Enrollment.history.count() == 1


def test_a_unit_renamed_while_it_is_imported(hr):
    stored = UnitBuilder(code="QT", name="Cục Quản trị", name_en="Administration")
    renamed = Unit.objects.get(pk=stored.pk)
    renamed.name_en = "Department of Administration"
    with unfinished(lambda: save_unit(renamed, [], hr)):
        assert imported({"Đơn vị": [unit(more={"Tên đơn vị": "Cục Quản trị A"})]}).applied
    names = ("name", "name_en")
    expected = ("Cục Quản trị A", "Department of Administration")
    assert Unit.objects.values_list(*names).get(pk=stored.pk) == expected
    assert stored.history.values_list(*names).order_by("history_id").last() == expected
