"""Telling what is the matter with the database from what is broken in our own code, and whether anything was saved."""

import errno
import re
import sqlite3
from enum import Enum
from traceback import walk_tb

from django.db import Error, OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class Outage(Enum):
    """Why a database that is sound does not do what it is asked; what to call that, and what to say about it."""

    BUSY = (
        "busy",
        _("Much is being saved right now"),
        _("Somebody else is saving so much that yours had to wait too long."),
    )
    CROWDED = (
        "crowded",
        _("Too many people at once"),
        _("So many people are working right now that the database has no free connection."),
    )
    GONE = (
        "gone",
        _("The database does not answer"),
        _(
            "The database cannot be reached right now. If this lasts for more than a few minutes, tell the "
            "administrator."
        ),
    )
    FULL = (
        "full",
        _("The disk is full"),
        _("The disk of the server is full: nothing can be saved until the administrator makes room. Please tell them."),
    )
    READ_ONLY = (
        "read_only",
        _("Nothing can be saved right now"),
        _(
            "The database can only be read right now, for instance while the administrator looks after it. Nobody can "
            "sign in meanwhile; those who are signed in can look things up and export them as usual."
        ),
    )

    def __new__(cls, value: str, title: str, words: str):
        member = object.__new__(cls)
        member._value_, member.title, member.words = value, title, words
        return member


_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_CANTOPEN: Outage.GONE,
    sqlite3.SQLITE_IOERR: Outage.GONE,
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
}
_OF_POSTGRESQL = {
    "40001": Outage.BUSY,  # a serialisation failure
    "40P01": Outage.BUSY,  # a deadlock
    "55P03": Outage.BUSY,  # a lock that is not to be had
    "53300": Outage.CROWDED,
    "53100": Outage.FULL,
    "25006": Outage.READ_ONLY,
    "58030": Outage.GONE,  # an I/O error
    "57P01": Outage.GONE,  # it is shut down, or the connection is ended by its administrator
    "57P02": Outage.GONE,  # it crashed
    "57P03": Outage.GONE,  # it is starting
    "57P05": Outage.GONE,  # the connection was idle for too long
    "25P03": Outage.GONE,  # so was its transaction
}
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
_LOST = "08"  # the class of everything that happens to a connection
# A connection that is refused brings no code along, only the server's words.
_NO_ROOM = re.compile("too many (clients|connections)|connection slots are reserved")
_COMMIT = BaseDatabaseWrapper._commit.__code__


def outage_of(error: BaseException | None) -> Outage | None:
    """What is the matter with the database, or with the disk under it; None where something else is broken."""
    if isinstance(error, OSError):  # of an upload or of a file to be sent
        return Outage.FULL if error.errno in _NO_SPACE else None
    if not isinstance(error, Error):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0)
        # Without the details of extended codes, but for a file that somebody moved away while it was open.
        return Outage.GONE if code == sqlite3.SQLITE_READONLY_DBMOVED else _OF_SQLITE.get(code & 0xFF)
    if state := getattr(cause, "pgcode", None):
        return Outage.GONE if state.startswith(_LOST) else _OF_POSTGRESQL.get(state)
    if connection.vendor == "postgresql" and (isinstance(error, OperationalError) or _is_closed()):
        return Outage.CROWDED if _NO_ROOM.search(str(error)) else Outage.GONE
    return None


def _is_closed() -> bool:
    """Whether the connection is gone that somebody still wanted to use."""
    return connection.connection is not None and bool(connection.connection.closed)


def broke_at_commit(error: BaseException | None) -> bool:
    """Whether nobody can say if the transaction was committed: the answer to its commit never came.

    Connecting anew may be what failed last: Django does so at the end of a transaction.
    """
    while error:
        if outage_of(error) is Outage.GONE and any(
            frame.f_code is _COMMIT for frame, _line in walk_tb(error.__traceback__)
        ):
            return True
        error = error.__context__
    return False


def savings_noted(get_response):
    """Middleware. Notes in `request.may_be_saved` that a form has written something: what fails then fails after it."""

    def middleware(request):
        request.may_be_saved = False
        if request.method in SAFE:
            return get_response(request)

        def noted() -> None:
            request.may_be_saved = True

        def note(execute, sql, params, many, context):
            if not sql.startswith(("SELECT", "BEGIN")):
                if context["connection"].in_atomic_block:
                    transaction.on_commit(noted)
                else:
                    noted()
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            return get_response(request)

    return middleware
