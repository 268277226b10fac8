"""Times two ways of doing the same thing by turns, so that both meet the same moods of the machine."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter

from django.db import connection, transaction

from .database import Databases
from .scales import SCALES, Scale

RUNS = 5
FEWER_RUNS, SLOW = 3, 1_500  # of a pair that takes so many milliseconds


@dataclass(frozen=True)
class Result:
    """One line of the table: medians in milliseconds; `ratio` says how many times as fast as the rival ours is."""

    name: str
    rival: str
    ours_ms: float
    rival_ms: float
    aim: float | None = None  # the least ratio wanted
    note: str = ""

    @property
    def ratio(self) -> float:
        """The rival's time in units of ours."""
        return self.rival_ms / self.ours_ms

    @property
    def reached(self) -> bool | None:
        """Whether the aim is met; None without an aim."""
        return None if self.aim is None else self.ratio >= self.aim

    def as_dict(self) -> dict:
        """For JSON."""
        return {**asdict(self), "ratio": round(self.ratio, 2), "reached": self.reached}


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Bench:
    """What a benchmark gets: databases, the size asked for, and a stopwatch."""

    databases: Databases
    size: str
    runs: int = RUNS

    @property
    def scale(self) -> Scale:
        """The office of the size asked for."""
        return SCALES[self.size]

    def use(self, scale: Scale | None = None) -> None:
        """Connects to the database of a scale, of the size asked for without one."""
        self.databases.use(scale or self.scale)

    def compare(
        self,
        ours: Callable[[], object],
        rival: Callable[[], object],
        *,
        before_ours: Callable[[], object] = _nothing,
        before_rival: Callable[[], object] = _nothing,
    ) -> tuple[float, float]:
        """Median milliseconds of both, by turns, after one run of each that is not counted.

        What stands `before` a run is not timed.
        """

        def run_both() -> tuple[float, float]:
            return _milliseconds(before_ours, ours), _milliseconds(before_rival, rival)

        runs = min(self.runs, FEWER_RUNS) if sum(run_both()) > SLOW else self.runs
        times = [run_both() for _ in range(runs)]
        return median(time for time, _ in times), median(time for _, time in times)


def _milliseconds(before: Callable[[], object], work: Callable[[], object]) -> float:
    before()
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


@contextmanager
def undone():
    """A transaction that is rolled back, so that each run of a writer meets the same rows."""
    with transaction.atomic():
        yield
        if connection.vendor == "postgresql":
            # What a commit would do: look at the foreign keys now.
            connection.check_constraints()
        transaction.set_rollback(True)
