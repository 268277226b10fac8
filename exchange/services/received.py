"""Lists of people in the browser: received and read, their doubts answered, sent to a class."""

import datetime
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.services.checks import Severity, check, is_ready
from enrollments.services.enrolling import Decision, enroll
from personnel.models import Staff, User
from vpcp_training.errors import DomainError
from vpcp_training.roles import EDITORS, By
from vpcp_training.text import letters_key
from vpcp_training.use_cases import allowed_to, use_case

from ..files.package import UnusableFile
from ..lists.files import read_grids
from ..lists.grid import Grid
from ..lists.matched import MatchedList, Row, match_lists
from ..lists.matching import NONE, ONE
from ..lists.words import Words, person_words
from ..models import ReceivedFile, ReceivedList
from ..workbook.schema import SHEETS
from .answers import remember

LEFT_OUT = 0  # an answer
_FEW_SHEETS = 2
State = ReceivedList.State


class WorkbookAmongLists(UnusableFile):
    """The file is an exchange workbook, which is imported elsewhere."""


@dataclass(frozen=True)
class Received:
    """The lists of a file, and whether the file had been received before."""

    lists: Sequence[ReceivedList]
    is_known: bool


@allowed_to(*EDITORS)
def receive_lists(name: str, content: bytes, by: User, session: CourseSession | None = None) -> Received:
    """Reads a file and keeps it with its lists; lists that were discarded stand open again. Raises UnusableFile.

    The same file for another class is another one.
    """
    identity = {"digest": sha256(content).hexdigest(), "asked_for": session.code if session else ""}
    if known := by.received_files.filter(**identity).first():
        known.lists.filter(state=State.DISCARDED).update(state=State.OPEN)
        return Received(list(known.lists.all()), is_known=True)
    grids = read_grids(io.BytesIO(content))
    if _is_workbook(grids):
        told = _("This is an exchange workbook, not a list. Send it under “Import from Excel”.")
        raise WorkbookAmongLists(told)
    found = match_lists(grids, _day(session), by)
    try:
        with transaction.atomic():
            file = ReceivedFile.objects.create(user=by, name=name[-255:], content=content, **identity)
            lists = [_kept(file, place, matched, session) for place, matched in enumerate(found)]
    except IntegrityError:  # sent twice at once
        return Received(list(by.received_files.get(**identity).lists.all()), is_known=True)
    return Received(lists, is_known=False)


def read_received(received: ReceivedList) -> MatchedList:
    """The list as it is understood now, among the people of today; raises UnusableFile if it no longer is one."""
    content = io.BytesIO(bytes(received.file.content))
    found = match_lists(read_grids(content), _day(received.session), received.file.user)
    if received.place >= len(found):
        raise UnusableFile(_("The file no longer reads as it did. Discard the list and send the file again."))
    matched = found[received.place]
    counts = _counts(matched, received.answers)
    if any(getattr(received, name) != count for name, count in counts.items()):
        ReceivedList.objects.filter(pk=received.pk).update(**counts)
        received.refresh_from_db(fields=counts)
    return matched


@allowed_to(*EDITORS)
@transaction.atomic
def choose_class(received: ReceivedList, session: CourseSession | None, by: By) -> None:
    """Says to which class the people of a list go."""
    kept = _locked(received, by)
    kept.session = session
    kept.save(update_fields=["session"])


@allowed_to(*EDITORS)
@transaction.atomic
def answer_rows(received: ReceivedList, rows: Sequence[Row], answers: Mapping[int, int | None], by: By) -> None:
    """Keeps whom rows mean: the key of a person, `LEFT_OUT`, or None where nobody has said so yet.

    `rows` are those of the list as it is understood now. A person who is not among those a row may mean is not kept,
    since the row is understood otherwise than when the page was shown.
    """
    kept = _locked(received, by)
    for row in rows:
        number = row.line.row
        if number in answers:
            kept.answers.pop(str(number), None)
            if answers[number] in {LEFT_OUT, *(person.pk for person in row.match.candidates)}:
                kept.answers[str(number)] = answers[number]
    kept.save(update_fields=["answers"])
    received.answers = kept.answers


@allowed_to(*EDITORS)
@transaction.atomic
def discard_list(received: ReceivedList, by: By) -> None:
    """Takes a list out of the inbox; the same file brings it back."""
    kept = _locked(received, by)
    kept.state = State.DISCARDED
    kept.save(update_fields=["state"])


@use_case(*EDITORS, does=gettext_lazy("People of a list sent to study"))
def send_list(
    received: ReceivedList,
    matched: MatchedList,
    decision: Decision,
    by: By,
    *,
    seen: Mapping[int, int | None],
    session_seen: int | None,
    confirmed: Collection[int] = (),
) -> list[Enrollment]:
    """Sends those of a list who were chosen to its class, and remembers the answers that were given.

    `matched` is the list as `read_received` understood it; `seen` are the answers and `session_seen` the class that
    the page showed when it was sent. Who may not be sent, or only if confirmed, is left out. Raises DomainError where
    the list means others by now, without a class or people, and as `enroll` does.
    """
    received = _locked(received, by)
    if received.session is None:
        raise DomainError((None, _("Choose the class first.")))
    if received.session_id != session_seen:
        raise DomainError((None, _("The class of the list was changed meanwhile. Look at the lines again.")))
    if numbers := [str(number) for number, pk in seen.items() if pk and received.answers.get(str(number)) != pk]:
        text = _("The list means others than were shown, in row %(rows)s. Look at the lines again.")
        raise DomainError((None, text % {"rows": ", ".join(numbers)}))
    chosen = chosen_people(matched.rows, received.answers)
    people = {staff.pk: staff for staff in Staff.objects.visible_to(by).filter(pk__in=set(chosen.values()))}
    result = check(received.session, people.values(), by)
    going = [staff for pk, staff in people.items() if _may_go(result.severity_of(staff), pk in confirmed)]
    rows = enroll(received.session, going, by, decision=decision, confirmed=confirmed)
    for row in matched.rows:
        pk = chosen.get(row.line.row)
        if pk in people and row.match.match != ONE:
            remember(words_of(row), by, staff=people[pk])
    received.state, received.sent = State.SENT, len(rows)
    received.save(update_fields=["state", "sent"])
    return rows


def chosen_people(rows: Iterable[Row], answers: Mapping[str, int]) -> dict[int, int]:
    """By the number of the row the key of the person who is meant and not left out; each person once.

    An answer that is no longer among those a row may mean counts as none: the row has to be looked at again.
    """
    chosen: dict[int, int] = {}
    taken = {LEFT_OUT}
    for row in rows:
        pk = answers.get(str(row.line.row))
        if pk is None:
            pk = row.match.staff.pk if row.match.staff else LEFT_OUT
        elif is_outdated(row, answers):
            pk = LEFT_OUT
        if pk not in taken:
            taken.add(pk)
            chosen[row.line.row] = pk
    return chosen


def is_outdated(row: Row, answers: Mapping[str, int]) -> bool:
    """Whether the person who was chosen for a row is not among those it may mean by now."""
    pk = answers.get(str(row.line.row), LEFT_OUT)
    return pk != LEFT_OUT and pk not in {person.pk for person in row.match.candidates}


def words_of(row: Row) -> Words:
    """The words of a row by which an answer to it is remembered."""
    line = row.line
    return person_words(line.name, line.birth_text, line.unit_text or line.group, line.code)


def _may_go(severity: Severity | None, is_confirmed: bool) -> bool:
    return is_ready(severity) or (severity == Severity.CONFIRM and is_confirmed)


def _is_workbook(grids: Sequence[Grid]) -> bool:
    """Whether sheets have the names of those of the exchange workbook: at least a few, since a list has one or two."""
    return (
        len({letters_key(grid.name) for grid in grids} & {letters_key(sheet.name) for sheet in SHEETS}) >= _FEW_SHEETS
    )


def _kept(file: ReceivedFile, place: int, matched: MatchedList, session: CourseSession | None) -> ReceivedList:
    head = matched.table.head
    return ReceivedList.objects.create(
        file=file,
        place=place,
        name=matched.table.name[:255],
        title=head.title or "",
        decision_number=(head.decision_number or "")[:100],
        decision_date=head.decision_date,
        session=session,
        **_counts(matched, {}),
    )


def _counts(matched: MatchedList, answers: Mapping[str, int]) -> dict[str, int]:
    """How many rows are sure, how many doubtful, and how many mean nobody known; answers make sure or leave out."""
    chosen = chosen_people(matched.rows, answers)
    left = [
        row.match.match
        for row in matched.rows
        if row.line.row not in chosen and row.match.repeats is None and answers.get(str(row.line.row)) != LEFT_OUT
    ]
    return {"sure": len(chosen), "doubtful": len(left) - left.count(NONE), "unknown": left.count(NONE)}


def _locked(received: ReceivedList, by: By) -> ReceivedList:
    """The list, held until the end of the transaction.

    Raises PermissionDenied for the list of somebody else, DomainError for one that is no longer open.
    """
    held = ReceivedList.objects.select_for_update(of=("self",)).select_related("file", "session__course")
    kept = held.get(pk=received.pk)
    if by is not None and kept.file.user_id != by.pk:
        raise PermissionDenied
    if not kept.is_open:
        raise DomainError((None, _("This list was sent or discarded already.")))
    return kept


def _day(session: CourseSession | None) -> datetime.date:
    return session.start if session else timezone.localdate()
