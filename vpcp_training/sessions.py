"""How long a session lasts: a working day, less if nobody uses it; and how long ago the password was entered.

When it was used last is in a signed cookie: reading pages then writes nothing, which would wait for a large import.
"""

import time
from datetime import timedelta

from django.conf import settings

_SIGNED_IN = "signed_in_at"
_USED_EVERY = timedelta(minutes=1)  # noted no more often, where a session may be left alone for several minutes


def note_sign_in(request) -> None:
    """Begins to count; every way to sign in comes by here."""
    request.session[_SIGNED_IN] = int(time.time())


def has_ended(request) -> bool:
    """Whether somebody has to sign in again who is signed in."""
    return not _signed_in_within(request, settings.SESSION_DAY) or not _used_within(request, settings.SESSION_IDLE)


def signed_in_lately(request) -> bool:
    """Whether the password was entered so lately that the person is still who sits there."""
    return _signed_in_within(request, settings.SIGNED_IN_LATELY)


def note_use(request, response) -> None:
    """Notes in the answer that the session is used."""
    every = min(_USED_EVERY, settings.SESSION_IDLE / 4)
    if request.session.get(_SIGNED_IN) and not _used_within(request, every):
        response.set_signed_cookie(
            settings.SESSION_USED_COOKIE_NAME,
            "",
            salt=_salt(request),
            max_age=settings.SESSION_IDLE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _signed_in_within(request, span: timedelta) -> bool:
    return time.time() - request.session.get(_SIGNED_IN, 0) < span.total_seconds()


def _used_within(request, span: timedelta) -> bool:
    name, salt = settings.SESSION_USED_COOKIE_NAME, _salt(request)
    return _signed_in_within(request, span) or request.get_signed_cookie(name, None, salt, max_age=span) is not None


def _salt(request) -> str:
    """So that the cookie holds for no other sign-in."""
    return f"{request.user.pk}.{request.session.get(_SIGNED_IN)}"
