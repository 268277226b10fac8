"""The log of exports: who took which rows out."""

from django.db import Error, transaction
from django.db.models import Manager

from ..outages import Outage, outage_of
from ..structured_log import log_event


def log_export(log: Manager, *, what: str, rows: int, query: str = "") -> None:
    """Notes an export in a user's log, or for a command in the log of all.

    A database that takes no writes leaves it to the structured log: people may still read.
    """
    try:
        with transaction.atomic():
            log.create(what=what[:100], query=query[:1000], rows=rows)
    except Error as error:
        if outage_of(error) not in (Outage.READ_ONLY, Outage.FULL):
            raise
        user = getattr(log, "instance", None)
        log_event("export", user=user and user.get_username(), what=what, filter=query, rows=rows)
