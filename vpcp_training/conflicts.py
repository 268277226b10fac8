"""What others changed while somebody had a form open; of forms and requests nothing is known here.

shown = Conflicts([Watch(record.history.all())])
shown.version()                                  # goes along with what is shown

conflicts = Conflicts([Watch(record.history.all())], seen=version)
conflicts.changed_meanwhile()                    # asked under a lock of the record: then save, or say
conflicts.changes()                              # what the others did, and
conflicts.as_shown()[record.pk]                  # what was shown
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

from .history import Entry, Watch


@dataclass(frozen=True)
class Conflicts:
    """Histories that are watched, and the version of them that somebody has `seen`, as it was sent."""

    watched: Sequence[Watch]
    seen: str = ""

    def version(self) -> str:
        """The version of now."""
        return ".".join("-".join(map(str, watch.version())) for watch in self.watched)

    def changed_meanwhile(self) -> bool:
        """Whether the version of now is another than the one that was seen."""
        return bool(self.watched) and self.seen != self.version()

    def changes(self, hidden: Sequence[str] = ()) -> list[Entry]:
        """What others changed since, but for the `hidden` fields; history by history, the latest first."""
        pairs = zip(self.watched, self._seen_rows(), strict=True)
        return [entry for watch, rows in pairs for entry in watch.since(rows, hidden)]

    def as_shown(self, which: int = 0) -> dict[int, models.Model]:
        """The history row of each record as it was seen, by the record's key, of one of the watched histories."""
        return self.watched[which].at(self._seen_rows()[which])

    def _seen_rows(self) -> list[list[int]]:
        """The history rows that were seen, of each watched history; none of what was not sent or cannot be one."""
        parts = self.seen.split(".")
        rows = [[int(row) for row in part.split("-") if row.isdecimal() and len(row) < 18] for part in parts]
        watched = len(self.watched)
        return [*rows, *[[]] * watched][:watched]
