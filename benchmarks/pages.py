"""The list of enrollments and the dashboard: their queries and time in a large office against those in a small one."""

from collections.abc import Callable, Iterator
from functools import partial

from django.core.cache import cache
from django.urls import reverse

from enrollments.models import Enrollment
from enrollments.services import correct_enrollment

from .browser import Browser, without_collected_files
from .scales import LAST_YEAR, SMALLER, Scale
from .timing import Bench, Result

_FLAT = 0.5  # at most twice the time
_COUNTED_ANEW = 0.25  # at most four times


def run(bench: Bench) -> Iterator[Result]:
    """Each page by turns in both databases."""
    enrollments, dashboard = reverse("enrollments:enrollment_list"), reverse("reports:dashboard")
    with without_collected_files:
        yield _page(bench, "list of enrollments", enrollments, _FLAT)
        yield _page(bench, "list, a year's participations", f"{enrollments}?year={LAST_YEAR}&status=counted", _FLAT)
        yield _page(bench, "list, searched by name", f"{enrollments}?q=nguyen+thi", _FLAT)
        yield _page(bench, "dashboard", dashboard, _FLAT)
        yield _page(bench, "dashboard, the first after a write", dashboard, _COUNTED_ANEW, after=_write)
        yield _page(bench, "dashboard, nothing remembered", dashboard, _COUNTED_ANEW, after=cache.clear)


def _write() -> None:
    """One participation of the year that the dashboard shows is corrected."""
    correct_enrollment(Enrollment.objects.participations().of_year(LAST_YEAR).first(), None)


def _page(bench: Bench, name: str, address: str, aim: float, *, after: Callable[[], None] | None = None) -> Result:
    """The page as it is seen again; `after` something else happened, if given."""

    def prepare(scale: Scale, browser: Browser) -> None:
        """The first page after the change of database connects; it is not the one to time."""
        bench.use(scale)
        cache.clear()
        browser.get(address)
        if after:
            after()

    scales, prepared, pages, queries = (bench.scale, SMALLER[bench.size]), [], [], []
    for scale in scales:
        bench.use(scale)
        browser = Browser()
        prepared.append(partial(prepare, scale, browser))
        pages.append(partial(browser.get, address))
        prepared[-1]()
        queries.append(browser.queries(address))
    times = bench.compare(*pages, before_ours=prepared[0], before_rival=prepared[1])
    return Result(
        f"{name}, {scales[0].enrollments:,} rows",
        f"the same page, {scales[1].enrollments:,} rows",
        times,
        aim=aim,
        note=f"{queries[0]} and {queries[1]} queries",
    )
