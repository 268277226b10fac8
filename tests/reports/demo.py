"""The demonstration year books, loaded once for a whole class of tests, and what they have to add up to."""

import json
from pathlib import Path

from django.conf import settings
from django.test import TestCase

from courses.seed import seed_code_lists
from exchange.workbook import import_workbook
from personnel.models import Unit, User

WORKBOOK = settings.BASE_DIR / "demo" / "so-dao-tao-2011-2012.xlsx"
EXPECTED = json.loads((Path(__file__).parent.parent / "data" / "so-dao-tao-2011-2012.expected.json").read_text())[
    "years"
]
SLICES = ("overseas", "women", "ethnic_minority", "leaders")


class DemoTestCase(TestCase):
    """Signed in as hr; `self.sign_in("leader")` changes that."""

    @classmethod
    def setUpTestData(cls):
        seed_code_lists()
        assert import_workbook(WORKBOOK).applied
        quantri = Unit.objects.get(code="QT")
        cls.users = {
            "hr": User.objects.create_user("hr", role="hr"),
            "leader": User.objects.create_user("leader", role="leader", unit=quantri),
        }

    def setUp(self):
        self.sign_in("hr")

    def sign_in(self, name: str) -> None:
        self.client.force_login(self.users[name])
