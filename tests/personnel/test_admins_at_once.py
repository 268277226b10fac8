"""Two administrators who demote or deactivate each other at the same moment: one of them stays."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.test import Client

from personnel.models import User
from tests.builders import UserBuilder
from tests.enrollments.test_at_once import at_once, waiting_database  # noqa: F401  (a fixture)
from tests.unfinished import waiting
from tests.versions import current_version

LAST_ADMIN = "Đây là người quản trị cuối cùng còn hoạt động"
DEMOTED, DEACTIVATED = ("", {"role": "hr"}), ("deactivate/", {})


@pytest.fixture
def admins(waiting_database):  # noqa: F811
    return [UserBuilder(role="admin"), UserBuilder(role="admin")]


def both_wait() -> bool:
    """Whether both posts wait for the accounts. On SQLite, which has one writer at a time, they need not."""
    if connection.vendor == "sqlite":
        return True
    return waiting() == 2


@pytest.mark.parametrize("first, second", [(DEMOTED, DEMOTED), (DEACTIVATED, DEACTIVATED), (DEMOTED, DEACTIVATED)])
def test_of_two_who_close_each_other_s_account_one_stays(admins, first, second):
    held, answers = threading.Event(), []

    def hold():
        """Keeps the accounts until both posts are at them: the worst moment, each time."""
        deadline = time.monotonic() + 20
        with transaction.atomic():
            list(User.objects.order_by("pk").select_for_update())
            held.set()
            while not both_wait() and time.monotonic() < deadline:
                pass

    def post(by, other, page, sent):
        browser = Client(raise_request_exception=False)
        browser.force_login(by)
        sent = {"version": current_version(other), **sent}

        def posting():
            assert held.wait(timeout=20)
            answers.append(browser.post(f"/accounts/users/{other.pk}/{page}", sent))

        return posting

    one, other = admins
    at_once(hold, post(one, other, *first), post(other, one, *second))
    assert User.objects.active_admins().count() == 1
    assert sum(answer.headers.get("Location", "").startswith("/accounts/users/") for answer in answers) == 1
    # On SQLite, which lets nobody wait inside, the second may come too late even to be let in.
    if connection.vendor == "postgresql":
        refused = max(answers, key=lambda answer: answer.status_code)
        assert refused.status_code == 422
        assert LAST_ADMIN in refused.content.decode()
