"""What a password has to be, in the words of the office, and how it is hashed."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import password_validation as rules
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .outages import WaitedTooLong
from .text import fold

VIETNAMESE = frozenset((Path(__file__).parent / "common_passwords_vi.txt").read_text().split())
_INITIALS_MAX = 2
_NUMBER_MIN = 8  # characters of a number in disguise: a shorter one is too short in any case
_LETTERS_MAX, _SIGNS_MAX = 3, 2  # which change nothing about a number
_WORD_MIN = 4  # the list of Django has most letters and syllables, beside which anything may stand
_STAND_FOR = str.maketrans("@4831!05$7+", "aabeiiosstt")  # as in P@ssw0rd


def words_of(password: str) -> set[str]:
    """What is left for somebody who guesses: letters without case, diacritics, years, or signs in their place."""
    folded = fold(password)
    cores = [
        re.search(first + ".*[a-z]", folded, re.DOTALL) for first in ("[a-z]", "[a-z@$]")
    ]  # within years and signs
    texts = {core[0] for core in cores if core}
    return {re.sub("[^a-z]", "", text) for text in texts | {text.translate(_STAND_FOR) for text in texts}}


def is_repetition(password: str) -> bool:
    """Whether it is one piece again and again, whatever stands between."""
    text = re.sub(r"[\W_]", "", fold(password))
    return bool(text) and text in (text + text)[1:-1]


def is_number_in_disguise(password: str) -> bool:
    """Whether it is digits with at most three letters and two signs, as rules of passwords make of 12345678."""
    text = fold(password)
    letters, signs = sum(sign.isalpha() for sign in text), sum(not sign.isalnum() for sign in text)
    return 0 < letters <= _LETTERS_MAX and signs <= _SIGNS_MAX and len(text) >= _NUMBER_MIN


class BoundedArgon2(Argon2PasswordHasher):
    """Argon2id with the memory that OWASP names for servers, and at most two at a time in a process.

    Django's own 100 MB for each of several threads would let anybody who sends wrong passwords fill the memory. Older
    passwords, which still take as much, are hashed anew when their owner signs in. Whoever has waited too long for a
    turn is told so: the threads of the server are there for others as well.
    """

    memory_cost, time_cost, parallelism = 19 * 1024, 2, 1  # KiB, passes, lanes
    _at_once = threading.BoundedSemaphore(2)

    def encode(self, password, salt):
        with self._turn():
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with self._turn():
            return super().verify(password, encoded)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._at_once.acquire(timeout=settings.PASSWORD_WAIT.total_seconds()):
            raise WaitedTooLong
        try:
            yield
        finally:
            self._at_once.release()


def _is_of_name(password: str, full_name: str) -> bool:
    """Whether its letters are parts of a name, with two others at most."""
    letters = re.sub("[^a-z]", "", fold(password))
    rest = letters
    for part in sorted(fold(full_name).split(), key=len, reverse=True):
        rest = rest.replace(part, "", 1)
    return rest != letters and len(rest) <= _INITIALS_MAX


class LongEnough(rules.MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_help_text(self):
        text = ngettext(
            "At least %(n)d character.", "At least %(n)d characters; spaces may be among them.", self.min_length
        )
        return text % {"n": self.min_length}

    def get_error_message(self):
        text = ngettext(
            "Too short: take at least %(n)d character.", "Too short: take at least %(n)d characters.", self.min_length
        )
        return text % {"n": self.min_length}


class UnlikeTheUser(rules.UserAttributeSimilarityValidator):
    """Nothing like the user name or the name, nor one of them with numbers, signs and initials alone."""

    def validate(self, password, user=None):
        super().validate(password, user)
        name = re.sub(r"[\W_]", "", fold(getattr(user, "username", "")))
        text = re.sub(r"[\W_]", "", fold(password))
        if name and name in text and not re.search(r"\D", text.replace(name, "")):
            self._refuse(user, "username")
        if _is_of_name(password, getattr(user, "full_name", "")):
            self._refuse(user, "full_name")

    def _refuse(self, user, attribute: str) -> None:
        named = user._meta.get_field(attribute).verbose_name
        raise ValidationError(self.get_error_message(), "password_too_similar", {"verbose_name": named})

    def get_help_text(self):
        return _("Nothing like your user name or your name.")

    def get_error_message(self):
        return _("Too much like your %(verbose_name)s, which others know. Take something else.")


class NotCommon(rules.CommonPasswordValidator):
    """None of those that are tried first: common ones, the same with a year or signs, one or two words of a list."""

    def validate(self, password, user=None):
        super().validate(password, user)
        if (
            is_repetition(password)
            or is_number_in_disguise(password)
            or any(self._is_common(words) for words in words_of(password))
        ):
            raise ValidationError(self.get_error_message(), "password_too_common")

    def _is_common(self, words: str) -> bool:
        return (
            words in VIETNAMESE
            or (words in self.passwords and len(words) >= _WORD_MIN)
            or any(words.removeprefix(first) in VIETNAMESE for first in VIETNAMESE if words.startswith(first))
        )

    def get_help_text(self):
        return _("None that many people use, such as “password123”.")

    def get_error_message(self):
        return _("Many people use this password, so it is tried first. Take another one.")


class NotDigitsAlone(rules.NumericPasswordValidator):
    """Not a number, such as a telephone number or a date."""

    def get_help_text(self):
        return _("Not digits alone.")

    def get_error_message(self):
        return _("These are digits alone. Add letters.")
