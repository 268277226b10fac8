"""The log of exports: who took which rows out."""

from django.db import Error, transaction

from .outages import Outage, outage_of
from .structured_log import log_event


def log_export(user, *, what: str, rows: int, query: str = "") -> None:
    """Notes an export. A database that takes no writes leaves it to the structured log: people may still read."""
    try:
        with transaction.atomic():
            user.exports.create(what=what[:100], query=query[:1000], rows=rows)
    except Error as error:
        if outage_of(error) not in (Outage.READ_ONLY, Outage.FULL):
            raise
        log_event("export", user=user.get_username(), what=what, filter=query, rows=rows)
