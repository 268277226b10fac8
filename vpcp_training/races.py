"""Telling who came second from what is broken, when a database refuses to write."""

import sqlite3

from django.db import DatabaseError, IntegrityError

# Of PostgreSQL: a serialisation failure, a deadlock, a lock that is not to be had.
_STATES = {"40001", "40P01", "55P03"}
_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def lost_a_race(error: BaseException | None) -> bool:
    """Whether somebody else's writing is the reason, so that the same may well succeed the next time."""
    # What was checked before may be taken by now.
    return isinstance(error, IntegrityError) or is_busy(error)


def is_busy(error: BaseException | None) -> bool:
    """Whether the database could not be written to only because somebody else was writing."""
    if not isinstance(error, DatabaseError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF  # without the details of extended codes
    return code in _CODES or getattr(error.__cause__, "pgcode", None) in _STATES
