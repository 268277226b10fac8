"""`manage.py load_demo`: what `./run demo` shows."""

import io
import json
import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.core.management import call_command

from enrollments.models import Enrollment
from personnel.models import Unit, User
from vpcp_training.commands import OfficeCommand
from vpcp_training.private_files import make_private

WORKBOOK = settings.BASE_DIR / "demo" / "so-dao-tao-2011-2012.xlsx"
PASSWORDS = settings.VAR_DIR / "demo-passwords.json"
REPORT_YEAR = 2012
LEADS = "QT"  # the unit of the demonstration's leader

ACCOUNTS = {
    "admin": {"role": User.Role.ADMIN, "full_name": "Nguyễn Minh Quang"},
    "hr": {"role": User.Role.HR, "full_name": "Lê Thu Hương"},
    "leader": {"role": User.Role.LEADER, "full_name": "Trần Minh Anh"},
}


class Command(OfficeCommand):
    help = (
        "Migrates, loads the demonstration year books into a database without enrollments, makes the three "
        "accounts that are missing, and writes the yearly report. Started again, it doubles and undoes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--report", type=Path, help="where the Excel report of 2012 goes")

    def handle(self, *args, report, **options):
        with self.step("Database"):
            call_command("migrate", verbosity=0)
        if not Enrollment.objects.exists():
            with self.step("Year books 2011 and 2012"):
                call_command("import_workbook", str(WORKBOOK), stdout=io.StringIO())
        with self.step("Accounts"):
            self.make_accounts()
        call_command("purge", stdout=io.StringIO())
        if report:
            with self.step(f"Report of {REPORT_YEAR}"):
                report.parent.mkdir(parents=True, exist_ok=True)
                call_command("yearly_report", str(REPORT_YEAR), format="xlsx", output=str(report), stderr=io.StringIO())

    def make_accounts(self) -> None:
        """The accounts, and a file (its owner's alone) of the passwords that still hold."""
        given = os.environ.get("VPCP_DEMO_PASSWORD")
        known = json.loads(PASSWORDS.read_text()) if PASSWORDS.exists() else {}
        for username, fields in ACCOUNTS.items():
            user = User.objects.filter(username=username).first()
            if user is None:
                password = given or known.get(username) or secrets.token_urlsafe(9)
                unit = Unit.objects.filter(code=LEADS).first() if username == "leader" else None
                User.objects.create_user(username, password, unit=unit, **fields)
            elif given and not user.check_password(given):
                password = given
                user.set_password(given)
                user.save()
            else:
                password = given or known.get(username)
                password = password if password and user.check_password(password) else None
            known[username] = password
        make_private(PASSWORDS).write_text(json.dumps(known, indent=2))

    @contextmanager
    def step(self, label: str):
        """Shows what is being done and how long it took."""
        start = monotonic()
        self.stdout.write(f"{label + ' ...':<42}", ending="")
        self.stdout.flush()
        yield
        self.stdout.write(f"{monotonic() - start:6.1f} s")
