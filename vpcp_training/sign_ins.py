"""Signing in: what is kept and logged of it, and whom failures stop.

Five wrong passwords stop one name from one address; a right one gives it a new count, and the failures stay on record.
Whoever tries many names from one address is stopped too, but not those who work there: an office may share an address.
A try counts as failed from before its password is looked at until that was right, so that many at once find no gap.
"""

from datetime import timedelta
from math import ceil

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import connection, transaction
from django.db.models import Count, F, QuerySet
from django.shortcuts import render
from django.utils import timezone

from .lockout import user_name
from .sessions import note_sign_in
from .structured_log import log_event


class PasswordBackend(ModelBackend):
    """Django's own; a try whose password was right, or was not looked at, is no failure."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        wrong = False
        try:
            user = super().authenticate(request, username, password, **kwargs)
            wrong = user is None
            return user
        finally:
            if not wrong:
                AxesProxyHandler.get_implementation().take_back(request, {"username": username})
            request.may_be_saved = False  # the count is nothing of what was sent


class SignIns(AxesDatabaseHandler):
    """The counts and records of axes, with a limit for an address and a line in the log for each event."""

    def is_allowed(self, request, credentials=None) -> bool:
        """Whether the password may be looked at; the try is counted then."""
        request.counted_failure = None
        with transaction.atomic():
            _one_at_a_time(request.axes_ip_address)
            if not super().is_allowed(request, credentials):
                return False
            super().user_login_failed(type(self), credentials, request)
            request.counted_failure = self._failures(request).filter(username=user_name(request, credentials)).first()
        return True

    def take_back(self, request, credentials) -> None:
        """Counts the try of this request no longer."""
        request.axes_locked_out = False
        with transaction.atomic():
            for attempts in self.filter_user_attempts(request, credentials):
                attempts = attempts.filter(user_agent=request.axes_user_agent)
                attempts.filter(failures_since_start__gt=0).update(failures_since_start=F("failures_since_start") - 1)
                attempts.filter(failures_since_start=0).delete()
            request.counted_failure.delete()

    def is_locked(self, request, credentials=None) -> bool:
        """Whether signing in is stopped for this name from this address."""
        request.names_were_guessed = False  # else the page that refuses says so
        if super().is_locked(request, credentials):
            return True
        request.names_were_guessed = self._guesses_names(request, user_name(request, credentials))
        return request.names_were_guessed

    def _failures(self, request) -> QuerySet[AccessFailureLog]:
        """Those from this address that count, newest first."""
        since = timezone.now() - settings.ADDRESS_FAILURE_PERIOD
        failures = AccessFailureLog.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=since)
        return failures.order_by("-attempt_time", "-pk")

    def _guesses_names(self, request, name: str | None) -> bool:
        failures = self._failures(request).order_by()
        seen = failures.aggregate(tries=Count("pk"), names=Count("username", distinct=True))
        if seen["tries"] < settings.ADDRESS_FAILURE_LIMIT or seen["names"] < settings.ADDRESS_NAME_LIMIT:
            return False
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        successes = AccessLog.objects.filter(
            ip_address=request.axes_ip_address, username=name, attempt_time__gte=midnight
        )
        return not successes.exists()

    def ends(self, request, credentials) -> timedelta:
        """How long signing in stays stopped."""
        if request.names_were_guessed:
            stopping = self._failures(request)[settings.ADDRESS_FAILURE_LIMIT - 1 :]
            period = settings.ADDRESS_FAILURE_PERIOD
        else:
            (stopping,) = self.filter_user_attempts(request, credentials)
            period = settings.AXES_COOLOFF_TIME
        last = stopping.values_list("attempt_time", flat=True).first()  # none where somebody has just unlocked it
        return (last + period if last else request.axes_attempt_time) - timezone.now()

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Notes the failure, which was counted before anybody looked at the password, or that nobody looked at it."""
        name = user_name(request, credentials)
        if not request.counted_failure:
            super().user_login_failed(sender, credentials, request, **kwargs)
            log_event("sign-in refused", user=name, many_names=request.names_were_guessed)
        else:
            log_event("sign-in failed", user=name)
            if request.axes_locked_out:
                log_event("sign-in locked", user=name, minutes=settings.AXES_COOLOFF_TIME // timedelta(minutes=1))

    def user_logged_in(self, sender, request, user, **kwargs):
        """Keeps the success, and counts anew."""
        super().user_logged_in(sender, request, user, **kwargs)
        note_sign_in(request)
        log_event("signed in", user=user.get_username())

    def user_logged_out(self, sender, request, user, **kwargs):
        """Notes the end of the session."""
        super().user_logged_out(sender, request, user, **kwargs)
        log_event("signed out", user=user and user.get_username())

    def remove_out_of_limit_failure_logs(self, **kwargs) -> int:
        """None: axes would drop any of them, in no order. Old ones go by `manage.py purge`."""
        return 0


def locked_page(request, response, credentials):
    """429: the page for signing in, which says why it is stopped, and in the header for how many seconds."""
    ends = AxesProxyHandler.get_implementation().ends(request, credentials)
    context = {"failure_limit": settings.AXES_FAILURE_LIMIT}
    page = render(request, "errors/lockout.html", context, status=429)
    page.headers["Retry-After"] = str(max(1, ceil(ends.total_seconds())))
    return page


def _one_at_a_time(address: str) -> None:
    """Till the transaction is through: whoever counts failures from this address has seen those of all others.

    SQLite has one writer at a time in any case.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"sign-ins from {address}"])
