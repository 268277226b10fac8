"""A view is closed to everyone until it says who may open it."""

import pytest
from django.contrib import admin
from django.urls import get_resolver

from vpcp_training.access import allow, roles_of
from vpcp_training.roles import Role
from vpcp_training.screens.navigation import ACCOUNT, BAR

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("shell_urls")
@pytest.mark.parametrize("role", list(Role))
def test_a_view_that_declares_no_roles_is_refused_to_everyone(client, signed_in, role):
    signed_in(role)
    assert client.get("/t/undeclared/").status_code == 403


def test_the_anonymous_go_to_the_sign_in_page_and_come_back(client):
    response = client.get("/accounts/password/")
    assert response["Location"] == "/accounts/login/?next=/accounts/password/"


@pytest.mark.usefixtures("shell_urls")
def test_a_fragment_s_request_takes_the_whole_page_to_the_sign_in_page(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/t/list/?q=an"}
    response = client.get("/t/list/?q=anh", headers=headers)
    assert response["HX-Redirect"] == "/accounts/login/?next=%2Ft%2Flist%2F%3Fq%3Dan"


@pytest.mark.usefixtures("shell_urls")
def test_a_fragment_s_request_from_no_address_goes_to_the_sign_in_page_too(client):
    response = client.get("/t/list/", headers={"HX-Request": "true", "HX-Current-URL": "http://[::1"})
    assert response["HX-Redirect"] == "/accounts/login/?next=%2F"


@pytest.mark.usefixtures("shell_urls")
def test_what_a_signed_in_person_sees_is_kept_by_no_cache(client, signed_in):
    signed_in(Role.HR)
    for address in ("/t/list/", "/t/list/?export=xlsx", "/t/pick/found/?gender=female&q=a", "/khong-co/"):
        assert {"private", "no-store"} <= set(client.get(address)["Cache-Control"].split(", ")), address


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ADMIN, 200), (Role.HR, 403), (Role.LEADER, 403), (Role.AUDITOR, 403)]
)
def test_django_s_admin_is_for_administrators(client, signed_in, role, status):
    signed_in(role)
    assert client.get("/admin/").status_code == status


def test_django_s_admin_holds_accounts_and_code_lists_only():
    held = {model._meta.label for model in admin.site._registry}
    code_lists = {"courses.Field", "courses.Provider", "personnel.Position", "personnel.Rank"}
    assert held == {"personnel.User", *code_lists}


def test_the_sign_in_page_does_not_lead_to_itself(client, signed_in):
    signed_in(Role.HR)
    assert client.get("/accounts/login/?next=/accounts/login/")["Location"] == "/"


def test_there_is_one_sign_in_page(client):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


def test_allow_marks_functions_and_classes():
    @allow(Role.ADMIN, Role.HR)
    def view(request): ...

    assert roles_of(view) == {Role.ADMIN, Role.HR}
    assert roles_of(lambda request: None) is None


@pytest.mark.usefixtures("shell_urls")
def test_a_rule_on_a_class_is_found_on_its_view():
    views = {str(p.pattern): p.callback for p in get_resolver().url_patterns if hasattr(p, "callback")}
    assert roles_of(views["t/list/"]) == set(Role)


def test_five_wrong_passwords_lock_the_account_for_this_computer(client, signed_in):
    user = signed_in(Role.HR)
    client.logout()
    answers = [client.post("/accounts/login/", {"username": "hr", "password": "sai"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 429]
    assert "15 phút" in answers[-1].content.decode()
    right = {"username": user.username, "password": "mật khẩu dài"}
    assert client.post("/accounts/login/", right).status_code == 429
    assert client.post("/accounts/login/", right, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_a_user_name_longer_than_any_is_a_wrong_one(client, db):
    assert client.post("/accounts/login/", {"username": "n" * 10_000, "password": "sai"}).status_code == 422
    assert client.post("/accounts/login/", {"username": "hr\0", "password": "sai"}).status_code == 422


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(client, settings, signed_in):
    settings.TRUSTED_PROXIES = 1
    signed_in(Role.HR)
    client.logout()
    wrong = {"username": "hr", "password": "sai"}
    for n in range(5):
        client.post("/accounts/login/", wrong, headers={"X-Forwarded-For": f"1.2.3.{n}, 10.0.0.7"})
    forged = {"X-Forwarded-For": "9.9.9.9, 10.0.0.7"}
    assert client.post("/accounts/login/", wrong, headers=forged).status_code == 429
    with_port = {"X-Forwarded-For": "10.0.0.7:55555"}
    assert client.post("/accounts/login/", wrong, headers=with_port).status_code == 429
    assert client.post("/accounts/login/", wrong, headers={"X-Forwarded-For": "10.0.0.8"}).status_code == 422
    for odd in ("junk", "999.1.1.1", "[::1]:5", "::1", "[2001:db8::7]"):
        assert client.post("/accounts/login/", wrong, headers={"X-Forwarded-For": odd}).status_code in (422, 429)


def test_a_page_for_everybody_needs_no_database_to_know_who_asks(client, signed_in, django_assert_num_queries):
    signed_in(Role.HR)
    with django_assert_num_queries(0):
        assert client.get("/favicon.ico").status_code == 302


def test_signing_out_takes_a_post(client, signed_in):
    signed_in(Role.HR)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"


@pytest.mark.parametrize("role", list(Role))
def test_everyone_changes_their_own_password(client, signed_in, role):
    user = signed_in(role)
    new = "Cục Quản trị 2012"
    wrong = {"old_password": "sai", "new_password1": new, "new_password2": new}
    assert client.post("/accounts/password/", wrong).status_code == 422
    response = client.post("/accounts/password/", {**wrong, "old_password": "mật khẩu dài"}, follow=True)
    assert response.status_code == 200
    user.refresh_from_db()
    assert user.check_password(new)


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"old_password": "sai"}, "old_password", "Mật khẩu này không đúng. Nhập mật khẩu đang dùng."),
        ({"old_password": ""}, "old_password", "Hãy nhập: Mật khẩu cũ."),
        ({"new_password2": "khác"}, "new_password2", "Không khớp với mật khẩu mới ở trên. Nhập lại cả hai ô."),
        ("vụ 2", "new_password1", "Mật khẩu quá ngắn: cần ít nhất 10 ký tự."),
        ("98765432101", "new_password1", "Mật khẩu chỉ gồm chữ số. Thêm chữ cái vào."),
        ("password123", "new_password1", "Mật khẩu này nhiều người dùng nên dễ bị dò ra. Chọn mật khẩu khác."),
        (
            "Quang Quang Minh",
            "new_password1",
            "Quá giống họ và tên của bạn mà người khác đều biết. Chọn mật khẩu khác.",
        ),
        (
            "nguyen minh quang",
            "new_password1",
            "Quá giống họ và tên của bạn mà người khác đều biết. Chọn mật khẩu khác.",
        ),
    ],
)
def test_a_refused_password_is_told_why_in_plain_words(client, signed_in, sent, field, said):
    user = signed_in(Role.HR)
    user.full_name = "Nguyen Minh Quang"
    user.save()
    new = sent if isinstance(sent, str) else "Cục Quản trị 2012"
    typed = {"old_password": "mật khẩu dài", "new_password1": new, "new_password2": new}
    response = client.post("/accounts/password/", typed | (sent if isinstance(sent, dict) else {}))
    assert response.status_code == 422
    assert response.context["form"].errors == {field: [said]}


def test_the_rules_of_a_password_stand_below_it_in_plain_words(client, signed_in):
    signed_in(Role.HR)
    page = client.get("/accounts/password/").content.decode()
    for rule in (
        "Không giống tên đăng nhập hay họ tên của bạn.",
        "Ít nhất 10 ký tự, dùng được cả khoảng trắng.",
        "Không phải mật khẩu nhiều người dùng, như “password123”.",
        "Không chỉ gồm chữ số.",
    ):
        assert f"<li>{rule}</li>" in page
    assert "Mật khẩu của bạn" not in page


def test_menus_name_only_known_roles():
    assert {role for entry in (*BAR, *ACCOUNT) for role in entry.roles} <= set(Role)
