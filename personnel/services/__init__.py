"""Changes made to staff, units and accounts: one function a use case, one transaction."""

from .accounts import (
    create_user,
    deactivate,
    failed_sign_ins,
    lock_admins,
    locked_usernames,
    reactivate,
    reset_password,
    save_user,
    unlock,
)
from .staff import STAFF_DELETION, save_staff, unit_date_warnings
from .units import UNIT_DELETION, save_unit

__all__ = [
    "STAFF_DELETION",
    "UNIT_DELETION",
    "create_user",
    "deactivate",
    "failed_sign_ins",
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
