"""Text of old fonts in a list becomes Unicode: told by the font of a cell, else by the table as a whole."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from vpcp_training.old_fonts import is_in_an_old_font, is_vietnamese, read_tcvn3, read_vni

from .grid import Grid
from .names import begins_with_family

Reading = Callable[[str], str]

_TCVN3_FONT, _VNI_FONT = re.compile(r"\.vn", re.IGNORECASE), re.compile("vni", re.IGNORECASE)
_CAPITALS_FONT = re.compile(r"\.vn.*h", re.IGNORECASE)  # such as .VnTimeH, whose small letters look like capitals
# Letters that both encodings lack. What Word puts for quotation marks and dashes is not among them.
_UNICODE = re.compile("[\u0100-\u036f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~–—“”‘’…]+")
# TCVN3 has no capitals with tones: where a word has others, the font showed the small ones as capitals.
_IN_CAPITALS, _SMALL = re.compile(r"[A-Z][^\s]*[A-Z]"), re.compile("[a-z]")


def converted(grid: Grid) -> tuple[Grid, set[int]]:
    """The grid in Unicode, and the rows in which a text was converted."""
    reading, is_for_all = _reading_of_table([*_texts_without_font(grid)])
    rows, changed = {}, set()
    for number, cells in grid.rows.items():
        rows[number] = dict(cells)
        for column, value in cells.items():
            if not isinstance(value, str):
                continue
            font = grid.fonts.get((number, column), "")
            if own := _reading_of_font(font):
                text = _in_font(value, own)
                text = text.upper() if _CAPITALS_FONT.fullmatch(font) and not _UNICODE.search(value) else text
            elif reading and (is_for_all or is_in_an_old_font(value)):
                text = _in_font(value, reading)
            else:
                continue
            if text != value:
                rows[number][column] = text
                changed.add(number)
    above = [_in_font(text, reading) if reading and is_in_an_old_font(text) else text for text in grid.above]
    return replace(grid, rows=rows, above=above), changed


def _reading_of_font(font: str) -> Reading | None:
    if _TCVN3_FONT.match(font):
        return read_tcvn3
    return read_vni if _VNI_FONT.match(font) else None


def _texts_without_font(grid: Grid) -> Iterator[str]:
    yield from grid.above
    for number, cells in grid.rows.items():
        for column, value in cells.items():
            if isinstance(value, str) and not _reading_of_font(grid.fonts.get((number, column), "")):
                yield value


def _reading_of_table(texts: Iterable[str]) -> tuple[Reading | None, bool]:
    """How texts of an old font are to be read, if there are any, and whether all of the table is typed so."""
    texts = [text for text in texts if not text.isascii()]
    old = [text for text in texts if not _UNICODE.search(text) and is_in_an_old_font(text)]
    if not old:
        return None, False
    votes: Counter[Reading] = Counter()
    for reading in (read_tcvn3, read_vni):
        votes[reading] = sum(is_vietnamese(word) for text in old for word in _WORD.findall(reading(text)))
    is_for_all = len(old) > sum(bool(_UNICODE.search(text)) for text in texts)
    return votes.most_common(1)[0][0], is_for_all


def _in_font(text: str, reading: Reading) -> str:
    """The text as the font shows it, unless it is good Unicode: only so it makes words, or begins as a name does."""
    if text.isascii() or _UNICODE.search(text):
        return text
    shown = reading(text)
    if reading is read_tcvn3 and _IN_CAPITALS.search(text) and not _SMALL.search(text):
        shown = shown.upper()
    if not all(map(is_vietnamese, _WORD.findall(text))):
        return shown
    is_better = not all(map(is_vietnamese, _WORD.findall(shown))) or begins_with_family(text)
    return text if is_better and not begins_with_family(shown) else shown
