"""What a password has to be, in the words of the office, and how it is hashed."""

import re
import threading
from pathlib import Path

from django.contrib.auth import password_validation as rules
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .text import fold

VIETNAMESE = frozenset((Path(__file__).parent / "common_passwords_vi.txt").read_text().split())
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
    return text in (text + text)[1:-1]


class BoundedArgon2(Argon2PasswordHasher):
    """Argon2id with the memory that OWASP names for servers, and at most two at a time in a process.

    Django's own 100 MB for each of several threads would let anybody who sends wrong passwords fill the memory. Older
    passwords, which still take as much, are hashed anew when their owner signs in.
    """

    memory_cost, time_cost, parallelism = 19 * 1024, 2, 1  # KiB, passes, lanes
    _at_once = threading.BoundedSemaphore(2)

    def encode(self, password, salt):
        with self._at_once:
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with self._at_once:
            return super().verify(password, encoded)


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
    """Nothing like the user name or the name, nor the user name alone with numbers and signs."""

    def validate(self, password, user=None):
        super().validate(password, user)
        name = re.sub(r"[\W_]", "", fold(getattr(user, "username", "")))
        text = re.sub(r"[\W_]", "", fold(password))
        if name and name in text and not re.search(r"\D", text.replace(name, "")):
            named = user._meta.get_field("username").verbose_name
            raise ValidationError(self.get_error_message(), "password_too_similar", {"verbose_name": named})

    def get_help_text(self):
        return _("Nothing like your user name or your name.")

    def get_error_message(self):
        return _("Too much like your %(verbose_name)s, which others know. Take something else.")


class NotCommon(rules.CommonPasswordValidator):
    """None of those that are tried first: common ones, the same with a year or signs, one or two words of a list."""

    def validate(self, password, user=None):
        super().validate(password, user)
        if is_repetition(password) or any(self._is_common(words) for words in words_of(password)):
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
