"""Prints results for people."""

from collections.abc import Iterable, Iterator

from .timing import Result

# A row is written as soon as it is measured, so the widths are those of most rows.
_WIDTHS = {
    "benchmark": 50,
    "ours ms": 8,
    "rival ms": 8,
    "ours cpu": 8,
    "rival cpu": 9,
    "ratio": 6,
    "aim": 7,
    "reached": 7,
    "rival": 66,
    "note": 22,
}


def table(results: Iterable[Result]) -> Iterator[str]:
    """The lines of a Markdown table, so that it can be kept in docs/benchmarks.md as it is."""
    yield _line(_WIDTHS)
    yield "|" + "|".join("-" * (width + 2) for width in _WIDTHS.values()) + "|"
    for result in results:
        yield _line(_cells(result))


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(str.ljust, cells, _WIDTHS.values())) + " |"


def _cells(result: Result) -> list[str]:
    times = result.times
    return [
        result.name,
        *(f"{time:,.1f}" for time in (times.ours_ms, times.rival_ms, times.ours_cpu_ms, times.rival_cpu_ms)),
        f"{result.ratio:.2f}×" if result.ratio < 10 else f"{result.ratio:.1f}×",
        f"≥ {result.aim:g}×",
        "yes" if result.reached else "no",
        result.rival,
        result.note,
    ]
