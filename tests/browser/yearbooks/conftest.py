"""The demonstration year books in a browser: loaded once for a module, whose tests share them."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from courses.models import Course
from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from exchange.lists.words import unit_words
from exchange.services.answers import remember
from exchange.services.received import receive_lists
from exchange.services.uploads import receive
from exchange.workbook import import_workbook
from personnel.models import Unit, User
from personnel.services import save_staff
from tests.builders import ProviderBuilder, UserBuilder
from tests.exchange.workbooks import person, session, written
from tests.reports.demo import WORKBOOK
from vpcp_training.change_sets import ChangeSet

from .screen import PASSWORD, Screen

LIST = "Họ và tên;Năm sinh\nLê Ngọc An;\nTrịnh Quốc Bảo;1980\n".encode()
NAMES = {"admin": "Nguyễn Minh Quang", "hr": "Lê Thu Hương", "leader": "Trần Minh Anh"}


@pytest.fixture(scope="module")
def transactional_db(django_db_setup, django_db_blocker):
    """The year books, through the import, and the accounts `admin`, `hr`, `leader` (of QT).

    It stands for pytest-django's own, which empties the database after each test.
    """
    with django_db_blocker.unblock():
        seed_code_lists()
        assert import_workbook(WORKBOOK).applied
        for role, name in NAMES.items():
            unit = Unit.objects.get(code="QT") if role == User.Role.LEADER else None
            UserBuilder(username=role, role=role, unit=unit, full_name=name, password=PASSWORD)
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def records(transactional_db):
    """A record for each kind of address, with something in it to look at."""
    ProviderBuilder()
    UserBuilder(username="nowhere", role=User.Role.LEADER)
    users = {user.username: user for user in User.objects.all()}
    wrong = {
        "Cán bộ": [person("CB9001"), person("CB9002", {"Ngày sinh": "31/02/1980"})],
        "Lớp": [session("2012-SAI", {"Mã chương trình": "TH-VP", "Ngày bế giảng": datetime.date(2011, 1, 1)})],
    }
    sent = Enrollment.objects.filter(status="sent").first()
    save_staff(sent.staff, users["hr"])
    return SimpleNamespace(
        change_set=ChangeSet.objects.latest("pk"),
        an=sent.staff,
        own=Unit.objects.get(code="QT"),
        course=Course.objects.get(code="TH-VP"),
        autumn=sent.session,
        proposal=Enrollment.objects.filter(status="proposed").first(),
        users=users,
        uploads={"admin": receive("so.xlsx", written(wrong).getvalue(), users["admin"])},
        lists={"admin": receive_lists("ds.csv", LIST, users["admin"]).lists[0]},
        answer=remember(unit_words("Cục HCQT"), users["hr"], unit=Unit.objects.get(code="QT")),
    )


@pytest.fixture
def screen(page, live_server, transactional_db):
    """A screen on which nobody is signed in yet; the browser must have complained of nothing at the end."""
    at_work = Screen(page, live_server.url)
    yield at_work
    assert at_work.complaints == []
