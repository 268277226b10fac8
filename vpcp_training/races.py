"""Telling who came second from what is broken, when a database refuses to write."""

import sqlite3

from django.db import DatabaseError, IntegrityError

# Of PostgreSQL: a serialisation failure, a deadlock, a lock that is not to be had.
_STATES = {"40001", "40P01", "55P03"}
_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def lost_a_race(error: DatabaseError) -> bool:
    """Whether somebody else's writing is the reason, so that the same may well succeed the next time."""
    if isinstance(error, IntegrityError):
        return True  # what was checked before is taken by now
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF  # without the details of extended codes
    return code in _CODES or getattr(error.__cause__, "pgcode", None) in _STATES
