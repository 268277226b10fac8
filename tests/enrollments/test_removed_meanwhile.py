"""A form about something that a colleague removes meanwhile: nobody's typing is lost from sight."""

import pytest
from django.db import connection

from enrollments.models import Enrollment
from enrollments.services import delete_enrollment, delete_posting
from personnel.models import Position, Posting
from personnel.services import STAFF_DELETION
from tests.builders import EnrollmentBuilder, PostingBuilder, SessionBuilder, StaffBuilder, UnitBuilder, UserBuilder
from tests.unfinished import unfinished
from tests.versions import current_version
from vpcp_training.screens.code_lists import delete_item

from .pages import text


@pytest.fixture
def colleague(db):
    return UserBuilder(full_name="Trần Quang")


def removals(response) -> list[tuple[str, str]]:
    return [(entry.by, entry.kind) for entry in response.context["changes"]]


@pytest.mark.django_db
def test_the_facts_of_a_deleted_enrollment_are_shown_to_be_copied(as_hr, colleague):
    row = EnrollmentBuilder(status="sent", staff__full_name="Lê An", session__code="L1", decision_number="44/QĐ")
    version, address = current_version(row), f"/enrollments/{row.pk}/edit/"
    delete_enrollment(row, colleague)
    typed = {"version": version, "decision_number": "45/QĐ", "decision_date": "31/2/2012", "result": "Giỏi"}
    response = as_hr.post(address, typed)
    assert (response.status_code, removals(response)) == (404, [("Trần Quang", "-")])
    assert response.context["typed"] == [
        ("Số quyết định", "45/QĐ"),
        ("Ngày quyết định", "31/2/2012"),
        ("Kết quả", "Giỏi"),
    ]
    words = text(response)
    for said in ("Chưa lưu: có người đã xóa bản ghi này", "Lê An", "L1", "Trần Quang", "45/QĐ"):
        assert said in words, said
    assert 'href="/courses/sessions/"' in response.content.decode()


@pytest.mark.django_db
def test_a_step_of_a_deleted_enrollment_keeps_its_reason_in_sight(as_hr, colleague):
    row = EnrollmentBuilder(status="sent")
    version, address = current_version(row), f"/enrollments/{row.pk}/status/?to=cancelled"
    delete_enrollment(row, colleague)
    response = as_hr.post(address, {"version": version, "reason": "Ốm dài ngày"})
    assert (response.status_code, response.context["typed"]) == (404, [("Lý do", "Ốm dài ngày")])


@pytest.mark.django_db
def test_deleting_what_is_deleted_says_who_was_first(as_hr, colleague):
    row = EnrollmentBuilder(status="sent")
    version, address = current_version(row), f"/enrollments/{row.pk}/delete/"
    delete_enrollment(row, colleague)
    response = as_hr.post(address, {"version": version})
    assert (response.status_code, removals(response), response.context["typed"]) == (404, [("Trần Quang", "-")], [])


@pytest.mark.django_db
def test_what_was_chosen_for_a_deleted_posting_is_shown_in_words(as_hr, colleague):
    staff = StaffBuilder(code="CB1", posting=None)
    posting = PostingBuilder(staff=staff, unit=UnitBuilder(code="A", name="Vụ A"))
    version, address = current_version(posting), f"/personnel/CB1/postings/{posting.pk}/"
    delete_posting(Posting.objects.get(), colleague)
    other = UnitBuilder(code="B", name="Vụ B")
    response = as_hr.post(
        address, {"version": version, "unit": other.pk, "start": "1/3/2012", "position": "", "rank": ""}
    )
    assert (response.status_code, removals(response)) == (404, [("Trần Quang", "-")])
    assert response.context["typed"] == [("Đơn vị", "Vụ B"), ("Từ ngày", "1/3/2012")]


@pytest.mark.django_db
def test_a_deleted_line_of_a_code_list(client):
    client.force_login(UserBuilder(role="admin"))
    position = Position.objects.create(name="Kế toán trưởng")
    version, address = current_version(position), f"/code-lists/positions/{position.pk}/"
    delete_item(Position.objects.get(pk=position.pk), UserBuilder(role="admin", full_name="Trần Quang"))
    response = client.post(address, {"version": version, "name": "Kế toán viên", "level": "division"})
    assert (response.status_code, removals(response)) == (404, [("Trần Quang", "-")])
    assert response.context["typed"] == [("Tên", "Kế toán viên"), ("Cấp", "Cấp Phòng")]


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["edit/", "status/?to=cancelled", "delete/"])
@pytest.mark.parametrize("neighbour", ["session", "staff"])
def test_what_it_belonged_to_may_be_deleted_as_well(as_hr, colleague, form, neighbour):
    row = EnrollmentBuilder(status="sent")
    sent = {"version": current_version(row), "decision_number": "45/QĐ", "reason": "Ốm dài ngày"}
    address, owner = f"/enrollments/{row.pk}/{form}", getattr(row, neighbour)
    delete_enrollment(row, colleague)
    owner.delete() if neighbour == "session" else STAFF_DELETION.delete(owner, colleague)
    response = as_hr.post(address, sent)
    assert response.status_code == 404
    assert "45/QĐ" in text(response) and "Ốm dài ngày" in text(response)


@pytest.mark.django_db
def test_a_step_for_many_of_a_deleted_class_keeps_the_decision_in_sight(as_hr):
    session = SessionBuilder(code="L9")
    session.delete()
    sent = {"row": "1", "status": "sent", "save": "1", "version": "1", "decision_number": "45/QĐ"}
    response = as_hr.post("/courses/sessions/L9/status/", sent)
    assert response.status_code == 404
    assert "45/QĐ" in text(response)


@pytest.mark.django_db
def test_a_form_below_a_person_who_got_another_code_keeps_what_was_typed_in_sight(as_hr):
    staff = StaffBuilder(code="CB1")
    posting = staff.postings.get()
    version = current_version(posting)
    staff.code = "CB2"
    staff.save()
    for address in (f"/personnel/CB1/postings/{posting.pk}/", "/personnel/CB1/postings/add/"):
        response = as_hr.post(address, {"version": version, "start": "1/3/2012"})
        assert response.status_code == 404
        assert "1/3/2012" in text(response)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True)
def test_who_deletes_at_the_very_moment_of_saving_is_said_too(as_hr, colleague):
    row = EnrollmentBuilder(status="sent")
    version, address = current_version(row), f"/enrollments/{row.pk}/edit/"
    with unfinished(lambda: delete_enrollment(Enrollment.objects.get(pk=row.pk), colleague)):
        response = as_hr.post(address, {"version": version, "decision_number": "45/QĐ"})
    assert (response.status_code, removals(response)) == (404, [("Trần Quang", "-")])
    assert response.context["typed"] == [("Số quyết định", "45/QĐ")]


@pytest.mark.django_db
def test_what_was_typed_of_a_person_who_was_deleted_stays_in_sight_when_the_class_is_completed(as_hr, colleague):
    session = SessionBuilder(code="L1")
    row = EnrollmentBuilder(session=session, status="sent", staff__full_name="Lê An")
    EnrollmentBuilder(session=session, status="sent")
    page = "/courses/sessions/L1/results/"
    sent = {"version": as_hr.get(page).context["version"]}
    sent |= {f"status_{row.pk}": "completed", f"certificate_{row.pk}": "CC-45"}
    staff = row.staff
    delete_enrollment(row, colleague)
    STAFF_DELETION.delete(staff, colleague)
    response = as_hr.post(page, sent)
    assert response.status_code == 409
    assert "Lê An" in text(response) and "CC-45" in text(response)
