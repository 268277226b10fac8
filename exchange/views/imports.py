"""The exchange workbook in the browser: upload, preview with its errors to mend, import; template and export."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.http import require_safe

from vpcp_training.access import allow
from vpcp_training.figures import grouped
from vpcp_training.paper.excel import CONTENT_TYPE
from vpcp_training.paper.exports import log_export
from vpcp_training.roles import EDITORS
from vpcp_training.text import clean_text

from ..forms import UploadForm
from ..models import WorkbookUpload
from ..services import uploads
from ..workbook import ImportReport, export_workbook, template
from ..workbook.past_years import told
from ..workbook.schema import SHEETS

TOO_LARGE, REFUSED = 413, 422
MOST_SHOWN = 100  # errors, and warnings, on the page; the marked file has all


@allow(*EDITORS)
class ImportUpload(View):
    """Takes a workbook, checks it and leads to its preview; 422 for a refused file, 413 for one over the limits."""

    def get(self, request):
        return self._page(UploadForm())

    def post(self, request):
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=REFUSED)
        file = form.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX:
            form.add_error("file", _("The file is over 20 MB. Split it, or save it without pictures."))
            return self._page(form, status=TOO_LARGE)
        try:
            upload = uploads.receive(file.name, file.read(), request.user)
        except uploads.UnusableWorkbook as error:
            for name, text in error.messages:
                form.add_error(name, text)
            return self._page(form, status=TOO_LARGE if error.over_limits else REFUSED, is_foreign=error.is_foreign)
        return HttpResponseRedirect(_preview_url(upload))

    def _page(self, form: UploadForm, status: int = 200, is_foreign: bool = False) -> HttpResponse:
        title = _("Import from Excel")
        context = {
            "title": title,
            "crumbs": [(title, "")],
            "form": form,
            "is_foreign": is_foreign,
            "sheets": SHEETS,
            "open_uploads": [upload for upload in _uploads(self.request)[:10] if not upload.is_written],
        }
        return render(self.request, "exchange/import_upload.html", context, status=status)


@allow(*EDITORS)
class ImportPreview(View):
    """What an upload would do, its errors to be mended in place, and its import; afterwards what it did."""

    def dispatch(self, request, *args, pk, **kwargs):
        self.upload = get_object_or_404(_uploads(request), pk=pk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        uploads.keep_in_language(self.upload)
        return self._page()

    def post(self, request):
        if self.upload.is_written:
            return HttpResponseRedirect(_preview_url(self.upload))
        mended, report = self._mended(), ImportReport.from_dict(self.upload.report)
        wanted = request.POST.get("import")
        if mended or wanted not in ("all", "valid") or (wanted == "all" and report.errors) or not report.writes:
            uploads.recheck(self.upload, mended)
            return HttpResponseRedirect(_preview_url(self.upload))
        if report.warnings and "seen" not in request.POST:
            return self._page(unseen=True, status=REFUSED)
        done = uploads.write(self.upload, request.user, valid_rows=wanted == "valid")
        if done and done.applied:
            messages.success(request, _outcome(done))
        elif done:
            messages.warning(request, _("The data have changed since the preview; nothing was saved. Look again."))
        return HttpResponseRedirect(_preview_url(self.upload))

    def _mended(self) -> dict[tuple[str, int, str], str]:
        """The cells that were typed over on the page: those with errors, and those mended before."""
        errors = self.upload.report["errors"][:MOST_SHOWN]
        shown = {(error["sheet"], error["row"], error["column"]): error["value"] for error in errors}
        shown |= {(sheet, row, column): text for sheet, row, column, text in self.upload.corrections}
        typed = {p: clean_text(self.request.POST.get("|".join(map(str, p)), value)) for p, value in shown.items()}
        return {place: text for place, text in typed.items() if text != clean_text(shown[place])}

    def _page(self, unseen: bool = False, status: int = 200) -> HttpResponse:
        report = ImportReport.from_dict(self.upload.report)
        crumbs = [
            (_("Import from Excel"), reverse("exchange:import_upload")),
            (self.upload.file_name, ""),
        ]
        wrong = {(problem.sheet, problem.row, problem.column) for problem in report.errors}
        context = {
            "title": self.upload.file_name,
            "crumbs": crumbs,
            "upload": self.upload,
            "report": report,
            **{name: report.total(name) for name in ("rows", "created", "updated", "unchanged", "waiting")},
            "wrong": report.total("errors"),
            "writes": report.writes,
            "past_years": told(report.past_years),
            "changes": report.changes,
            "more_changes": report.changes.number - len(report.changes.first) if report.changes else 0,
            "errors": report.errors[:MOST_SHOWN],
            "number_of_errors": self.upload.report["number_of_errors"],
            "more_errors": self.upload.report["number_of_errors"] - MOST_SHOWN,
            "mended": [cell for cell in self.upload.corrections if tuple(cell[:3]) not in wrong],
            "warnings": report.warnings[:MOST_SHOWN],
            "number_of_warnings": self.upload.report["number_of_warnings"],
            "more_warnings": self.upload.report["number_of_warnings"] - MOST_SHOWN,
            "unseen": unseen,
        }
        name = "import_result" if self.upload.is_written else "import_preview"
        return render(self.request, f"exchange/{name}.html", context, status=status)


@allow(*EDITORS)
@require_safe
def import_template(request):
    """The empty workbook to fill in."""
    return _download(template, "mau-so-dao-tao.xlsx")


@allow(*EDITORS)
@require_safe
def import_marked(request, pk: int):
    """The uploaded workbook with its errors marked."""
    upload = get_object_or_404(_uploads(request), pk=pk)
    if not upload.content:
        raise Http404
    return _download(partial(uploads.write_marked, upload), f"loi-{PurePath(upload.file_name).stem}.xlsx")


@allow(*EDITORS)
@require_safe
def workbook_export(request):
    """Everything as an exchange workbook, logged as an export."""

    def write(file: BinaryIO) -> None:
        rows = export_workbook(file, user=request.user)
        log_export(request.user.exports, what=_("Exchange workbook"), rows=rows)

    return _download(write, f"so-dao-tao-{timezone.localtime():%Y%m%d-%H%M}.xlsx")


def _uploads(request) -> QuerySet[WorkbookUpload]:
    """A person's own uploads; nobody sees another's."""
    return request.user.uploads.defer("content")


def _preview_url(upload: WorkbookUpload) -> str:
    return reverse("exchange:import_preview", args=[upload.pk])


def _outcome(report: ImportReport) -> str:
    values = {name: grouped(report.total(name)) for name in ("created", "updated")}
    text = _("Saved: %(created)s new rows, %(updated)s changed rows.") % values
    if wrong := report.total("errors"):
        left = ngettext("%(shown)s row has errors still.", "%(shown)s rows have errors still.", wrong)
        text = f"{text} {left % {'shown': grouped(wrong)}}"
    return text


def _download(write: Callable[[BinaryIO], object], filename: str) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename, content_type=CONTENT_TYPE)
