"""What a page weighs on its way to the browser: at the first visit with all it loads, later by itself."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

from .demo import DemoTestCase

LATER_VISIT = 30_000
FIRST_VISIT = {"/": 240_000, "/enrollments/": 190_000}  # 67,000 of them are four fonts, 71,000 the charts of the first


class TestWeight(DemoTestCase):
    def test_pages_are_light_with_all_they_load_and_lighter_without(self):
        for address, first_visit in FIRST_VISIT.items():
            page = self.client.get(address, headers={"Accept-Encoding": "gzip"})
            assert page["Content-Encoding"] == "gzip"
            assert int(page["Content-Length"]) == len(page.content) <= LATER_VISIT
            html = gzip.decompress(page.content).decode()
            assert html.endswith("</html>\n")
            loaded = {name: len(_on_the_wire(name)) for name in _loaded_by(html)}
            assert len(loaded) > 8
            assert len(page.content) + sum(loaded.values()) <= first_visit, loaded

    def test_a_workbook_is_sent_as_it_is(self):
        file = self.client.get("/enrollments/?year=2012&export=xlsx", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in file
        assert b"".join(file.streaming_content).startswith(b"PK")

    def test_who_takes_nothing_compressed_gets_the_page_as_it_is(self):
        page = self.client.get("/", headers={"Accept-Encoding": "identity"})
        assert "Content-Encoding" not in page
        assert "Accept-Encoding" in page["Vary"]

    def test_the_length_of_a_page_says_little_of_what_it_holds(self):
        lengths = {len(self.client.get("/", headers={"Accept-Encoding": "gzip"}).content) for _time in range(20)}
        assert len(lengths) > 1


def _loaded_by(html: str) -> set[str]:
    """The static files that a page loads, and those that its stylesheets load."""
    files = set(re.findall(r'(?:src|href)="/static/([^"?]+)"', html))
    for name in [name for name in files if name.endswith(".css")]:
        for address in re.findall(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)", _content(name).decode()):
            files.add(f"{name.rsplit('/', 1)[0]}/{address}")
    return files


def _on_the_wire(name: str) -> bytes:
    """As WhiteNoise keeps a file: compressed at the best, unless that is no shorter."""
    return min(_content(name), gzip.compress(_content(name), 9), key=len)


def _content(name: str) -> bytes:
    path = finders.find(name)
    assert path, name
    return Path(path).read_bytes()
