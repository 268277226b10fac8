"""Whom a row of a list means: one person, a doubt between some, or nobody.

match_tables([[Wanted(row=5, name="Nguyễn Văn An", birth="1975")]], day, Units(day))
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exchange.models import ListAnswer
from vpcp_training.roles import By
from vpcp_training.text import alike_key

from .people import FEW, Loader, Nearest, People, Person, births_agree, names_agree
from .units import Units
from .words import person_words

ONE, DOUBT, NONE = "one", "doubt", "none"
ANSWER, CODE, NAME_AND_BIRTH, NAME_AND_UNIT, NAME = "answer", "code", "name and birth", "name and unit", "name"


@dataclass(frozen=True)
class Wanted:
    """What a row says of a person: name without courtesy words, birth as exact as it is, the key of the unit found.

    `birth_text` and `unit_text` are what stands there, understood or not.
    """

    row: int
    name: str
    code: str | None = None
    birth: str | None = None
    gender: str | None = None
    unit: int | None = None
    unit_text: str | None = None
    birth_text: str | None = None

    @cached_property
    def key(self) -> str:
        """What answers to it are remembered by."""
        return person_words(self.name, self.birth_text, self.unit_text, self.code).key


@dataclass(frozen=True)
class Match:
    """Whom a row means. `repeats` is the earlier row of the table which means the same person."""

    match: str
    candidates: Sequence[Person]
    by: str | None = None
    remarks: Sequence[str] = ()
    repeats: int | None = None

    @property
    def staff(self) -> Person | None:
        """The person, if it is one."""
        return self.candidates[0] if self.match == ONE else None


def match_tables(
    tables: Sequence[Sequence[Wanted]], day: datetime.date, units: Units, user: By = None
) -> list[list[Match]]:
    """Whom each row of each table means, among the people a user sees; the system is no user and sees all."""
    rows = [row for table in tables for row in table]
    answers = dict(ListAnswer.objects.people({row.key for row in rows}))
    loader = Loader(day, units, user)
    names, codes = {row.name for row in rows if row.name}, {row.code for row in rows if row.code}
    people = loader.people(names, codes, answers.values())
    nearest = loader.nearest({name for name in names if not people.called(name)})
    matcher = Matcher(day, units, people, answers, nearest)
    return [list(_with_repeats(table, map(matcher.match, table))) for table in tables]


def same_as_row(number: int) -> str:
    """What to say of a row that means the person of an earlier one."""
    return _("The same person as in row %(row)s.") % {"row": number}


def _with_repeats(table: Iterable[Wanted], matches: Iterable[Match]) -> Iterator[Match]:
    first_rows: dict[int, int] = {}
    for row, match in zip(table, matches, strict=True):
        if match.staff is not None and (first := first_rows.setdefault(match.staff.pk, row.row)) != row.row:
            match = replace(match, repeats=first, remarks=(*match.remarks, same_as_row(first)))
        yield match


@dataclass(frozen=True)
class Matcher:
    """Judges rows one by one, in memory: people in the order they are shown in, answers by the key of words."""

    day: datetime.date
    units: Units
    people: People
    answers: Mapping[str, int] = field(default_factory=dict)
    nearest: Nearest = field(default_factory=dict)

    def match(self, row: Wanted) -> Match:
        """Whom a row means, whatever the other rows say."""
        if person := self._answered(row):
            match = _one(ANSWER, person)
        else:
            match = self._by_code(row, row.code) if row.code else self._by_name(row)
        if match.staff is not None and row.gender and row.gender != match.staff.gender:
            return _doubt(match.candidates, _("The list names another sex."), *match.remarks)
        return match

    def _answered(self, row: Wanted) -> Person | None:
        """Whom a person said these words mean, if posted on the day."""
        person = self.people.by_pk.get(self.answers[row.key]) if row.key in self.answers else None
        return person if person and person.is_serving else None

    def _by_code(self, row: Wanted, code: str) -> Match:
        person = self.people.with_code(code)
        if person is None:
            match = self._by_name(row)
            return replace(match, remarks=(_("Nobody has the code %(code)s.") % {"code": code}, *match.remarks))
        if names_agree(row.name, person.name):
            return _one(CODE, person, *self._oddities(row, person))
        others = (other for other in self._by_name(row).candidates if other != person)
        return _doubt([person, *others], _("%(code)s is %(name)s.") % {"code": person.code, "name": person.name})

    def _oddities(self, row: Wanted, person: Person) -> Iterator[str]:
        if row.birth and person.birth and not births_agree(row.birth, person.birth):
            yield _("The list has another date of birth.")
        if not person.is_serving:
            yield _("No posting on %(day)s.") % {"day": date_format(self.day, "SHORT_DATE_FORMAT")}

    def _by_name(self, row: Wanted) -> Match:
        agreeing = self.people.called(row.name)
        if not agreeing:
            return Match(NONE, self._nearest(row))
        serving = [person for person in agreeing if person.is_serving]
        left = [person for person in agreeing if not person.is_serving]
        if not serving:
            day = date_format(self.day, "SHORT_DATE_FORMAT")
            return _doubt(left, _("Nobody of this name has a posting on %(day)s.") % {"day": day})
        serving.sort(key=lambda person: not self._is_in_unit(person, row))
        inside = [person for person in serving if self._is_in_unit(person, row)]
        if row.birth:
            return _by_birth(row.birth, serving, inside, left)
        if row.unit is not None:
            if len(inside) == 1:
                return _one(NAME_AND_UNIT, inside[0])
            return _doubt(inside) if inside else _doubt(serving, _("Nobody of this name is posted in this unit."))
        if len(serving) == 1:
            told = _("Found by the name alone: the list has neither birth nor unit.")
            if row.birth_text or row.unit_text:
                told = _("Found by the name alone: birth or unit in the list are not understood.")
            return _one(NAME, serving[0], told)
        return _doubt(serving)

    def _nearest(self, row: Wanted) -> list[Person]:
        """Those with the nearest names: of equally near ones first those in the unit, then those in service."""

        def order(near: tuple[int, Person]) -> tuple[int, bool, bool]:
            distance, person = near
            return distance, not self._is_in_unit(person, row), not person.is_serving

        return [person for _distance, person in sorted(self.nearest.get(alike_key(row.name), ()), key=order)[:FEW]]

    def _is_in_unit(self, person: Person, row: Wanted) -> bool:
        return row.unit is not None and self.units.is_below(person.unit, row.unit)


def _by_birth(birth: str, serving: Sequence[Person], inside: Sequence[Person], left: Sequence[Person]) -> Match:
    """Of those who have the name: in service, those of them in the unit of the row, and out of service."""
    born = [person for person in serving if births_agree(birth, person.birth)]
    if not born:
        also = [person for person in left if births_agree(birth, person.birth)]
        return _doubt([*serving, *also], _("Nobody in service has this name and this date of birth."))
    for chosen in (born, [person for person in born if person in inside]):
        if len(chosen) == 1:
            return _one(NAME_AND_BIRTH, chosen[0])
    return _doubt(born)


def _one(by: str, person: Person, *remarks: str) -> Match:
    return Match(ONE, [person], by, remarks)


def _doubt(candidates: Sequence[Person], *remarks: str) -> Match:
    return Match(DOUBT, candidates, remarks=remarks)
