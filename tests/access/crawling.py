"""Walks the site as a signed-in person does, by its links, and reads all that it is shown."""

import io
import re
from html import unescape
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

import openpyxl

from vpcp_training.text import fold

_LINK = re.compile(r'(?:href|action|hx-get|data-pick-url)="([^"]*)"')
_NOT_FOLLOWED = ("/static/", "/accounts/logout/", "/i18n/", "/favicon.ico")


class Crawl:
    """What the person of a client is shown: `texts` by address, folded, and `statuses` of the answers."""

    def __init__(self, client):
        self.client = client
        self.texts: dict[str, str] = {}
        self.statuses: dict[str, int] = {}
        self._asked: set[tuple[str, str]] = set()

    def from_(self, *starts: str) -> "Crawl":
        """Follows every link from the first pages on."""
        waiting = list(starts)
        while waiting:
            waiting += filter(self._is_new, self.read(waiting.pop()))
        return self

    def read(self, url: str) -> list[str]:
        """Reads one page, sheet or answer of a picker; returns where its links lead."""
        response = self.client.get(url, follow=True)
        body = response.getvalue()
        kind = response["Content-Type"].partition(";")[0]
        if kind.startswith("application/vnd.openxmlformats"):
            text, links = _text_of_workbook(body), []
        elif kind == "application/json":
            text, links = str(response.json()), []
        else:
            text = unescape(body.decode())
            links = [urljoin(url, link) for link in _LINK.findall(text)]
        self.texts[url], self.statuses[url] = fold(text), response.status_code
        return [link.partition("#")[0] for link in links if link.startswith("/")]

    def addresses_with(self, *words: str) -> list[str]:
        """Where one of the words is shown."""
        return [url for url, text in self.texts.items() if any(word in text for word in words)]

    def _is_new(self, link: str) -> bool:
        """Whether it is a page not read yet, or asks one for something it was not asked for."""
        parts = urlsplit(link)
        asked = {(parts.path, name) for name, _value in [("", ""), *parse_qsl(parts.query)]}
        if parts.path.startswith(_NOT_FOLLOWED) or asked <= self._asked:
            return False
        self._asked |= asked
        return True


def with_query(path: str, **params: str) -> str:
    """An address with a query."""
    return f"{path}?{urlencode(params, quote_via=quote)}"


def _text_of_workbook(content: bytes) -> str:
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    cells = (str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row if value)
    return "\n".join([*(sheet.title for sheet in sheets), *cells])
