"""Whatever stands in an address is answered cleanly: never 500, on either database."""

import unicodedata
from urllib.parse import quote

from django.test import Client, TestCase
from django.utils.datastructures import MultiValueDict

from courses.seed import seed_code_lists
from tests.access.addresses import ADDRESSES, ADMIN, own_record, site_addresses
from tests.access.office import office
from vpcp_training.screens.lists import OWN_PARAMETERS

NASTY = [
    "-1",
    "0",
    "9" * 30,
    "1e400",
    "²",  # a digit to Python, not to a database
    "a\x00b",
    unicodedata.normalize("NFD", "Đức") + "' OR 1=1 -- % 👩‍💻\u202e ../../etc/passwd",
    "x" * 5000,
]
SEVERAL = "{0}=2012&{0}=QT&{0}[]=1&{0}[a]=2"


class TestNastyParameters(TestCase):
    """As an administrator, who may ask for everything."""

    @classmethod
    def setUpTestData(cls):
        seed_code_lists()
        cls.office = office()

    def setUp(self):
        self.client.force_login(self.office.users[ADMIN])

    def faults(self, urls) -> list[str]:
        client = Client(raise_request_exception=False)
        client.cookies = self.client.cookies
        return [url for url in urls if client.get(url).status_code >= 500]

    def test_in_every_parameter_an_address_asks_for(self):
        views = {name: pattern.callback for name, pattern in site_addresses()}
        for name, address in ADDRESSES.items():
            url = address.url(name, own_record(address.record, self.office, ADMIN))
            # What a list does with each of these is its own affair, none hides another.
            groups = []
            if filters := getattr(getattr(views[name], "view_class", None), "filterset_class", None):
                groups = [OWN_PARAMETERS, *((parameter,) for parameter in filters.base_filters)]
            if model_admin := getattr(views[name], "model_admin", None):
                groups += [(parameter,) for parameter in (*model_admin.list_filter, *model_admin.list_display)]
                groups += [(f"{parameter}__exact",) for parameter in model_admin.list_filter]
            known = {parameter for group in groups for parameter in group}
            groups += [(parameter,) for parameter in sorted(self.asked_for(url) - known)]
            start = url + ("&" if "?" in url else "?")
            for group in groups:
                values = ["&".join(f"{parameter}={quote(value)}" for parameter in group) for value in NASTY]
                several = "&".join(SEVERAL.format(parameter) for parameter in group)
                assert self.faults(start + query for query in (*values, several)) == []

    def test_in_the_path_itself(self):
        records = {"code": ["~", "..", "a" * 1000, "²", "%00", "%F0%9F%98%80", quote(NASTY[5], safe="")]}
        records |= {"pk": ["0", "9" * 30], "object_id": ["0", "9" * 30, "x", "_5F", "%00"]}
        for name, address in ADDRESSES.items():
            own = own_record(address.record, self.office, ADMIN)
            for argument in own.keys() & records.keys():
                url = address.url(name, own).replace(f"/{own[argument]}/", "/{}/")
                assert self.faults(url.format(value) for value in records[argument]) == []

    def asked_for(self, url: str) -> set[str]:
        """The parameters a view looks at of its own accord."""
        names = set()
        asked = MultiValueDict.__getitem__

        def noting(self, key):
            names.add(key)
            return asked(self, key)

        MultiValueDict.__getitem__ = noting
        try:
            self.client.get(url)
        finally:
            MultiValueDict.__getitem__ = asked
        return names
