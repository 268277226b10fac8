"""Writes what widgets repeat, without a template for each: a list has a dozen filters, an office hundreds of units.

{{ widget.attrs|attributes }} and, of a select, {{ options|written }}
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def attributes(given: Mapping[str, Any]) -> SafeString:
    """The attributes of a widget, a blank before each."""
    written = (
        name if value is True else f'{name}="{escape(value)}"' for name, value in given.items() if value is not False
    )
    return mark_safe("".join([f" {each}" for each in written]))


@register.filter
def written(options: Iterable[Mapping[str, Any]]) -> SafeString:
    """The options of a group, one a line."""
    return mark_safe(
        "".join(
            f'\n  <option value="{escape(option["value"])}"{attributes(option["attrs"])}>'
            f"{conditional_escape(option['label'])}</option>"
            for option in options
        )
    )
