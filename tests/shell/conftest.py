"""Accounts, people and the log for the tests of the shell."""

import datetime
import io
import json
import logging

import pytest

from personnel.models import Staff, User
from vpcp_training.structured_log import JsonFormatter


@pytest.fixture
def shell_urls(settings):
    settings.ROOT_URLCONF = "tests.shell.urls"


@pytest.fixture
def signed_in(client, db):
    """Signs in as someone of a role."""

    def sign_in(role: str) -> User:
        user = User.objects.create_user(role, "mật khẩu dài", role=role, full_name="Lê Thu Hương")
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def people(db):
    """60 people, half of them women."""
    for n in range(60):
        gender = Staff.Gender.FEMALE if n % 2 else Staff.Gender.MALE
        born = datetime.date(1960 + n % 30, 3, 5)
        Staff.objects.create(code=f"CB{n:04}", full_name=f"Nguyễn Văn Đức {n}", gender=gender, birth_date=born)


@pytest.fixture
def an(client, signed_in) -> Staff:
    """A person, entered by the hr officer who is signed in."""
    user = signed_in("hr")
    an = Staff(code="CB/01", full_name="Lê Ngọc An", gender="male", birth_date=datetime.date(1976, 1, 17))
    an._history_user = user
    an.save()
    return an


@pytest.fixture
def lines():
    """What has been logged so far, a dictionary a line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().split("\n") if line]
    for logger in loggers:
        logger.removeHandler(handler)
