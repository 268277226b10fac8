"""`read_list FILE [--session CODE | --on DATE] [--enroll] [--format text|json]`: lists of people."""

import datetime
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import CourseSession
from exchange.files.package import UnusableFile
from exchange.lists.files import read_grids
from exchange.lists.matched import MatchedList, Row, match_lists
from exchange.services.lists import Enrolled, enroll_lists
from vpcp_training.commands import UNUSABLE, OfficeCommand


class Command(OfficeCommand):
    help = "Reads a list of people from any file, says whom it means, and enrolls those who are sure if asked to."

    def add_arguments(self, parser):
        parser.add_argument("file", help=".xlsx .xlsm .xls .ods .csv .tsv .txt or .docx, whatever it is called")
        parser.add_argument("--session", metavar="CODE", help="the class; people are looked at on its opening date")
        parser.add_argument("--on", metavar="DATE", help="or on this day, such as 2012-03-05; else today")
        parser.add_argument("--enroll", action="store_true", help="send those who are sure to the class")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, file: str, session: str | None, on: str | None, enroll: bool, **options):
        """Prints what the list says; a file or class that cannot be used is one sentence and exit code 2."""
        try:
            course_session, day = _class_and_day(session, on, enroll)
            lists = match_lists(read_grids(file), day)
        except UnusableFile as error:
            if options["format"] == "json":
                self._print_json([], Enrolled(), error.message)
            else:
                self.stderr.write(error.message)
            sys.exit(UNUSABLE)
        done = enroll_lists(course_session, lists, by=None) if enroll and course_session else None
        if options["format"] == "json":
            self._print_json(lists, done or Enrolled())
        else:
            for line in _lines(lists, done):
                self.stdout.write(line)

    def _print_json(self, lists: list[MatchedList], done: Enrolled, *errors: str) -> None:
        answer = {
            "tables": [_table(found) for found in lists],
            "enrolled": len(done.enrolled),
            "refused": [asdict(refusal) for refusal in done.refused],
            "errors": [{"message": message} for message in errors],
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1, default=_as_text))


def _class_and_day(code: str | None, on: str | None, enroll: bool) -> tuple[CourseSession | None, datetime.date]:
    if code is not None:
        if on is not None:
            raise UnusableFile(_("Give either --session or --on."))
        session = CourseSession.objects.filter(code=code).first()
        if session is None:
            raise UnusableFile(_("There is no class with the code “%(code)s”.") % {"code": code})
        return session, session.start
    if enroll:
        raise UnusableFile(_("Say with --session to which class they are sent."))
    try:
        return None, datetime.date.fromisoformat(on) if on is not None else timezone.localdate()
    except ValueError:
        raise UnusableFile(_("“%(value)s” is not a day. Give it as 2012-03-05.") % {"value": on}) from None


def _table(found: MatchedList) -> Mapping[str, Any]:
    table = found.table
    return {
        "name": table.name,
        "head": asdict(table.head),
        "rows": [_row(row) for row in found.rows],
        "left_out": [{"row": number, "kind": kind.value} for number, kind in table.left_out],
    }


def _row(row: Row) -> Mapping[str, Any]:
    line, match = row.line, row.match
    return {
        "row": line.row,
        "name": line.name,
        "code": line.code,
        "birth": line.birth,
        "gender": line.gender,
        "unit": row.unit and row.unit.code,
        "unit_text": line.unit_text,
        "position": line.position,
        "rank": row.rank and row.rank.code,
        "result": line.result,
        "certificate_number": line.certificate_number,
        "certificate_date": line.certificate_date,
        "note": line.note,
        "match": match.match,
        "by": match.by,
        "staff": match.staff and match.staff.code,
        "candidates": [person.code for person in match.candidates],
        "remarks": row.remarks,
    }


def _as_text(value: datetime.date) -> str:
    return value.isoformat()


def _lines(lists: list[MatchedList], done: Enrolled | None) -> Iterator[str]:
    """The lists to be read by a person."""
    for found in lists:
        counts = {kind: sum(row.match.match == kind for row in found.rows) for kind in ("one", "doubt", "none")}
        text = _("%(name)s: %(one)d sure, %(doubt)d doubtful, %(none)d unknown")
        yield text % {"name": found.table.head.title or found.table.name or _("List"), **counts}
        for row in found.rows:
            code = row.match.staff.code if row.match.staff else "?"
            who = row.line.name or row.line.code
            yield " · ".join([f"{row.line.row:>5}  {code:<10} {who}", *row.remarks])
    if done is not None:
        number = len(done.enrolled)
        yield ngettext("%(count)d person enrolled.", "%(count)d people enrolled.", number) % {"count": number}
        for refusal in done.refused:
            yield f"{refusal.row:>5}  {refusal.message}"
