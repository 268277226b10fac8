"""`yearly_report YEAR [--unit CODE] [--format text|json|xlsx] [--output FILE]`: the figures of a year."""

import json
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from personnel.models import ExportLog, Unit
from reports.printing import as_dict, as_text
from reports.workbook import write_workbook
from reports.yearly import YearlyReport, yearly_report
from reports.years import parse_year
from vpcp_training.commands import UNUSABLE, OfficeCommand
from vpcp_training.errors import DomainError
from vpcp_training.paper.exports import log_export
from vpcp_training.private_files import make_private


class Command(OfficeCommand):
    help = "Prints the participations and people of a year against the year before, or writes them to Excel."

    def add_arguments(self, parser):
        parser.add_argument("year", help="four digits, such as 2012")
        parser.add_argument("--unit", metavar="CODE", help="a unit with all below it; without it the whole office")
        parser.add_argument("--format", choices=["text", "json", "xlsx"], default="text")
        parser.add_argument("--output", metavar="FILE", help="xlsx without it: out/bao-cao-YEAR.xlsx")

    def handle(self, *args, **options):
        self.report(options["year"], options["unit"], options["format"], options["output"])

    def report(self, given: str, code: str | None, form: str, output: str | None) -> None:
        """Prints or writes the report; a wrong year, unit or file is one sentence and exit code 2."""
        try:
            year = parse_year(given)
        except DomainError as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        unit = None if code is None else Unit.objects.filter(code=code).first()
        if code is not None and unit is None:
            message = _("There is no unit with the code “%(code)s”.") % {"code": code}
            raise CommandError(message, returncode=UNUSABLE)
        report = yearly_report(year, unit=unit)
        if form == "xlsx":
            path = Path(output or f"out/bao-cao-{year:04}.xlsx")
            self.write(report, path, lambda: write_workbook(report, path))
            return
        text = as_text(report) if form == "text" else json.dumps(as_dict(report), ensure_ascii=False, indent=1)
        if output is None:
            self.stdout.write(text)
        else:
            path = Path(output)
            self.write(report, path, lambda: path.write_text(f"{text}\n", encoding="utf-8"))

    def write(self, report: YearlyReport, path: Path, writing: Callable[[], object]) -> None:
        """Writes a file, its folder too, and says where it is on standard error; it is logged as an export.

        What is printed is not, as little as the report that is looked at on the screen.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            make_private(path)
            writing()
        except OSError as error:
            message = _("Cannot write %(file)s: %(reason)s.") % {"file": path, "reason": error.strerror}
            raise CommandError(message, returncode=UNUSABLE) from error
        what, rows = _("Yearly report %(year)s") % {"year": report.year}, report.total.participations.current
        log_export(ExportLog.objects, what=what, query=report.scope_name, rows=rows)
        self.stderr.write(_("Written: %(file)s") % {"file": path})
