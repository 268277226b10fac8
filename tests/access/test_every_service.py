"""Every service that changes something × every role, written down from the roles of the office."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from inspect import getmembers, isclass, isfunction, signature

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

import courses.services
import enrollments.services
import exchange.services
import personnel.services
from courses.models import Course, Provider
from courses.seed import seed_code_lists
from courses.services import COURSE_DELETION, add_course
from enrollments.models import Enrollment
from enrollments.services import corrections, enrolling, workflow
from enrollments.status import Status
from exchange.lists.words import unit_words
from exchange.services import answers, received, uploads
from exchange.services.lists import enroll_lists
from personnel.models import User
from personnel.services import accounts, staff, units
from tests.builders import SessionBuilder
from tests.exchange.workbooks import person, written
from vpcp_training import deletion
from vpcp_training.screens import code_lists

from .addresses import ADMINS, ENROLLERS, HR, LEADER, LEADERS, OFFICE
from .office import LIST, office

pytestmark = pytest.mark.django_db
ROLES = ("admin", "hr", "leader", "auditor")


@pytest.fixture
def here():
    seed_code_lists()
    return office()


def services() -> Iterator[tuple[str, Callable]]:
    """The functions and methods that are told who does it, by name."""
    modules = [courses.services, deletion, code_lists]
    for room in (enrollments.services, exchange.services, personnel.services):
        modules += [
            importlib.import_module(f"{room.__name__}.{found.name}") for found in pkgutil.iter_modules(room.__path__)
        ]
    for module in modules:
        for name, member in getmembers(module):
            if name.startswith("_") or getattr(member, "__module__", "") != module.__name__:
                continue
            for found in [member] if isfunction(member) else _methods(member):
                if "by" in signature(found).parameters:
                    yield found.__qualname__, found


def _methods(member) -> list[Callable]:
    return [method for name, method in getmembers(member, isfunction) if name[0] != "_"] if isclass(member) else []


def workbook() -> bytes:
    return written({"Cán bộ": [person("CB07")]}).getvalue()


# Who may, and a call that does it. What only asks a question for somebody is no change.
QUESTIONS = {"check"}
SERVICES = {
    "add_course": (OFFICE, lambda here, by: add_course(_course(here), by)),
    "save_course": (OFFICE, lambda here, by: corrections.save_course(here.course, by)),
    "save_session": (OFFICE, lambda here, by: corrections.save_session(here.autumn, by)),
    "save_posting": (OFFICE, lambda here, by: corrections.save_posting(here.binh.postings.get(), by)),
    "delete_posting": (OFFICE, lambda here, by: corrections.delete_posting(here.binh.postings.get(), by)),
    "correct_enrollment": (OFFICE, lambda here, by: corrections.correct_enrollment(here.seen[0], by)),
    "enroll": (ENROLLERS, lambda here, by: enrolling.enroll(here.autumn, [here.binh], by, status=Status.PROPOSED)),
    "change_status": (OFFICE, lambda here, by: workflow.change_status([here.proposal], Status.SENT, by)),
    "record_results": (OFFICE, lambda here, by: workflow.record_results(here.shared, by, _outcome(here))),
    "cancel_session": (OFFICE, lambda here, by: workflow.cancel_session(SessionBuilder(), by, reason="Hoãn")),
    "delete_enrollment": (OFFICE, lambda here, by: workflow.delete_enrollment(here.proposal, by)),
    "withdraw_proposal": (LEADERS, lambda here, by: workflow.withdraw_proposal(here.proposal, by)),
    "Deletion.delete": (OFFICE, lambda here, by: COURSE_DELETION.delete(_saved(_course(here)), by)),
    "receive": (OFFICE, lambda here, by: uploads.receive("so.xlsx", workbook(), by)),
    "write": (OFFICE, lambda here, by: uploads.write(_upload(here), by, valid_rows=False)),
    "receive_lists": (OFFICE, lambda here, by: received.receive_lists("ds.csv", LIST, by)),
    "choose_class": (OFFICE, lambda here, by: received.choose_class(_list(here, by), here.shared, by)),
    "answer_rows": (OFFICE, lambda here, by: received.answer_rows(_list(here, by), [], {2: 0}, by)),
    "discard_list": (OFFICE, lambda here, by: received.discard_list(_list(here, by), by)),
    "send_list": (OFFICE, lambda here, by: _send_list(here, by)),
    "enroll_lists": (OFFICE, lambda here, by: enroll_lists(here.abroad, [received.read_received(_list(here, by))], by)),
    "remember": (OFFICE, lambda here, by: answers.remember(unit_words("Vụ TH"), by, unit=here.own)),
    "forget": (OFFICE, lambda here, by: answers.forget(_answer(here), by)),
    "save_staff": (OFFICE, lambda here, by: staff.save_staff(here.an, by)),
    "save_unit": (OFFICE, lambda here, by: units.save_unit(here.own, [], by)),
    "create_user": (ADMINS, lambda here, by: accounts.create_user(User(username="moi", role="hr"), by)),
    "save_user": (ADMINS, lambda here, by: accounts.save_user(here.users[HR], by)),
    "deactivate": (ADMINS, lambda here, by: accounts.deactivate(here.users[HR], by)),
    "reactivate": (ADMINS, lambda here, by: accounts.reactivate(here.users[HR], by)),
    "reset_password": (ADMINS, lambda here, by: accounts.reset_password(here.users[HR], by)),
    "unlock": (ADMINS, lambda here, by: accounts.unlock(here.users[HR], by)),
    "save_item": (ADMINS, lambda here, by: code_lists.save_item(Provider(name="Trường mới"), by)),
    "delete_item": (ADMINS, lambda here, by: code_lists.delete_item(_saved(Provider(name="Trường cũ")), by)),
}


def _course(here) -> Course:
    return Course(code="CT-MOI", name="Chương trình mới", field=here.course.field)


def _saved(record):
    record.save()
    return record


def _outcome(here) -> dict[int, workflow.Outcome]:
    return {here.seen[0].pk: workflow.Outcome(Status.COMPLETED, result="Giỏi")}


def _answer(here):
    return answers.remember(unit_words("Vụ TH"), here.users[HR], unit=here.own)


def _list(here, by):
    found = here.lists.get(by and by.role) or here.lists[HR]
    return type(found).objects.get(pk=found.pk)


def _send_list(here, by):
    found = _list(here, by)
    found.session = SessionBuilder(start=date(2014, 3, 3), end=date(2014, 3, 4))
    found.save()
    matched = received.read_received(found)
    received.send_list(found, matched, enrolling.Decision(), by, seen={}, session_seen=found.session_id)


def _upload(here):
    return uploads.receive("so.xlsx", workbook(), here.users[HR])


def test_the_table_names_every_service_and_nothing_else():
    assert {name for name, _service in services()} - QUESTIONS == set(SERVICES)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_the_table_says_and_nothing_else(here, role):
    def refused() -> Iterator[str]:
        for name, (_roles, call) in SERVICES.items():
            with transaction.atomic():
                try:
                    call(here, here.users[role])
                except PermissionDenied:
                    yield name
                transaction.set_rollback(True)

    assert set(refused()) == {name for name, (roles, _call) in SERVICES.items() if role not in roles}


def test_a_command_of_the_server_may_everything(here):
    for name, (_roles, call) in SERVICES.items():
        if name in ("receive", "receive_lists"):  # what is uploaded is somebody's
            continue
        with transaction.atomic():
            call(here, None)
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", [LEADER, "auditor"])
def test_nobody_but_an_editor_sends(here, role):
    with pytest.raises(PermissionDenied):
        enrolling.enroll(here.autumn, [here.binh], here.users[role], status=Status.SENT)
    assert not Enrollment.objects.filter(session=here.autumn, staff=here.binh).exists()
