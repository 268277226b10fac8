"""What a user may see: the whole office (hr, admin) or what the apps say of the subtree of their unit (leader)."""

from .roles import ADMIN, HR


def sees_whole_office(user) -> bool:
    """Whether no unit bounds what the user sees."""
    return getattr(user, "role", None) in (ADMIN, HR)
