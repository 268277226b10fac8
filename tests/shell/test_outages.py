"""What people see while the database is away, crowded, full or read-only, and that it serves again by itself.

All of it happens for real, on the connection of the request: nothing stands in for the database.
"""

import re
import resource
import socket
import sqlite3
import subprocess
import threading
from contextlib import closing, contextmanager, suppress
from html import unescape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, close_old_connections, connection
from django.http import QueryDict
from django.test import Client

from courses.seed import seed_code_lists
from personnel.models import ExportLog, Staff, User
from tests.builders import EnrollmentBuilder
from tests.enrollments.test_at_once import waiting_database  # noqa: F401  (a fixture)
from tests.outages import full_disk, read_only  # noqa: F401  (a fixture)
from vpcp_training.outages import Outage, outage_of
from vpcp_training.screens.held import author_seal, seal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shell_urls")]

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="what only PostgreSQL answers")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="what only SQLite answers")

TYPED = {"code": "CB1", "full_name": 'Đặng "Đức" <Anh>', "birth_date": "", "gender": "male", "category": ""}
GONE = "Cơ sở dữ liệu không trả lời"
NOTHING_SAVED = "Chưa có gì của bạn được lưu"
PERHAPS_SAVED = "Nội dung bạn gửi có thể đã được lưu"


@pytest.fixture
def hr(waiting_database) -> Client:  # noqa: F811
    """The browser of an hr officer, in which a failure is a page."""
    user = User.objects.create_user("hr", "mật khẩu dài", role="hr", full_name="Lê Thu Hương")
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


@contextmanager
def elsewhere(**settings):
    """Connects with other settings than the tests', for as long as it lasts."""
    before = {name: connection.settings_dict[name] for name in settings}
    connection.close()
    connection.settings_dict.update(settings)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def told(response, *words: str) -> str:
    """The page of a 503, which says all of these words."""
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30"), page
    for text in words:
        assert text in page
    return page


def kept(page: str) -> dict[str, str]:
    """What the page's form would send again."""
    form = page.partition("<form")[2]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}


def serves_again(browser: Client, page: str) -> None:
    """The same process, without anything done to it, takes what the page kept."""
    assert browser.post("/t/add/", kept(page))["Location"] == "/t/list/"
    assert Staff.objects.get(code="CB1").full_name == TYPED["full_name"]


@contextmanager
def killed_before(verb: str):
    """The server ends the connection of the request when it comes to its first statement of a kind."""
    other = connection.copy()
    done = []

    def kill(execute, sql, params, many, context):
        if sql.startswith(verb) and not done:
            pid = context["connection"].connection.info.backend_pid
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
            done.append(pid)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(kill):
        yield
    close_old_connections()  # as Django does after each request, but not in its tests
    other.close()
    assert done


class Wire:
    """A wire to PostgreSQL that breaks at a commit that gets through or not; it may come back."""

    def __init__(self, *, gets_through: bool, comes_back: bool):
        settings = connection.settings_dict
        self.server_address = settings["HOST"] or "127.0.0.1", int(settings["PORT"] or 5432)
        self.gets_through, self.comes_back = gets_through, comes_back
        self.entry = socket.create_server(("127.0.0.1", 0))
        self.port = self.entry.getsockname()[1]
        threading.Thread(target=self._connect, daemon=True).start()

    def _connect(self) -> None:
        with suppress(OSError):  # of the entry that was closed
            while True:
                near, _address = self.entry.accept()
                far, broken = socket.create_connection(self.server_address), threading.Event()
                threading.Thread(target=self._forward, args=(near, far, broken), daemon=True).start()
                threading.Thread(target=self._answer, args=(near, far, broken), daemon=True).start()

    def _forward(self, near: socket.socket, far: socket.socket, broken: threading.Event) -> None:
        with suppress(OSError):  # of an end that was closed
            while asked := near.recv(65536):
                if b"COMMIT" in asked:
                    broken.set()
                    if not self.comes_back:
                        self.close()
                    if self.gets_through:
                        far.sendall(asked)
                    break
                far.sendall(asked)
            far.shutdown(socket.SHUT_WR)

    def _answer(self, near: socket.socket, far: socket.socket, broken: threading.Event) -> None:
        while answer := far.recv(65536):
            if not broken.is_set():
                near.sendall(answer)
        near.close()  # now that the server is through with it
        far.close()

    def close(self) -> None:
        """Takes no more connections."""
        with suppress(OSError):
            self.entry.shutdown(socket.SHUT_RDWR)
        self.entry.close()


@on_postgresql
@pytest.mark.parametrize("verb", ["SELECT", "INSERT"])
def test_a_connection_lost_before_the_commit_saves_nothing_and_keeps_what_was_typed(hr, verb):
    with killed_before(verb):
        page = told(hr.post("/t/add/", TYPED), GONE, NOTHING_SAVED, "Gửi lại")
    assert PERHAPS_SAVED not in page
    assert kept(page) == TYPED
    assert not Staff.objects.exists()
    serves_again(hr, page)


@on_postgresql
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_connection_lost_while_choices_are_read_is_an_outage_too(hr, method, monkeypatch):
    other, asked = connection.copy(), []

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    class NoMoreRows(list):
        """What the last fetch is compared with: now only closing the cursor is left, which Django does not wrap."""

        def __eq__(self, rows) -> bool:
            if asked and asked[-1].startswith('SELECT "personnel_staff"'):
                pid = connection.connection.info.backend_pid
                with other.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
            return not len(rows)

    monkeypatch.setattr(connection.features, "empty_fetchmany_value", NoMoreRows())
    with connection.execute_wrapper(note):
        page = told(getattr(hr, method)("/t/choose/", {"person": ""}), GONE)
    close_old_connections()
    other.close()
    assert ("Gửi lại" in page) == (method == "post")


@on_postgresql
@pytest.mark.parametrize(
    ("state", "outage"),
    [
        ("53000", Outage.GONE),
        ("53200", Outage.GONE),
        ("53400", Outage.GONE),
        ("57P04", Outage.GONE),
        ("25P04", Outage.GONE),
        ("40003", Outage.GONE),
        ("57014", Outage.BUSY),
        ("53100", Outage.FULL),
        ("53300", Outage.CROWDED),
        ("22012", None),
        ("42P01", None),
    ],
)
def test_what_a_server_says_of_itself(hr, state, outage):
    with pytest.raises(Error) as raised, connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE 'as the server would' USING ERRCODE = '{state}'; END $$")
    assert outage_of(raised.value) is outage


@on_postgresql
@pytest.mark.parametrize("gets_through", [True, False])
@pytest.mark.parametrize("comes_back", [True, False])
def test_a_connection_lost_at_the_commit_says_to_look_first(hr, gets_through, comes_back):
    wire = Wire(gets_through=gets_through, comes_back=comes_back)
    with closing(wire), elsewhere(HOST="127.0.0.1", PORT=wire.port):
        page = told(hr.post("/t/add/", TYPED), GONE, PERHAPS_SAVED, "Gửi lại")
    assert NOTHING_SAVED not in page
    assert 'href="/t/add/" target="_blank"' in page
    assert kept(page) == TYPED
    assert Staff.objects.exists() is gets_through


@on_postgresql
def test_what_is_lost_after_the_commit_may_be_saved(hr):
    with killed_before("UPDATE"):  # the view keeps two things, one after the other
        page = told(hr.post("/t/write-twice/", TYPED), PERHAPS_SAVED)
    assert NOTHING_SAVED not in page
    assert Staff.objects.get().full_name == TYPED["full_name"]


@on_postgresql
def test_no_server_at_all(hr):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with elsewhere(HOST="127.0.0.1", PORT=port):
        page = told(hr.post("/t/add/", TYPED), GONE, NOTHING_SAVED)
        told(hr.get("/t/list/"), GONE, "Mở lại trang")
        told(Client(raise_request_exception=False).post("/accounts/login/", {"username": "hr", "password": "x"}), GONE)
        assert hr.get("/healthz").status_code == 503
        assert hr.get("/accounts/login/").status_code == 503  # is this person signed in?
        assert Client().get("/accounts/login/").status_code == 200
    serves_again(hr, page)


@on_postgresql
def test_no_free_connection(hr):
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS vpcp_crowded")
        cursor.execute("CREATE ROLE vpcp_crowded LOGIN CONNECTION LIMIT 0")
    with elsewhere(USER="vpcp_crowded"):
        page = told(hr.post("/t/add/", TYPED), "Có quá nhiều người dùng cùng lúc", NOTHING_SAVED)
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE vpcp_crowded")
    serves_again(hr, page)


@pytest.fixture
def read_only_database(hr):
    seed_code_lists()
    EnrollmentBuilder()
    read_only(True)
    yield hr
    read_only(False)


def test_a_full_disk_says_so(hr, full_disk):  # noqa: F811
    fill, clear = full_disk
    fill()
    long = {**TYPED, "full_name": "Đ" * 100}
    page = ""
    for number in range(200):  # till the last page is full
        response = hr.post("/t/add/", {**long, "code": f"CB{number}"})
        if response.status_code == 503:
            page = told(response, "Đĩa đã đầy", NOTHING_SAVED)
            break
    assert kept(page) == {**long, "code": f"CB{number}"}
    assert Staff.objects.count() == Staff.history.count() == number
    assert hr.get("/t/list/").status_code == 200
    clear()
    assert hr.post("/t/add/", kept(page))["Location"] == "/t/list/"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_says_so_where_a_file_is_written_too(hr):
    page = told(hr.post("/t/no-room/", TYPED), "Đĩa đã đầy", NOTHING_SAVED)
    assert kept(page) == TYPED


def test_a_read_only_database_says_so_and_still_shows_what_it_has(read_only_database):
    hr = read_only_database
    page = told(hr.post("/t/add/", TYPED), "Lúc này không lưu được gì", NOTHING_SAVED)
    assert hr.get("/t/list/").status_code == 200
    assert hr.get("/").status_code == 200
    read_only(False)
    serves_again(hr, page)


def test_nobody_can_sign_in_to_a_read_only_database_and_the_password_is_not_kept(read_only_database):
    sent = {"username": "hr", "password": "mật khẩu dài"}
    page = told(Client(raise_request_exception=False).post("/accounts/login/", sent), "chưa đăng nhập được")
    assert "mật khẩu dài" not in page
    assert "Gửi lại" not in page


def test_a_statement_that_a_read_only_database_refused_is_not_perhaps_saved(read_only_database):
    assert PERHAPS_SAVED not in told(read_only_database.post("/t/rename-all/", TYPED), NOTHING_SAVED)


def test_a_page_that_cannot_be_read_either_promises_nothing(read_only_database):
    page = told(read_only_database.get("/t/rename-all/"), "Lúc này không mở được trang")
    assert "vẫn tra cứu" not in page


def test_what_was_held_goes_through_a_sign_in_that_met_a_read_only_database(read_only_database):
    typed = QueryDict(mutable=True)
    typed.update({**TYPED, "typed_by": author_seal(User.objects.get())})
    sent = {"held": seal("/t/add/", typed), "next": "/t/add/", "username": "hr", "password": "mật khẩu dài"}
    visitor = Client(raise_request_exception=False)
    page = told(visitor.post("/accounts/login/", sent), "Nhập lại mật khẩu", "vẫn được giữ")
    assert kept(page) == {"held": sent["held"], "next": "/t/add/", "username": "hr"}
    read_only(False)
    form = visitor.post("/accounts/login/", kept(page)).content.decode()
    assert kept(form.partition("<main")[2])["held"] == sent["held"]
    assert 'name="username" id="id_username" value="hr"' in form
    again = visitor.post("/accounts/login/", {**kept(page), "username": "hr", "password": "mật khẩu dài"})
    assert TYPED.items() <= kept(again.content.decode().partition("<main")[2]).items()


def test_what_was_held_goes_through_the_password_once_more_too(read_only_database):
    sent = {"held": "sealed", "next": "/t/add/", "password": "mật khẩu dài"}
    page = told(read_only_database.post("/accounts/login/anew/", sent), "Nhập lại mật khẩu")
    read_only(False)
    form = read_only_database.post("/accounts/login/anew/", kept(page)).content.decode()
    assert '<h1 class="mb-3">Nhập lại mật khẩu</h1>' in form
    assert kept(form.partition("<main")[2])["held"] == "sealed"


def test_signing_out_of_a_read_only_database_leaves_nothing_in_the_browser(read_only_database, settings):
    hr = read_only_database
    hr.cookies[settings.SESSION_USED_COOKIE_NAME] = "x"
    page = hr.post("/accounts/logout/")
    assert page.status_code == 503
    assert "Bạn đã đăng xuất khỏi trình duyệt này" in page.content.decode()
    assert [page.cookies[name]["max-age"] for name in ("sessionid", "used")] == [0, 0]
    assert hr.get("/t/list/")["Location"].startswith("/accounts/login/")


@on_postgresql
def test_signing_out_without_a_database(hr):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with elsewhere(HOST="127.0.0.1", PORT=port):
        assert "Bạn đã đăng xuất khỏi trình duyệt này" in hr.post("/accounts/logout/").content.decode()
    assert hr.get("/t/list/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "command", [["purge"], ["rename_code", "session", "L01", "L02"], ["load_demo"], ["yearly_report", "2012"]]
)
def test_a_command_says_in_a_sentence_that_the_database_is_away(hr, command):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    away = (
        {"NAME": "file:/nowhere/vpcp?mode=rw"} if connection.vendor == "sqlite" else {"HOST": "127.0.0.1", "PORT": port}
    )
    with elsewhere(**away), pytest.raises(CommandError, match=f"^{GONE}. ") as raised:
        call_command(*command)
    assert raised.value.returncode == 2


@on_sqlite
def test_no_room_for_the_file_that_its_users_share(hr, tmp_path):
    with elsewhere(NAME=tmp_path / "copy.sqlite3"):
        connection.cursor().execute("CREATE TABLE one (id)")
        connection.close()
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        try:
            with pytest.raises(Error) as raised:
                resource.setrlimit(resource.RLIMIT_FSIZE, (4000, limits[1]))
                connection.cursor().execute("SELECT * FROM one")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert outage_of(raised.value) is Outage.FULL


@pytest.fixture
def small_disk(tmp_path):
    """A disk of eight files."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k,nr_inodes=9", "tmpfs", tmp_path], check=False)
    if mounted.returncode:
        pytest.skip("only root can make a disk")
    yield tmp_path
    subprocess.run(["umount", "--lazy", tmp_path], check=True)  # what failed may hold it yet


@on_sqlite
@pytest.mark.parametrize("address", ["{path}", "{uri}?mode=rw"])
def test_a_disk_on_which_no_file_more_fits_is_full(hr, small_disk, address):
    file = small_disk / "bản sao.sqlite3"
    with elsewhere(NAME=address.format(path=file, uri=file.as_uri())):
        with sqlite3.connect(file) as plain:
            plain.execute("PRAGMA journal_mode=WAL")
            plain.execute("CREATE TABLE one (id)")
        plain.close()
        with suppress(OSError):
            for number in range(9):
                (small_disk / str(number)).touch()
        with pytest.raises(Error) as raised:
            connection.cursor().execute("SELECT * FROM one")
        assert outage_of(raised.value) is Outage.FULL
        file.unlink()
        assert outage_of(raised.value) is Outage.GONE


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/t/list/?export=xlsx", "People"),
        ("/reports/yearly/excel/?year=2012", "Báo cáo năm 2012"),
        ("/enrollments/workbook/", "Sổ trao đổi dữ liệu"),
    ],
)
def test_a_read_only_database_exports_and_the_structured_log_says_who_took_what(
    read_only_database, caplog, address, what
):
    caplog.set_level("INFO", "vpcp.events")
    response = read_only_database.get(address)
    assert response.status_code == 200
    assert b"".join(response.streaming_content)[:2] == b"PK"
    (line,) = [record for record in caplog.records if record.getMessage() == "export"]
    assert line.facts == {"user": "hr", "what": what, "filter": line.facts["filter"], "rows": 1}
    assert not ExportLog.objects.exists()


@on_sqlite
def test_a_file_that_is_away_is_not_made_anew(hr, tmp_path):
    file, away = tmp_path / "copy.sqlite3", tmp_path / "away.sqlite3"
    with elsewhere(NAME=f"{file.as_uri()}?mode=rw"):  # as wsgi.py has it
        assert hr.get("/t/list/").status_code == 200
        connection.close()
        file.rename(away)
        page = told(hr.post("/t/add/", TYPED), GONE, NOTHING_SAVED)
        assert not file.exists()
        away.rename(file)
        serves_again(hr, page)


def test_a_mistake_of_ours_is_no_outage(hr):
    response = hr.get("/t/mistaken/")
    assert response.status_code == 500
    assert "Hệ thống gặp lỗi" in response.content.decode()


def test_the_page_is_in_the_language_switched_to(read_only_database, settings):
    read_only_database.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = told(read_only_database.post("/t/add/", TYPED), "Nothing can be saved right now", "Send again")
    assert '<html lang="en">' in page
