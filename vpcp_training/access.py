"""Who may open which address: each view says its roles, and a view that says nothing is closed to everyone."""

from collections.abc import Callable

from .roles import ADMIN, ALL, HR, LEADER

__all__ = ["ADMIN", "ALL", "HR", "LEADER", "allow", "roles_of"]


def allow(*roles: str) -> Callable:
    """Declare which roles may open a view; decorates functions and classes. `AccessMiddleware` enforces it.

    @allow(ADMIN, HR)
    class StaffEdit(FormPage): ...

    @allow(*ALL)
    def dashboard(request): ...
    """

    def declare(view):
        view.allowed_roles = frozenset(roles)
        return view

    return declare


def roles_of(view: Callable) -> frozenset[str] | None:
    """The roles a resolved view was declared for; None without a declaration."""
    declared = getattr(view, "allowed_roles", None)
    return getattr(getattr(view, "view_class", None), "allowed_roles", None) if declared is None else declared
