"""`export_workbook FILE [--unit CODE]`: the database as an exchange workbook."""

from io import BytesIO
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.workbook import export_workbook
from personnel.models import ExportLog, Unit
from vpcp_training.commands import UNUSABLE, OfficeCommand
from vpcp_training.paper.exports import log_export
from vpcp_training.private_files import make_private


class Command(OfficeCommand):
    help = "Writes the exchange workbook: everything, or the enrollments of a unit and what they need."

    def add_arguments(self, parser):
        parser.add_argument("file", help="where the workbook (.xlsx) goes")
        parser.add_argument("--unit", metavar="CODE", help="a unit with all below it; without it the whole office")

    def handle(self, *args, file: str, unit: str | None, **options):
        """Writes the file; a wrong unit or file is one sentence and exit code 2."""
        path, code = file, unit
        unit = None if code is None else Unit.objects.filter(code=code).first()
        if code is not None and unit is None:
            message = _("There is no unit with the code “%(code)s”.") % {"code": code}
            raise CommandError(message, returncode=UNUSABLE)
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            workbook = BytesIO()  # whole before the disk can refuse: half a workbook complains on standard error
            rows = export_workbook(workbook, unit=unit)
            make_private(Path(path)).write_bytes(workbook.getvalue())
        except OSError as error:
            message = _("Cannot write %(file)s: %(reason)s.") % {"file": path, "reason": error.strerror}
            raise CommandError(message, returncode=UNUSABLE) from error
        log_export(ExportLog.objects, what=_("Exchange workbook"), query=str(unit or ""), rows=rows)
        text = ngettext("%(count)d enrollment written to %(file)s.", "%(count)d enrollments written to %(file)s.", rows)
        self.stderr.write(text % {"count": rows, "file": path})
