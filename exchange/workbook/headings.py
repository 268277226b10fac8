"""Which column a heading means and which sheet a name means, however they are spelled; and which mean none."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from vpcp_training.text import clean_text, fold, letters_key

from ..files.package import ForeignWorkbook, UnusableFile, two_sheets
from ..files.reading import WorkbookReader
from ..files.values import Raw, Text, as_text, is_empty
from .cells import shown
from .report import Problem
from .schema import SHEETS, Column, Sheet

HEADING_ROWS = 20  # among which the heading is looked for
LONGEST = 250  # characters of a heading with its remarks
MOST_NAMED = 10  # sheets of a file without a known one
_ALIKE, _ALIKE_WITH_A_WORD = 0.75, 0.6  # names of which one may be meant for the other
_MARKS = "*:.,;?!★☆ "  # at its end
_BULLETS = "*•·●○▪■□◦‣►➢–—-+ "  # before it
# 1. 1) (1) [1] 1/ 001. 1.2. II. a) B.
_ORDINAL = re.compile(r"\A[(\[]?(?:\d{1,3}(?:\.\d{1,2})*\s?[.)\]:/–-]|[ivx]{1,4}[.)\]:]|[a-zđ][.)\]])(?![\d/])")
_CIRCLED = re.compile("[①-⓿❶-➓]")  # ordinals and no numbers
_SHEETS = {sheet.name: sheet for sheet in SHEETS}
_NOTHING, _HEADINGS, _DATA = range(3)  # what a sheet holds
_BETWEEN_WORDS = re.compile(r"[\s.-]")

Line = tuple[int, dict[int, Raw]]
Spelling = Callable[[str], str]


@lru_cache(maxsize=1_000)  # each of the first rows is compared with every known name
def _as_it_is(name: str) -> str:
    name = unicodedata.normalize("NFKC", _CIRCLED.sub("•", name.replace("_", " ")))  # full-width ：＊（） as well
    return letters_key(clean_text(name)[:LONGEST]).rstrip(_MARKS)


def _without_remark(name: str) -> str:
    return _cut(_as_it_is(name))


def _without_ordinal(name: str) -> str:
    return _cut(_ORDINAL.sub("", _as_it_is(name).lstrip(_BULLETS)).lstrip(_BULLETS))


def _cut(name: str) -> str:
    """The name without the remarks at its end."""
    while name.endswith((")", "]")):
        name = name[: max(name.find("(" if name[-1] == ")" else "["), 0)].rstrip(_MARKS)
    return name


def _without_diacritics(name: str) -> str:
    return fold(_without_ordinal(name))


def _in_one_word(name: str) -> str:
    return _BETWEEN_WORDS.sub("", _without_diacritics(name))


# The closest first: what is spelled so is preferred to what only agrees.
HEADINGS: tuple[Spelling, ...] = (_as_it_is, _without_remark, _without_ordinal)
SHEET_NAMES: tuple[Spelling, ...] = (*HEADINGS, _without_diacritics, _in_one_word)


def meant(names: Mapping[Any, str], known: Mapping[str, Any], spellings: Iterable[Spelling]) -> dict[Any, Any]:
    """What the names stand for, by their place; a name that only agrees gives way to one that agrees more closely."""
    found: dict[Any, Any] = {}
    for spelling in spellings:
        taken = set(found.values())
        open_ = {spelling(name): thing for name, thing in known.items() if thing not in taken}
        for place, name in names.items():
            if place not in found and (thing := open_.get(spelling(name))) is not None:
                found[place] = thing
    return found


def sheets_of(reader: WorkbookReader) -> dict[Sheet, str]:
    """The known sheets of a file, in their order, with their names as the file spells them; raises UnusableFile.

    One without data gives way to one that has some, even if its name agrees less closely.
    """
    names, open_ = {name: name for name in reader.names}, _SHEETS
    found: dict[Sheet, str] = {}
    while names and (meanings := meant(names, open_, SHEET_NAMES)):
        for name, sheet in meanings.items():
            del names[name]
            if sheet not in found or _fullness(reader, found[sheet]) < _fullness(reader, name):
                found[sheet] = name
            elif _fullness(reader, name) == _DATA:
                raise UnusableFile(two_sheets(sheet.name), sheet=sheet.name)
        if names:
            filled = {sheet for sheet, name in found.items() if _fullness(reader, name) == _DATA}
            open_ = {name: sheet for name, sheet in _SHEETS.items() if sheet not in filled}
    if not found:
        raise _foreign(reader.names)
    return {sheet: found[sheet] for sheet in SHEETS if sheet in found}


def _foreign(names: list[str]) -> ForeignWorkbook:
    known = ", ".join(sheet.name for sheet in SHEETS)
    texts = [_("The workbook has none of the sheets %(names)s.") % {"names": known}]
    if names:
        found = [shown(name) for name in names[:MOST_NAMED]] + ["…"] * (len(names) > MOST_NAMED)
        texts.append(_("It has: %(names)s.") % {"names": ", ".join(found)})
    texts.append(_("Rename its sheets, or fill in the template file of the page Import from Excel."))
    return ForeignWorkbook(" ".join(texts))


def unknown_sheets(reader: WorkbookReader, found: Mapping[Sheet, str]) -> Iterator[Problem]:
    """A warning for each sheet that holds data and means none of the known ones."""
    missing = [sheet.name for sheet in SHEETS if sheet not in found]
    for name in reader.names:
        if name not in found.values() and _fullness(reader, name) == _DATA:
            nearest = nearest_name(name, missing) or nearest_name(name, [sheet.name for sheet in found])
            text = _("The template has no sheet of this name; it is not read.")
            yield Problem(name, None, None, None, _with_nearest(text, nearest))


def _fullness(reader: WorkbookReader, name: str) -> int:
    """Whether a sheet holds nothing, no more than the headings that its name asks for, or data."""
    sheet = meant({name: name}, _SHEETS, SHEET_NAMES).get(name)
    try:
        if not _hold_anything(reader.rows(name)):
            return _NOTHING
        if sheet and not _hold_anything(find_headings(sheet, reader, name)[2]):
            return _HEADINGS
    except UnusableFile:
        pass  # something, though nobody can read it
    return _DATA


def _hold_anything(lines: Iterable[Line]) -> bool:
    return any(not is_empty(raw) for _number, cells in lines for raw in cells.values())


def find_headings(
    sheet: Sheet, reader: WorkbookReader, name: str
) -> tuple[list[Line], dict[int, Column], Iterator[Line]]:
    """Splits the lines of a sheet: those up to its heading row, its columns by index, and those after.

    The heading row is the one, among the first twenty, with most of the known headings. Raises UnusableFile when a key
    column is missing, a column stands twice with data, or rows stand above it that have headings of their own.
    """
    lines = reader.rows(name)
    known = {column.heading: column for column in sheet.columns}
    first: list[Line] = []
    columns: dict[int, Column] = {}
    best = number = earliest = 0
    for line in lines:
        first.append(line)
        found = meant(_texts(line), known, HEADINGS) if line[0] <= HEADING_ROWS else {}
        if len(found) > len(columns):
            best, number, columns = len(first), line[0], found
            if not earliest and set(sheet.keys) <= set(found.values()):
                earliest = best
        if line[0] >= HEADING_ROWS:
            break
    _check_keys(sheet, columns, first[best - 1 : best] or first)
    columns = _once_each(sheet, number, columns, reader.rows(name))
    if _hold_anything(first[earliest : best - 1]):
        text = _("The sheet %(sheet)s has headings in row %(first)d and in row %(row)d, with rows between. Leave one.")
        values = {"sheet": sheet.name, "first": first[earliest - 1][0], "row": number}
        raise UnusableFile(text % values, sheet=sheet.name, row=number)
    return first[:best], columns, chain(first[best:], lines)


def _texts(line: Line) -> dict[int, str]:
    return {index: as_text(raw) for index, raw in line[1].items() if isinstance(raw, (str, Text))}


def _check_keys(sheet: Sheet, columns: Mapping[int, Column], lines: Iterable[Line]) -> None:
    for column in sheet.keys:
        if column not in columns.values():
            text = _("The sheet %(sheet)s has no column %(column)s among its first %(rows)d rows.")
            if nearest := nearest_name(column.heading, _unknown_headings(columns, lines)):
                text += " " + _("The nearest heading in the sheet is %(nearest)s. If it is that one, rename it.")
            values = {"sheet": sheet.name, "column": column.heading, "rows": HEADING_ROWS, "nearest": nearest}
            raise UnusableFile(text % values, sheet=sheet.name, column=column.heading)


def _unknown_headings(columns: Mapping[int, Column], lines: Iterable[Line]) -> list[str]:
    """The headings that mean no known column, in the row with most of them where no row has known ones."""
    rows = [[shown(text) for index, text in _texts(line).items() if index not in columns] for line in lines]
    return max(rows, key=len, default=[])


def _once_each(sheet: Sheet, number: int, columns: dict[int, Column], lines: Iterable[Line]) -> dict[int, Column]:
    """The columns without those that stand once more and are empty; raises UnusableFile where two hold data."""
    twice = {index for index, column in columns.items() if list(columns.values()).count(column) > 1}
    filled: dict[Column, int] = {}
    for row, cells in lines if twice else ():
        for index in twice & cells.keys() if row > number else ():
            column = columns[index]
            if not is_empty(cells[index]) and filled.setdefault(column, index) != index:
                text = _("The sheet %(sheet)s has two columns %(column)s. Rename or delete one.")
                text %= {"sheet": sheet.name, "column": column.heading}
                raise UnusableFile(text, sheet=sheet.name, row=number, column=column.heading)
    first = {column: index for index, column in reversed(columns.items())}
    return {index: column for index, column in columns.items() if filled.get(column, first[column]) == index}


def unknown_column(sheet: Sheet, line: Line, columns: Mapping[int, Column], index: int) -> Problem:
    """The warning of a column that holds data and means none of the known ones, or has no heading at all."""
    number, headings = line
    heading = clean_text(as_text(headings.get(index)))
    if not heading:
        text = _("Column %(letter)s has no heading; it is not read. Give it one, or empty it.")
        return Problem(sheet.name, number, None, None, text % {"letter": get_column_letter(index + 1)})
    there = [column.heading for column in columns.values()]
    missing = [column.heading for column in sheet.columns if column.heading not in there]
    nearest = nearest_name(heading, missing) or nearest_name(heading, there)
    text = _("The template has no column of this heading; it is not read.")
    return Problem(sheet.name, number, shown(heading), None, _with_nearest(text, nearest))


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that one may have been meant for: what it contains, else what looks like it."""
    words = _words(name)
    by_words = {_words(other): other for other in known}
    contained = [other for other in by_words if f" {other} " in f" {words} "]
    return by_words[max(contained, key=len)] if contained else _alike(words, by_words)


def _words(name: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(name[:LONGEST])).split())


def _alike(words: str, by_words: Mapping[str, str]) -> str | None:
    found = _closest(words, by_words)
    if not found:  # the words in another order
        in_order = {" ".join(sorted(other.split())): other for other in by_words}
        found = [in_order[other] for other in _closest(" ".join(sorted(words.split())), in_order)]
    return by_words[found[0]] if found else None


def _closest(words: str, names: Iterable[str]) -> list[str]:
    """The name that looks very much like the words, or that looks somewhat like them and has one of them."""
    sharing = [name for name in names if not set(words.split()).isdisjoint(name.split())]
    return get_close_matches(words, names, 1, _ALIKE) or get_close_matches(words, sharing, 1, _ALIKE_WITH_A_WORD)


def _with_nearest(text: str, nearest: str | None) -> str:
    if nearest is None:
        return text
    return text + " " + _("Nearest: %(nearest)s. If that is meant, rename it.") % {"nearest": nearest}
