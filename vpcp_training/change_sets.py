"""What belongs together in the history: all that one use case changed, by whom, when, and in which words.

with change_set(by, "enroll", about=str(session)):
    ...                                     # every history row written here carries it

`use_case` opens one around each service; a service that calls another stays in the one that is open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .fields import TextLineField
from .roles import LOG_READERS, SERVER_COMMAND, By, has_role, sees_minority

ABOUT_LENGTH = 300
# What use cases are called on screen, by their names; services add theirs.
_words: dict[str, Any] = {"change_password": _("Own password changed"), "rename_code": _("Code changed")}


class ChangeSetQuerySet(models.QuerySet):
    """Change sets."""

    def visible_to(self, user):
        """All for those who read logs, but what changed a mark that they do not see; else none: it knows no unit."""
        if not has_role(user, LOG_READERS):
            return self.none()
        return self if sees_minority(user) else self.filter(of_mark_alone=False)

    def matching(self, query: str):
        """Those of a user so named, or about what holds the query as it is written."""
        users = self.model._meta.get_field("by").related_model.objects.matching(query)
        return self.filter(models.Q(by__in=users) | models.Q(about__icontains=query))


class ChangeSet(models.Model):
    """All that one use case changed; a command of the server has no user."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="change_sets", verbose_name=_("changed by")
    )
    at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)
    use_case = models.CharField(_("what was done"), max_length=50)
    about = TextLineField(_("about"), max_length=ABOUT_LENGTH, blank=True)
    of_mark_alone = models.BooleanField(_("changes the ethnic-minority mark alone"), default=False)

    objects = ChangeSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("change set")
        verbose_name_plural = _("change sets")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.words} ({self.by or SERVER_COMMAND}, {self.at:%d/%m/%Y %H:%M})"

    @property
    def words(self) -> str:
        """What was done, in the language of the reader."""
        return str(_words.get(self.use_case, self.use_case))


@dataclass
class _Open:
    by: By
    use_case: str
    about: str
    of_mark_alone: bool = False
    pk: int | None = None


_open: ContextVar[_Open | None] = ContextVar("change_set", default=None)


def name_use_case(use_case: str, words) -> None:
    """Says what a use case is called on screen."""
    _words[use_case] = words


def use_cases() -> list[tuple[str, Any]]:
    """The use cases there are, with their words."""
    return sorted(_words.items(), key=lambda pair: str(pair[1]))


@contextmanager
def change_set(by: By, use_case: str, about: str = "") -> Iterator[None]:
    """Everything written inside belongs together; inside another one it belongs to that."""
    if _open.get() is not None:
        yield
        return
    token = _open.set(_Open(by, use_case, about))
    try:
        yield
    finally:
        _open.reset(token)


def describe(about: Any) -> None:
    """Says what the open change set is about, where the service alone knows."""
    if (current := _open.get()) is not None:
        current.about = current.about or str(about)


def call_it(use_case: str) -> None:
    """Says that what is open is another use case than its service has the name of."""
    if (current := _open.get()) is not None:
        current.use_case = use_case


def note_mark_alone() -> None:
    """Says that the open change set changes nothing but ethnic-minority marks: that it was made would tell of them."""
    if (current := _open.get()) is not None:
        current.of_mark_alone = True


def current_change_set() -> int | None:
    """The key of the open change set, which is saved when the first change asks for it; None outside of one."""
    current = _open.get()
    if current is None:
        return None
    if current.pk is None:
        current.pk = ChangeSet.objects.create(
            by=current.by,
            use_case=current.use_case,
            about=current.about[:ABOUT_LENGTH],
            of_mark_alone=current.of_mark_alone,
        ).pk
    return current.pk


class ChangedTogether(models.Model):
    """What each row of a history says beside the record: its change set, none of what was done outside the services."""

    change_set = models.ForeignKey(
        ChangeSet, models.SET_NULL, null=True, editable=False, default=current_change_set, related_name="+"
    )

    class Meta:
        abstract = True


class History(HistoricalRecords):
    """The history of a model, whose rows carry their change set and the user it is made by."""

    def __init__(self, **kwargs):
        super().__init__(bases=[ChangedTogether], **kwargs)

    def get_history_user(self, instance):
        current = _open.get()
        return super().get_history_user(instance) if current is None else current.by
