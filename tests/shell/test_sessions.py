"""A session that nobody uses ends, and what gives rights takes the password that was entered lately."""

import re
import time
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from personnel.models import User
from tests.versions import current_version
from vpcp_training.screens.held import author_seal

pytestmark = pytest.mark.django_db

PASSWORD = "mật khẩu dài"
LIST = "/personnel/"


@pytest.fixture
def clock(monkeypatch):
    """Minutes go by without waiting for them."""
    now, gone = time.time, 0.0

    def pass_by(minutes: float) -> None:
        nonlocal gone
        gone += minutes * 60

    monkeypatch.setattr(time, "time", lambda: now() + gone)
    return pass_by


@pytest.fixture
def visitor(db) -> Client:
    User.objects.create_user("admin", PASSWORD, role="admin", full_name="Lê Thu Hương")
    visitor = Client()
    assert visitor.post("/accounts/login/", {"username": "admin", "password": PASSWORD}).status_code == 302
    return visitor


@pytest.fixture
def hoa(db) -> User:
    return User.objects.create_user("hoa", "của Hoa", role="hr", full_name="Trần Hoa")


def is_signed_in(visitor: Client) -> bool:
    return visitor.get(LIST).status_code == 200


def test_an_hour_without_use_ends_it(visitor, clock):
    clock(61)
    assert visitor.get(LIST)["Location"] == f"/accounts/login/?next={LIST}"
    assert not is_signed_in(visitor)


def test_use_keeps_it_for_a_working_day_and_no_longer(visitor, clock):
    for _use in range(14):
        clock(50)
        assert is_signed_in(visitor)
    clock(30)
    assert not is_signed_in(visitor)


def test_use_keeps_it_also_where_it_may_be_left_alone_for_a_minute(visitor, clock, settings):
    settings.SESSION_IDLE = timedelta(minutes=1)
    for _use in range(10):
        clock(0.5)
        assert is_signed_in(visitor)
    clock(1.5)
    assert not is_signed_in(visitor)


def test_the_password_once_more_is_another_session(visitor, clock):
    before = visitor.cookies["sessionid"].value
    clock(11)
    visitor.post("/accounts/login/anew/", {"password": PASSWORD})
    assert visitor.cookies["sessionid"].value != before
    old = Client()
    old.cookies["sessionid"] = before
    assert not is_signed_in(old)
    assert is_signed_in(visitor)


def test_a_minute_of_use_is_noted_once(visitor, clock):
    assert "used" not in visitor.get(LIST).cookies
    clock(2)
    noted = visitor.get(LIST).cookies["used"]
    assert (noted["httponly"], noted["samesite"]) == (True, "Lax")
    assert "used" not in visitor.get(LIST).cookies


def test_the_sign_of_use_can_neither_be_made_nor_kept_nor_taken_from_another_session(visitor, hoa, clock):
    clock(50)
    visitor.get(LIST)
    kept = visitor.cookies["used"].value
    clock(50)
    other = Client()
    other.post("/accounts/login/", {"username": "hoa", "password": "của Hoa"})
    clock(11)
    other.get(LIST)
    for value in (kept, other.cookies["used"].value, "", "1:2:3"):
        idle = Client()
        idle.cookies["sessionid"], idle.cookies["used"] = visitor.cookies["sessionid"].value, value
        assert not is_signed_in(idle)


def test_changing_the_own_password_does_not_end_it(visitor, clock):
    clock(50)
    new = "mưa bay trên phố Huế"
    visitor.post("/accounts/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    clock(50)
    assert is_signed_in(visitor)


def test_what_was_typed_into_a_form_that_stood_open_too_long_goes_through_signing_in(visitor, clock):
    clock(61)
    typed_by = author_seal(User.objects.get())
    page = visitor.post("/new/unit/", {"code": "X", "name": "Vụ X", "typed_by": typed_by})
    assert page.status_code == 422
    assert "Phiên đăng nhập đã hết" in page.content.decode()
    again = visitor.post("/accounts/login/", {**hidden(page), "username": "admin", "password": PASSWORD})
    assert hidden(again)["name"] == "Vụ X"


def hidden(response) -> dict[str, str]:
    form = response.content.decode().partition("<main")[2].partition("<form")[2]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}


@pytest.mark.parametrize("page", ["add/", "{pk}/password/", "{pk}/deactivate/", "{pk}/reactivate/"])
def test_pages_that_give_or_take_rights_ask_for_the_password_that_was_not_entered_lately(visitor, hoa, clock, page):
    address = f"/accounts/users/{page.format(pk=hoa.pk)}"
    assert visitor.get(address).status_code == 200
    clock(11)
    anew = f"/accounts/login/anew/?next={address}"
    assert visitor.get(address)["Location"] == anew
    assert "Nhập lại mật khẩu" in visitor.get(anew).content.decode()
    wrong = visitor.post(anew, {"next": address, "password": "sai"})
    assert (wrong.status_code, visitor.get(address).status_code) == (422, 302)
    assert "Sai mật khẩu. Nhập lại, chú ý chữ hoa, chữ thường." in wrong.content.decode()
    assert visitor.post(anew, {"next": address, "password": PASSWORD})["Location"] == address
    assert visitor.get(address).status_code == 200


def test_it_is_the_password_of_whoever_is_signed_in(visitor, hoa, clock):
    clock(11)
    refused = visitor.post("/accounts/login/anew/", {"username": "hoa", "password": "của Hoa"})
    assert refused.status_code == 422
    assert visitor.get(f"/accounts/users/{hoa.pk}/password/").status_code == 302


def test_a_role_is_changed_after_the_password_and_what_was_typed_is_kept(visitor, hoa, clock):
    clock(11)
    address = f"/accounts/users/{hoa.pk}/"
    assert visitor.get(address).status_code == 200  # to look at
    typed = {"version": current_version(hoa), "full_name": "Trần Thị Hoa", "role": "admin", "unit": "", "staff": ""}
    page = visitor.post(address, typed)
    assert page.status_code == 422
    assert "Những gì bạn đã nhập được giữ lại" in page.content.decode()
    assert User.objects.get(pk=hoa.pk).role == "hr"
    page = visitor.post("/accounts/login/anew/", {**hidden(page), "password": "sai"})
    again = visitor.post("/accounts/login/anew/", {**hidden(page), "password": PASSWORD})
    assert "chưa được lưu" in again.content.decode()
    assert visitor.post(address, hidden(again)).status_code == 302
    changed = User.objects.get(pk=hoa.pk)
    assert (changed.role, changed.full_name) == ("admin", "Trần Thị Hoa")


def test_the_lock_out_holds_here_too(visitor, hoa, clock):
    clock(11)
    tries = [visitor.post("/accounts/login/anew/", {"password": "sai"}).status_code for _try in range(5)]
    assert tries == [422, 422, 422, 422, 429]
    assert visitor.post("/accounts/login/anew/", {"password": PASSWORD}).status_code == 429


def test_who_is_not_signed_in_does_not_enter_it_again(db):
    assert Client().get("/accounts/login/anew/")["Location"] == "/accounts/login/?next=/accounts/login/anew/"
