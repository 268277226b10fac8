"""A person, unit, course or class entered by mistake is deleted where nothing refers to it; the history stays."""

import datetime
import re

import pytest
from django.db import connection
from django.db.models import PROTECT, Model

from courses.models import Course, CourseSession
from courses.services import COURSE_DELETION, SESSION_DELETION
from enrollments.models import Enrollment
from enrollments.services import enroll, save_posting
from personnel.models import Posting, Staff, Unit
from personnel.services import STAFF_DELETION, UNIT_DELETION, save_unit
from tests import versions
from tests.builders import (
    CourseBuilder,
    EnrollmentBuilder,
    PostingBuilder,
    SessionBuilder,
    StaffBuilder,
    UnitBuilder,
    UserBuilder,
)
from tests.unfinished import unfinished
from vpcp_training.errors import DomainError

from .pages import alert, text

pytestmark = pytest.mark.django_db

DELETIONS = {Staff: STAFF_DELETION, Unit: UNIT_DELETION, Course: COURSE_DELETION, CourseSession: SESSION_DELETION}


def page_of(record: Model) -> str:
    kind = {Staff: "personnel", Unit: "units", Course: "courses/catalogue", CourseSession: "courses/sessions"}
    return f"/{kind[type(record)]}/{record.code}/delete/"


def confirm(client, record: Model):
    """Opens the page and presses its button."""
    page = page_of(record)
    return client.post(page, {"version": client.get(page).context["version"]})


def refusal(client, record: Model) -> str:
    """What somebody is told who opens the page of a record in use."""
    response = client.get(page_of(record), follow=True)
    assert response.redirect_chain[-1][1] == 302
    return " ".join(str(message) for message in response.context["messages"])


MISTAKES = {
    "staff": (lambda: StaffBuilder(code="X1", full_name="Lê An", posting=None), "Lê An (X1)", "/personnel/"),
    "unit": (lambda: UnitBuilder(code="X1", name="Vụ Nhầm"), "Vụ Nhầm (X1)", "/units/"),
    "course": (lambda: CourseBuilder(code="X1", name="Tin học"), "Tin học (X1)", "/courses/"),
    "class": (lambda: SessionBuilder(code="X1", name="Tin học"), "Tin học (X1)", "/courses/sessions/"),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_is_deleted_after_asking_and_the_history_says_who_did_it(as_hr, kind):
    build, name, above = MISTAKES[kind]
    record = build()
    asked = text(as_hr.get(page_of(record)))
    assert f"{name} sẽ không còn trong mọi danh sách và biểu mẫu" in asked
    assert type(record).objects.filter(code="X1").exists()
    response = confirm(as_hr, record)
    assert response.url == above
    assert f"Đã xóa: {name}." in text(as_hr.get(above))
    assert not type(record).objects.filter(code="X1").exists()
    last = type(record).history.filter(code="X1").latest()
    assert (last.history_type, last.history_user) == ("-", as_hr.user)


def test_what_was_deleted_is_listed_the_latest_first_and_the_list_leads_there(as_hr):
    for number in range(2):
        for build, _name, _above in MISTAKES.values():
            record = build()
            record.code = f"X{number}"
            record.save()
            confirm(as_hr, record)
    for _build, name, above in MISTAKES.values():
        (link,) = re.findall(r'href="(/deleted/\w+/)"', as_hr.get(above).content.decode())
        entries = as_hr.get(link).context["entries"]
        called = name.removesuffix("(X1)")
        assert [(entry.about, entry.by) for entry in entries] == [
            (f"{called}(X1)", "Lê Thu Hương"),
            (f"{called}(X0)", "Lê Thu Hương"),
        ]
        assert f"xóa {called}(X1)" in text(as_hr.get(link))


def test_the_pages_of_what_was_deleted_are_not_for_leaders(as_leader):
    for _build, _name, above in MISTAKES.values():
        assert "/deleted/" not in as_leader.get(above).content.decode()
    for kind in ("staff", "units", "courses", "sessions"):
        assert as_leader.get(f"/deleted/{kind}/").status_code == 403


def used(kind: str) -> tuple[Model, str]:
    """A record in use, and what is said about it."""
    row = EnrollmentBuilder(session__code="L1", session__name="Tin học", session__course__name="Khóa", staff__code="C1")
    EnrollmentBuilder(staff=row.staff)
    match kind:
        case "staff":
            UserBuilder(staff=row.staff)
            said = "2 lần cử đi học, 1 tài khoản. Nếu người này đã chuyển đi hoặc nghỉ, hãy ghi ngày kết thúc"
            return row.staff, f"Không xóa được “Nguyễn Văn An (C1)” vì đang dùng: {said} của giai đoạn công tác cuối."
        case "unit":
            UnitBuilder(parent=row.unit)
            UnitBuilder().predecessors.add(row.unit)
            UserBuilder(role="leader", unit=row.unit)
            said = "1 đơn vị trực thuộc, 1 đơn vị kế thừa, 1 giai đoạn công tác, 2 lần cử đi học, 1 tài khoản."
            return row.unit, f"“{row.unit}” vì đang dùng: {said} Nếu đơn vị không còn, hãy ghi ngày hết hiệu lực."
        case "course":
            return row.session.course, "“Khóa” vì đang dùng: 1 lớp. Nếu không còn mở lớp, cứ để lại trong danh mục;"
        case "class":
            return row.session, "“Tin học (L1)” vì đang dùng: 1 lần cử đi học. Hãy hủy lớp;"


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_record_in_use_leads_back_and_says_what_uses_it_and_what_to_do(as_hr, kind):
    record, said = used(kind)
    assert said in refusal(as_hr, record)
    response = as_hr.post(page_of(record), {"version": version_of(record)})
    assert response.status_code == 422 and said in alert(response)[0]
    assert type(record).objects.filter(pk=record.pk).exists()


def version_of(record: Model) -> str:
    """What the page would carry, did it open."""
    histories = [record.history.all()]
    if isinstance(record, Staff):
        histories.append(Posting.history.filter(staff=record))
    if isinstance(record, (Staff, Unit)):
        histories.append(record.list_answers.model.history.none())
    return ".".join(map(versions.version_of, histories))


@pytest.mark.parametrize("model", DELETIONS)
def test_whatever_the_database_protects_is_said(model):
    protecting = {relation.name for relation in model._meta.related_objects if relation.on_delete is PROTECT}
    assert protecting <= set(DELETIONS[model].used_by)
    hidden = [field for field in model._meta.get_fields(include_hidden=True) if field.auto_created and field.hidden]
    assert [field.name for field in hidden if getattr(field, "on_delete", None) is PROTECT] == []


def test_the_postings_of_a_mistaken_person_go_along_each_with_its_history(as_hr):
    staff = StaffBuilder(code="X1")
    PostingBuilder(staff=staff, start=datetime.date(2001, 1, 1), end=datetime.date(2004, 12, 31))
    assert "Xóa cùng: 2 giai đoạn công tác." in text(as_hr.get(page_of(staff)))
    confirm(as_hr, staff)
    assert not Posting.objects.exists()
    removed = Posting.history.filter(history_type="-")
    assert [row.history_user for row in removed] == [as_hr.user, as_hr.user]


def test_a_posting_added_meanwhile_is_not_deleted_unseen(as_hr):
    staff = StaffBuilder(code="X1", posting=None)
    version = as_hr.get(page_of(staff)).context["version"]
    unit = UnitBuilder(name="Vụ Pháp luật")
    save_posting(Posting(staff=staff, unit=unit, start=datetime.date(2012, 1, 1)), UserBuilder(full_name="Vũ Bình"))
    response = as_hr.post(page_of(staff), {"version": version})
    assert response.status_code == 409 and "Vụ Pháp luật" in text(response) and "Vũ Bình" in text(response)
    assert "Lưu đè" not in text(response)
    assert Staff.objects.filter(code="X1").exists()
    assert as_hr.post(page_of(staff), {"version": response.context["version"]}).status_code == 302


def test_a_record_used_meanwhile_is_not_deleted(as_hr):
    session = SessionBuilder(code="X1")
    version = as_hr.get(page_of(session)).context["version"]
    EnrollmentBuilder(session=session)
    response = as_hr.post(page_of(session), {"version": version})
    assert response.status_code == 422 and "vì đang dùng: 1 lần cử đi học." in alert(response)[0]


def test_a_unit_deleted_with_predecessors_leaves_them_as_they_are(as_hr):
    old, mistake = UnitBuilder(code="OLD"), UnitBuilder(code="X1")
    save_unit(mistake, [old], as_hr.user)
    confirm(as_hr, mistake)
    assert list(Unit.objects.values_list("code", flat=True)) == ["OLD"]
    confirm(as_hr, old)
    assert not Unit.objects.exists()


def test_the_pages_offer_it(as_hr):
    row = EnrollmentBuilder(session__code="L1")
    empty = SessionBuilder(code="L2")
    for record, page in [(row.staff, "edit/"), (row.unit, "edit/"), (row.session.course, "edit/"), (empty, "")]:
        shown = as_hr.get(page_of(record).removesuffix("delete/") + page).content.decode()
        assert f'href="{page_of(record)}"' in shown
    # Where somebody is in the class, it is cancelled.
    shown = as_hr.get("/courses/sessions/L1/").content.decode()
    assert "/courses/sessions/L1/delete/" not in shown and "/courses/sessions/L1/cancel/" in shown


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_leader_deletes_nothing(as_leader, kind):
    record = MISTAKES[kind][0]()
    assert as_leader.get(page_of(record)).status_code == 403
    assert as_leader.post(page_of(record)).status_code == 403


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes after the other")
@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_a_class_that_somebody_is_being_added_to_stays(self):
        session, staff, hr = SessionBuilder(), StaffBuilder(), UserBuilder()
        with (
            unfinished(lambda: enroll(session, [staff], hr)),
            pytest.raises(DomainError, match="vì đang dùng: 1 lần cử đi học"),
        ):
            SESSION_DELETION.delete(session, hr)
        assert Enrollment.objects.count() == 1

    def test_whoever_adds_people_to_a_class_just_deleted_is_told(self, as_hr):
        session, staff, hr = SessionBuilder(), StaffBuilder(), UserBuilder()
        sent = {"step": "save", "people": [staff.pk], "ready": [staff.pk], "status": "sent"}
        with unfinished(lambda: SESSION_DELETION.delete(session, hr)):
            response = as_hr.post(f"/courses/sessions/{session.code}/enroll/", sent)
        assert response.status_code == 409
        assert "Vừa có người xóa điều đang nói đến ở đây." in text(response)

    def test_a_posting_in_a_unit_just_deleted_is_refused(self, as_hr):
        unit, staff, hr = UnitBuilder(), StaffBuilder(posting=None), UserBuilder()
        typed = {"unit": unit.pk, "start": "1/1/2012"}
        with unfinished(lambda: UNIT_DELETION.delete(unit, hr)):
            response = as_hr.post(f"/personnel/{staff.code}/postings/add/", typed)
        assert response.status_code == 409
        assert not Posting.objects.exists()
