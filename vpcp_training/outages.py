"""Telling what is away, full or crowded from what is broken in our own code, and whether anything was saved."""

import errno
import os
import re
import sqlite3
from enum import Enum
from traceback import walk_tb
from urllib.parse import unquote, urlsplit

from django.db import Error, OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class WaitedTooLong(Exception):
    """Nobody looked at a password: too many were before it."""


class Outage(Enum):
    """Why what is sound does not do what it is asked; what to call that, and what to say about it."""

    title: str
    words: str

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
    QUEUE = (
        "queue",
        _("Too many people are signing in at once"),
        _("So many passwords are being checked right now that yours had to wait too long."),
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

    UNREADABLE = (
        "unreadable",
        _("The page cannot be shown right now"),
        _(
            "The database lets nothing be written, not even what reading it needs here, so that pages cannot be shown "
            "either. Please tell the administrator."
        ),
    )

    def __new__(cls, value: str, title: str, words: str):
        member = object.__new__(cls)
        member._value_, member.title, member.words = value, title, words
        return member


_OF_SQLITE_IN_DETAIL = {
    sqlite3.SQLITE_READONLY_DBMOVED: Outage.GONE,  # somebody moved the file away while it was open
    sqlite3.SQLITE_IOERR_SHMSIZE: Outage.FULL,  # no room for the file that those share who use the database
}
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
    "57014": Outage.BUSY,  # a statement that took longer than it may
    "53300": Outage.CROWDED,
    "53100": Outage.FULL,
    "25006": Outage.READ_ONLY,
    "58030": Outage.GONE,  # an I/O error
    "57P01": Outage.GONE,  # it is shut down, or the connection is ended by its administrator
    "57P02": Outage.GONE,  # it crashed
    "57P03": Outage.GONE,  # it is starting
    "57P04": Outage.GONE,  # somebody dropped it
    "57P05": Outage.GONE,  # the connection was idle for too long
    "25P03": Outage.GONE,  # so was its transaction
    "25P04": Outage.GONE,  # the transaction took too long
    "40003": Outage.GONE,  # nobody knows whether the statement got through
}
_SHARED_FILE = 32 * 1024  # bytes that SQLite needs beside its file
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
# Classes: everything that happens to a connection, and whatever else a server runs out of.
_GONE_CLASSES = ("08", "53")
# A connection that is refused brings no code along, only the server's words.
_NO_ROOM = re.compile("too many (clients|connections)|connection slots are reserved")
_COMMIT = BaseDatabaseWrapper._commit.__code__


def outage_of(error: BaseException | None) -> Outage | None:
    """What is the matter with the database, or with the disk under it; None where something else is broken.

    Also where cleaning up after it, or what was tried instead, failed last.
    """
    while error:
        if outage := _outage_of(error):
            return outage
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


def _outage_of(error: BaseException) -> Outage | None:
    """The same of one error alone, without what it came from."""
    if isinstance(error, WaitedTooLong):
        return Outage.QUEUE
    if isinstance(error, OSError):  # of an upload or of a file to be sent
        return Outage.FULL if error.errno in _NO_SPACE else None
    if isinstance(error, connection.Database.Error):
        raw = error  # as closing a cursor raises it, which Django does not wrap
    elif isinstance(error, Error):
        raw = error.__cause__
    else:
        return None
    if isinstance(raw, sqlite3.Error):
        code = getattr(raw, "sqlite_errorcode", 0)
        outage = _OF_SQLITE_IN_DETAIL.get(code) or _OF_SQLITE.get(code & 0xFF)
        return Outage.FULL if outage is Outage.GONE and _sqlite_has_no_room() else outage
    if state := getattr(raw, "pgcode", None):
        return _OF_POSTGRESQL.get(state) or (Outage.GONE if state.startswith(_GONE_CLASSES) else None)
    operational = isinstance(error, (OperationalError, connection.Database.OperationalError))
    if connection.vendor == "postgresql" and (operational or _is_closed()):
        return Outage.CROWDED if _NO_ROOM.search(str(error)) else Outage.GONE
    return None


def _sqlite_has_no_room() -> bool:
    """Whether the disk with its file is full: SQLite cannot tell where no file more fits, or sees an error of I/O."""
    name = str(connection.settings_dict["NAME"])
    try:
        disk = os.statvfs(unquote(urlsplit(name).path) if name.startswith("file:") else name)
    except OSError:  # the file itself is away
        return False
    return disk.f_bavail * disk.f_frsize < _SHARED_FILE or (disk.f_files > 0 and disk.f_favail == 0)


def _is_closed() -> bool:
    """Whether the connection is gone that somebody still wanted to use."""
    return connection.connection is not None and bool(connection.connection.closed)


def broke_at_commit(error: BaseException | None) -> bool:
    """Whether nobody can say if the transaction was committed: the answer to its commit never came.

    Connecting anew may be what failed last: Django does so at the end of a transaction.
    """
    while error:
        if _outage_of(error) is Outage.GONE and any(
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
            if sql.startswith(("SELECT", "BEGIN")):
                return execute(sql, params, many, context)
            try:
                result = execute(sql, params, many, context)
            except Error as error:
                if outage_of(error) is Outage.GONE and not context["connection"].in_atomic_block:
                    noted()  # the answer never came
                raise
            if context["connection"].in_atomic_block:
                transaction.on_commit(noted)
            else:
                noted()
            return result

        with connection.execute_wrapper(note):
            return get_response(request)

    return middleware
