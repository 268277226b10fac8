"""Counts remembered between writes, so that a page about a million rows counts only what a write could change.

Remembered is what the database answered to a question, under the question itself (its SQL, which holds the scope) and a
stamp of what it reads: enrollments by their year, so that a write of 2012 leaves 2011 as it was counted, and by table
the records around them. Whatever changes a figure writes rows of history in the same transaction, and history only
grows: as many rows since the same hour mean the same records. The newest ids would not do, since a transaction may end
after one that took later ids; none lasts a day. A question that reads another table is refused: its answer would stay.
"""

import datetime
import re
from collections.abc import Callable, Iterable
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

HOUR = 60 * 60  # all is forgotten at each full one: what somebody changes by hand, past all history, is seen then
_AROUND = (Unit, Position, Staff, Posting, Course, CourseSession)
_ENROLLMENTS, _CLASSES = Enrollment._meta.db_table, CourseSession._meta.db_table
_KNOWN = {_ENROLLMENTS, *(model._meta.db_table for model in _AROUND)}
_PAST = Enrollment.history.model._meta.db_table

# Of each year of enrollments, then of each table around them: the newest record, so that rows are seen that somebody
# loads past the services; of the history since a moment how many rows, when the last was written, and how many of them
# changed or deleted what was there before.
_GROWTH = f"""
    WITH RECURSIVE years(year) AS (
        SELECT min(year) FROM {_ENROLLMENTS}
        UNION ALL
        SELECT (SELECT min(year) FROM {_ENROLLMENTS} WHERE year > years.year) FROM years WHERE year IS NOT NULL
    )
    SELECT '', year, (SELECT max(id) FROM {_ENROLLMENTS} AS own WHERE own.year = years.year),
        (SELECT count(*) FROM {_PAST} AS past WHERE past.year = years.year AND history_date >= %s),
        (SELECT max(history_date) FROM {_PAST} AS past WHERE past.year = years.year), 0
    FROM years WHERE year IS NOT NULL""" + "".join(
    f"""
    UNION ALL
    SELECT '{table}', NULL, (SELECT max(id) FROM {table}), count(*), max(history_date),
        count(*) FILTER (WHERE history_type <> '+') FROM {past} WHERE history_date >= %s"""
    for table, past in ((model._meta.db_table, model.history.model._meta.db_table) for model in _AROUND)
)


class Memory:
    """Answers to questions about the records, which stand at least as they did when it was made."""

    def __init__(self) -> None:
        self._hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        self._years: dict[int, tuple] = {}
        self._around: dict[str, tuple] = {}
        # A transaction sees its own writes, which may be undone: within one everything is counted.
        if not connection.in_atomic_block:
            eve = connection.ops.adapt_datetimefield_value(self._hour - datetime.timedelta(days=1))
            with connection.cursor() as cursor:
                cursor.execute(_GROWTH, [eve] * (1 + len(_AROUND)))
                for table, year, *growth in cursor.fetchall():
                    (self._around if table else self._years)[table or year] = tuple(growth)

    def recall(self, question: QuerySet, answer: Callable[[QuerySet], Any]) -> Any:
        """What `answer` makes of a question; asked anew when an enrollment or any table it reads was written."""
        sql = _sql_of(question)
        if not (self._around and sql):
            return answer(question)
        read = _tables_of(sql)
        stamp = self._years, {table: growth for table, growth in self._around.items() if table in read}
        [known] = self._recall((sql, answer.__name__), {"": stamp}, lambda _stale: {"": answer(question)})
        return known

    def recall_years(self, question: QuerySet, years: Iterable[int] | None = None) -> list[dict]:
        """The rows of a question that counts enrollments by `year`, of these years or of all that have any.

        Asked anew are the years written since, and all of them when a record around was changed; a new one has none but
        new enrollments. An enrollment leaves its year with its class alone, so the class counts as read.
        """
        sql = _sql_of(question)
        if not (self._around and sql):
            return list(question if years is None else question.filter(year__in=years))
        read = {_CLASSES, *_tables_of(sql)} - {_ENROLLMENTS}
        changed = {table: self._around[table][-1] for table in read}
        stamps = {year: (self._years.get(year), changed) for year in (self._years if years is None else years)}
        answers = self._recall(sql, stamps, lambda stale: _rows_by_year(question, stale))
        return [row for rows in answers for row in rows]

    def _recall(self, asked: tuple, stamps: dict, ask: Callable[[list], dict]) -> list:
        """The parts of an answer, each with its stamp; `ask` counts those that are not known under it."""
        key = f"counted-{sha256(repr((self._hour, asked)).encode()).hexdigest()}"
        known = cache.get(key, {})
        stale = [part for part, stamp in stamps.items() if part not in known or known[part][0] != stamp]
        if stale:
            known |= {part: (stamps[part], answer) for part, answer in ask(stale).items()}
            cache.set(key, known, HOUR)
        return [known[part][1] for part in stamps]


def _sql_of(question: QuerySet) -> tuple | None:
    """The SQL of a question and its parameters; None for one that has no rows whatever is recorded.

    Raises LookupError for one that reads a table of whose writes the stamp says nothing.
    """
    try:
        sql = question.query.sql_with_params()
    except EmptyResultSet:
        return None
    if unknown := _tables_of(sql) - _KNOWN:
        raise LookupError(f"Not under the stamp of what is remembered: {', '.join(sorted(unknown))}")
    return sql


def _tables_of(sql: tuple) -> set[str]:
    """The tables that a question reads, those of the questions inside it too."""
    return set(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql[0]))


def _rows_by_year(question: QuerySet, years: list[int]) -> dict[int, list[dict]]:
    rows: dict[int, list[dict]] = {year: [] for year in years}
    for row in question.filter(year__in=years):
        rows[row["year"]].append(row)
    return rows
