"""A temporary password, which an administrator has seen, opens one page: the one that changes it."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from personnel.models import Unit, User
from personnel.services import create_user, reactivate, reset_password, save_user
from tests.builders import UserBuilder
from tests.unfinished import unfinished

pytestmark = pytest.mark.django_db
OWN = "doi-mat-khau-1"
PAGE = "/accounts/password/"


@pytest.fixture
def admin(sign_in):
    return sign_in("admin")


@pytest.fixture
def hoa(admin):
    """An hr officer whose password was just reset, and the temporary one."""
    user = UserBuilder(username="hoa", role="hr")
    return user, reset_password(user, admin)


def browser_of(username: str, password: str) -> Client:
    browser = Client()
    assert browser.post("/accounts/login/", {"username": username, "password": password}).status_code == 302
    return browser


def change(browser: Client, old: str, new: str):
    return browser.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": new})


def test_who_signs_in_with_it_is_led_to_the_page_that_changes_it_and_told_why(hoa):
    _user, password = hoa
    browser = browser_of("hoa", password)
    response = browser.get("/personnel/?unit=QT", follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    page = response.content.decode()
    assert "Mật khẩu tạm do người quản trị cấp" in page
    assert 'href="/personnel/"' not in page  # no menu that would only lead back here
    assert "Đăng xuất" in page


def test_everything_opens_after_the_change(hoa):
    user, password = hoa
    browser = browser_of("hoa", password)
    assert change(browser, password, OWN).status_code == 302
    user.refresh_from_db()
    assert not user.must_change_password
    assert browser.get("/personnel/").status_code == 200
    assert browser_of("hoa", OWN).get("/personnel/").status_code == 200


def test_signing_out_and_the_language_stay_open(hoa):
    browser = browser_of("hoa", hoa[1])
    assert browser.post("/i18n/setlang/", {"language": "en", "next": PAGE})["Location"] == PAGE
    assert "temporary password" in browser.get(PAGE).content.decode()
    assert browser.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert browser.get(PAGE)["Location"].startswith("/accounts/login/")


def test_the_temporary_password_itself_is_no_new_one(hoa):
    user, password = hoa
    browser = browser_of("hoa", password)
    response = change(browser, password, password)
    assert response.status_code == 422
    assert "Đây là mật khẩu hiện tại. Hãy chọn mật khẩu khác." in response.content.decode()
    assert browser.get("/personnel/").status_code == 302


def test_a_refused_change_opens_nothing(hoa):
    _user, password = hoa
    browser = browser_of("hoa", password)
    for old, new in (("sai", OWN), (password, "123"), (password, "")):
        assert change(browser, old, new).status_code == 422
        assert browser.get("/personnel/")["Location"] == PAGE


def test_a_fragment_of_a_page_takes_the_whole_page_there(hoa):
    browser = browser_of("hoa", hoa[1])
    response = browser.get("/personnel/?q=an", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, PAGE)


def test_what_is_posted_is_not_done(hoa):
    browser = browser_of("hoa", hoa[1])
    typed = browser.post("/new/unit/", {"code": "X", "name": "Vụ X", "sort_order": "1"})
    assert typed.status_code == 422
    assert f'href="{PAGE}"' in typed.content.decode()  # first; what was typed waits to be sent
    assert not Unit.objects.filter(code="X").exists()
    assert browser.get("/units/")["Location"] == PAGE


def test_new_reset_and_reopened_accounts_get_one_and_others_do_not(admin):
    new, closed = User(username="moi", role="hr"), UserBuilder(is_active=False)
    create_user(new, admin)
    reactivate(closed, admin)
    assert User.objects.filter(must_change_password=True).count() == 2
    call_command("createsuperuser", "--noinput", username="goc", full_name="Gốc", verbosity=0)
    assert not User.objects.get(username="goc").must_change_password
    assert not admin.must_change_password


def test_the_administrator_sees_who_has_not_changed_it_yet(client, hoa):
    user, password = hoa
    waiting = "Chưa đổi mật khẩu tạm"
    pages = ("/accounts/users/?q=hoa", f"/accounts/users/{user.pk}/")
    assert all(waiting in client.get(page).content.decode() for page in pages)
    change(browser_of("hoa", password), password, OWN)
    assert not any(waiting in client.get(page).content.decode() for page in pages)


def test_history_of_the_account_says_that_the_password_was_changed_and_by_whom(client, hoa):
    user, password = hoa
    change(browser_of("hoa", password), password, OWN)
    newest = client.get(f"/accounts/users/{user.pk}/history/").context["entries"][0]
    assert (newest.by, newest.reason) == (str(user), "Đã đổi mật khẩu")
    assert [(c.label, c.old, c.new) for c in newest.changes] == [("Mật khẩu tạm", "Có", "Không")]


def test_the_page_that_shows_it_says_that_it_has_to_be_changed(client, admin):
    page = client.post("/accounts/users/add/", {"username": "hoa", "role": "hr"}).content.decode()
    assert re.search("người dùng phải đổi[^<]*khi đăng nhập", page)


def demote(user: User, admin: User) -> None:
    user.role = "hr"
    save_user(user, admin)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.parametrize(("change_of_admin", "status"), [(demote, 302), (reset_password, 422)])
def test_a_change_of_password_undoes_nothing_an_administrator_does_meanwhile(change_of_admin, status):
    admin, user = UserBuilder(role="admin"), UserBuilder(username="hoa", role="admin", password="mat-khau-dai")
    browser = browser_of("hoa", "mat-khau-dai")
    with unfinished(lambda: change_of_admin(user, admin)):
        assert change(browser, "mat-khau-dai", OWN).status_code == status
    changed = User.objects.get(pk=user.pk)
    assert changed.role == user.role
    assert changed.check_password(OWN) == (status == 302)


@pytest.mark.parametrize(("days", "signs_in"), [(6, True), (8, False)])
def test_it_holds_for_seven_days_and_both_sides_see_that_it_has_expired(client, hoa, days, signs_in):
    user, password = hoa
    User.objects.filter(pk=user.pk).update(temporary_since=timezone.now() - timedelta(days=days))
    answer = Client().post("/accounts/login/", {"username": "hoa", "password": password})
    assert answer.status_code == (302 if signs_in else 422)
    said = "Mật khẩu tạm này đã hết hạn. Hãy xin người quản trị mật khẩu mới." in answer.content.decode()
    assert said is not signs_in
    for page in ("/accounts/users/?q=hoa", f"/accounts/users/{user.pk}/"):
        assert ("Mật khẩu tạm đã hết hạn" in client.get(page).content.decode()) is not signs_in


def test_a_session_opened_with_it_cannot_change_it_after_seven_days(hoa):
    user, password = hoa
    browser = browser_of("hoa", password)
    User.objects.filter(pk=user.pk).update(temporary_since=timezone.now() - timedelta(days=8))
    expired = "Mật khẩu tạm này đã hết hạn. Hãy xin người quản trị mật khẩu mới."
    page, answer = browser.get(PAGE).content.decode(), change(browser, password, OWN)
    assert answer.status_code == 422
    for shown in (page, answer.content.decode()):
        assert shown.count(expired) == 1
        assert 'name="new_password1"' not in shown
    user.refresh_from_db()
    assert user.check_password(password)


def test_a_new_one_holds_again_and_an_own_one_never_expires(hoa, admin):
    user, _password = hoa
    User.objects.filter(pk=user.pk).update(temporary_since=timezone.now() - timedelta(days=8))
    browser = browser_of("hoa", password := reset_password(User.objects.get(pk=user.pk), admin))
    change(browser, password, OWN)
    User.objects.filter(pk=user.pk).update(temporary_since=timezone.now() - timedelta(days=800))
    browser_of("hoa", OWN)


def test_the_page_that_shows_it_says_until_when_it_holds(client, admin):
    page = client.post("/accounts/users/add/", {"username": "hoa", "role": "hr"}).content.decode()
    until = timezone.localtime() + timedelta(days=7)
    assert f"Mật khẩu dùng được đến ngày {until:%d/%m/%Y}." in page


def test_a_wrong_guess_does_not_tell_that_it_has_expired(hoa):
    User.objects.update(temporary_since=timezone.now() - timedelta(days=8))
    answer = Client().post("/accounts/login/", {"username": "hoa", "password": "sai"})
    assert "đã hết hạn" not in answer.content.decode()
