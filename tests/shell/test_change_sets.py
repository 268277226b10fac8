"""All that one use case changed belongs together: who, when, what in words, each record before and after."""

import datetime

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from courses.models import CourseSession
from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from enrollments.services import cancel_session, change_status, enroll, save_posting
from enrollments.status import Status
from exchange.workbook import import_workbook
from personnel.models import Position, Posting, Staff
from personnel.services import save_staff
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder, UserBuilder
from tests.exchange.workbooks import person, written
from vpcp_training.change_sets import ChangeSet
from vpcp_training.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(db):
    seed_code_lists()
    return UserBuilder(full_name="Lê Thu Hương")


@pytest.fixture
def auditor(client):
    user = UserBuilder(role="auditor")
    client.force_login(user)
    return user


def belonging(model) -> list:
    """The rows of a history that belong to the latest change set."""
    return list(model.history.filter(change_set=ChangeSet.objects.latest("pk")))


def test_enrolling_many_people_is_one_change(hr):
    session, people = SessionBuilder(name="Lớp A"), StaffBuilder.create_batch(3)
    enroll(session, people, hr)
    made = ChangeSet.objects.get()
    assert (made.by, made.use_case, made.about) == (hr, "enroll", str(session))
    assert len(belonging(Enrollment)) == 3


def test_what_follows_from_a_change_belongs_to_it(hr):
    enrollment = EnrollmentBuilder()
    posting = enrollment.staff.postings.get()
    posting.unit = UnitBuilder()
    save_posting(posting, hr)
    assert [len(belonging(model)) for model in (Posting, Enrollment)] == [1, 1]


def test_cancelling_a_class_and_its_people_is_one_change(hr):
    session = SessionBuilder()
    enroll(session, StaffBuilder.create_batch(2), hr)
    cancel_session(session, hr, reason="Bão")
    assert [len(belonging(model)) for model in (CourseSession, Enrollment)] == [1, 2]
    assert ChangeSet.objects.count() == 2


def test_a_step_of_people_of_a_class_says_of_which(hr):
    rows = enroll(SessionBuilder(name="Lớp A"), StaffBuilder.create_batch(2), hr)
    change_status(rows, Status.STUDYING, hr)
    assert ChangeSet.objects.latest("pk").about == str(rows[0].session)


def test_an_import_is_one_change_and_says_the_file(hr):
    book = written({"Cán bộ": [person("CB01"), person("CB02")]})
    import_workbook(book, by=hr, file_name="so-2012.xlsx")
    made = ChangeSet.objects.get()
    assert (made.by, made.use_case, made.about) == (hr, "import_workbook", "so-2012.xlsx")
    assert len(belonging(Staff)) == 2


def test_a_file_that_changes_nothing_and_a_refused_change_leave_none(hr):
    book = {"Cán bộ": [person("CB01")]}
    import_workbook(written(book), by=hr)
    import_workbook(written(book), by=hr)
    with pytest.raises(DomainError), transaction.atomic():
        enroll(SessionBuilder(), [], hr)
    assert ChangeSet.objects.count() == 1


def test_proposing_is_told_from_sending(client, hr, auditor):
    unit = UnitBuilder()
    leader, session = UserBuilder(role="leader", unit=unit), SessionBuilder(code="L1")
    enroll(session, [StaffBuilder(posting__unit=unit)], leader, status=Status.PROPOSED)
    page = client.get("/courses/sessions/L1/history/").content.decode()
    assert "Đề xuất người đi học</a>" in page and "Cử người đi học</a>" not in page
    listed = [len(client.get(f"/changes/?use_case={name}").context["table"].page) for name in ("propose", "enroll")]
    assert listed == [1, 0]


def test_a_command_s_change_is_of_nobody(hr):
    save_staff(StaffBuilder.build(posting=None), None)
    assert ChangeSet.objects.get().by is None


def test_the_list_says_who_did_what_in_the_language_of_the_reader(client, hr, auditor):
    enroll(SessionBuilder(name="Lớp A"), StaffBuilder.create_batch(2), hr)
    save_staff(StaffBuilder.build(posting=None), None)
    page = client.get("/changes/").content.decode()
    assert "Lê Thu Hương" in page and "Cử người đi học" in page and "Lớp A" in page and "Lệnh máy chủ" in page
    client.cookies["django_language"] = "en"
    assert "People sent to study" in client.get("/changes/").content.decode()


def test_the_list_is_narrowed_by_who_what_and_when(client, hr, auditor):
    session = SessionBuilder()
    enroll(session, StaffBuilder.create_batch(2), hr)
    save_staff(StaffBuilder.build(posting=None), None)
    before = timezone.localdate() - datetime.timedelta(days=2)

    def found(query: str) -> int:
        return len(client.get(f"/changes/?{query}").context["table"].page.object_list)

    assert [found(query) for query in ("", f"by={hr.username}", "by=~", "use_case=enroll")] == [2, 1, 1, 1]
    assert found(f"until={before:%d/%m/%Y}") == 0
    assert found(f"since={before:%d/%m/%Y}") == 2


def test_a_change_shows_each_record_before_and_after(client, hr, auditor, django_assert_num_queries):
    staff = StaffBuilder(full_name="Lê An", code="CB07")
    staff.full_name = "Lê Ngọc An"
    save_staff(staff, hr)
    page = client.get(f"/changes/{ChangeSet.objects.get().pk}/").content.decode()
    assert "<td>Lê An</td> <td>Lê Ngọc An</td>" in " ".join(page.split()) and "CB07" in page
    session = SessionBuilder(name="Lớp A")
    for number in (2, 9):
        enroll(session, StaffBuilder.create_batch(number), hr)
        with django_assert_num_queries(24):
            page = client.get(f"/changes/{ChangeSet.objects.latest('pk').pk}/").content.decode()
        assert page.count('class="entry"') == number


def test_a_change_of_the_ethnic_minority_mark_alone_is_not_shown_to_an_auditor(client, hr, auditor):
    staff = StaffBuilder(full_name="Lê An")
    staff.is_ethnic_minority = True
    save_staff(staff, hr)
    page = client.get(f"/changes/{ChangeSet.objects.get().pk}/").content.decode()
    assert 'class="entry"' not in page and "Dân tộc thiểu số" not in page
    client.force_login(UserBuilder(role="admin"))
    assert "Dân tộc thiểu số" in client.get(f"/changes/{ChangeSet.objects.get().pk}/").content.decode()


def test_a_change_of_many_people_stands_in_the_history_of_their_class(client, hr):
    session = SessionBuilder(name="Lớp A")
    rows = enroll(session, StaffBuilder.create_batch(3), hr)
    change_status(rows[:2], Status.STUDYING, hr)
    client.force_login(hr)
    page = client.get(f"/courses/sessions/{session.code}/history/").content.decode()
    assert page.index("Đổi trạng thái") < page.index("Cử người đi học")
    assert "2 người" in page and "3 người" in page


def test_the_history_of_a_class_names_the_first_people_of_a_change(client, hr, django_assert_num_queries):
    session = SessionBuilder(code="L1", seats=None)
    people = [StaffBuilder(full_name=f"Lê {name}") for name in ("Yến", "An", "Chi", "Bình", "Dũng", "Em", "Giang")]
    rows = enroll(session, people, hr)
    change_status(rows[:2], Status.STUDYING, hr)
    client.force_login(hr)
    page = client.get("/courses/sessions/L1/history/")
    words = " ".join(page.content.decode().split())
    assert "7 người: Lê An, Lê Bình, Lê Chi, Lê Dũng, Lê Em và 2 người khác" in words
    assert "2 người: Lê An, Lê Yến" in words
    with django_assert_num_queries(9):
        client.get("/courses/sessions/L1/history/")
    for _step in range(3):
        enroll(session, StaffBuilder.create_batch(6), hr)
    with django_assert_num_queries(9):
        client.get("/courses/sessions/L1/history/")


def test_a_leader_sees_of_a_change_of_the_class_the_own_people_alone(client, hr):
    unit = UnitBuilder()
    own = StaffBuilder(full_name="Lê An", posting__unit=unit)
    session = SessionBuilder()
    enroll(session, [own, *StaffBuilder.create_batch(3)], hr)
    enroll(session, [StaffBuilder()], hr)
    client.force_login(UserBuilder(role="leader", unit=unit))
    page = client.get(f"/courses/sessions/{session.code}/history/").content.decode()
    assert page.count("Cử người đi học") == 1
    assert "1 người: Lê An</p>" in page and "4 người" not in page


def test_that_a_mark_alone_was_changed_is_told_to_nobody_who_may_not_see_it(client, hr, auditor):
    staff = StaffBuilder(code="CB01", full_name="Lê An")
    staff.is_ethnic_minority = True
    save_staff(staff, hr)
    assert ChangeSet.objects.count() == 1
    assert not client.get("/changes/").context["table"].rows.data.data.exists()
    assert client.get(f"/changes/{ChangeSet.objects.get().pk}/").status_code == 404


def test_marks_that_a_file_changes_beside_other_things_are_not_counted_for_an_auditor(client, hr, auditor):
    for number in range(4):
        StaffBuilder(code=f"CB0{number}", full_name="Lê An")
    *marks, last = [{"Mã cán bộ": f"CB0{number}", "Dân tộc thiểu số": "x"} for number in range(4)]
    import_workbook(written({"Cán bộ": marks}), by=hr, file_name="dan-toc.xlsx")
    import_workbook(written({"Cán bộ": [last, person("CB09")]}), by=hr)
    assert [made.of_mark_alone for made in ChangeSet.objects.order_by("pk")] == [True, False]
    (kind,) = client.get(f"/changes/{ChangeSet.objects.latest('pk').pk}/").context["kinds"]
    assert (kind["number"], [entry.kind for entry in kind["entries"]]) == (1, ["+"])


def test_saving_without_a_change_says_so(client, hr):
    save_staff(StaffBuilder(), hr)
    client.force_login(UserBuilder(role="admin"))
    assert "Lưu mà không đổi gì" in client.get(f"/changes/{ChangeSet.objects.get().pk}/").content.decode()


def test_what_django_s_admin_changes_of_a_code_list_belongs_to_a_change_set(client, hr):
    admin = UserBuilder(role="admin")
    client.force_login(admin)
    client.post(
        "/admin/personnel/position/add/", {"name": "Kế toán trưởng", "name_en": "", "level": "", "sort_order": 9}
    )
    made = ChangeSet.objects.get()
    assert (made.by, made.use_case, made.about) == (admin, "save_item", "Kế toán trưởng")
    key = Position.objects.get(name="Kế toán trưởng").pk
    client.post(f"/admin/personnel/position/{key}/delete/", {"post": "yes"})
    assert ChangeSet.objects.latest("pk").use_case == "delete_item"


def test_a_code_that_a_command_changes_belongs_to_a_change_set_of_nobody(hr):
    StaffBuilder(code="CB01")
    call_command("rename_code", "staff", "CB01", "CB02")
    made = ChangeSet.objects.get()
    assert (made.by, made.use_case, made.about) == (None, "rename_code", "CB01 → CB02")
    assert len(belonging(Staff)) == 1


def test_lists_exported_by_the_mark_are_not_told_to_an_auditor(client, hr, auditor):
    client.force_login(hr)
    StaffBuilder(is_ethnic_minority=True)
    for address in ("/personnel/?minority=1&export=xlsx", "/personnel/?export=xlsx"):
        client.get(address).getvalue()
    client.force_login(auditor)
    assert client.get("/accounts/exports/").context["table"].rows.data.data.count() == 1
    assert client.get("/accounts/exports/?q=dân tộc").context["table"].rows.data.data.count() == 0
