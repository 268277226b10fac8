"""Whatever link or button somebody is shown, they may press."""

import pytest

from courses.seed import seed_code_lists

from .addresses import ADDRESSES, AUDITOR, own_record
from .crawling import Crawl
from .office import office

pytestmark = pytest.mark.django_db
CHANGES = ("/new/", "/edit/", "/delete/", "/status/", "/cancel/", "/results/", "/enroll/", "/import/", "/add/")


MINORITY = ("dan toc thieu so", "ethnic minority", "ethnic_minority", "minority")


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


def refusals(crawl: Crawl) -> list[str]:
    """Where a link of a page led to a refusal; of a walk that got around."""
    assert len(crawl.statuses) > 80
    return [url for url, status in crawl.statuses.items() if status in (403, 404, 500)]


@pytest.mark.parametrize("role", ["admin", "hr", "leader"])
def test_no_link_or_button_leads_to_a_refusal(client, here, role):
    assert refusals(walk(client, here, role)) == []


def test_an_auditor_sees_the_whole_office_and_its_logs_but_no_mark_and_no_way_to_change_anything(client, here):
    crawl = walk(client, here, AUDITOR)
    assert refusals(crawl) == []
    assert [url for url in crawl.texts if any(part in url for part in CHANGES)] == []
    # The rule says in general what is counted.
    assert crawl.addresses_with(*MINORITY) == ["/reports/rule/"]
    assert crawl.addresses_with("khuat van duc")
    assert {"/accounts/exports/", "/changes/"} <= crawl.texts.keys()
    assert any("export=xlsx" in url for url in crawl.texts)
