"""What an import tells without stopping a row; only of what the file changes, so that the same file again is silent."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrollments.status import CLOSED, Status
from personnel.services.staff import goes_on_after_unit, starts_before_unit
from vpcp_training.naming import DIGIT_IN_NAME
from vpcp_training.old_fonts import LOOKS_OLD, is_in_an_old_font

from ..files.values import as_text, unformatted
from .clashes import warn_of_clashes
from .decisions import warn_of_doubtful_decisions
from .doubtful_dates import warn_of_doubtful_dates
from .early_certificates import warn_of_early_certificates
from .messages import Message, Said
from .namesakes import warn_of_namesakes
from .participations import Participation, participations_after
from .past_years import changes_of_past_years
from .plan import Plan
from .rosters import Rosters
from .rows import Row
from .schema import COURSES, ENROLLMENTS, POSTINGS, SESSIONS, STAFF, UNITS

NAMES = (
    (UNITS, "name"),
    (STAFF, "full_name"),
    (POSTINGS, "position"),
    (COURSES, "name"),
    (SESSIONS, "name"),
    (SESSIONS, "provider"),
)


def add_warnings(plan: Plan, rosters: Rosters) -> None:
    """Looks at the good rows and at what is stored beside them, for doubtful dates at every row.

    Leaves warnings, and `plan.past_years`.
    """
    warn_of_doubtful_dates(plan)
    _warn_of_old_fonts(plan)
    _warn_of_digits_in_names(plan)
    warn_of_namesakes(plan)
    _warn_of_new_positions(plan)
    _warn_of_unit_dates(plan)
    _warn_of_retired_fields(plan)
    participations = participations_after(plan, rosters)
    _warn_of_full_classes(plan, participations)
    warn_of_clashes(plan, rosters, participations)
    plan.past_years = changes_of_past_years(plan, rosters, participations)
    _warn_of_unfinished_studies(plan)
    warn_of_early_certificates(plan)
    warn_of_doubtful_decisions(plan)


def _touches(row: Row) -> bool:
    return row.record.is_new or bool(row.changes)


def _warn_of_old_fonts(plan: Plan) -> None:
    for sheet, attribute in NAMES:
        position, told = sheet.positions[attribute], set()
        for row in plan.good_rows(sheet):
            raw, listed = unformatted(row.cells[position].raw), row.links.get(attribute)
            if not isinstance(raw, str) or not (row.record.is_new or attribute in row.changes):
                continue
            if listed is not None and (listed in told or not listed.is_new):
                continue  # a name of an open list, told where it is new
            if is_in_an_old_font(raw):
                plan.warn(row, attribute, LOOKS_OLD)
                told.add(listed)


def _warn_of_digits_in_names(plan: Plan) -> None:
    for row in plan.good_rows(STAFF):
        if (row.record.is_new or "full_name" in row.changes) and any(map(str.isdigit, row.record.now("full_name"))):
            plan.warn(row, "full_name", DIGIT_IN_NAME)


def _warn_of_new_positions(plan: Plan) -> None:
    known = set()
    for row in plan.good_rows(POSTINGS):
        position = row.links.get("position")
        if position is not None and position.is_new and position not in known:
            known.add(position)
            text = _("A new position, taken without a level. Give it one if its holders are leaders.")
            plan.warn(row, "position", text)


def _warn_of_unit_dates(plan: Plan) -> None:
    units = plan.indexes["units"]
    for row in plan.good_rows(POSTINGS):
        unit = units.of(row, "unit", row.record.stored)
        if not (_touches(row) or unit.is_new or unit.changes("valid_from", "valid_to")):
            continue
        days, validity = row.record.period(), unit.period("valid_from", "valid_to")
        if days.begins_before(validity):
            plan.warn(row, "start", Said(starts_before_unit, (unit.now("name"), validity.start)))
        if days.outlasts(validity):
            plan.warn(row, "end", Said(goes_on_after_unit, (unit.now("name"), validity.end)))


def _warn_of_retired_fields(plan: Plan) -> None:
    year = timezone.localdate().year
    for row in plan.good_rows(COURSES):
        field = row.links.get("field")
        if field is None or not (row.record.is_new or "field" in row.changes):
            continue
        retired = field.stored.retired_from
        if retired is not None and retired <= year:
            text = _("The field %(field)s is retired from %(year)d on.")
            plan.warn(row, "field", Message(text, {"field": field.stored.name, "year": retired}))


def _warn_of_unfinished_studies(plan: Plan) -> None:
    """A certificate of somebody whose study has not ended, and what is left of an ended study that is taken back."""
    for row in plan.good_rows(ENROLLMENTS):
        if not _touches(row):
            continue
        status, before = row.record.now("status"), getattr(row.record.stored, "status", None)
        corrected = before != status and before in CLOSED and (status not in CLOSED or before == Status.COMPLETED)
        left = []
        if row.record.now("result") and corrected and "result" not in row.changes:
            left.append(_("result %(result)s") % {"result": row.record.now("result")})
        number, day = row.record.now("certificate_number"), row.record.now("certificate_date")
        if (number or day) and (corrected or status not in CLOSED):
            left.append(
                _("certificate %(certificate)s")
                % {"certificate": " ".join(filter(None, [number, day and as_text(day)]))}
            )
        if left:
            person = f"{row.links['staff'].now('full_name')} ({row.links['staff'].now('code')})"
            text = _(
                "%(person)s is “%(status)s”, and yet there is: %(left)s. Correct the status, or remove that on the "
                "person's page."
            )
            values = {"person": person, "status": Status(status).label, "left": ", ".join(left)}
            plan.warn(row, "status", Message(text, values))


def _warn_of_full_classes(plan: Plan, participations: list[Participation]) -> None:
    taken = Counter(p.session for p in participations)
    limits = {session: seats for session in taken if (seats := session.now("seats")) is not None}
    added = {p.session: p.row for p in participations if p.session in limits and p.row and p.is_new}
    for session, seats in limits.items():
        people, own = taken[session], session.row if not session.is_doubtful else None
        if people <= seats:
            continue
        message = Message(_("%(people)d people for %(seats)d seats."), {"people": people, "seats": seats})
        if own is not None and (session in added or session.changes("seats")):
            plan.warn(own, "seats", message)
        elif session in added:
            plan.warn(added[session], "session", message)
