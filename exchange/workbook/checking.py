"""Checks the rows of a file against each other and the database, in memory: they become a plan, with what is wrong.

Each step says what it reads and what it leaves to the later ones; `docs/import.md` has them in one picture.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from enrollments.status import COUNTED
from vpcp_training.text import fold

from . import stored
from .contents import Contents
from .linking import check_rows, describe, link_rows, name_records, report_cells
from .messages import Message
from .plan import Plan
from .postings import check_overlaps, load_postings, name_postings
from .presence import Presence
from .report import MOST_KEPT
from .rosters import RosterEntry, Rosters
from .rows import EMPTY, UNKNOWN, Record
from .schema import ENROLLMENTS, POSTINGS, SESSIONS, SHEETS
from .tree import check_tree
from .warnings import add_warnings
from .words import spell_words


def check(contents: Contents, *, lock: bool = False, most: int | None = MOST_KEPT) -> Plan:
    """What the rows would do; with `lock`, what they mention is locked until the end of the transaction."""
    plan = Plan(contents, most)
    stored.load_indexes(plan, lock=lock)
    spell_words(plan)
    report_cells(plan)
    name_records(plan)
    link_rows(plan)

    load_postings(plan, _linked(plan, "staff"))
    name_postings(plan)
    for sheet in SHEETS[:-1]:
        check_rows(plan, sheet)
    check_tree(plan)

    rosters = _name_enrollments(plan)
    check_rows(plan, ENROLLMENTS)
    _check_names(plan)
    _settle(plan, _presence(plan, rosters))
    add_warnings(plan, rosters)
    return plan


def _settle(plan: Plan, presence: Presence) -> None:
    """Judges the state after the file, then again without the rows that fell, until none falls any more.

    Reads the records and whereabouts as they would be then. Leaves errors, and which rows wait (`is_good`).
    """
    dropped = None
    while dropped != plan.dropped:
        dropped = plan.dropped
        check_overlaps(plan)
        presence.check()
        plan.stop_reporting()


def _linked(plan: Plan, attribute: str) -> dict[int, Record]:
    """The stored records that postings and enrollments of the file are about."""
    links = (row.links.get(attribute) for sheet in (POSTINGS, ENROLLMENTS) for row in plan.rows(sheet))
    return {record.pk: record for record in links if record is not None and not record.is_new}


def _name_enrollments(plan: Plan) -> Rosters:
    """Finds or adds the record of each pair of class and person.

    Reads the links of the rows, and the rosters of the classes that they name or that change. Leaves `row.record`, and
    returns the rosters.
    """
    changed = {r.record.pk for r in plan.good_rows(SESSIONS) if r.record.changes("start", "end", "mode", "seats")}
    rosters = stored.rosters_of(changed.union(_linked(plan, "session")))
    records: dict[tuple[Record, Record], Record] = {}
    known: dict[int, Record] = {}
    for row in plan.rows(ENROLLMENTS):
        session, person = row.links.get("session"), row.links.get("staff")
        if session is None or person is None:
            continue
        pair = session, person
        if pair not in records:
            records[pair] = Record()
            if entry := rosters.get((session.pk, person.pk)):
                known[entry.pk] = records[pair]
        describe(plan, row, records[pair])
    for enrollment in stored.stored_enrollments(known):
        known[enrollment.pk].stored, known[enrollment.pk].pk = enrollment, enrollment.pk
    return rosters


def _check_names(plan: Plan) -> None:
    """Reports names beside a code that is somebody else's. Reads the links to people. Leaves errors."""
    for row in plan.rows(ENROLLMENTS):
        given, person = row.cell("staff__full_name").value, row.links.get("staff")
        if given is None or person is None:
            continue
        cell = person.row.cell("full_name") if person.row is not None else EMPTY
        name = cell.value or getattr(person.stored, "full_name", None)
        if name and not cell.error and given != name and fold(given) != fold(name):
            text = _("%(code)s is %(name)s. Correct the name, or the code.")
            values = {"code": row.cell("staff").value, "name": name}
            plan.fail(row, "staff__full_name", Message(text, values))


def _presence(plan: Plan, rosters: Rosters) -> Presence:
    """The enrollments of the file, and stored ones that could lose their posting by it."""
    presence = Presence(plan)
    own = dict.fromkeys(row.record for row in plan.rows(ENROLLMENTS) if row.record is not UNKNOWN)
    at_risk = {entry.pk: Record(entry) for entry in _at_risk(plan, rosters)}
    for record in own:
        at_risk.pop(record.pk, None)
    for record in [*own, *at_risk.values()]:
        presence.add(record)
    return presence


def _at_risk(plan: Plan, rosters: Rosters) -> Iterator[RosterEntry]:
    """Stored counted enrollments of classes that open on another day, and of people whose posting ends on another."""
    sessions, people = plan.indexes["sessions"], plan.indexes["staff"]
    entries = (entry for entry in rosters.values() if entry.status in COUNTED)
    moved = [entry for entry in entries if sessions.by_pk[entry.session_id].changes("start")]
    if moved:
        pks = {entry.staff_id for entry in moved}
        people.load(stored.stored_staff(pks - people.by_pk.keys()))
        load_postings(plan, {pk: people.by_pk[pk] for pk in pks})
        yield from moved
    ended = {row.links["staff"].pk for row in plan.good_rows(POSTINGS) if row.record.changes("end")}
    if ended:
        deprived = list(stored.participations_of(ended))
        sessions.load(stored.stored_sessions({entry.session_id for entry in deprived} - sessions.by_pk.keys()))
        yield from deprived
