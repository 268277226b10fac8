"""Whom the lock-out after failed sign-ins counts."""

import re
from collections.abc import Mapping
from ipaddress import ip_address

from django.conf import settings

_WITH_PORT = re.compile(r"(?P<address>[\d.]+|\[[^\]]+\]):\d+")  # of IPv4, or of IPv6 in brackets
USER_NAME_MAX = 255  # what the log of failed sign-ins holds


def client_address(request) -> str:
    """The address of the person, behind as many reverse proxies of ours as the settings say.

    Each proxy appends the address it was called from to X-Forwarded-For; what stands further left is the caller's word.
    """
    proxies = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    said = _address(hops[-proxies]) if 0 < proxies <= len(hops) else None
    return said or request.META.get("REMOTE_ADDR", "")


def _address(hop: str) -> str | None:
    """The address of a hop, some of which bring their port; None where it is none."""
    with_port = _WITH_PORT.fullmatch(hop)
    try:
        return str(ip_address((with_port["address"] if with_port else hop).strip("[]")))
    except ValueError:
        return None


def user_name(request, credentials: Mapping[str, str] | None = None) -> str | None:
    """The user name somebody tried, cut to what the log of failed sign-ins holds: no account's name is as long."""
    name = (credentials or request.POST).get("username")
    return name and name[:USER_NAME_MAX].replace("\0", "")
