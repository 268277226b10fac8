"""Words of one language on pages of the other."""

import re
from functools import cache
from pathlib import Path

import django
import polib
from django.conf import settings
from playwright.sync_api import Page

from exchange.workbook.schema import SHEETS

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Words of the messages of libraries and browsers that no Vietnamese text has.
_ENGLISH = re.compile(
    r"\b(the|of|and|this|with|from|please|was|are|not|page|next|previous|select|value|required|remove|close|clear|loading)\b",
    re.IGNORECASE,
)
# Values of the year books, which stay as they are.
_DATA = {"Cấp Vụ", "Cấp Phòng"}
_READ = """() => {
  const shown = [], add = (text) => { if (text?.trim()) shown.push(text.trim().replace(/\\s+/g, " ")); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const ours = (el) => el.closest("[lang]") === document.documentElement;
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    if (el.checkVisibility() && ours(el)) add(walker.currentNode.data);
  }
  for (const name of ["aria-label", "placeholder", "title", "alt", "data-label"])
    document.querySelectorAll(`[${name}]`).forEach((el) => { if (ours(el)) add(el.getAttribute(name)); });
  add(document.title);
  return [...new Set(shown)];
}"""


def foreign_words(page: Page, language: str) -> list[str]:
    """What the page shows in the other language."""
    shown = page.evaluate(_READ)
    if language == "en":
        data = _DATA | _names_of_the_workbook() if "/import/" in page.url else _DATA
        return [text for text in shown if text in _vietnamese() - data]
    plain, patterns = _english()
    return [text for text in shown if text in plain or patterns.fullmatch(text) or _ENGLISH.search(text)]


@cache
def _messages() -> list[tuple[str, str]]:
    """Every message that reads otherwise in Vietnamese, ours and the libraries'."""
    ours = [polib.pofile(settings.BASE_DIR / name / "vi/LC_MESSAGES/django.po") for name in ("locale", "locale_lib")]
    pairs = [(e.msgid, e.msgstr or e.msgstr_plural.get(0, "")) for catalog in ours for e in catalog]
    pairs += [(e.msgid_plural, e.msgstr_plural[0]) for catalog in ours for e in catalog if e.msgid_plural]
    catalog = polib.pofile(Path(django.__file__).parent / "conf/locale/vi/LC_MESSAGES/django.po")
    pairs += [(e.msgid, e.msgstr) for e in catalog]
    return [(source, text) for source, text in pairs if source != text]


@cache
def _english() -> tuple[set[str], re.Pattern]:
    """The messages as they stand in the code: the plain ones, and a pattern of those with something filled in."""
    sources = {source for source, _text in _messages()}
    filled = {source for source in sources if _PLACEHOLDER.search(source)}
    patterns = [".+".join(map(re.escape, _PLACEHOLDER.split(source))) for source in filled]
    return sources - filled, re.compile("|".join(p for p in patterns if re.search("[A-Za-z]{4}", p)))


@cache
def _vietnamese() -> set[str]:
    return {text for _source, text in _messages() if text and not _PLACEHOLDER.search(text)}


def _names_of_the_workbook() -> set[str]:
    """Sheets and columns, which have one name in every language."""
    return {name for sheet in SHEETS for name in (sheet.name, *(column.heading for column in sheet.columns))}
