"""What people see when somebody else's writing keeps the database for too long; PostgreSQL locks only rows."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection

from personnel.models import Staff, User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shell_urls"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one lock for all"),
]


@pytest.fixture
def impatient(client):
    client.raise_request_exception = False
    return client


@contextmanager
def somebody_else_writing():
    other = connection.copy()
    other.cursor().execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()


def test_what_was_typed_can_be_sent_again(impatient, signed_in):
    signed_in("hr")
    typed = {"code": "CB1", "full_name": 'Đặng "Đức" <Anh>'}
    with somebody_else_writing():
        response = impatient.post("/t/write/", typed)
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Gửi lại" in page
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert kept == {"code": "CB1", "full_name": "Đặng &quot;Đức&quot; &lt;Anh&gt;"}

    assert impatient.post("/t/write/", typed).status_code == 200
    assert Staff.objects.get().full_name == 'Đặng "Đức" <Anh>'


def test_a_password_is_not_sent_back(impatient):
    User.objects.create_user("hr", "mật khẩu dài", role="hr")
    with somebody_else_writing():
        response = impatient.post("/accounts/login/", {"username": "hr", "password": "mật khẩu dài"})
    page = response.content.decode()
    assert response.status_code == 503
    assert "đang bận ghi dữ liệu" in page
    assert "mật khẩu dài" not in page
    assert "Gửi lại" not in page
