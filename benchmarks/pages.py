"""The list of enrollments and the dashboard: their queries and time in a large office against those in a small one."""

from functools import partial

from django.urls import reverse

from .browser import Browser, without_digests
from .database import Databases
from .scales import LAST_YEAR, SCALES, SMALLER, Scale
from .timing import Result, compare

_FLAT = 0.5  # at most twice the time


@without_digests
def run(databases: Databases, size: str) -> list[Result]:
    """Each page by turns in both databases."""
    large, small = SCALES[size], SCALES[SMALLER[size]]
    enrollments = reverse("enrollments:enrollment_list")
    pages = {
        "list of enrollments": enrollments,
        "list, a year's participations": f"{enrollments}?year={LAST_YEAR}&status=counted",
        "list, searched by name": f"{enrollments}?q=nguyen+thi",
        "dashboard": reverse("reports:dashboard"),
    }
    return [_page(databases, name, address, large, small) for name, address in pages.items()]


def _page(databases: Databases, name: str, address: str, large: Scale, small: Scale) -> Result:
    browsers, queries = [], []
    for scale in (large, small):
        databases.use(scale)
        browsers.append(Browser())
        queries.append(browsers[-1].queries(address))

    def open_in(scale: Scale, browser: Browser) -> None:
        """The first page after the change of database connects; it is not the one to time."""
        databases.use(scale)
        browser.get(address)

    times = compare(
        *(partial(browser.get, address) for browser in browsers),
        before_ours=partial(open_in, large, browsers[0]),
        before_rival=partial(open_in, small, browsers[1]),
    )
    return Result(
        f"{name}, {large.enrollments:,} rows",
        f"the same page, {small.enrollments:,} rows",
        *times,
        aim=_FLAT,
        note=f"{queries[0]} and {queries[1]} queries",
    )
