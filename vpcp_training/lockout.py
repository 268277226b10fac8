"""Whom the lock-out after failed sign-ins counts."""

from collections.abc import Mapping

from django.conf import settings

USER_NAME_MAX = 255  # what the log of failed sign-ins holds


def client_address(request) -> str:
    """The address of the person, behind as many reverse proxies of ours as the settings say.

    Each proxy appends the address it was called from to X-Forwarded-For; what stands further left is the caller's word.
    """
    proxies = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    return hops[-proxies] if 0 < proxies <= len(hops) else request.META.get("REMOTE_ADDR", "")


def user_name(request, credentials: Mapping[str, str] | None = None) -> str | None:
    """The user name somebody tried, cut to what the log of failed sign-ins holds: no account's name is as long."""
    name = (credentials or request.POST).get("username")
    return name and name[:USER_NAME_MAX].replace("\0", "")
