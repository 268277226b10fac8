"""A form that outlives its session: what was typed goes through signing in and is sent again by a press."""

import io
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from axes.models import AccessAttempt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from personnel.models import Staff, User
from vpcp_training.views import HELD_MAX

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shell_urls")]

PASSWORD = "mật khẩu dài"
TYPED = {"code": "CB1", "full_name": 'Đặng "Đức" <Anh>', "birth_date": "", "gender": "male", "username": "của biểu mẫu"}


@pytest.fixture
def office(db) -> User:
    User.objects.create_user("leader", PASSWORD, role="leader", full_name="Trần Quang")
    return User.objects.create_user("hr", PASSWORD, role="hr", full_name="Lê Thu Hương")


@pytest.fixture
def visitor() -> Client:
    """A browser, of which a valid token is asked as it is outside of tests."""
    visitor = Client(enforce_csrf_checks=True)
    visitor.get("/accounts/login/")
    return visitor


def send(visitor: Client, address: str, fields: dict):
    """Sends a form with the token of now, as guard.js does."""
    return visitor.post(address, {**fields, "csrfmiddlewaretoken": visitor.cookies["csrftoken"].value})


def hidden(response) -> dict[str, str]:
    """The hidden fields of the form in a page."""
    form = response.content.decode().partition("<main")[2].partition("<form")[2]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}


def sign_in(visitor: Client, page, username: str = "hr", password: str = PASSWORD):
    return send(visitor, "/accounts/login/", {**hidden(page), "username": username, "password": password})


def press(visitor: Client, page):
    """Presses the button of a page that offers to send again."""
    address = re.search(r'<form method="post" action="(/t/[^"]*)"', page.content.decode())[1]
    return visitor.post(unescape(address), hidden(page))


def test_what_was_typed_without_a_session_is_saved_after_signing_in_and_a_press(visitor, office):
    page = send(visitor, "/t/add/?next=1&a=b", TYPED)
    assert page.status_code == 422
    assert "Phiên đăng nhập đã hết" in page.content.decode()
    assert hidden(page)["next"] == "/t/add/?next=1&a=b"

    again = sign_in(visitor, page)
    assert (again.status_code, Staff.objects.count()) == (200, 0)
    assert "Lê Thu Hương" in again.content.decode()
    assert {name: value for name, value in hidden(again).items() if name != "csrfmiddlewaretoken"} == TYPED
    assert 'action="/t/add/?next=1&amp;a=b"' in again.content.decode()

    assert press(visitor, again)["Location"] == "/t/list/"
    assert Staff.objects.get().full_name == TYPED["full_name"]


def test_a_wrong_password_and_the_lock_out_keep_it(visitor, office):
    page = send(visitor, "/t/add/", TYPED)
    held = hidden(page)["held"]
    for status in (422, 422, 422, 422, 429):
        page = sign_in(visitor, page, password="sai")
        assert (page.status_code, hidden(page)["held"], hidden(page)["next"]) == (status, held, "/t/add/")
    assert "15 phút" in page.content.decode()
    again = sign_in(visitor, page, username="leader")  # whom the lock-out does not concern
    assert "Trần Quang" in again.content.decode()
    assert hidden(again)["full_name"] == TYPED["full_name"]


def test_the_log_of_failed_sign_ins_does_not_hold_it(visitor, office):
    sign_in(visitor, send(visitor, "/t/add/", TYPED), password="sai")
    assert "CB1" not in AccessAttempt.objects.get().post_data


def test_whoever_signed_in_meanwhile_in_another_tab_is_offered_it_too(visitor, office):
    page = send(visitor, "/t/add/", TYPED)
    sign_in(visitor, visitor.get("/accounts/login/"))
    assert hidden(sign_in(visitor, page))["code"] == "CB1"


def test_what_another_person_typed_in_an_open_tab_is_not_saved_without_asking(visitor, office):
    sign_in(visitor, visitor.get("/accounts/login/"), username="leader")
    again = send(visitor, "/t/add/", {**TYPED, "typed_by": office.pk})
    assert (again.status_code, Staff.objects.count()) == (422, 0)
    assert "Trần Quang" in again.content.decode()
    assert press(visitor, again)["Location"] == "/t/list/"


def test_a_file_of_another_person_s_open_tab_is_not_taken_either(visitor, office):
    sign_in(visitor, visitor.get("/accounts/login/"), username="leader")
    file = SimpleUploadedFile("so.xlsx", b"PK")
    refused = send(visitor, "/t/add/", {**TYPED, "typed_by": office.pk, "file": file})
    assert (refused.status_code, Staff.objects.count()) == (422, 0)
    assert "Hãy mở lại trang và nhập lại." in refused.content.decode()
    assert 'href="/t/add/"' in refused.content.decode()


def test_another_person_s_rights_decide(visitor, office):
    again = sign_in(visitor, send(visitor, "/new/staff/", TYPED), username="leader")
    fields = hidden(again)
    assert visitor.post("/new/staff/", fields).status_code == 403


def test_a_record_changed_meanwhile_is_a_conflict_as_always(visitor, office):
    Staff.objects.create(code="CB1", full_name="Lê Ngọc An", gender="male")
    page = send(visitor, "/t/CB1/edit/", {**TYPED, "version": Staff.history.get().pk})
    an = Staff.objects.get()
    an.birth_date = "1976-01-17"
    an.save()
    assert press(visitor, sign_in(visitor, page)).status_code == 409


def test_without_a_valid_token_nothing_is_held(visitor, office):
    response = visitor.post("/t/add/", TYPED)
    assert response.status_code == 403
    assert "Đặng" not in response.content.decode()


@pytest.mark.parametrize("address", ["https://evil.example/t/add/", "//evil.example/", "javascript:alert(1)", ""])
def test_it_is_sent_to_no_other_site(visitor, office, address):
    fields = {"next": address, "held": "code=CB1", "username": "hr", "password": PASSWORD}
    response = send(visitor, "/accounts/login/", fields)
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize(
    "fields",
    [
        {"file": io.BytesIO(b"x")},
        {"old_password": "sai", "new_password1": "Cục Quản trị 2012"},
        {"full_name": "x" * HELD_MAX},
    ],
)
def test_a_file_a_password_and_what_is_too_long_have_to_be_given_anew(visitor, office, fields):
    page = send(visitor, "/t/add/", fields)
    assert page.status_code == 422
    assert "không giữ lại được" in page.content.decode()
    assert set(hidden(page)) == {"csrfmiddlewaretoken", "next"}
    assert sign_in(visitor, page)["Location"] == "/t/add/"


def test_a_temporary_password_is_changed_first_and_what_was_typed_waits(visitor, office):
    page = send(visitor, "/t/add/", TYPED)
    User.objects.update(must_change_password=True)
    page = sign_in(visitor, page)
    assert 'href="/accounts/password/" target="_blank"' in page.content.decode()
    page = press(visitor, page)  # too early
    assert (page.status_code, hidden(page)["code"], Staff.objects.count()) == (422, "CB1", 0)
    new = "Cục Quản trị 2012"
    send(visitor, "/accounts/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert press(visitor, page)["Location"] == "/t/list/"


def test_a_fragment_s_form_takes_the_whole_page_to_the_sign_in_page(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/t/list/"}
    assert client.post("/t/list/", TYPED, headers=headers)["HX-Redirect"] == "/accounts/login/?next=%2Ft%2Flist%2F"


def test_the_fields_keep_their_order_and_their_repetitions(visitor, office):
    page = send(visitor, "/t/pick/", {"people": ["2", "1"], "leader": ""})
    names = parse_qsl(hidden(page)["held"], keep_blank_values=True)[:-1]
    assert names == [("people", "2"), ("people", "1"), ("leader", "")]
