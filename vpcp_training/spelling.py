"""Words of open lists that records keep themselves, as a country or a level, are spelled as those in use."""

from collections.abc import Iterable

from django.db.models import QuerySet

from .text import letters_key


class Spelling:
    """How the words of an open list are spelled: one in use stays as it is, another takes the spelling of its letters.

    Of several spellings the first counts; a word of other letters is in use from then on.
    """

    def __init__(self, in_use: Iterable[str]):
        self._in_use = dict.fromkeys(in_use)
        self._by_letters: dict[str, str] = {}
        for word in self._in_use:
            self._by_letters.setdefault(letters_key(word), word)

    def of(self, word: str) -> str:
        """The spelling of a word."""
        return word if word in self._in_use else self._by_letters.setdefault(letters_key(word), word)


def words_in_use(records: QuerySet, name: str) -> QuerySet:
    """The words that these records have in a field."""
    return records.order_by(name).values_list(name, flat=True).distinct().exclude(**{name: ""})
