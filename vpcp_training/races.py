"""Telling who came second from what is broken, when a database refuses to write."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError
from django.utils.translation import gettext as _

from .errors import DomainError
from .outages import Outage, outage_of

logger = logging.getLogger(__name__)


def lost_a_race(error: BaseException | None) -> bool:
    """Whether somebody else's writing is the reason, so that the same may well succeed the next time."""
    # What was checked before may be taken by now.
    return isinstance(error, IntegrityError) or outage_of(error) is Outage.BUSY


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
