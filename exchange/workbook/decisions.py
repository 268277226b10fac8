"""Decisions to send that look wrong: an import records them, and tells."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrollments.services.checks import decided_after_opening, decided_without_number

from ..files.values import as_text
from .messages import Message, Said
from .plan import Plan
from .schema import ENROLLMENTS


def warn_of_doubtful_decisions(plan: Plan) -> None:
    """Notes those that the file brings, of a day to come, of one after the opening, or without a number."""
    today = timezone.localdate()
    for row in plan.good_rows(ENROLLMENTS):
        if not (row.record.is_new or {"decision_date", "decision_number"} & set(row.changes)):
            continue
        day, opening = row.record.now("decision_date"), row.links["session"].now("start")
        if day is None:
            continue
        if day > today:
            text = _("The decision is of a day to come, %(day)s. Correct it if not meant.")
            plan.warn(row, "decision_date", Message(text, {"day": as_text(day)}))
        elif day > opening:
            plan.warn(row, "decision_date", Said(decided_after_opening, (day, opening)))
        if not row.record.now("decision_number"):
            plan.warn(row, "decision_number", Said(decided_without_number, ()))
