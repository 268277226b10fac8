"""`import_workbook FILE [--dry-run] [--valid-rows] [--format text|json]`: the exchange workbook into the database."""

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import Error
from django.utils import translation
from django.utils.translation import gettext as _

from exchange.files.package import UnusableFile
from exchange.workbook import ImportReport, import_workbook
from exchange.workbook.cells import shown
from exchange.workbook.past_years import told
from exchange.workbook.report import Problem
from vpcp_training.outages import Outage, broke_at_commit, outage_of

logger = logging.getLogger(__name__)

SHOWN = 50  # errors, and warnings, printed as text; the JSON has the first thousand


class Command(BaseCommand):
    help = (
        "Imports an exchange workbook, all rows or none. Exit code 1: rows with errors; 2: unusable file or database."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the workbook (.xlsx)")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--valid-rows", action="store_true", help="write the good rows, though others have errors")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, **options):
        # The office's language, whatever the language of whoever calls.
        with translation.override("vi"):
            try:
                report = import_workbook(
                    options["file"],
                    file_name=Path(options["file"]).name,
                    dry_run=options["dry_run"],
                    valid_rows=options["valid_rows"],
                )
            except Error as error:
                if not (outage := outage_of(error)):
                    raise
                logger.exception("The database did not serve.")
                report = _not_served(outage, broke_at_commit(error))
            if options["format"] == "json":
                self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
            else:
                for line in _lines(report, options["dry_run"]):
                    self.stdout.write(line)
        if report.exit_code:
            sys.exit(report.exit_code)


def _not_served(outage: Outage, may_be_saved: bool) -> ImportReport:
    """The report of an import that the database did not serve: it saves all or nothing."""
    if may_be_saved:
        outcome = _("The file may be saved already. Import it again: what is saved then stays as it is.")
    else:
        outcome = _("Nothing was saved. Import the file again later.")
    return ImportReport.unusable(UnusableFile(f"{outage.title}. {outage.words} {outcome}"))


def _lines(report: ImportReport, dry_run: bool) -> Iterator[str]:
    """The report to be read by a person."""
    for name, count in report.sheets.items():
        text = _(
            "%(sheet)s: %(rows)d rows, %(created)d new, %(updated)d changed, %(unchanged)d as before, %(errors)d wrong"
        )
        yield text % {"sheet": name, **vars(count)}
    yield from _problems(_("Errors: %(count)d"), report.errors, report.number_of_errors)
    yield from _problems(_("Warnings: %(count)d"), report.warnings, report.number_of_warnings)
    yield from told(report.past_years)
    if report.is_usable:
        yield _outcome(report, dry_run)


def _problems(title: str, problems: list[Problem], number: int) -> Iterator[str]:
    if problems:
        yield title % {"count": number}
    for problem in problems[:SHOWN]:
        where = [str(part) for part in (problem.sheet, problem.row, problem.column) if part is not None]
        value = f" “{shown(problem.value)}”" if problem.value else ""
        yield f"  {' · '.join(where)}{value}{': ' if where else ''}{problem.message}"
    if number > SHOWN:
        yield "  " + _("and %(count)d more") % {"count": number - SHOWN}


def _outcome(report: ImportReport, dry_run: bool) -> str:
    if dry_run:
        return _("Nothing was saved: this was a trial.")
    if not report.applied:
        return _("Nothing was saved. Mend the errors, or import the good rows with --valid-rows.")
    if report.total("created") + report.total("updated"):
        return _("Saved.")
    return _("Nothing to change: the database has all of this already.")
