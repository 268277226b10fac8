"""Runs the benchmarks: `python -m benchmarks [NAME] [--size S|M|L] [--runs N] [--format text|json]`."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vpcp_training.settings")
django.setup()

from . import enrolling, excel_list, importing, lists, pages, picker, saving, yearly  # noqa: E402
from .database import databases  # noqa: E402
from .scales import SCALES  # noqa: E402
from .table import table  # noqa: E402
from .timing import RUNS, Bench, Result  # noqa: E402

BENCHMARKS = {
    "import": importing.run,
    "enroll": enrolling.run,
    "yearly": yearly.run,
    "excel": excel_list.run,
    "pages": pages.run,
    "picker": picker.run,
    "lists": lists.run,
    "save": saving.run,  # last: its saves stay
}


def main() -> None:
    """Runs one benchmark or all and prints each result as it comes; progress goes to standard error."""
    options = _options()
    names = [options.name] if options.name else list(BENCHMARKS)
    with databases() as made:
        results = _results(Bench(made, options.size, options.runs), names)
        if options.format == "json":
            rows = [result.as_dict() for result in results]
            print(json.dumps({"size": options.size, "results": rows}, ensure_ascii=False, indent=2))
        else:
            for line in table(results):
                print(line, flush=True)


def _results(bench: Bench, names: list[str]) -> Iterator[Result]:
    for name in names:
        start = perf_counter()
        yield from BENCHMARKS[name](bench)
        print(f"{name}: {perf_counter() - start:.1f} s", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Times the product beside named rivals.")
    parser.add_argument("name", nargs="?", choices=BENCHMARKS, help="one of them; all without it")
    sizes = ", ".join(f"{scale.name}: {scale.enrollments:,}" for scale in SCALES.values())
    parser.add_argument("--size", choices=SCALES, default="S", help=f"enrollments of the database ({sizes})")
    parser.add_argument("--runs", type=int, default=RUNS, help="timed runs of each way; the median counts")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    return parser.parse_args()


if __name__ == "__main__":
    main()
