"""Who may open which address: each view says its roles, and a view that says nothing is closed to everyone."""

from collections.abc import Callable, Collection


def allow(*roles: str, password_for: Collection[str] = ()) -> Callable:
    """Declare which roles may open a view; decorates functions and classes. `AccessMiddleware` enforces it.

    `password_for` names the methods for which the password must have been entered lately, as what is done gives rights.

    @allow(*EDITORS)
    class StaffEdit(FormPage): ...

    @allow(*READERS)
    def dashboard(request): ...
    """

    def declare(view):
        view.allowed_roles = frozenset(roles)
        view.password_for = frozenset(password_for)
        return view

    return declare


def roles_of(view: Callable) -> frozenset[str] | None:
    """The roles a resolved view was declared for; None without a declaration."""
    return _declared(view, "allowed_roles")


def password_for(view: Callable) -> frozenset[str]:
    """The methods of a resolved view for which the password must have been entered lately."""
    return _declared(view, "password_for") or frozenset()


def _declared(view: Callable, name: str):
    declared = getattr(view, name, None)
    return getattr(getattr(view, "view_class", None), name, None) if declared is None else declared
