"""Databases of the benchmarks' own, made for a run and dropped after it; never the installation's."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from .data import fill
from .scales import Scale


class Databases:
    """One database a scale, made at first use, on the engine of DATABASE_URL (SQLite by default)."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._origin = connection.settings_dict["NAME"]
        self._made: dict[str, str] = {}

    def use(self, scale: Scale) -> None:
        """Connects to the database of a scale."""
        if scale.name not in self._made:
            self._make(scale)
        self._connect(self._made[scale.name])

    def _make(self, scale: Scale) -> None:
        self._connect(self._origin)
        connection.settings_dict["TEST"]["NAME"] = self._name(scale)
        # Django's maker of test databases: empty, migrated, replacing what an interrupted run left.
        self._made[scale.name] = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        fill(scale)

    def _name(self, scale: Scale) -> str:
        if connection.vendor == "sqlite":
            return str(self._folder / f"{scale.name}.sqlite3")
        return f"{self._origin}_bench_{scale.name.lower()}"

    def _connect(self, name: str) -> None:
        if connection.settings_dict["NAME"] != name:
            connection.close()
            connection.settings_dict["NAME"] = name

    def drop(self) -> None:
        """Drops all that was made."""
        for name in self._made.values():
            self._connect(name)
            connection.creation.destroy_test_db(self._origin, verbosity=0)
        self._made.clear()


@contextmanager
def databases() -> Iterator[Databases]:
    """Databases that are gone afterwards, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="vpcp-bench-") as folder:
        made = Databases(Path(folder))
        try:
            yield made
        finally:
            made.drop()
