"""Figures are remembered between writes and never outlive one: whatever changes a figure, the next page shows it.

Tests in a transaction of their own remember nothing; these commit, as the site does.
"""

import re
import threading
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.db.models import Count, Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Course, CourseSession, Provider
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
from personnel.models import ExportLog, Position, Posting, Staff, Unit, User
from personnel.services import save_staff
from reports import remembered
from reports.printing import as_dict
from reports.remembered import Memory
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
from tests.exchange.workbooks import imported
from vpcp_training.errors import DomainError
from vpcp_training.screens.code_lists import save_item


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
        self.hr, self.admin = UserBuilder(role="hr"), UserBuilder(role="admin")
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


def test_the_dashboard_takes_eleven_queries_and_nine_more_when_all_is_counted(
    client, office, django_assert_num_queries
):
    client.force_login(office.hr)
    for change, queries in ((None, 20), (None, 11), (Office.enroll, 20), (Office.hire, 12), (None, 11)):
        if change:
            change(office)
        with django_assert_num_queries(queries):
            client.get("/?year=2012")


def years_counted(queries) -> list[int]:
    """The years of enrollments that these queries counted, each as often as it was counted."""
    found = [re.search(r'"enrollments_enrollment"\."year" IN \(([^)]+)\)', query["sql"]) for query in queries]
    return sorted(int(year) for years in filter(None, found) for year in years[1].split(","))


def report_and_trend():
    """What the dashboard counts by year: the report with four questions (one of 2012 alone), the trend with one."""
    return as_dict(yearly_report(2012)), trend()


class TwoYears(Office):
    """In 2011 Chi was in a class too."""

    def __init__(self):
        super().__init__()
        self.before = SessionBuilder(code="L0", start=date(2011, 3, 7), course__field__code="NN")
        EnrollmentBuilder(session=self.before, staff=self.outsider, status="sent")

    def enroll_in_2011(self):
        enroll(self.before, [self.trained], self.hr)

    def enroll_in_a_new_class_of_2014(self):
        enroll(SessionBuilder(start=date(2014, 3, 5)), [self.trained], self.hr)

    def open_a_class(self):
        day = date(2012, 5, 7)
        save_session(CourseSession(code="L2", course=self.session.course, name="Lớp mới", start=day, end=day), self.hr)

    def move_the_class_to_2013_by_a_workbook(self):
        row = {"Mã lớp": "L1", "Ngày khai giảng": date(2013, 3, 4), "Ngày bế giảng": date(2013, 3, 8)}
        assert imported({"Lớp": [row]}).applied

    def rename_the_course(self):
        self.session.course.name = "Tin học văn phòng"
        save_course(self.session.course, self.hr)


WHAT_IS_COUNTED_AGAIN = {
    TwoYears.enroll: [2012] * 5,
    TwoYears.cancel_the_enrollment: [2012] * 5,
    TwoYears.delete_the_enrollment: [2012] * 4,  # no year of the trend any more
    TwoYears.correct_the_decision: [2012] * 5,
    TwoYears.correct_the_posting: [2012] * 5,
    TwoYears.move_the_course_to_another_field: [2012] * 5,
    TwoYears.enroll_in_2011: [2011] * 4,
    TwoYears.enroll_in_a_new_class_of_2014: [2014],
    TwoYears.move_the_class_to_2013: [2011] * 4 + [2012] * 4 + [2013],
    TwoYears.move_the_class_to_2013_by_a_workbook: [2011] * 4 + [2012] * 4 + [2013],
    TwoYears.cancel_the_class: [2011] * 4 + [2012] * 5,
    TwoYears.correct_gender_and_mark: [2011, 2012],  # the totals, which alone look at the person
    TwoYears.open_a_class: [],
    TwoYears.rename_the_course: [],
    TwoYears.hire: [],
}


@pytest.mark.parametrize("change", WHAT_IS_COUNTED_AGAIN, ids=lambda change: change.__name__)
def test_only_what_a_write_could_change_is_counted_again(transactional_db, change):
    office = TwoYears()
    with CaptureQueriesContext(connection) as queries:
        report_and_trend()
    assert years_counted(queries) == [2011] * 4 + [2012] * 5
    change(office)
    with CaptureQueriesContext(connection) as queries:
        remembered_figures = report_and_trend()
    assert years_counted(queries) == WHAT_IS_COUNTED_AGAIN[change]
    with CaptureQueriesContext(connection) as queries:
        assert report_and_trend() == remembered_figures
    assert years_counted(queries) == []
    with transaction.atomic():
        assert report_and_trend() == remembered_figures


def test_the_year_before_is_known_from_its_own_report(transactional_db):
    TwoYears()
    yearly_report(2011)
    with CaptureQueriesContext(connection) as queries:
        yearly_report(2012)
    assert years_counted(queries) == [2012] * 4


def test_what_is_changed_by_hand_counts_from_the_next_full_hour(office, monkeypatch):
    assert yearly_report(2012).total.participations.current == 1
    Enrollment.objects.update(status=Status.CANCELLED)
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert yearly_report(2012).total.participations.current == 0


def test_what_is_counted_has_a_history(office):
    """A table that a question reads without the stamp would be a figure that stays wrong."""
    known = {model._meta.db_table for model in (Enrollment, *remembered._AROUND)}
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        for user in (office.hr, office.leader):
            yearly_report(2012, user=user)
            trend(user)
    asked = [query["sql"] for query in queries if "COUNT(" in query["sql"]]
    assert len(asked) == 10
    read = {table for sql in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)}
    assert "personnel_position" in read
    assert read <= known


REFUSED = {
    "courses_provider": Provider.objects.all(),
    "courses_field": Enrollment.objects.filter(field__code="TH"),
    "personnel_rank": Enrollment.objects.filter(staff__in=Posting.objects.filter(rank__code="01.003").values("staff")),
    "personnel_exportlog": Enrollment.objects.values("year").annotate(
        exporters=Count("pk", filter=Exists(ExportLog.objects.filter(rows=OuterRef("year"))))
    ),
}


@pytest.mark.parametrize("table", REFUSED)
def test_a_question_about_a_table_that_is_not_under_the_stamp_is_refused(db, table):
    for ask in (lambda question: Memory().recall(question, len), Memory().recall_years):
        with pytest.raises(LookupError, match=f": {table}$"):
            ask(REFUSED[table])


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
    kind = random.randrange(9)
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
            save_item(position, office.admin)
        elif kind == 7:
            session.course.field = FieldBuilder(code=random.choice(["TH", "NN"]))
            save_course(session.course, office.hr)
        elif kind == 8:
            imported({"Lượt": [{"Mã lớp": session.code, "Mã cán bộ": person.code, "Trạng thái": "Hoàn thành"}]})


def figures(office: Office) -> list:
    """All reports that somebody may see."""
    users = (None, office.hr, office.leader, office.other_leader)
    return [(as_dict(yearly_report(2012, user=user)), trend(user)) for user in users]


def everything_removed():
    """An empty office, whose history and memory go on."""
    for model in (Enrollment, CourseSession, Course, User, Posting, Staff):
        model.objects.all().delete()
    Unit.objects.order_by()._raw_delete("default")


def written_years(start: int) -> set[int]:
    """The years of the enrollments written since this row of their history."""
    return set(Enrollment.history.filter(history_id__gt=start).values_list("year", flat=True))


def corrections() -> int:
    """How often a record around enrollments was changed or deleted."""
    return sum(model.history.exclude(history_type="+").count() for model in remembered._AROUND)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=False), writes=st.integers(1, 6))
def test_remembered_figures_are_the_counted_ones(transactional_db, random, writes):
    everything_removed()
    cache.clear()
    office = Office()
    figures(office)
    for _write in range(writes):
        last, corrected = Enrollment.history.latest("history_id").pk, corrections()
        a_random_write(office, random)
        with transaction.atomic():
            counted = figures(office)
        with CaptureQueriesContext(connection) as queries:
            assert figures(office) == counted
        assert corrections() > corrected or set(years_counted(queries)) <= written_years(last)
        with CaptureQueriesContext(connection) as queries:
            assert figures(office) == counted
        assert years_counted(queries) == []
