"""Which unit a list means: by code, name, short name, kind and initials, or by the parts of what stands there."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from exchange.models import ListAnswer
from personnel.models import Unit
from vpcp_training.naming import each_name
from vpcp_training.roles import By
from vpcp_training.text import alike_key, clean_text, code_key, first_names

from .words import unit_key, unit_words

_KIND = re.compile(
    r"(ban|bo|chi cuc|cong|cuc|doi|hoc vien|khoa|nha khach|phong|so|thanh tra|to|tong cuc|trung tam|truong|van phong|"
    r"vien|vu) "
)
_SHORT_KINDS = {"p": "phong", "tt": "trung tam", "vp": "van phong"}
_BETWEEN_PARTS = re.compile(r"[-–—,;/()\n]")
_NUMERAL = re.compile(r"[ivx]+|\d+")
_MOST_PARTS = 8
_FEWEST_INITIALS = 2

Found = tuple[Unit | None, str | None]


class Units:
    """The units that a user sees, as lists of a day name them; the system is no user and sees all."""

    def __init__(self, day: datetime.date, user: By = None):
        self._by_pk = {unit.pk: unit for unit in Unit.objects.visible_to(user)}
        self._above = {pk: frozenset(self._way_up(pk)) for pk in self._by_pk}
        in_force = [unit for unit in self._by_pk.values() if unit.validity.covers(day)]
        self._remembered = {
            key: [self._by_pk[pk]]
            for key, pk in ListAnswer.objects.units()
            if pk in self._by_pk and self._by_pk[pk].validity.covers(day)
        }
        self._by_code = {unit.code_key: [unit] for unit in self._by_pk.values()}
        self._by_name, self._by_short_name, self._by_initials = defaultdict(list), defaultdict(list), defaultdict(list)
        for unit in in_force:
            name = unit_key(unit.name)
            self._by_name[name].append(unit)
            for short_name in {unit_key(short) for short in each_name(unit.short_names)}:
                self._by_short_name[short_name].append(unit)
            kind = _kind(unit, name)
            for initials in _initials(unit.name, kind):
                self._by_initials[kind, initials].append(unit)
        self._kinds = {kind for kind, _letters in self._by_initials}
        self._found: dict[str, Found] = {}

    def __contains__(self, pk: int | None) -> bool:
        """Whether the user sees the unit."""
        return pk in self._by_pk

    def is_below(self, unit: int | None, other: int) -> bool:
        """Whether a unit is another one, or below it."""
        return unit is not None and other in self._above.get(unit, ())

    def find(self, text: str) -> Found:
        """The unit that a text means, or what to say if it means none or several."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> Found:
        text = clean_text(text)
        if not text:
            return None, None
        found = self._called(text) or self._by_parts(text)
        if len(found) == 1:
            return found[0], None
        if not found:
            return None, _("No unit is called “%(text)s”.") % {"text": text}
        units = first_names([f"{unit.name} ({unit.code})" for unit in found])
        return None, _("“%(text)s” may be several units: %(units)s.") % {"text": text, "units": units}

    def _called(self, text: str) -> list[Unit]:
        """The units that a text as a whole is a name of."""
        names = list(_spelled_out(unit_key(text)))
        levels = (
            self._remembered.get(unit_words(text).key, []),
            self._by_code.get(code_key(text), []),
            _each(self._by_name[name] for name in names if name in self._by_name),
            _each(self._by_short_name[name] for name in names if name in self._by_short_name),
            _each(self._with_initials(name) for name in names),
        )
        return next(filter(None, levels), [])

    def _with_initials(self, name: str) -> Iterator[Unit]:
        for kind in self._kinds:
            if name.startswith(f"{kind} "):
                yield from self._by_initials.get((kind, name.removeprefix(kind).replace(" ", "")), ())

    def _by_parts(self, text: str) -> list[Unit]:
        """The deepest unit that a part of the text means, or several that it may mean."""
        parts = list(self._meanings(text))
        fitting = [
            [unit for unit in units if all(self._is_related(unit, others) for others in parts if others is not units)]
            for units in parts
        ]
        if not all(fitting):  # they contradict each other
            return _each(parts)
        depth = max((len(self._above[unit.pk]) for unit in _each(fitting)), default=0)
        return [unit for unit in _each(fitting) if len(self._above[unit.pk]) == depth]

    def _meanings(self, text: str) -> Iterator[list[Unit]]:
        """What the parts of a text mean, the longest first; a name may hold what stands between parts."""
        borders = [0, *(found.end() for found in _BETWEEN_PARTS.finditer(text)), len(text) + 1]
        count = len(borders) - 1
        free = set(range(count))
        if count > _MOST_PARTS:
            return
        for length in range(count - 1, 0, -1):
            for start in range(count - length + 1):
                span = range(start, start + length)
                units = free.issuperset(span) and self._called(text[borders[start] : borders[start + length] - 1])
                if units:
                    free.difference_update(span)
                    yield units

    def _is_related(self, unit: Unit, others: list[Unit]) -> bool:
        return any(self.is_below(unit.pk, other.pk) or self.is_below(other.pk, unit.pk) for other in others)

    def _way_up(self, pk: int | None) -> Iterator[int]:
        while pk in self._by_pk:
            yield pk
            pk = self._by_pk[pk].parent_id


def _each(found: Iterable[Iterable[Unit]]) -> list[Unit]:
    return list(dict.fromkeys(unit for units in found for unit in units))


def _kind(unit: Unit, name: str) -> str:
    """The kind of unit that its name begins with; empty if it begins with none."""
    if unit.kind and name.startswith(f"{unit_key(unit.kind)} "):
        return unit_key(unit.kind)
    known = _KIND.match(name)
    return known[1] if known else ""


def _initials(name: str, kind: str) -> set[str]:
    """How the name after the kind is shortened: without `và` or with it, its numerals whole or not."""
    if not kind:
        return set()
    words = alike_key(re.sub(r"[\W_]+", " ", name)).removeprefix(kind).split()
    ways = set()
    for counted in (words, [word for word in words if word != "va"]):
        ways.add("".join(word[0] for word in counted))
        ways.add("".join(word if _NUMERAL.fullmatch(word) else word[0] for word in counted))
    return {way for way in map(alike_key, ways) if len(way) >= _FEWEST_INITIALS}


def _spelled_out(name: str) -> Iterator[str]:
    """A name as it is written, and with its kind in full: P. is Phòng."""
    yield name
    first, *rest = name.split(" ", 1)
    if first in _SHORT_KINDS:
        yield " ".join([_SHORT_KINDS[first], *rest])
