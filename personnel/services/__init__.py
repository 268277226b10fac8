"""Changes made to staff, units and accounts: one function a use case, one transaction."""

from .accounts import (
    create_user,
    deactivate,
    lock_admins,
    locked_usernames,
    reactivate,
    reset_password,
    save_user,
    unlock,
)
from .staff import save_staff, unit_date_warnings
from .units import save_unit

__all__ = [
    "create_user",
    "deactivate",
    "lock_admins",
    "locked_usernames",
    "reactivate",
    "reset_password",
    "save_staff",
    "save_unit",
    "save_user",
    "unit_date_warnings",
    "unlock",
]
