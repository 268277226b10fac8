"""What every service is that changes something: for some roles, and one transaction.

@use_case(*EDITORS)
def save_staff(staff: Staff, by) -> None: ...
"""

from collections.abc import Callable
from functools import wraps
from inspect import signature

from django.core.exceptions import PermissionDenied
from django.db import transaction

from .roles import has_role


def allowed_to(*roles: str) -> Callable:
    """Declares who may call a service: the role of its argument `by`, or None for a command of the server.

    For everybody else it raises PermissionDenied before it does anything.
    """

    def declare(service: Callable) -> Callable:
        arguments = signature(service)

        @wraps(service)
        def run(*args, **kwargs):
            if not has_role(arguments.bind(*args, **kwargs).arguments["by"], roles):
                raise PermissionDenied
            return service(*args, **kwargs)

        run.allowed_roles = frozenset(roles)
        return run

    return declare


def use_case(*roles: str) -> Callable:
    """As `allowed_to`, and in one transaction."""
    return lambda service: allowed_to(*roles)(transaction.atomic(service))
