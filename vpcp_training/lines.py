"""One line of text in a form: a line break or a tab inside it is refused, since it stands for more than one value."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .text import clean_text

_SIGN = "⏎"  # of a break in what is shown again
_BREAK = re.compile(rf"\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029{_SIGN}]")
_SHOWN = 60  # characters of what is refused
SEVERAL = _("Only one line goes in here, without tabs. Enter one value, not all of “%(value)s”.")


def one_line(value: str) -> str:
    """The text as it is, if it is one line; what stands around it does not matter."""
    if _BREAK.search(value.strip()):
        shown = clean_text(_BREAK.sub(" ", value))
        raise ValidationError(SEVERAL, "several", {"value": shown[:_SHOWN] + "…" * (len(shown) > _SHOWN)})
    return value


class OneLine:
    """A form field of one line that shows the breaks of what it refused.

    A browser drops them and joins what they divide, and that would be taken when it is sent again.
    """

    def prepare_value(self, value):
        value = super().prepare_value(value)
        return _BREAK.sub(_SIGN, value.strip()) if isinstance(value, str) and _BREAK.search(value) else value


class LineField(OneLine, forms.CharField):
    """One line of text, cleaned as the model's."""

    def to_python(self, value):
        return clean_text(super().to_python(one_line(value) if isinstance(value, str) else value))
