"""A form whose record somebody removed meanwhile, or gave another code: what was typed is shown, or goes there."""

import pytest

from personnel.models import Staff, User

from .test_pages import as_it_stands, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shell_urls")]


@pytest.fixture
def colleague(db) -> User:
    return User.objects.create_user("hr2", role="hr", full_name="Trần Quang")


def removed(staff: Staff, by: User) -> None:
    staff._history_user = by
    staff.delete()


def test_who_removed_the_record_is_said_above_what_was_typed(client, an, colleague):
    typed = {**opened(client), "full_name": "Lê <b>Ngọc</b> Ân", "birth_date": "31/02/1976"}
    removed(an, colleague)
    response = client.post("/t/CB~01/edit/", typed)
    assert response.status_code == 404
    assert [(entry.by, entry.kind) for entry in response.context["changes"]] == [("Trần Quang", "-")]
    assert response.context["typed"] == [
        ("Mã cán bộ", "CB/01"),
        ("Họ và tên", "Lê <b>Ngọc</b> Ân"),
        ("Ngày sinh", "31/02/1976"),
        ("Giới tính", "Nam"),
    ]
    page = response.content.decode()
    assert "Lê &lt;b&gt;Ngọc&lt;/b&gt; Ân" in page
    assert "có người đã xóa bản ghi này" in page
    assert not Staff.objects.exists()


def test_what_was_changed_before_the_removal_is_said_too(client, an, colleague):
    typed = opened(client)
    client.post("/t/CB~01/edit/", {**typed, "full_name": "Lê Ngọc Ân"})
    removed(an, colleague)
    changes = client.post("/t/CB~01/edit/", typed).context["changes"]
    assert [(entry.kind, [change.new for change in entry.changes]) for entry in changes] == [
        ("-", []),
        ("~", ["Lê Ngọc Ân"]),
    ]


def test_a_record_that_got_another_code_is_followed_there(client, an):
    second = {**opened(client), "birth_date": "18/01/1976"}
    client.post("/t/CB~01/edit/", {**opened(client), "code": "CB02"})
    response = client.post("/t/CB~01/edit/?a=b", second)
    assert (response.status_code, response["Location"]) == (307, "/t/CB02/edit/?a=b")  # 307: the form goes along
    response = client.post(response["Location"], second)
    assert response.status_code == 409
    assert client.post("/t/CB02/edit/", as_it_stands(response.content.decode())).status_code == 302
    an.refresh_from_db()
    assert (an.code, f"{an.birth_date:%d/%m/%Y}") == ("CB02", "18/01/1976")


def test_a_leader_is_told_nothing_of_what_the_log_knows(client, an, colleague):
    typed = opened(client)
    removed(an, colleague)
    User.objects.filter(username="hr").update(role="leader")
    response = client.post("/t/CB~01/edit/", typed)
    assert response.status_code == 404
    assert "Trần Quang" not in response.content.decode()


def test_what_never_was_and_what_is_only_looked_at_is_not_found_as_always(client, an, colleague):
    typed = opened(client)
    assert "Không tìm thấy trang" in client.post("/t/CB99/edit/", typed).content.decode()
    removed(an, colleague)
    response = client.get("/t/CB~01/edit/")
    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.content.decode()
