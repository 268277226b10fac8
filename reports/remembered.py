"""Counts remembered between writes, so that a page about a million rows need not count them each time.

Remembered is what the database answered to a question, under the question itself (its SQL, which holds year and scope)
and a stamp of the records. Whatever changes a figure writes rows of history in the same transaction, and history only
grows: on one day, as many rows since the eve mean the same records. The newest ids would not do, since a transaction
may end after one that took later ids; none lasts a day.
"""

import datetime
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from courses.models import Course, CourseSession
from enrollments.models import Enrollment
from personnel.models import Position, Posting, Staff, Unit

MINUTE = 60  # what somebody changes by hand in the database, past all history, is seen after this at the latest
_RECORDS = (Unit, Position, Staff, Posting, Course, CourseSession, Enrollment)

# The history of each since a day: how many rows, and when the last was written; the index of dates holds both. And the
# newest record, so that rows are seen that somebody loads past the services.
_GROWTH = " UNION ALL ".join(
    f"SELECT '{table}', count(*), max(history_date), (SELECT max(id) FROM {table}) FROM {past} WHERE history_date >= %s"
    for table, past in ((model._meta.db_table, model.history.model._meta.db_table) for model in _RECORDS)
)


class Memory:
    """Answers to questions about the records, which stand at least as they did when it was made."""

    def __init__(self):
        # A transaction sees its own writes, which may be undone: within one everything is counted.
        self._stamp = None if connection.in_atomic_block else _stamp()

    def recall(self, question: QuerySet, answer: Callable[[QuerySet], Any] = list) -> Any:
        """The rows of a question, or what `answer` makes of it; asked of the database only if it is not known."""
        try:
            sql = question.query.sql_with_params()
        except EmptyResultSet:
            return answer(question)
        if self._stamp is None:
            return answer(question)
        key = sha256(repr((self._stamp, sql, answer.__name__)).encode()).hexdigest()
        return cache.get_or_set(f"counted-{key}", partial(answer, question), MINUTE)


def _stamp() -> tuple:
    """Two of these are equal only if nothing that figures depend on was changed in between."""
    today = timezone.localdate()
    eve = timezone.make_aware(datetime.datetime.combine(today, datetime.time.min)) - datetime.timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(_GROWTH, [connection.ops.adapt_datetimefield_value(eve)] * len(_RECORDS))
        return today, sorted(cursor.fetchall())
