"""Names in two languages."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .fields import TextLineField
from .text import clean_text

DIGIT_IN_NAME = _("A person's name has no digits. Correct it, and tell namesakes apart by their codes.")


def each_name(names: str) -> list[str]:
    """Several names, of a text with ";" between them."""
    return [name for part in names.split(";") if (name := clean_text(part))]


class BilingualName(models.Model):
    """A Vietnamese name, and an English one where it is known."""

    name = TextLineField(_("name"), max_length=255)
    name_en = TextLineField(_("English name"), max_length=255, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name in the language of the screen; the Vietnamese one where no English one is known."""
        return self.name_en if self.name_en and get_language() == "en" else self.name
