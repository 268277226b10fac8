"""The log: one JSON line an event, with its time and zone, and who asked from where."""

import json
import logging
from datetime import datetime

from django.utils import timezone
from django.utils.functional import empty

from .lockout import client_address

_events = logging.getLogger("vpcp.events")


def log_event(event: str, **facts) -> None:
    """Notes something that an office must be able to look up, whatever the level of the log."""
    _events.info(event, extra={"facts": facts, "request": request_of_now()})


def request_of_now():
    """The request that is being answered; None in a command."""
    from simple_history.models import HistoricalRecords  # models, which the log is set up before

    return getattr(HistoricalRecords.context, "request", None)


def user_name_of(request) -> str | None:
    """Who is signed in, if it was asked already: the log must not need the database, which may be what failed."""
    user = getattr(request, "user", None)
    known = user is not None and getattr(user, "_wrapped", None) is not empty
    return user.get_username() or None if known else None


class JsonFormatter(logging.Formatter):
    """A line holds whatever anybody sends: JSON escapes line breaks and all that is not ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of an event, or of what any library logs."""
        at = datetime.fromtimestamp(record.created, timezone.get_default_timezone())
        line = {
            "time": at.isoformat("T", "milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        request = getattr(record, "request", None)
        if hasattr(request, "META"):
            line |= {
                "user": user_name_of(request),
                "address": client_address(request),
                "method": request.method,
                "path": request.path,
            }
        if hasattr(record, "status_code"):
            line["status"] = record.status_code
        line |= getattr(record, "facts", {})
        if record.exc_info and record.levelno >= logging.ERROR:  # where a page is refused there is nothing to mend
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)
