"""One line of text in a form: a line break or a tab inside it is refused, since it stands for more than one value."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .text import clean_text

_BREAK = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_SHOWN = 60  # characters of what is refused
SEVERAL = _("Only one line goes in here, without tabs. Enter one value, not all of “%(value)s”.")


def one_line(value: str) -> str:
    """The text as it is, if it is one line; what stands around it does not matter."""
    if _BREAK.search(value.strip()):
        shown = clean_text(value)
        raise ValidationError(SEVERAL, "several", {"value": shown[:_SHOWN] + "…" * (len(shown) > _SHOWN)})
    return value


class LineField(forms.CharField):
    """One line of text, cleaned as the model's."""

    def to_python(self, value):
        return clean_text(super().to_python(one_line(value) if isinstance(value, str) else value))

    def prepare_value(self, value):
        # A browser would drop the breaks and join what they divide.
        return _BREAK.sub(" ", value) if isinstance(value, str) else value
