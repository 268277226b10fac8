"""A name typed or pasted in an old font: the form says so, and takes it as it is when it is saved again."""

import pytest

from courses.models import Course, CourseSession, Field, Provider
from enrollments.models import Enrollment
from personnel.models import Position, Rank, Staff, Unit, User
from tests.builders import CourseBuilder, EnrollmentBuilder, FieldBuilder, SessionBuilder, StaffBuilder, UserBuilder
from tests.versions import current_version

from .pages import alert

ADVICE = "Có vẻ là chữ gõ bằng phông cũ (TCVN3 hoặc VNI). Hãy chuyển sang Unicode, hoặc gõ lại."
ASKED = f"{ADVICE} Nếu viết như vậy là đúng thì bấm nút lần nữa."
OLD = "NguyÔn V¨n An"


@pytest.fixture
def as_admin(client, db):
    client.force_login(UserBuilder(role="admin"))
    return client


@pytest.fixture
def sent():
    """What the pages send that create a record, but for the name."""
    return {
        "/new/staff/": {"code": "CB1", "gender": "male"},
        "/new/unit/": {"code": "QT", "sort_order": "1"},
        "/new/course/": {"code": "CT1", "field": FieldBuilder().pk},
        "/new/session/": {"code": "L1", "course": CourseBuilder().pk, "start": "5/3/12", "end": "9/3/12"},
        "/accounts/users/add/": {"username": "an", "role": "hr"},
        "/code-lists/providers/add/": {},
        "/code-lists/positions/add/": {"sort_order": "1"},
        "/code-lists/ranks/add/": {"code": "99.001"},
        "/code-lists/fields/add/": {"code": "TH1", "sort_order": "1"},
    }


@pytest.mark.parametrize(
    ("address", "field", "stored"),
    [
        ("/new/staff/", "full_name", Staff.objects),
        ("/new/unit/", "name", Unit.objects),
        ("/new/course/", "name", Course.objects),
        ("/new/session/", "name", CourseSession.objects),
        ("/new/session/", "provider_name", Provider.objects),
        ("/accounts/users/add/", "full_name", User.objects),
        ("/code-lists/providers/add/", "name", Provider.objects),
        ("/code-lists/positions/add/", "name", Position.objects),
        ("/code-lists/ranks/add/", "name", Rank.objects),
        ("/code-lists/fields/add/", "name", Field.objects),
    ],
)
def test_every_form_asks_about_a_name_in_an_old_font_once(as_admin, sent, address, field, stored):
    typed = {**sent[address], field: OLD}
    before = stored.count()
    asked = as_admin.post(address, typed)
    assert asked.status_code == 422
    assert [line.partition(": ")[2] or line for line in alert(asked)] == [ASKED]
    assert f'<input type="hidden" name="kept_as_typed" value="{OLD}">' in asked.content.decode()
    assert stored.count() == before
    assert as_admin.post(address, {**typed, "kept_as_typed": OLD}).status_code in (200, 302)
    assert stored.filter(**{field.removeprefix("provider_"): OLD}).count() == 1


def test_another_name_in_an_old_font_is_asked_about_anew(as_admin, sent):
    typed = {**sent["/new/staff/"], "full_name": "TrÇn ThÞ B×nh", "kept_as_typed": OLD}
    assert alert(as_admin.post("/new/staff/", typed)) == [f"Họ và tên: {ASKED}"]


def test_a_letter_that_cleaning_would_drop_gives_the_font_away(as_admin, sent):
    assert as_admin.post("/new/staff/", {**sent["/new/staff/"], "full_name": "L\u00adu Quang"}).status_code == 422


def test_a_stored_name_that_is_left_alone_is_not_asked_about(as_admin):
    staff = StaffBuilder(full_name=OLD)
    typed = {"code": staff.code, "full_name": OLD, "gender": "female", "version": current_version(staff)}
    assert as_admin.post(f"/personnel/{staff.code}/edit/", typed).status_code == 302


def test_names_pasted_for_codes_are_said_to_be_in_an_old_font(as_admin):
    session = SessionBuilder()
    pasted = {"codes": "NguyÔn V¨n An\nTrÇn ThÞ B×nh", "status": "sent", "step": "check"}
    response = as_admin.post(f"/courses/sessions/{session.code}/enroll/", pasted)
    assert f"TrÇn ThÞ B×nh. Hãy tìm từng người ở ô phía trên, hoặc dán mã cán bộ. {ADVICE}" in alert(response)[0]


SIGNER = {"decision_number": "44/QĐ", "decision_date": "1/3/2012", "decision_signer": OLD}
KEPT = f'<input type="hidden" name="kept_as_typed" value="{OLD}">'


def test_a_signer_in_an_old_font_is_asked_about_once_in_enrolling(as_admin):
    session, staff = SessionBuilder(), StaffBuilder()
    address, typed = f"/courses/sessions/{session.code}/enroll/", {"people": [staff.pk], "status": "sent", **SIGNER}
    asked = as_admin.post(address, {**typed, "step": "check"})
    assert (asked.status_code, alert(asked)) == (422, [f"Người ký: {ASKED}"])
    assert KEPT in asked.content.decode()
    checked = as_admin.post(address, {**typed, "step": "check", "kept_as_typed": OLD})
    assert checked.status_code == 200 and KEPT in checked.content.decode()
    as_admin.post(address, {**typed, "step": "save", "ready": [staff.pk], "kept_as_typed": OLD})
    assert Enrollment.objects.get().decision_signer == OLD


@pytest.mark.parametrize("of_one", [True, False])
def test_a_signer_in_an_old_font_is_asked_about_once_in_a_step(as_admin, of_one):
    row = EnrollmentBuilder(status="proposed")
    version = current_version(row)
    if of_one:
        address, typed = f"/enrollments/{row.pk}/status/?to=sent", {**SIGNER, "version": version}
    else:
        address = f"/courses/sessions/{row.session.code}/status/"
        version = f"{current_version(row.session)}.{version}"
        typed = {**SIGNER, "version": version, "status": "sent", "row": row.pk, "save": "1"}
    asked = as_admin.post(address, typed)
    assert (asked.status_code, alert(asked)) == (422, [f"Người ký: {ASKED}"])
    assert KEPT in asked.content.decode()
    as_admin.post(address, {**typed, "kept_as_typed": OLD})
    assert Enrollment.objects.get().decision_signer == OLD
