"""A form that outlives its session: it goes through signing in, sealed to who typed it, and is sent by a press."""

import io
import re
from datetime import timedelta
from html import unescape

import pytest
from axes.models import AccessAttempt
from axes.utils import reset
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from personnel.models import Staff, User
from vpcp_training.screens import held
from vpcp_training.screens.held import HELD_MAX, author_seal, unseal

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


def send(visitor: Client, address: str, fields: dict, typed_by: User | None = None):
    """Sends a form with the token of now and the seal of whose page it is, as guard.js does."""
    sealed = {"typed_by": author_seal(typed_by)} if typed_by else {}
    return visitor.post(address, {**fields, **sealed, "csrfmiddlewaretoken": visitor.cookies["csrftoken"].value})


def hidden(response) -> dict[str, str]:
    """The hidden fields of the form in a page."""
    form = response.content.decode().partition("<main")[2].partition("<form")[2]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}


def sign_in(visitor: Client, page, username: str = "hr", password: str = PASSWORD):
    return send(visitor, "/accounts/login/", {**hidden(page), "username": username, "password": password})


def dropped(page, status: int = 200) -> bool:
    """Whether a page says that it keeps nothing, and holds nothing, of what was typed."""
    text = page.content.decode()
    typed = (TYPED["code"], "Đặng", "của biểu mẫu")
    return (page.status_code, "do người khác nhập" in text) == (status, True) and not any(t in text for t in typed)


def press(visitor: Client, page):
    """Presses the button of a page that offers to send again."""
    address = re.search(r'<form method="post" action="(/t/[^"]*)"', page.content.decode())[1]
    return visitor.post(unescape(address), hidden(page))


def test_what_was_typed_without_a_session_is_saved_after_signing_in_and_a_press(visitor, office):
    page = send(visitor, "/t/add/?next=1&a=b", TYPED, office)
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


def test_the_page_in_between_holds_nothing_anybody_can_read(visitor, office):
    page = send(visitor, "/t/add/", TYPED, office).content.decode()
    assert not any(text in page for text in ("CB1", "Đặng", "của biểu mẫu"))


def test_who_signs_in_instead_neither_sees_nor_sends_it(visitor, office):
    page = send(visitor, "/t/add/", TYPED, office)
    assert dropped(sign_in(visitor, page, username="leader"))
    assert not Staff.objects.exists()


def test_a_wrong_password_and_the_lock_out_keep_it(visitor, office):
    page = send(visitor, "/t/add/", TYPED, office)
    kept = hidden(page)["held"]
    for status in (422, 422, 422, 422, 429):
        page = sign_in(visitor, page, password="sai")
        assert (page.status_code, hidden(page)["held"], hidden(page)["next"]) == (status, kept, "/t/add/")
    assert "15 phút" in page.content.decode()
    reset()  # an administrator unlocks the account
    assert hidden(sign_in(visitor, page))["full_name"] == TYPED["full_name"]


def test_the_log_of_failed_sign_ins_does_not_hold_it(visitor, office):
    page = send(visitor, "/t/add/", TYPED, office)
    sign_in(visitor, page, password="sai")
    assert hidden(page)["held"] not in AccessAttempt.objects.get().post_data


def test_whoever_signed_in_meanwhile_in_another_tab_gets_it_if_they_typed_it(visitor, office):
    page = send(visitor, "/t/add/", TYPED, office)
    sign_in(visitor, visitor.get("/accounts/login/"))
    assert hidden(sign_in(visitor, page))["code"] == "CB1"


def test_somebody_else_signed_in_meanwhile_in_another_tab_and_the_password_decides(visitor, office):
    page = send(visitor, "/t/add/", TYPED, office)
    kept = hidden(page)["held"]
    sign_in(visitor, visitor.get("/accounts/login/"), username="leader")
    session = visitor.cookies["sessionid"].value
    page = sign_in(visitor, page, password="sai")
    assert (page.status_code, hidden(page)["held"]) == (422, kept)
    again = sign_in(visitor, page)
    assert "Lê Thu Hương" in again.content.decode()
    assert hidden(again)["code"] == "CB1"
    assert visitor.cookies["sessionid"].value != session


@pytest.mark.parametrize("made_up", ["ü", "code=CB1", "\x00"])
def test_what_was_never_sealed_is_dropped(visitor, office, made_up):
    fields = {"held": made_up, "username": "hr", "password": PASSWORD}
    assert dropped(send(visitor, "/accounts/login/", fields))


def test_an_address_that_does_not_exist_shows_what_was_typed_to_who_typed_it_alone(visitor, office):
    assert "Đặng" not in send(visitor, "/khong-co/", TYPED, office).content.decode()
    sign_in(visitor, visitor.get("/accounts/login/"))
    assert "Đặng" in send(visitor, "/khong-co/", TYPED, office).content.decode()
    sign_in(visitor, visitor.get("/accounts/login/?next=/"), username="leader")
    page = send(visitor, "/khong-co/", TYPED, office)
    assert page.status_code == 404
    assert "Đặng" not in page.content.decode()


def test_what_another_person_typed_in_an_open_tab_is_neither_saved_nor_shown(visitor, office):
    sign_in(visitor, visitor.get("/accounts/login/"), username="leader")
    assert dropped(send(visitor, "/t/add/", TYPED, office), 422)
    assert not Staff.objects.exists()


def test_a_file_of_another_person_s_open_tab_is_not_taken_either(visitor, office):
    sign_in(visitor, visitor.get("/accounts/login/"), username="leader")
    file = SimpleUploadedFile("so.xlsx", b"PK")
    refused = send(visitor, "/t/add/", {**TYPED, "file": file}, office)
    assert dropped(refused, 422)
    assert not Staff.objects.exists()
    assert 'href="/t/add/"' in refused.content.decode()


def test_a_temporary_password_shows_nothing_of_another_person_s_open_tab(visitor, office):
    User.objects.filter(username="leader").update(must_change_password=True)
    sign_in(visitor, visitor.get("/accounts/login/"), username="leader")
    assert dropped(send(visitor, "/t/add/", TYPED, office), 422)


@pytest.mark.parametrize("word", ["1", "1:abc", ""])
def test_nobody_takes_the_word_of_a_form_for_who_typed_it(visitor, office, word):
    page = send(visitor, "/t/add/", {**TYPED, "typed_by": word})
    assert "held" not in hidden(page)
    assert "không rõ ai nhập" in page.content.decode()
    sign_in(visitor, page)
    assert dropped(send(visitor, "/t/add/", {**TYPED, "typed_by": word}), 422)


def test_each_page_says_sealed_whose_it_is(client, office):
    assert 'data-author=""' in client.get("/accounts/login/").content.decode()
    client.force_login(office)
    assert f'data-author="{author_seal(office)}"' in client.get("/t/add/").content.decode()


def test_after_twelve_hours_it_is_dropped(visitor, office, monkeypatch):
    page = send(visitor, "/t/add/", TYPED, office)
    monkeypatch.setattr(held, "KEPT", timedelta(seconds=-1))
    assert dropped(sign_in(visitor, page))


def test_with_another_key_of_the_installation_it_is_dropped(visitor, office, settings):
    page = send(visitor, "/t/add/", TYPED, office)
    settings.SECRET_KEY = "another one, since the old one became known"
    assert dropped(sign_in(visitor, page))


def test_the_rights_of_when_it_is_sent_decide(visitor, office):
    again = sign_in(visitor, send(visitor, "/new/staff/", TYPED, office))
    User.objects.update(role="leader")
    assert visitor.post("/new/staff/", hidden(again)).status_code == 403


def test_a_record_changed_meanwhile_is_a_conflict_as_always(visitor, office):
    Staff.objects.create(code="CB1", full_name="Lê Ngọc An", gender="male")
    page = send(visitor, "/t/CB1/edit/", {**TYPED, "version": Staff.history.get().pk}, office)
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
    page = send(visitor, "/t/add/", TYPED, office)
    fields = {**hidden(page), "next": address, "username": "hr", "password": PASSWORD}
    assert 'action="/t/add/"' in send(visitor, "/accounts/login/", fields).content.decode()
    visitor.logout()
    visitor.get("/accounts/login/")
    made_up = send(visitor, "/accounts/login/", {**fields, "held": "code=CB1"})
    assert dropped(made_up)
    assert "evil" not in made_up.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"file": io.BytesIO(b"x")},
        {"old_password": "sai", "new_password1": "Cục Quản trị 2012"},
        {"full_name": "x" * HELD_MAX},
    ],
)
def test_a_file_a_password_and_what_is_too_long_have_to_be_given_anew(visitor, office, fields):
    page = send(visitor, "/t/add/", fields, office)
    assert page.status_code == 422
    assert "không giữ lại được" in page.content.decode()
    assert set(hidden(page)) == {"csrfmiddlewaretoken", "next"}
    assert sign_in(visitor, page)["Location"] == "/t/add/"


def test_a_temporary_password_is_changed_first_and_what_was_typed_waits(visitor, office):
    page = send(visitor, "/t/add/", TYPED, office)
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
    page = send(visitor, "/t/pick/", {"people": ["2", "1"], "leader": ""}, office)
    address, typed = unseal(hidden(page)["held"], office)
    assert (address, typed.getlist("people"), typed["leader"]) == ("/t/pick/", ["2", "1"], "")
    assert list(typed)[:2] == ["people", "leader"]
