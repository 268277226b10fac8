"""The rows of Quá trình công tác: which posting each describes, and which of one person overlap."""

from django.utils.translation import gettext_lazy as _

from ..files.values import as_text
from .linking import describe
from .messages import Message
from .plan import Plan
from .rows import Record
from .schema import POSTINGS
from .stored import stored_postings
from .whereabouts import claimed


def load_postings(plan: Plan, people: dict[int, Record]) -> None:
    """Reads all stored postings of people (records by their key). Leaves them in `plan.whereabouts`."""
    plan.whereabouts.load(people, stored_postings(people))


def name_postings(plan: Plan) -> None:
    """Finds or adds the posting of each row, by its person and first day.

    Reads the links to people and the whereabouts. Leaves `row.record`, new postings in the whereabouts, and whom the
    rows are about.
    """
    for row in plan.rows(POSTINGS):
        person, start = row.links.get("staff"), row.cell("start").value
        if person is None:
            continue
        plan.whereabouts.claim(person, row)
        if start is not None:
            describe(plan, row, plan.whereabouts.starting(person, start, row))


def check_overlaps(plan: Plan) -> None:
    """Reports postings of one person that overlap once the file is written, at the later one."""
    for postings in plan.whereabouts.in_order():
        last = None
        for record in postings:
            if last is not None and last.is_live and record.is_live and last.period().overlaps(record.period()):
                _report_overlap(plan, last, record)
            if record.is_live and (last is None or not last.is_live or record.period().outlasts(last.period())):
                last = record


def _report_overlap(plan: Plan, earlier: Record, later: Record) -> None:
    good = [record.row for record in (later, earlier) if record.row is not None and record.row.is_good]
    if not good:
        return
    # Without which row the two would not overlap: the later one if it is new, else the one that runs into it.
    cause = good[0] if later.is_new else good[-1]
    row = earlier.row
    if row is not None and not row.is_good and (row.cell("end").error or not claimed(row).overlaps(later.period())):
        plan.hold(cause)  # the earlier one means to end in time, once it is mended
        return
    text = _("Overlaps the posting from %(start)s to %(end)s of the same person. Correct one of the dates.")
    start, end = earlier.period()
    values = {"start": as_text(start), "end": as_text(end) if end else _("now")}
    plan.fail(good[0], "start", Message(text, values))
    plan.hold(cause)
