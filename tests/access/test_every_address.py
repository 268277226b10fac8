"""Every address of the site × everyone: what the table says, 403, 404, or the sign-in page."""

from urllib.parse import quote

from django.db import transaction
from django.test import Client, TestCase

from courses.seed import seed_code_lists
from vpcp_training.access import roles_of
from vpcp_training.roles import Role

from .addresses import ADDRESSES, ALL, ANONYMOUS, LEADER, PUBLIC, Address, foreign_records, own_record, site_addresses
from .office import office

METHODS = ("get", "post")


class TestEveryAddress(TestCase):
    @classmethod
    def setUpTestData(cls):
        seed_code_lists()
        cls.office = office()

    def answer(self, method: str, url: str):
        """What an address answers; whatever it did is undone, signing out too."""
        client = Client(raise_request_exception=False)
        client.cookies = self.client.cookies.copy()
        with transaction.atomic():
            response = getattr(client, method)(url)
            transaction.set_rollback(True)
        return response

    def differing(self, role: str, expected) -> list[str]:
        """The addresses that answer somebody of a role otherwise than `expected(address, method)`."""
        if role != ANONYMOUS:
            self.client.force_login(self.office.users[role])
        found = []
        for name, address in ADDRESSES.items():
            url = address.url(name, own_record(address.record, self.office, role))
            for method in METHODS:
                wanted, status = expected(address, method), self.answer(method, url).status_code
                if status != wanted:
                    found.append(f"{method} {url} as {role}: {status}, not {wanted}")
        return found

    def test_the_table_and_the_office_know_every_role(self):
        assert set(Role.values) == ALL == {user.role for user in self.office.users.values()}

    def test_the_table_names_every_address_and_nothing_else(self):
        assert {name for name, _pattern in site_addresses()} == set(ADDRESSES)

    def test_every_view_declares_who_may_open_it(self):
        def undeclared():
            for name, pattern in site_addresses():
                view = pattern.callback
                needs_no_rule = not getattr(view, "login_required", True) or name.startswith("admin")
                if roles_of(view) is None and not needs_no_rule:
                    yield name

        assert list(undeclared()) == []

    def test_only_public_addresses_are_open_without_signing_in(self):
        def open_to_all():
            for name, pattern in site_addresses():
                if not getattr(pattern.callback, "login_required", True):
                    yield name

        public = {name for name, address in ADDRESSES.items() if address.roles == PUBLIC}
        assert set(open_to_all()) - {"admin:login"} == public - {"admin:login"}

    def test_each_role_is_answered_as_the_table_says(self):
        def expected(address: Address, method: str) -> int:
            return getattr(address, method) if role in address.roles else 403

        for role in sorted(ALL):
            assert self.differing(role, expected) == []

    def test_the_anonymous_are_sent_to_the_sign_in_page(self):
        for name, address in ADDRESSES.items():
            if address.roles == PUBLIC:
                continue
            url = address.url(name, own_record(address.record, self.office))
            for method in METHODS:
                response = self.answer(method, url)
                assert response.status_code == 302, url
                # Django's admin sends to a sign-in page of its own, which leads to ours.
                assert (
                    response["Location"].removeprefix("/admin/login/").removeprefix("/accounts/login/")
                    == f"?next={quote(url)}"
                )

    def test_with_a_temporary_password_nothing_opens_but_the_page_that_changes_it(self):
        for role in sorted(ALL):
            user = self.office.users[role]
            type(user).objects.filter(pk=user.pk).update(must_change_password=True)

            def expected(address: Address, method: str) -> int:
                open_to_them = address.roles == PUBLIC or address is ADDRESSES["password_change"]
                return getattr(address, method) if open_to_them else 302

            assert self.differing(role, expected) == []
            for url in ("/", "/personnel/", "/enrollments/import/", "/admin/", "/code-lists/fields/"):
                assert self.answer("get", url)["Location"] == "/accounts/password/"

    def test_public_addresses_answer_the_anonymous(self):
        def expected(address: Address, method: str) -> int:
            if address.roles != PUBLIC:
                return 302
            return address.anonymous[METHODS.index(method)] if address.anonymous else getattr(address, method)

        assert self.differing(ANONYMOUS, expected) == []

    def test_records_of_other_units_are_not_found_by_a_leader(self):
        self.client.force_login(self.office.users[LEADER])
        tried = 0
        for name, address in ADDRESSES.items():
            for arguments in foreign_records(address.record, self.office):
                url = address.url(name, arguments)
                for method in METHODS:
                    # Where the page is not theirs at all, 403 says nothing about the record either.
                    refused = (404, 405) if LEADER in address.roles and method == "post" else (404,)
                    status = self.answer(method, url).status_code
                    assert status in (refused if LEADER in address.roles else (403,)), f"{method} {url}"
                    tried += 1
        assert tried > 60

    def test_hr_finds_the_records_of_every_unit(self):
        self.client.force_login(self.office.users["hr"])
        for name in ("enrollments:staff_record", "enrollments:enrollment_detail", "personnel:unit_edit"):
            address = ADDRESSES[name]
            known, *_others, missing = foreign_records(address.record, self.office)
            assert self.client.get(address.url(name, known)).status_code == 200
            assert self.client.get(address.url(name, missing)).status_code == 404

    def test_an_uploaded_workbook_and_a_received_list_are_their_owner_s_alone(self):
        office = self.office
        for role, other in (("hr", "admin"), ("admin", "hr")):
            self.client.force_login(office.users[role])
            for name, kept in (
                ("exchange:import_preview", office.uploads),
                ("exchange:import_marked", office.uploads),
                ("exchange:received_list", office.lists),
                ("exchange:received_file", office.lists),
            ):
                url = ADDRESSES[name].url(name, {"pk": kept[other].pk})
                assert self.answer("get", url).status_code == 404
                assert self.answer("post", url).status_code in (404, 405)

    def test_of_all_guessed_numbers_a_leader_finds_the_enrollments_in_scope(self):
        self.client.force_login(self.office.users[LEADER])
        rows = [row.pk for row in (*self.office.seen, *self.office.hidden)]
        guessed = range(max(0, min(rows) - 3), max(rows) + 3)
        found = {pk for pk in guessed if self.client.get(f"/enrollments/{pk}/").status_code == 200}
        assert found == {row.pk for row in self.office.seen}
