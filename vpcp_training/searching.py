"""How a search column is written, and how near a record comes to what was typed.

A search column has a line for each thing its record is called by, folded, and two signs for its letters where they
differ: "\\n cb01 \\n to thuy \\n..\\n". So what is equal, what begins so and what is a whole word can be asked with
LIKE, the same on every database.
"""

from collections import defaultdict
from enum import IntEnum
from typing import Self, TypeVar
from zlib import crc32

from django.db.models import Case, Exists, Model, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least

from .roles import By
from .text import fold, letters_key, search_words

M = TypeVar("M", bound=Model)

_FIRST_SIGN, _SIGNS = 0xE000, 6400  # of private use: nobody types them


class Closeness(IntEnum):
    """How well a record answers what was typed, the best first."""

    CODE = 0
    LETTERS = 1  # what it is called, diacritics included
    FOLDED = 2  # the same without diacritics
    BEGINS = 3
    WORDS = 4  # all of them whole words, in whatever order
    PARTS = 5


def search_text(*names: str) -> str:
    """The search column of a record called by these names, its code first."""
    lines = dict.fromkeys(map(fold, names))
    signs = dict.fromkeys(_signs(name) for name in names if letters_key(name) != fold(name))
    return "\n" + "".join(f" {line} \n" for line in lines if line) + "".join(f"{pair}\n" for pair in signs)


def _signs(name: str) -> str:
    """Two signs for the letters of a name: whole they would double the column, and the time to go through it.

    Names that get the same by chance are told apart by their folded lines.
    """
    pair = divmod(crc32(letters_key(name).encode()) % _SIGNS**2, _SIGNS)
    return "".join(chr(_FIRST_SIGN + number) for number in pair)


def closeness(query: str, *paths: str) -> Case | Least:
    """What to order by so that the nearest come first: the `Closeness` of a record that matches.

    `paths` lead to records with a search column, such as "staff__"; the nearest of them counts.
    """
    each = [_closeness(query, f"{path}search__") for path in paths or ("",)]
    return each[0] if len(each) == 1 else Least(*each)


def _closeness(query: str, search: str) -> Case:
    typed = fold(query)
    words = Q()
    for word in search_words(query):
        words &= Q(**{f"{search}contains": f" {word} "})
    letters = f"\n {typed} \n" if letters_key(query) == typed else f"\n{_signs(query)}\n"
    equal = Case(
        When(**{f"{search}startswith": f"\n {typed} \n"}, then=Closeness.CODE),
        When(**{f"{search}contains": letters}, then=Closeness.LETTERS),
        When(**{f"{search}contains": f"\n {typed} \n"}, then=Closeness.FOLDED),
        default=Value(Closeness.BEGINS),
    )
    return Case(
        When(**{f"{search}contains": f"\n {typed}"}, then=equal),  # of most rows nothing else is asked
        When(words, then=Closeness.WORDS),
        default=Value(Closeness.PARTS),
    )


def closeness_of(query: str, *names: str) -> Closeness:
    """The same of a record called by these names, for records that are few."""
    typed, letters, lines = fold(query), letters_key(query), [fold(name) for name in names]
    # Typed without diacritics, it is everybody's who is called so with some.
    if typed in lines if letters == typed else letters in map(letters_key, names):
        return Closeness.LETTERS
    if typed in lines:
        return Closeness.FOLDED
    if any(line.startswith(typed) for line in lines):
        return Closeness.BEGINS
    words = " ".join(lines).split()
    return Closeness.WORDS if all(word in words for word in typed.split()) else Closeness.PARTS


class SearchableQuerySet(QuerySet[M]):
    """Records with a folded `search` column."""

    def matching(self, query: str) -> Self:
        """Those whose search column holds every word of the query, whatever the order and the diacritics."""
        found = self
        for word in search_words(query):
            found = found.filter(search__contains=word)
        return found

    def words_held(self, query: str) -> list[str]:
        """Those words of the query that any of the records holds, in one question."""
        words = search_words(query)
        answer = self.order_by("pk").values_list(*(Exists(self.matching(word)) for word in words))[:1]
        return [word for answers in answer for word, is_held in zip(words, answers, strict=True) if is_held]

    def nearness(self, query: str) -> Combinable:
        """What to order those matching by: the `Closeness` of each to the query."""
        return closeness(query)


class FewQuerySet(QuerySet[M]):
    """Records that are few: a search compares what they are called here, without a column of their own."""

    searched: tuple[str, ...]

    def matching(self, query: str) -> Self:
        """Those that hold every word of the query, whatever the order and the diacritics."""
        words = search_words(query)
        rows = self.order_by().values_list("pk", *self.searched)
        called = ((pk, fold(" ".join(names))) for pk, *names in rows)
        return self.filter(pk__in=[pk for pk, name in called if all(word in name for word in words)])

    def nearness(self, query: str) -> Combinable:
        """What to order those matching by: the `Closeness` of each to the query."""
        near = defaultdict(list)
        for pk, *names in self.order_by().values_list("pk", *self.searched):
            near[closeness_of(query, *names)].append(pk)
        return Case(*(When(pk__in=pks, then=close) for close, pks in near.items()), default=Value(Closeness.PARTS))


class CodeListQuerySet(FewQuerySet[M]):
    """A code list."""

    def visible_to(self, user: By) -> Self:
        """All: a code list names no person."""
        return self
