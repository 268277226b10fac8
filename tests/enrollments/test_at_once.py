"""Two clerks at the same moment: whichever is second sees what the first did."""

import sqlite3
import threading

import pytest
from django.db import connection, connections

from courses.models import CourseSession
from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from enrollments.services import cancel_session, delete_posting, enroll, save_course
from personnel.models import Posting
from tests.builders import FieldBuilder, SessionBuilder, StaffBuilder, UserBuilder
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
