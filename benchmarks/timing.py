"""Times two ways of doing the same thing by turns, so that both meet the same moods of the machine."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter, process_time

from django.db import connection, transaction

from .database import Databases
from .scales import SCALES, Scale

RUNS = 5
FEWER_RUNS, SLOW = 3, 1_500  # of a pair that takes so many milliseconds


@dataclass(frozen=True)
class Times:
    """Medians in milliseconds, by the clock and of this process, which other work on the machine disturbs less."""

    ours_ms: float
    rival_ms: float
    ours_cpu_ms: float
    rival_cpu_ms: float


@dataclass(frozen=True)
class Result:
    """One line of the table; `ratio` says how many times as fast as the rival ours is."""

    name: str
    rival: str
    times: Times
    aim: float  # the least ratio wanted
    note: str = ""

    @property
    def ratio(self) -> float:
        """The rival's time in units of ours."""
        return self.times.rival_ms / self.times.ours_ms

    @property
    def reached(self) -> bool:
        """Whether the aim is met."""
        return self.ratio >= self.aim

    def as_dict(self) -> dict:
        """For JSON."""
        own = asdict(self)
        return {**own, **own.pop("times"), "ratio": round(self.ratio, 2), "reached": self.reached}


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
    ) -> Times:
        """Medians of both, by turns, after one run of each that is not counted.

        What stands `before` a run is not timed.
        """

        def run_both() -> tuple[float, float, float, float]:
            (ours_ms, ours_cpu), (rival_ms, rival_cpu) = _timed(before_ours, ours), _timed(before_rival, rival)
            return ours_ms, rival_ms, ours_cpu, rival_cpu

        runs = min(self.runs, FEWER_RUNS) if sum(run_both()[:2]) > SLOW else self.runs
        return Times(*map(median, zip(*(run_both() for _ in range(runs)), strict=True)))


def _timed(before: Callable[[], object], work: Callable[[], object]) -> tuple[float, float]:
    before()
    start, start_cpu = perf_counter(), process_time()
    work()
    return (perf_counter() - start) * 1000, (process_time() - start_cpu) * 1000


@contextmanager
def undone():
    """A transaction that is rolled back, so that each run of a writer meets the same rows."""
    with transaction.atomic():
        yield
        if connection.vendor == "postgresql":
            # What a commit would do: look at the foreign keys now.
            connection.check_constraints()
        transaction.set_rollback(True)
