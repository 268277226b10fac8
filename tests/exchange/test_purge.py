"""`manage.py purge` removes what nobody needs any more, and files with people's names are their owner's alone."""

import io
import os
import stat
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from exchange.models import WorkbookUpload
from tests.builders import UserBuilder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """The folders of an installation, as an earlier version left them."""
    settings.VAR_DIR, settings.OUT_DIR = tmp_path / "var", tmp_path / "out"
    settings.FILE_UPLOAD_TEMP_DIR = settings.VAR_DIR / "tmp"
    for folder in (settings.VAR_DIR, settings.OUT_DIR, settings.FILE_UPLOAD_TEMP_DIR):
        folder.mkdir()
        folder.chmod(0o755)
    return tmp_path


def mode(path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def purge() -> str:
    said = io.StringIO()
    call_command("purge", stdout=said)
    return said.getvalue()


def test_what_is_old_goes_and_what_is_not_stays(settings):
    user, now = UserBuilder(), timezone.now()
    old, new = (WorkbookUpload.objects.create(user=user, file_name=name, content=b"PK") for name in ("cu", "moi"))
    WorkbookUpload.objects.filter(pk=old.pk).update(at=now - timedelta(days=8))
    WorkbookUpload.objects.filter(pk=new.pk).update(at=now - timedelta(days=6))
    Session.objects.create(session_key="cu", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="moi", session_data="", expire_date=now + timedelta(minutes=1))
    for log in (AccessFailureLog, AccessLog):
        for days in (364, 366):
            record = log.objects.create(username="hr")
            log.objects.filter(pk=record.pk).update(attempt_time=now - timedelta(days=days))
    for name, hours in (("cu.upload", 25), ("moi.upload", 23)):
        path = settings.FILE_UPLOAD_TEMP_DIR / name
        path.touch()
        os.utime(path, (time.time() - hours * 3600,) * 2)

    assert purge() == ("Đã xóa: 1 tệp tải lên bỏ dở, 1 phiên đăng nhập đã hết, 1 tệp tạm, 2 bản ghi đăng nhập cũ\n")
    assert [upload.file_name for upload in WorkbookUpload.objects.all()] == ["moi"]
    assert [session.session_key for session in Session.objects.all()] == ["moi"]
    assert [path.name for path in settings.FILE_UPLOAD_TEMP_DIR.iterdir()] == ["moi.upload"]
    assert (AccessFailureLog.objects.count(), AccessLog.objects.count()) == (1, 1)
    assert purge().count(" 0 ") == 4


def test_an_old_folder_among_temporary_files_goes_as_well_and_stops_nothing(settings):
    folder = settings.FILE_UPLOAD_TEMP_DIR / "cu"
    folder.mkdir()
    (folder / "tệp").touch()
    os.utime(folder, (time.time() - 25 * 3600,) * 2)
    log = AccessLog.objects.create(username="hr")
    AccessLog.objects.filter(pk=log.pk).update(attempt_time=timezone.now() - timedelta(days=366))
    assert "1 tệp tạm, 1 bản ghi đăng nhập cũ" in purge()
    assert not folder.exists()


def test_counts_of_failed_sign_ins_go_when_they_stop_nobody_any_more():
    for name, minutes in (("an", 14), ("binh", 16)):
        attempt = AccessAttempt.objects.create(username=name, ip_address="10.0.0.7", failures_since_start=5)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=timezone.now() - timedelta(minutes=minutes))
    assert "1 bản ghi đăng nhập cũ" in purge()
    assert AccessAttempt.objects.get().username == "an"


def test_folders_below_are_closed_and_links_lead_nowhere(settings, tmp_path):
    below, elsewhere = settings.OUT_DIR / "2012" / "bao-cao.xlsx", tmp_path / "khac.xlsx"
    below.parent.mkdir()
    for path in (below, elsewhere):
        path.touch()
        path.chmod(0o644)
    (settings.OUT_DIR / "lien-ket.xlsx").symlink_to(elsewhere)
    purge()
    assert (mode(below), mode(elsewhere)) == ("0o600", "0o644")


def test_what_an_earlier_version_left_open_is_closed(settings):
    report = settings.OUT_DIR / "bao-cao-2012.xlsx"
    report.touch()
    report.chmod(0o644)
    purge()
    assert (mode(settings.VAR_DIR), mode(settings.OUT_DIR), mode(report)) == ("0o700", "0o700", "0o600")


@pytest.mark.parametrize("command", [["export_workbook"], ["yearly_report", "2012", "--format=xlsx", "--output"]])
def test_what_commands_write_is_their_owner_s_alone(folders, command):
    new, old = folders / "tháng 12" / "so.xlsx", folders / "cu.xlsx"
    old.touch()
    old.chmod(0o644)
    for path in (new, old):
        call_command(*command, str(path), stderr=io.StringIO())
        assert mode(path) == "0o600"
    assert mode(new.parent) == "0o700"
    assert mode(folders) != "0o777"


def test_the_database_is_its_owner_s_alone(folders):
    path = folders / "vpcp.sqlite3"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{path}"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "sessions"], env=environment, check=True, capture_output=True
    )
    assert mode(path) == "0o600"
