"""Signing in: what is kept and logged of it, and whom failures stop.

Five wrong passwords stop one name from one address; a right one gives it a new count, and the failures stay on record.
Whoever tries many names from one address is stopped too, but not those who work there: an office may share an address.
"""

from datetime import timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from .lockout import user_name
from .sessions import note_sign_in
from .structured_log import log_event


class SignIns(AxesDatabaseHandler):
    """The counts and records of axes, with a limit for an address and a line in the log for each event."""

    def is_locked(self, request, credentials=None) -> bool:
        """Whether signing in is stopped for this name from this address."""
        request.names_were_guessed = False  # else the page that refuses says so
        if super().is_locked(request, credentials):
            return True
        request.names_were_guessed = self._guesses_names(request.axes_ip_address, user_name(request, credentials))
        return request.names_were_guessed

    def _guesses_names(self, address: str, name: str | None) -> bool:
        since = timezone.now() - settings.ADDRESS_FAILURE_PERIOD
        failures = AccessFailureLog.objects.filter(ip_address=address, attempt_time__gte=since).order_by()
        seen = failures.aggregate(tries=Count("pk"), names=Count("username", distinct=True))
        if seen["tries"] < settings.ADDRESS_FAILURE_LIMIT or seen["names"] < settings.ADDRESS_NAME_LIMIT:
            return False
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        successes = AccessLog.objects.filter(ip_address=address, username=name, attempt_time__gte=midnight)
        return not successes.exists()

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Keeps the failure, unless it was stopped before anybody looked at the password."""
        stopped = getattr(request, "axes_locked_out", False)
        super().user_login_failed(sender, credentials, request, **kwargs)
        name = user_name(request, credentials)
        if stopped:
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
