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
        top = None if unit is None else Unit.objects.filter(code=unit).first()
        if unit is not None and top is None:
            message = _("There is no unit with the code “%(code)s”.") % {"code": unit}
            raise CommandError(message, returncode=UNUSABLE)
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            workbook = BytesIO()  # whole before the disk can refuse: half a workbook complains on standard error
            rows = export_workbook(workbook, unit=top)
            make_private(Path(file)).write_bytes(workbook.getvalue())
        except OSError as error:
            message = _("Cannot write %(file)s: %(reason)s.") % {"file": file, "reason": error.strerror}
            raise CommandError(message, returncode=UNUSABLE) from error
        log_export(ExportLog.objects, what=_("Exchange workbook"), query=str(top or ""), rows=rows)
        text = ngettext("%(count)d enrollment written to %(file)s.", "%(count)d enrollments written to %(file)s.", rows)
        self.stderr.write(text % {"count": rows, "file": file})
