"""Deleting what was entered by mistake: a record nothing refers to. The history keeps it.

COURSE_DELETION = Deletion(
    used_by={"sessions": ngettext_lazy("%(shown)s class", "%(shown)s classes", "n")},
    instead=gettext_lazy("A course that is not given any more stays in the catalogue."),
)
COURSE_DELETION.delete(course, by)      # may raise DomainError
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import DomainError
from .figures import grouped
from .roles import EDITORS, By
from .use_cases import use_case


@dataclass(frozen=True)
class Deletion:
    """What keeps a record of a model, and what it owns and takes along: names of relations, with words for a number."""

    used_by: Mapping[str, Promise]
    instead: Promise  # what to do with a record in use
    owned: Mapping[str, Promise] = field(default_factory=dict)

    def ensure_unused(self, record: models.Model) -> None:
        """Raises DomainError, which says what refers to the record and what to do instead."""
        if uses := _numbers(record, self.used_by):
            text = _("“%(name)s” cannot be deleted, since it is in use: %(uses)s.")
            text %= {"name": record, "uses": ", ".join(uses)}
            raise DomainError((None, f"{text} {self.instead}"))

    def owned_by(self, record: models.Model) -> list[str]:
        """What goes with the record, in words."""
        return _numbers(record, self.owned)

    @use_case(*EDITORS, does=gettext_lazy("Record deleted"))
    def delete(self, record: models.Model, by: By) -> None:
        """Deletes a record with what it owns; raises DomainError as `ensure_unused`."""
        # Whoever is about to refer to it waits here, and finds it gone.
        list(type(record)._base_manager.select_for_update().order_by().filter(pk=record.pk).values_list("pk"))
        self.ensure_unused(record)
        for item in [*(item for name in self.owned for item in related(record, name)), record]:
            item.delete()


def related(record: models.Model, name: str) -> QuerySet:
    """The records that refer to one by a relation, whoever may see them."""
    relation = record._meta.get_field(name)
    return relation.related_model._base_manager.filter(**{relation.field.name: record})


def _numbers(record: models.Model, relations: Mapping[str, Promise]) -> list[str]:
    """How many there are by each relation, without those there are none by."""
    counts = [(words, related(record, name).count()) for name, words in relations.items()]
    return [words % {"shown": grouped(n), "n": n} for words, n in counts if n]
