"""Numbers of a pager."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Page, Paginator

register = template.Library()


@register.filter
def page_numbers(page: Page) -> Iterator[int | None]:
    """The first, the last and those around the current page; None stands for a gap."""
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        yield None if number == Paginator.ELLIPSIS else number
