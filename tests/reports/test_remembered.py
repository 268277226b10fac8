"""Figures are remembered between writes and never outlive one: whatever changes a figure, the next page shows it.

Tests in a transaction of their own remember nothing; these commit, as the site does.
"""

import re
import threading
from contextlib import suppress
from datetime import date
from random import Random

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from courses.models import CourseSession
from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from enrollments.services import (
    cancel_session,
    change_status,
    correct_enrollment,
    delete_enrollment,
    delete_posting,
    enroll,
    save_course,
    save_posting,
    save_session,
)
from enrollments.snapshots import derive
from enrollments.status import Status
from personnel.models import Position, Posting, Staff
from personnel.services import save_staff
from reports import remembered
from reports.printing import as_dict
from reports.trend import trend
from reports.yearly import yearly_report
from tests.builders import (
    EnrollmentBuilder,
    FieldBuilder,
    PositionBuilder,
    SessionBuilder,
    StaffBuilder,
    UnitBuilder,
    UserBuilder,
)
from tests.enrollments.workbooks import imported
from vpcp_training.code_lists import save_item
from vpcp_training.errors import DomainError


class Office:
    """Cục Quản trị sent Bình to a class of 2012; An, of the same bureau, and Chi, of Vụ Pháp luật, had no training."""

    def __init__(self):
        seed_code_lists()
        top = UnitBuilder(code="VP", sort_order=1)
        self.bureau, self.other = (UnitBuilder(code=code, parent=top) for code in ("QT", "PL"))
        self.untrained = StaffBuilder(code="CB-AN", posting__unit=self.bureau)
        self.outsider = StaffBuilder(code="CB-CHI", posting__unit=self.other)
        self.trained = StaffBuilder(code="CB-BINH", posting__unit=self.bureau)
        self.session = SessionBuilder(code="L1", course__field__code="TH")
        self.enrollment = EnrollmentBuilder(session=self.session, staff=self.trained, status="sent")
        self.hr = UserBuilder(role="hr")
        self.leader = UserBuilder(role="leader", unit=self.bureau)
        self.other_leader = UserBuilder(role="leader", unit=self.other)

    def enroll(self):
        enroll(self.session, [self.untrained], self.hr)

    def cancel_the_enrollment(self):
        change_status([self.enrollment], "cancelled", self.hr, reason="Ốm")

    def delete_the_enrollment(self):
        delete_enrollment(self.enrollment, self.hr)

    def cancel_the_class(self):
        cancel_session(self.session, self.hr, reason="Bão")

    def move_the_class_to_2013(self):
        self.session.start, self.session.end = date(2013, 3, 4), date(2013, 3, 8)
        save_session(self.session, self.hr)

    def hold_the_class_overseas(self):
        self.session.country = "Hàn Quốc"
        save_session(self.session, self.hr)

    def move_the_course_to_another_field(self):
        self.session.course.field = FieldBuilder(code="NN")
        save_course(self.session.course, self.hr)

    def correct_gender_and_mark(self):
        self.trained.gender, self.trained.is_ethnic_minority = Staff.Gender.FEMALE, True
        save_staff(self.trained, self.hr)

    def correct_the_posting(self):
        posting = self.trained.postings.get()
        posting.unit, posting.position = self.other, PositionBuilder(name="Vụ trưởng")
        save_posting(posting, self.hr)

    def end_a_posting(self):
        posting = self.outsider.postings.get()
        posting.end = date(2012, 6, 30)
        save_posting(posting, self.hr)

    def delete_a_posting(self):
        delete_posting(self.outsider.postings.get(), self.hr)

    def hire(self):
        save_staff(
            Staff(code="MOI", full_name="Lê Mới", gender="male"),
            self.hr,
            posting=Posting(unit=self.other, start=date(2012, 1, 1)),
        )

    def import_a_person_and_a_participation(self):
        row = {"Mã lớp": "L1", "Mã cán bộ": "CB-CHI", "Trạng thái": "Hoàn thành"}
        corrected = {"Mã cán bộ": "CB-CHI", "Giới tính": "Nữ"}
        assert imported({"Cán bộ": [corrected], "Lượt": [row]}).applied

    def correct_the_decision(self):
        self.enrollment.decision_number = "12/QĐ"
        correct_enrollment(self.enrollment, self.hr)


@pytest.fixture
def office(transactional_db):
    return Office()


def shown(client, user) -> dict[str, int]:
    """The figures of 2012 on a user's dashboard; those that are 0 left out."""
    client.force_login(user)
    context = client.get("/?year=2012").context
    if "report" not in context:
        return {}
    report = context["report"]
    lines = [*report.by_field, *report.by_unit, *report.of_which.values()]
    figures = {
        "participations": report.total.participations.current,
        "people": report.total.people.current,
        "classes": report.classes.current,
        "untrained": context["untrained"],
        **{line.code: line.participations.current for line in lines},
        **{point.year: point.participations for point in context["points"]},
    }
    return {name: figure for name, figure in figures.items() if figure}


AT_FIRST = {"participations": 1, "people": 1, "classes": 1, "TH": 1, "QT": 1, 2012: 1, "untrained": 2}

CHANGES = {
    Office.enroll: {"participations": 2, "people": 2, "TH": 2, "QT": 2, 2012: 2, "untrained": 1},
    Office.hold_the_class_overseas: {"overseas": 1},
    Office.move_the_course_to_another_field: {"TH": 0, "NN": 1},
    Office.correct_gender_and_mark: {"women": 1, "ethnic_minority": 1},
    Office.correct_the_posting: {"QT": 0, "PL": 1, "leaders": 1},
    Office.end_a_posting: {"untrained": 1},
    Office.delete_a_posting: {"untrained": 1},
    Office.hire: {"untrained": 3},
    Office.import_a_person_and_a_participation: {
        "participations": 2,
        "people": 2,
        "TH": 2,
        2012: 2,
        "PL": 1,
        "women": 1,
        "untrained": 1,
    },
    Office.move_the_class_to_2013: {
        "participations": 0,
        "people": 0,
        "classes": 0,
        "TH": 0,
        "QT": 0,
        2012: 0,
        2013: 1,
        "untrained": 3,
    },
    Office.correct_the_decision: {},
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_next_page_after_a_change_shows_it(client, office, change):
    assert shown(client, office.hr) == shown(client, office.hr) == AT_FIRST
    change(office)
    expected = {name: figure for name, figure in {**AT_FIRST, **CHANGES[change]}.items() if figure}
    assert shown(client, office.hr) == shown(client, office.hr) == expected


@pytest.mark.parametrize(
    "change", [Office.cancel_the_enrollment, Office.delete_the_enrollment, Office.cancel_the_class]
)
def test_nothing_is_left_of_the_only_participation(client, office, change):
    assert shown(client, office.hr) == AT_FIRST
    change(office)
    assert shown(client, office.hr) == {}


def test_a_position_that_becomes_one_of_leaders_in_the_admin_counts_at_once(client, office):
    assert shown(client, office.hr) == AT_FIRST
    position = Position.objects.get(name="Chuyên viên")
    client.force_login(UserBuilder(role="admin"))
    sent = {"name": position.name, "name_en": "", "level": "division", "sort_order": 9}
    assert client.post(f"/admin/personnel/position/{position.pk}/change/", sent).status_code == 302
    assert shown(client, office.hr) == {**AT_FIRST, "leaders": 1}


def test_what_is_loaded_past_the_services_counts_at_once(client, office):
    assert shown(client, office.hr) == AT_FIRST
    loaded = Enrollment(session=office.session, staff=office.outsider, status="sent")
    Enrollment.objects.bulk_create(derive([loaded]))
    assert shown(client, office.hr)["participations"] == 2


def test_each_scope_has_figures_of_its_own(client, office):
    enroll(office.session, [office.outsider], office.hr)
    for _time in range(2):
        assert shown(client, office.hr)["participations"] == 2
        assert shown(client, office.leader) == {**AT_FIRST, "untrained": 1}
        assert shown(client, office.other_leader) == {
            "participations": 1,
            "people": 1,
            "classes": 1,
            "TH": 1,
            "PL": 1,
            2012: 1,
        }


def test_between_writes_the_records_are_not_counted_again(client, office):
    shown(client, office.hr)
    with CaptureQueriesContext(connection) as queries:
        shown(client, office.hr)
    counting = [query["sql"] for query in queries if 'FROM "enrollments_enrollment"' in query["sql"]]
    assert [sql for sql in counting if "COUNT" in sql and "DISTINCT" in sql] == []
    assert not [query for query in queries if re.search(r'COUNT\(\*\).*FROM "personnel_staff"', query["sql"])]


def test_what_is_counted_has_a_history(office):
    """A table that a question reads without the stamp would be a figure that stays wrong."""
    known = {model._meta.db_table for model in remembered._RECORDS}
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        for user in (office.hr, office.leader):
            yearly_report(2012, user=user)
            trend(user)
    asked = [query["sql"] for query in queries if "COUNT(" in query["sql"]]
    assert len(asked) == 10
    read = {table for sql in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)}
    assert "personnel_position" in read
    assert read <= known


def test_nothing_is_remembered_inside_a_transaction(office):
    with transaction.atomic():
        assert yearly_report(2012).total.participations.current == 1
        Enrollment.objects.update(status=Status.CANCELLED)
        assert yearly_report(2012).total.participations.current == 0


def test_what_a_transaction_saw_and_undid_is_forgotten(office):
    with transaction.atomic():
        office.enroll()
        assert yearly_report(2012).total.participations.current == 2
        transaction.set_rollback(True)
    assert yearly_report(2012).total.participations.current == 1
    enroll(office.session, [office.outsider], office.hr)
    assert {line.code: line.participations.current for line in yearly_report(2012).by_unit} == {"QT": 1, "PL": 1}


def test_a_write_that_ends_after_a_later_one_is_shown(office):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    begun, may_end = threading.Event(), threading.Event()

    def slowly():
        try:
            with transaction.atomic():
                office.enroll()
                begun.set()
                may_end.wait(timeout=20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert begun.wait(timeout=20)
    enroll(SessionBuilder(), [office.outsider], office.hr)
    assert yearly_report(2012).total.participations.current == 2
    may_end.set()
    thread.join(timeout=20)
    newest, before = Enrollment.history.order_by("-history_id")[:2]
    assert (newest.staff, before.staff) == (office.outsider, office.untrained)
    assert yearly_report(2012).total.participations.current == 3


def a_random_write(office: Office, random: Random) -> None:
    """One of the writes above with whatever there is; a refused one changes nothing."""
    person, session = random.choice(Staff.objects.all()), random.choice(CourseSession.objects.all())
    enrollment = random.choice([*Enrollment.objects.all(), None])
    kind = random.randrange(7)
    with suppress(DomainError):
        if kind == 0:
            enroll(session, [person], office.hr)
        elif kind == 1 and enrollment:
            change_status([enrollment], random.choice(Status.values), office.hr, reason="Theo công văn", confirmed=True)
        elif kind == 2 and enrollment:
            delete_enrollment(enrollment, office.hr)
        elif kind == 3:
            person.gender = random.choice(Staff.Gender.values)
            save_staff(person, office.hr)
        elif kind == 4:
            session.country = random.choice(["", "Lào"])
            session.start = random.choice([date(2011, 3, 7), date(2012, 3, 5)])
            save_session(session, office.hr)
        elif kind == 5:
            posting = person.postings.get()
            posting.unit = random.choice([office.bureau, office.other])
            save_posting(posting, office.hr)
        elif kind == 6:
            position = random.choice(Position.objects.all())
            position.level = random.choice(["", *Position.Level.values])
            save_item(position, office.hr)


def figures(office: Office) -> list:
    """All reports that somebody may see."""
    users = (None, office.hr, office.leader, office.other_leader)
    return [(as_dict(yearly_report(2012, user=user)), trend(user)) for user in users]


@pytest.mark.parametrize("seed", range(3))
def test_remembered_figures_are_the_counted_ones(office, seed):
    random = Random(seed)
    for _write in range(10):
        a_random_write(office, random)
        with transaction.atomic():
            counted = figures(office)
        assert figures(office) == figures(office) == counted
