"""What a page is called: title, heading and last crumb agree, and the menu marks where its way begins."""

import re
from html import unescape

from django.test import TestCase

from courses.seed import seed_code_lists

from .addresses import ADDRESSES, LEADER, own_record
from .office import office

# Pages outside the menu.
WITHOUT_A_WAY = {"password_change", "password_change_done", "reports:rule", "personnel:export_list"}
# One entry of the menu, and a switch above the page, for all of them.
CODE_LISTS = ("courses:field", "courses:provider", "personnel:position", "personnel:rank")


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def named(html: str) -> dict[str, list[str]]:
    """What a page calls itself in each place."""
    title = re.search(r"<title>(.*?) · VPCP</title>", html, re.DOTALL)
    heading = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    crumbs = html.partition('<nav class="crumb"')[2].partition("</nav>")[0]
    menu = re.findall(r'<a [^>]*aria-current="page"[^>]*>(.*?)</a>', html.partition("<main")[0], re.DOTALL)
    return {
        "title": [words(title[1])],
        "heading": [words(heading[1])],
        "way": [words(step) for step in re.findall(r"<li>(.*?)</li>", crumbs, re.DOTALL)],
        "menu": [words(entry) for entry in menu],
    }


class TestHeadings(TestCase):
    @classmethod
    def setUpTestData(cls):
        seed_code_lists()
        cls.office = office()

    def pages(self):
        """Each page of the site, with its address, as somebody sees it who may open it."""
        for name, address in ADDRESSES.items():
            if address.get != 200 or name.startswith("admin") or name == "sign_in_anew":
                continue
            role = "admin" if "admin" in address.roles else LEADER
            self.client.force_login(self.office.users[role])
            url = address.url(name, own_record(address.record, self.office, role))
            response = self.client.get(url)
            if response["Content-Type"].startswith("text/html") and "<main" in (html := response.content.decode()):
                yield name, named(html)

    def test_title_heading_and_last_crumb_agree(self):
        differing = []
        for name, page in self.pages():
            last = page["way"][-1:] or page["heading"]
            title = page["title"][0].split(" · ")[:1]  # what follows says of which class the page is
            if not title == page["heading"] == last:
                differing.append(f"{name}: {page}")
        assert differing == [], "\n".join(differing)

    def test_the_menu_marks_where_the_way_begins(self):
        differing = []
        for name, page in self.pages():
            outside = name in WITHOUT_A_WAY or name.startswith(CODE_LISTS)
            if not outside and page["menu"] != (page["way"][:1] or page["heading"]):
                differing.append(f"{name}: {page}")
        assert differing == [], "\n".join(differing)
