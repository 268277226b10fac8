"""Whatever link or button somebody is shown, they may press."""

import pytest

from courses.seed import seed_code_lists

from .addresses import ADDRESSES, AUDITOR, own_record
from .crawling import Crawl
from .office import office

pytestmark = pytest.mark.django_db
CHANGES = ("/new/", "/edit/", "/delete/", "/status/", "/cancel/", "/results/", "/enroll/", "/import/", "/add/")


@pytest.fixture
def here():
    seed_code_lists()
    return office()


def walk(client, here, role: str) -> Crawl:
    """All that somebody of a role comes to from the first page and from every page of theirs."""
    client.force_login(here.users[role])
    theirs = [name for name, address in ADDRESSES.items() if role in address.roles and address.get == 200]
    starts = [ADDRESSES[name].url(name, own_record(ADDRESSES[name].record, here, role)) for name in theirs]
    return Crawl(client).from_("/", *(url for url in starts if not url.startswith("/admin/")))


@pytest.mark.parametrize("role", ["admin", "hr", "leader", "auditor"])
def test_no_link_or_button_leads_to_a_refusal(client, here, role):
    crawl = walk(client, here, role)
    assert [url for url, status in crawl.statuses.items() if status in (403, 404, 500)] == []
    assert len(crawl.statuses) > 80


def test_an_auditor_sees_the_whole_office_its_logs_and_no_way_to_change_anything(client, here):
    crawl = walk(client, here, AUDITOR)
    assert [url for url in crawl.texts if any(part in url for part in CHANGES)] == []
    assert crawl.addresses_with("khuat van duc")
    assert "/accounts/exports/" in crawl.texts
    assert any("export=xlsx" in url for url in crawl.texts)


def test_an_auditor_is_shown_neither_the_ethnic_minority_mark_nor_its_slice(client, here):
    words = ("dan toc thieu so", "ethnic minority", "ethnic_minority", "minority")
    # The rule says in general what is counted.
    assert walk(client, here, AUDITOR).addresses_with(*words) == ["/reports/rule/"]
