"""Telling who came second from what is broken, when a database refuses to write."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError
from django.utils.translation import gettext as _

from .errors import DomainError

logger = logging.getLogger(__name__)

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


class LostRace(DomainError):
    """Two people, the same record, the same moment: this one came second, and nothing was saved."""


@contextmanager
def races_told() -> Iterator[None]:
    """Raises LostRace, with words for the person at the screen, where the database refuses who comes second.

    So it does where a service does not find any more what was there a moment ago.

    Around the transaction, so that it is rolled back before anything is shown.
    """
    try:
        yield
    except DatabaseError as error:
        if not lost_a_race(error):
            raise
        logger.exception("Somebody came second.")
        text = _("Somebody else saved the same thing at this very moment. Look at it, then save again.")
        raise LostRace((None, text)) from error
    except ObjectDoesNotExist as error:
        logger.exception("Somebody came second.")
        text = _("Somebody else deleted what this is about at this very moment. Look what is there, then save again.")
        raise LostRace((None, text)) from error
