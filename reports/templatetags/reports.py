"""Addresses behind figures, {% rows_url report line %}, and the scale of bars, {% largest lines %}."""

from collections.abc import Iterable

from django import template

from reports import links
from reports.lines import Line

register = template.Library()

for address in (links.rows_url, links.people_url, links.sessions_url, links.untrained_url, links.excel_url):
    register.simple_tag(address)


@register.simple_tag
def largest(lines: Iterable[Line]) -> int:
    """The longest bar of a table."""
    return max((max(line.participations.current, line.participations.previous or 0) for line in lines), default=0)
