"""Two clerks at the same moment: whichever is second sees what the first did."""

import sqlite3
import threading
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from courses.models import CourseSession
from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from enrollments.services import cancel_session, delete_posting, enroll, save_course
from personnel.models import Posting
from tests.builders import EnrollmentBuilder, FieldBuilder, SessionBuilder, StaffBuilder, UserBuilder
from vpcp_training.errors import DomainError


def at_once(*actions) -> list:
    """Runs the actions in a thread each, started together; returns the error each raised, None for success."""
    gate, results = threading.Barrier(len(actions)), [None] * len(actions)

    def run(number, action):
        try:
            gate.wait(timeout=10)
            action()
        except DomainError as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    return results


@pytest.fixture
def waiting_database(transactional_db, tmp_path):
    """On SQLite a copy in a file: the tests' database in memory fails where a file, as in production, would wait."""
    if connection.vendor != "sqlite":
        yield
        return
    memory = connections["default"]
    memory.ensure_connection()
    with sqlite3.connect(tmp_path / "copy.sqlite3") as file:
        memory.connection.backup(file)
    name = memory.settings_dict["NAME"]
    connections.settings["default"]["NAME"] = str(tmp_path / "copy.sqlite3")
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    connections["default"] = memory
    connections.settings["default"]["NAME"] = name


@contextmanager
def in_use(record):
    """Somebody else is writing the record and not through yet; whoever wants it does not wait."""
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(type(record).objects.select_for_update().filter(pk=record.pk))
            held.set()
            done.wait(timeout=30)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(timeout=30)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0" if connection.vendor == "sqlite" else "SET lock_timeout = '1ms'")
    try:
        yield
    finally:
        done.set()
        thread.join(timeout=30)
        connection.close()  # the next one waits again


@pytest.fixture
def hr(waiting_database):
    seed_code_lists()
    return UserBuilder()


def test_the_last_seat_is_given_once(hr):
    session, people = SessionBuilder(seats=1), [StaffBuilder(), StaffBuilder()]
    errors = at_once(*(lambda staff=staff: enroll(session, [staff], hr) for staff in people))
    assert sum(error is None for error in errors) == 1
    (refusal,) = [str(error) for error in errors if error]
    assert refusal == "Lớp đã đủ 1 chỗ. Tăng số chỗ của lớp, hoặc chọn lớp khác."
    assert session.enrollments.seats_taken() == 1


def test_one_person_is_enrolled_once(hr):
    session, staff = SessionBuilder(), StaffBuilder()
    errors = at_once(*[lambda: enroll(session, [staff], hr)] * 2)
    assert sum(error is None for error in errors) == 1
    assert Enrollment.objects.count() == 1


def test_one_person_is_not_sent_to_two_classes_of_the_same_days(hr):
    staff = StaffBuilder()
    errors = at_once(*(lambda s=s: enroll(s, [staff], hr) for s in (SessionBuilder(), SessionBuilder())))
    assert sum(error is None for error in errors) == 1
    assert "Trùng ngày với lớp" in str(next(error for error in errors if error))


def test_nobody_is_left_in_a_class_that_is_cancelled(hr):
    session = SessionBuilder()
    at_once(
        lambda: enroll(session, [StaffBuilder()], hr),
        lambda: cancel_session(session, hr, reason="Thiếu giảng viên"),
    )
    assert CourseSession.objects.get().cancelled
    assert not Enrollment.objects.participations().exists()


def test_a_snapshot_keeps_up_with_its_course(hr):
    session = SessionBuilder(course__field__code="TH")
    course, staff = session.course, StaffBuilder()
    course.field = FieldBuilder(code="NN")
    at_once(lambda: enroll(session, [staff], hr), lambda: save_course(course, hr))
    assert Enrollment.objects.get().field.code == "NN"


def test_nobody_is_sent_by_a_posting_that_is_deleted(hr):
    session, staff = SessionBuilder(), StaffBuilder()
    errors = at_once(lambda: enroll(session, [staff], hr), lambda: delete_posting(Posting.objects.get(staff=staff), hr))
    assert sum(error is None for error in errors) == 1
    assert Enrollment.objects.count() == Posting.objects.filter(staff=staff).count()


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_enrolling_that_comes_second_is_told_and_keeps_everything(hr):
    session, staff, client = SessionBuilder(code="L1"), StaffBuilder(full_name="Lê An"), as_user(hr)
    chosen = {"people": [staff.pk], "ready": [staff.pk]}
    sent = {"step": "save", "status": "sent", "decision_number": "44/QĐ", "decision_date": "1/3/2012", **chosen}
    with in_use(session):
        response = client.post("/courses/sessions/L1/enroll/", sent)
        assert response.status_code == 409
        html = response.content.decode()
        assert "Người khác vừa lưu đúng nội dung này cùng lúc" in html
        assert 'name="decision_number" value="44/QĐ"' in html and 'name="decision_date" value="1/3/2012"' in html
        assert [(line.staff, line.ticked) for line in response.context["lines"]] == [(staff, True)]
        assert not Enrollment.objects.exists()
    assert client.post("/courses/sessions/L1/enroll/", sent).status_code == 302
    assert Enrollment.objects.get().decision_number == "44/QĐ"


def test_a_step_of_many_that_comes_second_is_told_and_keeps_everything(hr):
    row, client = EnrollmentBuilder(session__code="L1", status="sent"), as_user(hr)
    ticked = {"row": [row.pk], "status": "postponed"}
    version = client.post("/courses/sessions/L1/status/", ticked).context["version"]
    sent = {**ticked, "version": version, "reason": "Bận họp", "save": "1"}
    with in_use(row.session):
        response = client.post("/courses/sessions/L1/status/", sent)
        assert response.status_code == 409 and 'value="Bận họp"' in response.content.decode()
    assert client.post("/courses/sessions/L1/status/", sent).status_code == 302
    assert Enrollment.objects.get().reason == "Bận họp"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one lock for all")
def test_correcting_a_course_waits_for_nobody_who_needs_its_field(hr):
    """Every snapshot refers to a field: a lock on it would meet those who hold enrollments head on."""
    course = SessionBuilder(course__code="C1", course__field__code="TH").course
    client, url = as_user(hr), "/courses/catalogue/C1/edit/"
    sent = {"version": client.get(url).context["version"], "code": "C1", "name": "Tên khác", "field": course.field_id}
    with in_use(course.field):
        assert client.post(url, sent).status_code == 302
    course.refresh_from_db()
    assert course.name == "Tên khác"
