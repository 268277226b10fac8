"""Filters for figures: {{ n|grouped }} 2.863, {{ change|signed }} +153, {{ p|percent }} +5,65 %; None shows "–"."""

from django import template

from vpcp_training import figures

register = template.Library()

NOTHING = "–"


@register.filter
def grouped(value):
    """A count with its thousands grouped."""
    return NOTHING if value is None else figures.grouped(value)


@register.filter
def signed(value):
    """A change with its sign."""
    return NOTHING if value is None else figures.signed(value)


@register.filter
def percent(value):
    """A change in percent, two decimals, half up."""
    return NOTHING if value is None else figures.percent(value)


@register.filter
def absolute(value):
    """Without its sign, where an arrow says it."""
    return abs(value)
