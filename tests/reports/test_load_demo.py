"""The demonstration is loaded once; what is done to it afterwards stays."""

import io
import json
import stat

import pytest
from django.core.management import call_command

from enrollments.models import Enrollment
from personnel.models import Unit, User
from reports.management.commands import load_demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def passwords(tmp_path, monkeypatch):
    monkeypatch.delenv("VPCP_DEMO_PASSWORD", raising=False)
    path = tmp_path / "demo-passwords.json"
    monkeypatch.setattr(load_demo, "PASSWORDS", path)
    return path


def make_accounts():
    load_demo.Command().make_accounts()


def test_started_twice_it_doubles_nothing_and_undoes_nothing(tmp_path):
    report = tmp_path / "out" / "bao-cao-2012.xlsx"
    call_command("load_demo", report=report, stdout=io.StringIO())
    assert report.exists()
    assert participations() == (2710, 2863)
    edited = Enrollment.objects.participations().of_year(2012).first()
    edited.delete()
    call_command("load_demo", stdout=io.StringIO())
    assert participations() == (2710, 2862)


def participations() -> tuple[int, int]:
    counted = Enrollment.objects.participations()
    return counted.of_year(2011).count(), counted.of_year(2012).count()


def test_three_accounts_with_passwords_that_only_their_owner_reads(passwords):
    Unit.objects.create(code="QT", name="Cục Quản trị")
    make_accounts()
    known = json.loads(passwords.read_text())
    assert list(known) == ["admin", "hr", "leader"]
    assert all(User.objects.get(username=name, role=name).check_password(known[name]) for name in known)
    assert len(set(known.values())) == 3
    assert User.objects.get(username="leader").unit.code == "QT"
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600


def test_a_second_start_keeps_what_was_edited(passwords):
    make_accounts()
    before = json.loads(passwords.read_text())
    leader = User.objects.get(username="leader")
    leader.unit, leader.full_name = None, "Người khác"
    leader.set_password("tự đặt")
    leader.save()
    make_accounts()
    leader.refresh_from_db()
    assert (leader.unit, leader.full_name) == (None, "Người khác")
    assert leader.check_password("tự đặt")
    assert json.loads(passwords.read_text()) == {**before, "leader": None}


def test_a_given_password_is_that_of_all_three(passwords, monkeypatch):
    make_accounts()
    monkeypatch.setenv("VPCP_DEMO_PASSWORD", "trình diễn")
    make_accounts()
    assert set(json.loads(passwords.read_text()).values()) == {"trình diễn"}
    assert all(user.check_password("trình diễn") for user in User.objects.all())
