"""Saving one record after the other, each on the disk before the next: what it costs that no power cut loses a save.

On a disk that is one: in a temporary folder kept in memory there is nothing to wait for.
"""

from collections.abc import Callable, Iterator
from itertools import cycle

from django.db import connection

from personnel.models import Staff, User
from personnel.services import save_staff

from .timing import Bench, Result

_SAVES = 50
_NO_DEARER = 0.5  # than twice what it costs without waiting
_NAMES = cycle(["Lê Ngọc An", "Lê Ngọc Ân"])  # each round changes everybody
# What waits for the disk at each commit, as the product does, and what leaves the last commits to luck.
_DURABLE = {"sqlite": "PRAGMA synchronous=FULL", "postgresql": "SET synchronous_commit=on"}
_HASTY = {"sqlite": "PRAGMA synchronous=NORMAL", "postgresql": "SET synchronous_commit=off"}


def run(bench: Bench) -> Iterator[Result]:
    """The same people saved by the service, each with its history in a transaction of its own, and kept."""
    bench.use()
    user, people = User.objects.get(), list(Staff.objects.order_by("code")[:_SAVES])

    def save() -> None:
        name = next(_NAMES)
        for person in people:
            person.full_name = name
            save_staff(person, user)

    durable, hasty = _DURABLE[connection.vendor], _HASTY[connection.vendor]
    try:
        times = bench.compare(save, save, before_ours=_set(durable), before_rival=_set(hasty))
    finally:
        connection.close()  # what was set goes with it
    note = f"{times.ours_ms / len(people):.1f} and {times.rival_ms / len(people):.1f} ms a save"
    yield Result(f"{len(people)} single saves", hasty, times, _NO_DEARER, note)


def _set(statement: str) -> Callable[[], None]:
    def execute() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return execute
