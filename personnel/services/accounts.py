"""Accounts: made, changed, closed and opened again by an administrator."""

import secrets

from axes.models import AccessAttempt, AccessFailureLog
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.models import User
from vpcp_training.errors import DomainError
from vpcp_training.roles import ADMINS, By
from vpcp_training.structured_log import log_event
from vpcp_training.use_cases import allowed_to, use_case

# Without the letters and digits that are mistaken for each other when read out or copied by hand.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_SIZE = 3, 5
MOST_FAILURES = 10  # shown beside an account; the log holds all


@use_case(*ADMINS, does=gettext_lazy("Account created"))
def create_user(user: User, by: By) -> str:
    """Saves a new account and returns its temporary password, which is known to nobody else and kept nowhere."""
    password = _set_temporary_password(user)
    user.save()
    _log("account created", user, by, role=user.role, unit=user.unit and user.unit.code)
    return password


@use_case(*ADMINS, does=gettext_lazy("Account changed"))
def save_user(user: User, by: By) -> None:
    """Saves a corrected account; raises DomainError when no administrator would be left."""
    _ensure_an_admin(user, "role")
    former_role = User.objects.values_list("role", flat=True).get(pk=user.pk)
    user.save()
    _log("account changed", user, by, role=user.role, former_role=former_role, unit=user.unit and user.unit.code)


@use_case(*ADMINS, does=gettext_lazy("Account deactivated"))
def deactivate(user: User, by: By) -> None:
    """Closes an account: its sessions end, and its password opens nothing any more.

    Raises DomainError when no administrator would be left.
    """
    user.is_active = False
    _ensure_an_admin(user, None)
    # The key of a session is derived from the password, so that no session survives, not even a reactivation.
    user.set_unusable_password()
    user.save()
    _log("account deactivated", user, by)


@use_case(*ADMINS, does=gettext_lazy("Account opened again"))
def reactivate(user: User, by: By) -> str:
    """Opens a closed account again and returns its temporary password."""
    user.is_active = True
    _log("account opened again", user, by)
    return _give_password(user, _("Account opened again"))


@use_case(*ADMINS, does=gettext_lazy("Password reset"))
def reset_password(user: User, by: By) -> str:
    """Gives the account a temporary password and returns it: its sessions end, and a lock-out with them.

    Raises DomainError for a closed account.
    """
    if not user.is_active:
        raise DomainError((None, _("This account is deactivated. Reactivate it instead.")))
    _log("password reset", user, by)
    return _give_password(user, _("Password reset"))


@allowed_to(*ADMINS)
def unlock(user: User, by: By) -> bool:
    """Counts the failed sign-ins of an account anew, which stay on record; returns whether there were any."""
    were_any = reset(username=user.username) > 0
    _log("account unlocked", user, by)
    return were_any


def failed_sign_ins(user: User) -> QuerySet[AccessFailureLog]:
    """The last failed sign-ins of an account, newest first."""
    return AccessFailureLog.objects.filter(username=user.username).order_by("-attempt_time", "-pk")[:MOST_FAILURES]


def locked_usernames() -> set[str]:
    """The accounts that may not sign in for now, from one computer at least, after too many failures."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
    return set(attempts.values_list("username", flat=True))


def _give_password(user: User, why: str) -> str:
    password = _set_temporary_password(user)
    user._change_reason = why
    user.save()
    reset(username=user.username)
    return password


def _set_temporary_password(user: User) -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _i in range(_GROUP_SIZE)) for _j in range(_GROUPS))
    password = "-".join(groups)
    user.set_password(password)
    user.must_change_password, user.temporary_since = True, timezone.now()
    return password


def _log(event: str, user: User, by: By, **facts: object) -> None:
    transaction.on_commit(lambda: log_event(event, user=by and by.username, account=user.username, **facts))


def lock_admins() -> set[int]:
    """Locks the active administrators, always in the same order, and returns their ids.

    Whoever changes an account locks them before that account, so that two who close each other's do not deadlock.
    """
    return set(User.objects.active_admins().order_by("pk").select_for_update().values_list("pk", flat=True))


def _ensure_an_admin(user: User, field: str | None) -> None:
    admins = lock_admins()
    stays = user.is_active and user.role == User.Role.ADMIN
    if user.pk in admins and not stays and admins == {user.pk}:
        text = _("This is the last active administrator. Make somebody else administrator first.")
        raise DomainError((field, text))
