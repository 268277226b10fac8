"""Vietnamese text: one stored form (NFC), equality of letters, search without diacritics, and dictionary order."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import filterfalse, product
from math import prod

from django.utils.translation import gettext as _

# Icelandic eth (U+00D0, U+00F0) looks like Đ (U+0110, U+0111) and is often typed for it.
_ETH = {"Ð": "Đ", "ð": "đ"}
_D_LETTERS = str.maketrans({"đ": "d", "Đ": "D"})  # which NFD does not decompose
# Zero-width and direction characters, and those XML (so Excel) and PostgreSQL refuse.
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)

_LETTER_RANK = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=10)}
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: they make another letter
_SPACE, _PUNCTUATION, _DIGIT = 1, 2, 5
# A syllable that ends in y where i is written as well: Lý and Lí, Quý and Quí.
_Y_OR_I = re.compile(r"(h|k|l|m|s|t|qu)y")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_WITH_MARKS = {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}
_VOWELS = "aăâeêioôơuưy"
_MOST_SPELLINGS = 30  # before tones; no syllable has more
NAMED = 5  # before a message only counts the others


def clean_text(value: str) -> str:
    """NFC with Đ for Ð, without zero-width and control characters, runs of any white space as one space, trimmed."""
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
        for eth, letter in _ETH.items():  # a third of the time of `translate`
            value = value.replace(eth, letter)
    if not value.isprintable():  # most text is, and costs a third so
        value = _INVISIBLE.sub("", value)
    return " ".join(value.split())


def first_names(names: Sequence[str], number: int = 0) -> str:
    """The first of what a message is about, and how many others there are, of a `number` that need not all be here."""
    first = names[:NAMED]
    others = (number or len(names)) - len(first)
    return ", ".join(first) + (_(" and %(count)d others") % {"count": others} if others else "")


def fold(value: str) -> str:
    """What a search compares: lower case without diacritics, "Đặng  Đức" → "dang duc"."""
    text = clean_text(value)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text.translate(_D_LETTERS))
        text = "".join(filterfalse(unicodedata.combining, decomposed))
    return text.casefold()


def code_key(code: str) -> str:
    """Codes with the same key are the same code: in any case of letters."""
    return clean_text(code).casefold()


def spellings(folded: str) -> set[str]:
    """What a word without diacritics may be with them, and one tone at most: "da" may be "đa" or "dấ".

    Of a word that has far more of them than a syllable, the word alone.
    """
    ways = [_WITH_MARKS.get(letter, letter) for letter in folded]
    if prod(map(len, ways)) > _MOST_SPELLINGS:
        return {folded}
    found = set()
    for letters in product(*ways):
        found.add("".join(letters))
        for place, letter in enumerate(letters):
            if letter in _VOWELS:
                toned = ("".join([*letters[: place + 1], tone, *letters[place + 1 :]]) for tone in _TONE_RANK)
                found.update(unicodedata.normalize("NFC", word) for word in toned)
    return found


def letters_key(value: str) -> str:
    """Texts with the same key are the same letters: in any case, tone mark in either place, i or y where both are used.

    "Hoà" and "Hòa", "Uỷ viên" and "Ủy viên", "Lý" and "Lí" agree; "Ánh" and "Anh" do not.
    """
    return _SYLLABLE.sub(lambda syllable: _syllable_key(syllable[0]), clean_text(value).casefold())


@lru_cache(4096)  # the same ones come again and again
def _syllable_key(syllable: str) -> str:
    """The letters of a syllable, then its tone."""
    if syllable.isascii():
        letters, tones = syllable, ""
    else:
        marks = unicodedata.normalize("NFD", syllable)
        letters = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONE_RANK))
        tones = "".join(mark for mark in marks if mark in _TONE_RANK)
    if _Y_OR_I.fullmatch(letters):
        letters = letters[:-1] + "i"
    return letters + tones


def alike_key(value: str) -> str:
    """Texts with the same key may be the same name: as `letters_key`, whatever the diacritics."""
    return fold(_SYLLABLE.sub(lambda syllable: _alike_syllable(syllable[0]), clean_text(value).casefold()))


@lru_cache(4096)
def _alike_syllable(syllable: str) -> str:
    return fold(_syllable_key(syllable))


def alike_column(value: str) -> str:
    """The `alike_key` in hexadecimal, so that every database collation gives the same order."""
    return alike_key(value).encode().hex()


def alike_beginnings(query: str) -> set[str]:
    """Whatever begins with the folded query has an `alike_column` that begins with one of these.

    Its last syllable may go on: "quy" begins Quý, whose key is that of Quí, and Quỳnh.
    """
    typed = fold(query)
    return {key.encode().hex() for key in (alike_key(typed), alike_key(f"{typed}x")[:-1])}


def search_words(query: str) -> list[str]:
    """The folded words of a query; a record matches when its search column contains each of them."""
    return list(dict.fromkeys(fold(query).split()))


def dictionary_key(value: str) -> str:
    """Sort key in the order of a Vietnamese dictionary: letters, then tones, then case (the order of ICU "vi")."""
    letters, tones, cases = [], [], []
    for char in unicodedata.normalize("NFC", value):
        lower = char.lower()
        decomposed = unicodedata.normalize("NFD", lower)
        marks = decomposed[1:]
        base = unicodedata.normalize("NFC", decomposed[0] + "".join(m for m in marks if m in _LETTER_MARKS))
        rank = _LETTER_RANK.get(base) or (_DIGIT if base.isdigit() else _SPACE if base.isspace() else _PUNCTUATION)
        letters.append(chr(0x30 + rank) + (base if rank in (_DIGIT, _PUNCTUATION) else ""))
        tones.append(chr(0x30 + next((_TONE_RANK[m] for m in marks if m in _TONE_RANK), 0)))
        cases.append("1" if char != lower else "0")
    return "!".join(["".join(letters), "".join(tones).rstrip("0"), "".join(cases).rstrip("0")])


def name_sort_key(full_name: str) -> str:
    """Sort key of a person: given name (the last word), then family name, then middle names.

    In hexadecimal, so that every database collation gives the same order.
    """
    words = full_name.split() or [""]
    return " ".join(dictionary_key(word) for word in [words[-1], *words[:-1]]).encode().hex()
