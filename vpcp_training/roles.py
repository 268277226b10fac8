"""The roles of users, and what each may: the one place that says who sees what and who changes what.

A command on the server acts for no user (None): it is the system, which sees and may everything. Whoever is not signed
in has no role and may nothing.
"""

from collections.abc import Collection
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an account is for."""

    ADMIN = "admin", _("Administrator")
    HR = "hr", _("HR officer")
    LEADER = "leader", _("Unit leader")
    AUDITOR = "auditor", _("Auditor")


class Actor(Protocol):
    """An account, as far as who may asks of it."""

    @property
    def pk(self) -> int: ...
    @property
    def username(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def unit_id(self) -> int | None: ...


By = Actor | None  # who does something; None is the system

SERVER_COMMAND = _("Server command")  # what is done for no user

# Who may see: the pages at all, then of what they show all or only the own unit's, personal data, logs.
READERS = (Role.ADMIN, Role.HR, Role.LEADER, Role.AUDITOR)
OFFICE_READERS = (Role.ADMIN, Role.HR, Role.AUDITOR)
MINORITY_READERS = (Role.ADMIN, Role.HR)
LOG_READERS = (Role.ADMIN, Role.AUDITOR)
# Who may change: everything but accounts and code lists, proposals of the own unit, accounts and code lists.
EDITORS = (Role.ADMIN, Role.HR)
PROPOSERS = (Role.LEADER,)
ENROLLERS = (*EDITORS, *PROPOSERS)
ADMINS = (Role.ADMIN,)


def has_role(user: By, roles: Collection[str]) -> bool:
    """Whether the user's role is among these; the system's is."""
    return user is None or getattr(user, "role", None) in roles


def sees_whole_office(user: By) -> bool:
    """Whether no unit bounds what the user sees."""
    return has_role(user, OFFICE_READERS)


def sees_minority(user: By) -> bool:
    """Whether the user sees the ethnic-minority mark, which is personal data, and its slice."""
    return has_role(user, MINORITY_READERS)


def may_edit(user: By) -> bool:
    """Whether the user changes staff, courses, classes and enrollments."""
    return has_role(user, EDITORS)


def may_propose(user: By) -> bool:
    """Whether the user proposes people of the own unit, and may do no more."""
    return user is not None and has_role(user, PROPOSERS)


def may_enroll(user: By) -> bool:
    """Whether the user enrolls people, be it as proposals."""
    return has_role(user, ENROLLERS)
