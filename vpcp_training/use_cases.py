"""What every service is that changes something: for some roles, one transaction, one change set.

@use_case(*EDITORS, does=gettext_lazy("Staff record saved"))
def save_staff(staff: Staff, by: By) -> None: ...
"""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise

from .change_sets import change_set, name_use_case
from .roles import has_role

P = ParamSpec("P")
R = TypeVar("R")


def allowed_to(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declares who may call a service: the role of its argument `by`, or None for a command of the server.

    For everybody else it raises PermissionDenied before it does anything.
    """

    def declare(service: Callable[P, R]) -> Callable[P, R]:
        arguments = signature(service)

        @wraps(service)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if not has_role(arguments.bind(*args, **kwargs).arguments["by"], roles):
                raise PermissionDenied
            return service(*args, **kwargs)

        run.allowed_roles = frozenset(roles)
        return run

    return declare


def use_case(*roles: str, does: Promise) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """As `allowed_to`, in one transaction and one change set, which says that it `does` this with the first record."""

    def declare(service: Callable[P, R]) -> Callable[P, R]:
        arguments = signature(service)
        name_use_case(service.__name__, does)

        @allowed_to(*roles)
        @wraps(service)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            given = arguments.bind(*args, **kwargs).arguments
            records = (value for name, value in given.items() if name != "by" and isinstance(value, models.Model))
            about = str(next(records, ""))
            with transaction.atomic(), change_set(given["by"], service.__name__, about):
                return service(*args, **kwargs)

        return run

    return declare
