"""Accounts: who may sign in, and that somebody always can let others in."""

import re

import pytest
from axes.models import AccessAttempt
from django.test import Client

from personnel.models import ExportLog, User
from personnel.services import deactivate, reactivate, reset_password, save_user
from tests.builders import StaffBuilder, UserBuilder
from tests.versions import current_version
from vpcp_training.errors import DomainError

pytestmark = pytest.mark.django_db
LAST_ADMIN = "Đây là người quản trị cuối cùng còn hoạt động"


@pytest.fixture
def admin(sign_in):
    return sign_in("admin")


def sign_in_as(username: str, password: str) -> Client:
    """A browser in which somebody has tried to sign in."""
    browser = Client()
    browser.post("/accounts/login/", {"username": username, "password": password})
    return browser


def is_signed_in(browser: Client) -> bool:
    return browser.get("/accounts/password/").status_code == 200


def post(client, user, page: str = "", **sent):
    return client.post(f"/accounts/users/{user.pk}/{page}", {"version": current_version(user), **sent})


def password_shown(response) -> str:
    return re.search(r"<code[^>]*>([^<]+)</code>", response.content.decode())[1]


def test_new_account_gets_a_password_that_is_shown_once_and_works(client, admin, office):
    sent = {"username": "hoa", "full_name": "Trần Hoa", "role": "leader", "unit": office["bureau"].pk}
    response = client.post("/accounts/users/add/", sent)
    assert response.headers["Cache-Control"].split(", ").count("no-store") == 1
    assert is_signed_in(sign_in_as("hoa", password_shown(response)))
    user = User.objects.get(username="hoa")
    assert (user.role, user.unit, user.is_active) == ("leader", office["bureau"], True)
    assert user.history.get().history_user == admin
    assert password_shown(response) not in client.get(f"/accounts/users/{user.pk}/").content.decode()


@pytest.mark.parametrize("role, unit, warned", [("leader", "", True), ("leader", "bureau", False), ("hr", "", False)])
def test_who_saves_a_leader_without_a_unit_is_told_that_the_account_sees_nothing(
    client, admin, office, role, unit, warned
):
    sent = {"full_name": "Trần Hoa", "role": role, "unit": office[unit].pk if unit else ""}
    added = client.post("/accounts/users/add/", {"username": "hoa", **sent})
    post(client, User.objects.get(username="hoa"), **sent)
    edited = client.get("/accounts/users/")
    for page in (added, edited):
        assert ("Lãnh đạo đơn vị mà chưa có đơn vị thì không xem được gì" in page.content.decode()) is warned
    way = f'<a class="btn" href="/accounts/users/{User.objects.get(username="hoa").pk}/">Chọn đơn vị</a>'
    assert (way in added.content.decode()) is warned


def test_a_wrong_password_is_said_in_plain_words(office):
    page = Client().post("/accounts/login/", {"username": "hoa", "password": "sai"}).content.decode()
    assert "Sai tên đăng nhập hoặc mật khẩu." in page


@pytest.mark.parametrize("username", ["", "Hoa", "h o a", "hoa\x00", "x" * 151])
def test_user_name_that_is_taken_or_malformed_is_refused(client, admin, username):
    UserBuilder(username="hoa")
    response = client.post("/accounts/users/add/", {"username": username, "role": "hr"})
    assert response.status_code == 422
    assert User.objects.count() == 2


def test_the_rules_of_a_user_name_are_said_in_plain_words(client, admin):
    rule = "Gồm chữ, số và các dấu @ . + - _, không có khoảng trắng, ví dụ an.nv. Sau này không đổi được."
    assert rule in client.get("/accounts/users/add/").content.decode()
    for username, said in (
        ("h o a", "Tên đăng nhập chỉ gồm chữ, số và các dấu @ . + - _, không có khoảng trắng."),
        ("x" * 151, "Quá dài: tối đa 150 ký tự."),
    ):
        response = client.post("/accounts/users/add/", {"username": username, "role": "hr"})
        assert response.context["form"].errors == {"username": [said]}


def test_one_person_has_one_account(client, admin):
    staff = StaffBuilder()
    UserBuilder(staff=staff)
    response = client.post("/accounts/users/add/", {"username": "hoa", "role": "hr", "staff": staff.pk})
    assert response.context["form"].errors["staff"] == ["Người này đã có tài khoản."]


def test_role_and_unit_are_changed_and_the_history_says_so(client, admin, office):
    user = UserBuilder(role="hr", full_name="Trần Hoa")
    post(client, user, full_name="Trần Hoa", role="leader", unit=office["bureau"].pk)
    changes = client.get(f"/accounts/users/{user.pk}/history/").context["entries"][0].changes
    assert [(c.label, c.old, c.new) for c in changes] == [
        ("Vai trò", "Nhân sự", "Lãnh đạo đơn vị"),
        ("Phạm vi đơn vị", "–", "Cục Quản trị"),
    ]


def test_signing_in_leaves_no_history_and_so_no_conflict(client, admin):
    user = UserBuilder(username="hoa", password="mat-khau-dai")
    seen = current_version(user)
    assert is_signed_in(sign_in_as("hoa", "mat-khau-dai"))
    assert User.objects.get(username="hoa").last_login
    assert current_version(user) == seen


def test_second_of_two_administrators_who_save_an_account_is_told(client, admin):
    user = UserBuilder(role="hr")
    seen = current_version(user)
    save_user(User.objects.get(pk=user.pk), UserBuilder(role="admin"))
    assert post(client, user, role="leader", version=seen).status_code == 409
    assert User.objects.get(pk=user.pk).role == "hr"


def test_last_active_administrator_is_neither_demoted_nor_deactivated(client, admin):
    UserBuilder(role="admin", is_active=False)
    demoted = post(client, admin, role="hr")
    assert demoted.status_code == 422
    assert LAST_ADMIN in demoted.content.decode()
    refused = post(client, admin, "deactivate/")
    assert refused.status_code == 422
    assert LAST_ADMIN in refused.content.decode()
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == ("admin", True)


def test_an_administrator_can_go_when_another_stays(admin):
    other = UserBuilder(role="admin")
    deactivate(other, admin)
    with pytest.raises(DomainError, match=LAST_ADMIN):
        deactivate(admin, admin)


def test_deactivated_user_is_signed_out_and_stays_out_with_the_old_password(client, admin):
    user = UserBuilder(username="hoa", password="mat-khau-dai")
    browser = sign_in_as("hoa", "mat-khau-dai")
    assert is_signed_in(browser)
    assert post(client, user, "deactivate/").status_code == 302
    assert not is_signed_in(browser)
    assert not is_signed_in(sign_in_as("hoa", "mat-khau-dai"))
    password = reactivate(User.objects.get(pk=user.pk), admin)
    assert not is_signed_in(browser)
    assert not is_signed_in(sign_in_as("hoa", "mat-khau-dai"))
    assert is_signed_in(sign_in_as("hoa", password))


def test_reset_password_ends_the_sessions_and_the_lock_out(client, admin):
    user = UserBuilder(username="hoa", password="mat-khau-dai")
    browser = sign_in_as("hoa", "mat-khau-dai")
    for _try in range(5):
        sign_in_as("hoa", "wrong")
    assert not is_signed_in(sign_in_as("hoa", "mat-khau-dai"))
    response = post(client, user, "password/")
    assert response.headers["Cache-Control"].split(", ").count("no-store") == 1
    assert not is_signed_in(browser)
    assert is_signed_in(sign_in_as("hoa", password_shown(response)))
    assert user.history.latest().history_change_reason == "Đặt lại mật khẩu"


def test_password_of_a_deactivated_account_is_not_reset(client, admin):
    user = UserBuilder(is_active=False)
    response = post(client, user, "password/")
    assert response.status_code == 422
    assert "Tài khoản này đã ngừng sử dụng. Hãy mở lại tài khoản." in response.content.decode()


def test_passwords_differ_and_are_long(admin):
    user = UserBuilder()
    passwords = {reset_password(user, admin) for _try in range(20)}
    assert len(passwords) == 20
    assert all(re.fullmatch(r"[a-hj-km-np-z2-9]{5}(-[a-hj-km-np-z2-9]{5}){2}", password) for password in passwords)


def test_locked_account_is_marked_and_unlocked(client, admin):
    user = UserBuilder(username="hoa", password="mat-khau-dai")
    for _try in range(5):
        sign_in_as("hoa", "wrong")
    assert "Bị khóa đăng nhập" in client.get("/accounts/users/").content.decode()
    assert "Bị khóa đăng nhập" in client.get(f"/accounts/users/{user.pk}/").content.decode()
    page = client.post(f"/accounts/users/{user.pk}/unlock/", follow=True).content.decode()
    assert "Tài khoản đã đăng nhập lại được." in page
    assert not AccessAttempt.objects.exists()
    assert is_signed_in(sign_in_as("hoa", "mat-khau-dai"))
    again = client.post(f"/accounts/users/{user.pk}/unlock/", follow=True).content.decode()
    assert "Tài khoản không bị khóa." in again


def test_accounts_are_found_without_diacritics_and_by_role(client, admin, office):
    UserBuilder(username="hoa", full_name="Trần Thị Hoà", role="leader", unit=office["bureau"])

    def found(query):
        rows = client.get(f"/accounts/users/?{query}").context["table"].paginated_rows
        return [row.record.username for row in rows]

    assert found("q=hoa+tran") == found("role=leader") == ["hoa"]
    assert found("active=0") == []
    assert found("sort=-username") == sorted(found(""), reverse=True)


def test_export_of_the_accounts_holds_no_password(client, admin):
    content = b"".join(client.get("/accounts/users/?export=xlsx").streaming_content)
    assert content.startswith(b"PK")
    assert ExportLog.objects.get().what == "Người dùng"


def test_log_of_exports_says_who_took_what(client, admin):
    hoa = UserBuilder(username="hoa", full_name="Trần Hoà")
    ExportLog.objects.create(user=hoa, what="Cán bộ", query="Đơn vị: Cục Quản trị", rows=1234)
    ExportLog.objects.create(user=admin, what="Lớp", rows=1)
    page = client.get("/accounts/exports/").content.decode()
    assert all(text in page for text in ("Trần Hoà", "Cán bộ", "Đơn vị: Cục Quản trị", "1.234"))
    for query in ("q=hoa", "user=hoa", "q=Cục"):
        rows = client.get(f"/accounts/exports/?{query}").context["table"].rows
        assert [row.record.user for row in rows] == [hoa]


def test_the_log_of_exports_tells_the_commands_of_the_server_from_people(client, admin):
    ExportLog.objects.create(what="Báo cáo năm 2012", rows=2863)
    assert "Lệnh máy chủ" in client.get("/accounts/exports/").content.decode()
    assert "Lệnh máy chủ" in str(ExportLog.objects.get())


def test_the_log_of_exports_shows_those_of_server_commands_alone(client, admin):
    command = ExportLog.objects.create(what="Báo cáo năm 2012", rows=2863)
    ExportLog.objects.create(user=admin, what="Lớp", rows=1)
    page = client.get("/accounts/exports/")
    assert '<option value="~">Lệnh máy chủ</option>' in page.content.decode()
    chosen = client.get("/accounts/exports/?user=~")
    assert [row.record for row in chosen.context["table"].rows] == [command]
    assert "Lệnh máy chủ" in [chip.value for chip in chosen.context["chips"]]


@pytest.mark.parametrize("role", ["hr", "leader"])
@pytest.mark.parametrize("address", ["/accounts/users/", "/accounts/users/add/", "/accounts/exports/", "/admin/"])
def test_accounts_are_for_administrators(client, sign_in, role, address):
    sign_in(role)
    assert client.get(address).status_code == 403


def test_own_password_is_changed_and_the_session_stays(client):
    user = UserBuilder(username="hoa", password="mat-khau-dai")
    client.force_login(user)
    sent = {"old_password": "mat-khau-dai", "new_password1": "doi-mat-khau-1", "new_password2": "doi-mat-khau-1"}
    assert client.post("/accounts/password/", sent).status_code == 302
    assert is_signed_in(client)
    assert is_signed_in(sign_in_as("hoa", "doi-mat-khau-1"))


def test_what_is_wrong_with_a_new_password_is_said_where_it_is_chosen(client):
    client.force_login(UserBuilder(username="hoa", password="mat-khau-dai"))
    sent = {"old_password": "mat-khau-dai", "new_password1": "hoa123", "new_password2": "hoa123"}
    answer = client.post("/accounts/password/", sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"new_password1"}
    (field,) = re.findall(r'<input[^>]*name="new_password1"[^>]*>', answer.content.decode())
    assert 'aria-invalid="true"' in field
    described = re.search('aria-describedby="([^"]+)"', field)[1].split()
    assert all(f'id="{part}"' in answer.content.decode() for part in described), described


def test_failed_sign_ins_stand_beside_the_account_after_the_right_password_and_the_unlocking(client, admin):
    user = UserBuilder(username="hoa", password="mat-khau-dai")
    assert "lần đăng nhập sai" not in client.get(f"/accounts/users/{user.pk}/").content.decode()
    sign_in_as("hoa", "wrong")
    sign_in_as("hoa", "mat-khau-dai")
    client.post(f"/accounts/users/{user.pk}/unlock/")
    page = client.get(f"/accounts/users/{user.pk}/").content.decode()
    assert "Các lần đăng nhập sai gần đây" in page
    assert page.count("từ địa chỉ 127.0.0.1") == 1


def test_what_is_done_to_accounts_is_logged(client, admin, office, caplog, django_capture_on_commit_callbacks):
    user = UserBuilder(username="hoa", role="hr")
    caplog.set_level("INFO", "vpcp.events")
    with django_capture_on_commit_callbacks(execute=True):
        post(client, user, role="leader", unit=office["bureau"].pk)
        post(client, user, "password/")
        post(client, user, "deactivate/")
        post(client, user, "reactivate/")
        post(client, user, role="")
    by = {"user": admin.username, "account": "hoa"}
    assert [(record.getMessage(), record.facts) for record in caplog.records if record.name == "vpcp.events"] == [
        ("account changed", {**by, "role": "leader", "former_role": "hr", "unit": "QT"}),
        ("password reset", by),
        ("account deactivated", by),
        ("account opened again", by),
    ]
