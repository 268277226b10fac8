"""Reading what a page shows."""

import io
import re
from html import unescape

from django.http import HttpResponse
from openpyxl import load_workbook


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def text(response: HttpResponse) -> str:
    """The words of a page's main part, without its tags, white space as single spaces."""
    return _words(response.content.decode().partition("<main")[2])


def alert(response: HttpResponse) -> list[str]:
    """What the error summary says, line by line."""
    summary = response.content.decode().partition('<div class="errors"')[2].partition("</ul>")[0]
    return [_words(line) for line in summary.split("<li>")[1:]]


def sheet(response: HttpResponse) -> list[dict]:
    """The rows of an exported workbook, by the headings of their columns."""
    content = b"".join(response.streaming_content)
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == "STT")
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]
