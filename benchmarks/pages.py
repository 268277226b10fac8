"""The list of enrollments and the dashboard: their queries and time in a large office against those in a small one."""

from functools import partial

from django.urls import reverse

from .browser import Browser, without_collected_files
from .scales import LAST_YEAR, SMALLER, Scale
from .timing import Bench, Result

_FLAT = 0.5  # at most twice the time


@without_collected_files
def run(bench: Bench) -> list[Result]:
    """Each page by turns in both databases."""
    large, small = bench.scale, SMALLER[bench.size]
    enrollments = reverse("enrollments:enrollment_list")
    pages = [
        ("list of enrollments", enrollments, _FLAT),
        ("list, a year's participations", f"{enrollments}?year={LAST_YEAR}&status=counted", _FLAT),
        ("list, searched by name", f"{enrollments}?q=nguyen+thi", None),
        ("dashboard", reverse("reports:dashboard"), _FLAT),
    ]
    return [_page(bench, large, small, *page) for page in pages]


def _page(bench: Bench, large: Scale, small: Scale, name: str, address: str, aim: float | None) -> Result:
    browsers, queries = [], []
    for scale in (large, small):
        bench.use(scale)
        browsers.append(Browser())
        queries.append(browsers[-1].queries(address))

    def open_in(scale: Scale, browser: Browser) -> None:
        """The first page after the change of database connects; it is not the one to time."""
        bench.use(scale)
        browser.get(address)

    times = bench.compare(
        *(partial(browser.get, address) for browser in browsers),
        before_ours=partial(open_in, large, browsers[0]),
        before_rival=partial(open_in, small, browsers[1]),
    )
    return Result(
        f"{name}, {large.enrollments:,} rows",
        f"the same page, {small.enrollments:,} rows",
        *times,
        aim=aim,
        note=f"{queries[0]} and {queries[1]} queries",
    )
