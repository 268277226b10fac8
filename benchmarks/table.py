"""Prints results for people."""

from collections.abc import Iterable

from .timing import Result

_HEADS = ["benchmark", "ours ms", "rival ms", "ratio", "aim", "reached", "rival", "note"]


def table(results: Iterable[Result]) -> str:
    """A Markdown table, so that it can be kept in docs/benchmarks.md as it is."""
    rows = [_HEADS, *(_cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _cells(result: Result) -> list[str]:
    return [
        result.name,
        f"{result.ours_ms:,.1f}",
        f"{result.rival_ms:,.1f}",
        f"{result.ratio:.2f}×" if result.ratio < 10 else f"{result.ratio:.1f}×",
        f"≥ {result.aim:g}×" if result.aim else "–",
        {True: "yes", False: "no", None: "–"}[result.reached],
        result.rival,
        result.note,
    ]
