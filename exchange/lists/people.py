"""The people a list may mean, asked for all its rows at once, and when two names are one."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from personnel.models import Staff
from vpcp_training.bulk import array_parameter
from vpcp_training.roles import By
from vpcp_training.text import alike_column, alike_key, clean_text, code_key, fold, letters_key

from .units import Units

FEW = 3  # nearest names to look at
_MOST_AS_NEAR = 50  # names looked at among which they are


class Person(NamedTuple):
    """A person with the place on the day of the list: `unit` and `position` are None without a posting that is seen.

    `birth` is as exact as it is known: 1975-03-05, 1975-03 or 1975.
    """

    pk: int
    code: str
    name: str
    birth: str | None
    gender: str
    unit: int | None
    position: str | None

    @property
    def is_serving(self) -> bool:
        """Whether the person has a posting on the day."""
        return self.unit is not None


# By the `alike_key` of a name those with the nearest names, and how many letters differ.
Nearest = Mapping[str, Sequence[tuple[int, Person]]]


def names_agree(listed: str, known: str) -> bool:
    """Whether a name in a list may be the name of a person: the same letters, or the list has no diacritic at all."""
    if letters_key(listed) == letters_key(known):
        return True
    return fold(listed) == clean_text(listed).casefold() and alike_key(listed) == alike_key(known)


def births_agree(one: str, other: str | None) -> bool:
    """Whether two dates of birth are the same as far as both are exact; one that is not known agrees with none."""
    return other is not None and (one.startswith(other) or other.startswith(one))


class People:
    """People by key, code and name; several of one name stay in the order they come in."""

    def __init__(self, people: Iterable[Person]):
        self.by_pk = {person.pk: person for person in people}
        self._by_code = {code_key(person.code): person for person in self.by_pk.values()}
        self._alike = defaultdict(list)
        for person in self.by_pk.values():
            self._alike[alike_key(person.name)].append(person)

    def with_code(self, code: str) -> Person | None:
        """Whose code it is."""
        return self._by_code.get(code_key(code))

    def alike(self, name: str) -> Sequence[Person]:
        """Those whose name may be this one, whatever the diacritics."""
        return self._alike.get(alike_key(name), ())

    def called(self, name: str) -> list[Person]:
        """Those whose name agrees with a name in a list."""
        return [person for person in self.alike(name) if names_agree(name, person.name)]


@dataclass(frozen=True)
class Loader:
    """Asks for people as a user sees them; the system is no user and sees all."""

    day: datetime.date
    units: Units
    user: By = None

    def people(self, names: Iterable[str], codes: Iterable[str], pks: Iterable[int]) -> People:
        """Everybody with one of the names, codes or keys, in at most three queries."""
        found = [
            *self._among("alike", {alike_column(name) for name in names}),
            *self._among("code_key", {code_key(code) for code in codes}),
            *self._among("pk", set(pks)),
        ]
        return People(found)

    def nearest(self, names: Collection[str]) -> Nearest:
        """Those whose names are nearest to each of the names, in two queries.

        They are at least a few, if anybody's name is near at all, and all who are as near as the last of them.
        """
        if not names:
            return {}
        known = Staff.objects.visible_to(self.user).order_by("alike").values_list("alike", flat=True).distinct()
        choices = [bytes.fromhex(column).decode() for column in known]
        near = {key: _nearest(key, choices) for key in map(alike_key, names)}
        columns = {alike_column(name) for found in near.values() for name, _distance in found}
        people = People(self._among("alike", columns))
        return {
            key: [(distance, person) for name, distance in found for person in people.alike(name)]
            for key, found in near.items()
        }

    def _among(self, column: str, values: Collection) -> list[Person]:
        if not values:
            return []
        staff = Staff.objects.visible_to(self.user).posted(self.day)
        found = staff.filter(**{f"{column}__in": array_parameter(values)})
        placed = found.annotate(unit=F("post__unit"), position=F("post__position__name"))
        by_name = placed.order_by("sort_key", F("birth_date").asc(nulls_last=True), "pk")
        rows = by_name.values_list("pk", "code", "full_name", "birth_date", "gender", "unit", "position")
        people = (Person(pk, code, name, str(birth) if birth else None, *more) for pk, code, name, birth, *more in rows)
        return [person if person.unit in self.units else person._replace(unit=None, position=None) for person in people]


def _nearest(key: str, choices: list[str]) -> list[tuple[str, int]]:
    """The names nearest to one, with the number of letters in which they differ: at most every third one."""
    most = len(key) // 3
    for limit in sorted({min(most, FEW), most}):  # a small one is much faster
        found = process.extract(key, choices, scorer=Levenshtein.distance, score_cutoff=limit, limit=_MOST_AS_NEAR)
        if len(found) >= FEW:
            break
    last = max((distance for _name, distance, _place in found[:FEW]), default=0)
    return [(name, distance) for name, distance, _place in found if distance <= last]
