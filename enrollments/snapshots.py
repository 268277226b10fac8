"""The snapshots of an enrollment: year and field of its class, unit, position and rank of the person on opening day."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from personnel.models import Posting
from vpcp_training.bulk import array_parameter, update_with_history
from vpcp_training.errors import DomainError
from vpcp_training.roles import By
from vpcp_training.text import first_names

from .models import Enrollment

SNAPSHOT_FIELDS = ["year", "field", "unit", "position", "rank"]
SNAPSHOT_COLUMNS = ["year", "field_id", "unit_id", "position_id", "rank_id"]


class Place(NamedTuple):
    """Where a posting puts a person."""

    unit_id: int
    position_id: int | None
    rank_id: int | None


class PostingBook:
    """The postings of some people, in memory, to be asked who was where on a day."""

    def __init__(self, postings: Iterable[Posting]):
        self._of_staff = defaultdict(list)
        for posting in postings:
            self._of_staff[posting.staff_id].append(posting)

    @classmethod
    def of(cls, staff_ids: Iterable[int]) -> "PostingBook":
        """All postings of these people, in one query."""
        return cls(Posting.objects.filter(staff__in=set(staff_ids)))

    def on(self, staff_id: int, day: datetime.date) -> Posting | None:
        """The posting in force on a day."""
        return next((posting for posting in self._of_staff[staff_id] if posting.days.covers(day)), None)


def derive(enrollments: Iterable[Enrollment], book: PostingBook | None = None) -> list[Enrollment]:
    """Sets the snapshots of enrollments (whose session and its course are loaded) and returns them, unsaved.

    A person without a posting on the opening day gets no unit, position and rank.
    """
    enrollments = list(enrollments)
    book = book or PostingBook.of(e.staff_id for e in enrollments)
    for enrollment in enrollments:
        session = enrollment.session
        posting = book.on(enrollment.staff_id, session.start)
        values = snapshot(session.start, session.course.field_id, posting)
        for name, value in zip(SNAPSHOT_COLUMNS, values, strict=True):
            setattr(enrollment, name, value)
    return enrollments


def snapshot(start: datetime.date, field_id: int, place: Posting | Place | None) -> tuple:
    """The values of `SNAPSHOT_COLUMNS` in a class that opens on a day: of its field, of the posting in force then."""
    return start.year, field_id, *((place.unit_id, place.position_id, place.rank_id) if place else (None, None, None))


def rederive(enrollments: QuerySet, by: By, why: str | None = None) -> int:
    """Derives stored enrollments anew (a queryset) and saves those that changed, with history; returns how many.

    Raises DomainError when a counted person would have no posting on the opening day. Run inside a transaction.
    """
    concerned = Enrollment.objects.filter(pk__in=enrollments.order_by().values("pk"))
    locked = list(concerned.order_by("pk").select_for_update().values_list("pk", flat=True))
    if not locked:
        return 0
    # Read only now: what somebody changed of a class while this waited for the locks has to be seen.
    rows = list(Enrollment.objects.filter(pk__in=array_parameter(locked)).select_related("session__course", "staff"))
    before = {row.pk: _snapshot(row) for row in rows}
    changed = [row for row in derive(rows) if _snapshot(row) != before[row.pk]]
    unposted = [row for row in changed if row.is_counted and row.unit_id is None]
    if unposted:
        raise DomainError((None, without_posting(unposted)))
    update_with_history(Enrollment, changed, SNAPSHOT_FIELDS, by, why)
    return len(changed)


def _snapshot(enrollment: Enrollment) -> tuple:
    return tuple(getattr(enrollment, name) for name in SNAPSHOT_COLUMNS)


def without_posting(rows: list[Enrollment]) -> str:
    """What to say of counted enrollments that would have no posting on the opening date."""
    people = {row.staff_id for row in rows}
    if len(people) == 1:
        text = ngettext(
            "%(name)s would have no posting on the opening date of %(count)d class: %(classes)s. "
            "Correct the postings so that they cover it.",
            "%(name)s would have no posting on the opening dates of %(count)d classes: %(classes)s. "
            "Correct the postings so that they cover them.",
            len(rows),
        )
        return text % {
            "name": rows[0].staff.full_name,
            "count": len(rows),
            "classes": first_names([*map(_class_of, rows)]),
        }
    return _(
        "These people would have no posting on the opening date of a class they were sent to: %(named)s. "
        "Correct their postings first."
    ) % {"named": first_names([f"{row.staff.full_name} ({row.session.code}, {_opening_of(row)})" for row in rows])}


def _class_of(row: Enrollment) -> str:
    return f"{row.session.name} ({row.session.code}, {_opening_of(row)})"


def _opening_of(row: Enrollment) -> str:
    return date_format(row.session.start, "SHORT_DATE_FORMAT")
