"""Many who sign in at the same moment: who guesses finds no gap in the counts, nobody waits without end."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.db import connections
from django.test import Client

from personnel.models import User
from tests.enrollments.test_at_once import waiting_database  # noqa: F401  (a fixture)
from tests.shell.test_outages import NOTHING_SAVED, PERHAPS_SAVED, kept, told
from vpcp_training.passwords import BoundedArgon2
from vpcp_training.screens.held import author_seal

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "mật khẩu dài"
OFFICE = "10.0.0.7"
QUEUE = "Có quá nhiều người đăng nhập cùng lúc"


@pytest.fixture(autouse=True)
def slow_passwords(settings, waiting_database):  # noqa: F811
    """As in production, so that all are on their way before the first is through."""
    settings.PASSWORD_HASHERS = ["vpcp_training.passwords.BoundedArgon2"]


@pytest.fixture
def hr(slow_passwords) -> User:
    return User.objects.create_user("hr", PASSWORD, role="hr")


@pytest.fixture
def full_queue(settings, hr):
    """Others hold every turn, and nobody waits long; `release` gives the turns back."""
    settings.PASSWORD_WAIT = timedelta(0)
    held = [BoundedArgon2._at_once.acquire(), BoundedArgon2._at_once.acquire()]

    def release() -> None:
        while held:
            held.pop()
            BoundedArgon2._at_once.release()

    yield release
    release()


def browser() -> Client:
    return Client(raise_request_exception=False, REMOTE_ADDR=OFFICE)


def sign_in(name: str, password: str = PASSWORD, **more: str):
    return browser().post("/accounts/login/", {"username": name, "password": password, **more})


def at_once(names: list[str]) -> list[int]:
    """How a wrong password for each name was answered, all sent together."""

    def guess(name: str) -> int:
        try:
            return sign_in(name, "sai").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(names)) as pool:
        return sorted(pool.map(guess, names))


def test_of_twenty_guesses_at_one_name_five_are_looked_at(hr):
    assert at_once(["hr"] * 20) == [422] * 4 + [429] * 16
    assert AccessFailureLog.objects.count() == AccessAttempt.objects.get().failures_since_start == 5
    assert sign_in("hr").status_code == 429


def test_of_twenty_guesses_over_names_those_up_to_the_fiftieth_of_the_address_are_looked_at():
    for n in range(45):
        AccessFailureLog.objects.create(username=f"u{n}", ip_address=OFFICE)
    assert at_once([f"v{n}" for n in range(20)]) == [422] * 5 + [429] * 15
    assert AccessFailureLog.objects.count() == 50


def test_whoever_waits_too_long_keeps_name_and_form_and_no_failure_is_counted(full_queue, hr):
    page = told(sign_in("hr", held="sealed", next="/units/"), QUEUE, "Bạn chưa đăng nhập được", "vẫn được giữ")
    assert PASSWORD not in page
    assert kept(page) == {"username": "hr", "held": "sealed", "next": "/units/"}
    assert not AccessFailureLog.objects.exists()
    assert not AccessAttempt.objects.exists()
    form = browser().post("/accounts/login/", kept(page)).content.decode()
    assert 'id="id_username" value="hr"' in form
    assert re.search("<input[^>]*autofocus[^>]*>", form)[0].count('name="password"') == 1  # all that is left to do
    full_queue()
    assert sign_in("hr", next="/units/")["Location"] == "/units/"


def test_without_a_form_the_name_is_kept_alone(full_queue):
    page = told(sign_in("nobody"), QUEUE, "Hãy chờ một lát rồi nhập lại mật khẩu.")
    assert kept(page) == {"username": "nobody"}
    assert "vẫn được giữ" not in page


def test_a_change_of_password_that_waits_too_long_changes_and_counts_nothing(full_queue, hr):
    own = browser()
    own.force_login(hr)
    new = {"new_password1": "mèo ngủ trên mái", "new_password2": "mèo ngủ trên mái"}
    page = told(own.post("/accounts/password/", {"old_password": PASSWORD, **new}), QUEUE, NOTHING_SAVED)
    assert PERHAPS_SAVED not in page
    assert not AccessFailureLog.objects.exists()
    full_queue()
    assert own.post("/accounts/password/", {"old_password": PASSWORD, **new}).status_code == 302


def test_an_account_is_made_by_sending_again_what_was_typed(full_queue, hr):
    User.objects.update(role="admin")
    admin = browser()
    admin.force_login(hr)
    typed = {"username": "an", "full_name": "Lê An", "role": "hr", "typed_by": author_seal(hr)}
    page = told(admin.post("/accounts/users/add/", typed), QUEUE, NOTHING_SAVED)
    assert typed.items() <= kept(page).items()
    assert not User.objects.filter(username="an").exists()
    full_queue()
    assert admin.post("/accounts/users/add/", kept(page)).status_code == 200
    assert User.objects.filter(username="an").exists()
