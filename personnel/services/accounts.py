"""Accounts: made, changed, closed and opened again by an administrator."""

import secrets

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.models import User
from vpcp_training.errors import DomainError

# Without the letters and digits that are mistaken for each other when read out or copied by hand.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_SIZE = 3, 5


@transaction.atomic
def create_user(user: User, by) -> str:
    """Saves a new account and returns its temporary password, which is known to nobody else and kept nowhere."""
    password = _set_temporary_password(user)
    user._history_user = by
    user.save()
    return password


@transaction.atomic
def save_user(user: User, by) -> None:
    """Saves a corrected account; raises DomainError when no administrator would be left."""
    _ensure_an_admin(user, "role")
    user._history_user = by
    user.save()


@transaction.atomic
def deactivate(user: User, by) -> None:
    """Closes an account: its sessions end, and its password opens nothing any more.

    Raises DomainError when no administrator would be left.
    """
    user.is_active = False
    _ensure_an_admin(user, None)
    # The key of a session is derived from the password, so that no session survives, not even a reactivation.
    user.set_unusable_password()
    user._history_user = by
    user.save()


@transaction.atomic
def reactivate(user: User, by) -> str:
    """Opens a closed account again and returns its temporary password."""
    user.is_active = True
    return _give_password(user, by, _("Account opened again"))


@transaction.atomic
def reset_password(user: User, by) -> str:
    """Gives the account a temporary password and returns it: its sessions end, and a lock-out with them.

    Raises DomainError for a closed account.
    """
    if not user.is_active:
        raise DomainError((None, _("This account is deactivated. Reactivate it instead.")))
    return _give_password(user, by, _("Password reset"))


def unlock(user: User) -> bool:
    """Forgets the failed sign-ins of an account; returns whether there were any."""
    return reset(username=user.username) > 0


def locked_usernames() -> set[str]:
    """The accounts that may not sign in for now, from one computer at least, after too many failures."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
    return set(attempts.values_list("username", flat=True))


def _give_password(user: User, by, why: str) -> str:
    password = _set_temporary_password(user)
    user._history_user, user._change_reason = by, why
    user.save()
    unlock(user)
    return password


def _set_temporary_password(user: User) -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _i in range(_GROUP_SIZE)) for _j in range(_GROUPS))
    password = "-".join(groups)
    user.set_password(password)
    user.must_change_password = True
    return password


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
