"""The message for a code that is not there, with the nearest one that is."""

from difflib import get_close_matches

from django.utils.translation import gettext as _

from vpcp_training.errors import no_such
from vpcp_training.fields import foreign_letters

from .cells import shown
from .messages import Said
from .records import RecordIndex

MOST_SUGGESTIONS = 20  # of a file: to look for a code like another takes time
MOST_CANDIDATES = 20_000


class Nearest:
    """Says what is not there. Remembers what it looked for, so that a file full of errors costs no more than one."""

    def __init__(self) -> None:
        self._found: dict[tuple[RecordIndex, str], str | None] = {}
        self._codes: dict[RecordIndex, dict[str, str]] = {}

    def unknown(self, index: RecordIndex, code: str) -> Said:
        """What to say of a code that stands neither in the file nor in the database."""
        return Said(self._say, (index, code))

    def _say(self, index: RecordIndex, code: str) -> str:
        key = index, code
        if key not in self._found and len(self._found) < MOST_SUGGESTIONS:
            self._found[key] = self._search(index, code)
        thing, nearest = str(index.model._meta.verbose_name), self._found.get(key)
        if nearest:
            text = _("There is no %(thing)s %(code)s. Nearest: %(nearest)s.")
            text %= {"thing": thing, "code": shown(code), "nearest": nearest}
        else:
            text = no_such(thing, shown(code))
        return " ".join(filter(None, [text, foreign_letters(code)]))

    def _search(self, index: RecordIndex, code: str) -> str | None:
        if index not in self._codes:
            self._codes[index] = {known.casefold(): known for known in index.all_codes()}
        by_folded, folded = self._codes[index], code.casefold()
        candidates = [known for known in by_folded if abs(len(known) - len(folded)) <= 2]
        if len(candidates) > MOST_CANDIDATES:
            candidates = [known for known in candidates if known[:2] == folded[:2]][:MOST_CANDIDATES]
        found = get_close_matches(folded, candidates, n=1)
        return by_folded[found[0]] if found else None
