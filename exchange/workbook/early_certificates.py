"""Certificates of a day before their class opens: an import records them, and tells."""

from collections import Counter

from django.utils.translation import ngettext

from enrollments.services.certificates import issued_too_early

from . import stored
from .messages import Said
from .plan import Plan
from .schema import ENROLLMENTS, SESSIONS


def warn_of_early_certificates(plan: Plan) -> None:
    """Notes those that the file brings, and at a class that it moves past stored ones how many people have them."""
    told = set()
    for row in plan.good_rows(ENROLLMENTS):
        if row.record.is_new or "certificate_date" in row.changes:
            told.add(row.record.pk)
            day, start = row.record.now("certificate_date"), row.links["session"].now("start")
            if day and day < start:
                plan.warn(row, "certificate_date", Said(issued_too_early, (start,)))
    moved = {row.record.pk: row for row in plan.good_rows(SESSIONS) if row.record.changes("start")}
    passed: Counter[int] = Counter()
    for pk, session, day in stored.certificate_days(moved):
        record = moved[session].record
        if pk not in told and record.stored.start <= day < record.now("start"):
            passed[session] += 1
    for session, people in passed.items():
        text = ngettext(
            "%(count)d person of the class has a certificate issued before this day.",
            "%(count)d people of the class have certificates issued before this day.",
            people,
        )
        plan.warn(moved[session], "start", text % {"count": people})
