"""Failed sign-ins are kept and logged, and whoever guesses is stopped, by name and by address."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.test import Client
from django.utils import timezone

from personnel.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "mật khẩu dài"
OFFICE = "10.0.0.7"


@pytest.fixture
def people(db) -> list[User]:
    """Sixty accounts, u0 to u59."""
    return [User.objects.create_user(f"u{n}", PASSWORD, role="hr") for n in range(60)]


def sign_in(name: str, password: str = PASSWORD, address: str = OFFICE):
    return Client().post("/accounts/login/", {"username": name, "password": password}, REMOTE_ADDR=address)


def guess(tries: int, names: int) -> list[int]:
    """Tries one password after another with the names u0, u1 and so on; how each was answered."""
    return [sign_in(f"u{n % names}", f"sai {n}").status_code for n in range(tries)]


def test_the_right_password_counts_anew_and_the_failures_stay(people):
    assert [sign_in("u0", "sai").status_code for _try in range(4)] == [422] * 4
    assert sign_in("u0").status_code == 302
    assert [sign_in("u0", "sai").status_code for _try in range(4)] == [422] * 4
    kept = AccessFailureLog.objects.values_list("username", "ip_address", "locked_out")
    assert list(kept) == [("u0", OFFICE, False)] * 8


def test_each_event_is_a_line_with_name_address_and_time(people, lines):
    for password in ("sai", "sai", PASSWORD, *["sai"] * 5, PASSWORD):
        sign_in("u0", password)
    said = [line for line in lines() if line["logger"] == "vpcp.events"]
    assert [line["event"] for line in said] == [
        "sign-in failed",
        "sign-in failed",
        "signed in",
        *["sign-in failed"] * 5,
        "sign-in locked",
        "sign-in refused",
    ]
    assert {(line["user"], line["address"]) for line in said} == {("u0", OFFICE)}
    assert all(line["time"].endswith("+07:00") for line in said)


def test_a_name_of_several_lines_writes_one(db, lines):
    sign_in("u0\n{}")
    (line,) = [line for line in lines() if line["logger"] == "vpcp.events"]
    assert line["user"] == "u0\n{}"


def test_records_hold_the_name_and_neither_the_password_nor_what_was_held(people):
    Client().post("/accounts/login/", {"username": "u0", "password": "bi-mat-1", "held": "code=CB1"})
    post_data = AccessAttempt.objects.get().post_data
    assert "username=u0" in post_data
    assert "bi-mat-1" not in post_data
    assert "CB1" not in post_data


def test_one_password_over_many_names_stops_the_address_and_no_other(people):
    assert guess(50, names=50) == [422] * 50
    stopped = sign_in("u55")
    assert stopped.status_code == 429
    assert "Từ địa chỉ này đã có nhiều tài khoản bị thử sai mật khẩu." in stopped.content.decode()
    assert sign_in("u55", address="10.0.0.8").status_code == 302


def test_whoever_signed_in_from_there_that_day_still_may(people):
    sign_in("u58")
    sign_in("u59")
    AccessLog.objects.filter(username="u59").update(attempt_time=timezone.now() - timedelta(days=1))
    guess(50, names=50)
    assert sign_in("u58").status_code == 302
    assert sign_in("u59").status_code == 429
    assert [sign_in("u58", "sai").status_code for _try in range(5)] == [422, 422, 422, 422, 429]


@pytest.mark.parametrize(("tries", "names"), [(49, 49), (45, 9)])
def test_fewer_failures_or_names_stop_nobody_else(people, tries, names):
    guess(tries, names)
    assert sign_in("u55").status_code == 302


def test_nine_names_however_often_stop_nobody_else(people):
    for n in range(60):
        AccessFailureLog.objects.create(username=f"u{n % 9}", ip_address=OFFICE)
    assert sign_in("u55").status_code == 302


def test_it_ends_after_a_quarter_of_an_hour(people):
    guess(50, names=50)
    AccessFailureLog.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in("u55").status_code == 302


def test_the_limit_asks_one_question_more_and_two_where_it_stops(people, django_assert_max_num_queries):
    guess(50, names=50)
    with django_assert_max_num_queries(9):
        assert sign_in("u55").status_code == 429


def test_who_is_stopped_hears_for_how_many_seconds(people):
    for _try in range(4):
        sign_in("u0", "sai")
    assert "Retry-After" not in sign_in("u1", "sai")
    assert 890 < int(sign_in("u0", "sai")["Retry-After"]) <= 900
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert 50 < int(sign_in("u0")["Retry-After"]) <= 60
    AccessAttempt.objects.all().delete()
    AccessFailureLog.objects.update(attempt_time=timezone.now() - timedelta(minutes=10))
    guess(46, names=46)  # now fifty-one: it ends with the second oldest of them
    stopped = sign_in("u55")
    assert stopped.status_code == 429
    assert 290 < int(stopped["Retry-After"]) <= 300


def test_a_right_password_that_changes_nothing_leaves_no_failure_behind(people, client):
    client.force_login(people[0])
    for n in range(4):
        client.post("/accounts/password/", {"old_password": f"sai {n}"})
    for _try in range(3):
        assert client.post("/accounts/password/", {"old_password": PASSWORD}).status_code == 422
    assert AccessFailureLog.objects.count() == AccessAttempt.objects.get().failures_since_start == 4


def test_the_present_password_is_guessed_as_little_when_another_is_chosen(people, client):
    client.force_login(people[0])
    new = {"new_password1": "mèo ngủ trên mái", "new_password2": "mèo ngủ trên mái"}
    answers = [client.post("/accounts/password/", {"old_password": f"sai {n}", **new}).status_code for n in range(6)]
    assert answers == [422, 422, 422, 422, 429, 429]
    assert AccessFailureLog.objects.filter(username="u0").count() == 5
    assert client.post("/accounts/password/", {"old_password": PASSWORD, **new}).status_code == 429
    people[0].refresh_from_db()
    assert people[0].check_password(PASSWORD)


def test_the_admin_of_django_changes_no_password(client, people):
    people[0].role = "admin"
    people[0].save()
    client.force_login(people[0])
    assert client.post("/admin/password_change/").url == "/accounts/password/"
