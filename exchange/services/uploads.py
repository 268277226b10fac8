"""An exchange workbook in the browser: received and checked, its cells mended, written, as often as it takes."""

import datetime
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from personnel.models import User
from vpcp_training.errors import DomainError
from vpcp_training.roles import EDITORS, By
from vpcp_training.use_cases import allowed_to

from ..models import WorkbookUpload
from ..workbook import ImportReport, import_workbook
from ..workbook.marking import mark_errors
from ..workbook.tables import Corrections

KEPT = datetime.timedelta(days=7)  # an upload nobody came back to
MOST_UNFINISHED = 20  # uploads of one person


class UnusableWorkbook(DomainError):
    """The file cannot be taken at all: `over_limits` for its size, `is_foreign` if it has none of the known sheets."""

    def __init__(self, report: ImportReport):
        self.over_limits, self.is_foreign = report.over_limits, report.is_foreign
        super().__init__(*(("file", problem.message) for problem in report.errors))


@allowed_to(*EDITORS)
def receive(file_name: str, content: bytes, by: User) -> WorkbookUpload:
    """Checks an uploaded workbook and keeps it until it is written; raises UnusableWorkbook."""
    report = import_workbook(io.BytesIO(content), file_name=file_name, dry_run=True)
    if not report.is_usable:
        raise UnusableWorkbook(report)
    unfinished = by.uploads.exclude(content=b"").order_by("-at", "-pk")
    surplus = unfinished.values("pk")[MOST_UNFINISHED - 1 :]  # with the one to come
    by.uploads.filter(Q(at__lt=timezone.now() - KEPT) | Q(pk__in=surplus)).delete()
    return by.uploads.create(file_name=file_name[-255:], content=content, report=_stored(report))


def remove_abandoned() -> int:
    """Removes the uploads nobody came back to; returns how many."""
    return WorkbookUpload.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def recheck(upload: WorkbookUpload, mended: Mapping[tuple[str, int, str], str] | None = None) -> None:
    """Checks an upload against the database as it is now, with more of its cells mended."""
    corrections = {**_corrections(upload), **(mended or {})}
    report = import_workbook(_file(upload), file_name=upload.file_name, dry_run=True, corrections=corrections)
    _save(upload, corrections=[[*place, text] for place, text in corrections.items()], report=_stored(report))
    upload.refresh_from_db()


def keep_in_language(upload: WorkbookUpload) -> None:
    """Checks an upload again whose messages are in another language than the screen."""
    if not upload.is_written and upload.report["language"] != get_language():
        recheck(upload)


@allowed_to(*EDITORS)
def write(upload: WorkbookUpload, by: By, *, valid_rows: bool) -> ImportReport | None:
    """Writes an upload and says what was done; nothing if the check no longer finds what the preview showed.

    What is not written stays in the upload, checked anew. None if another request has written it meanwhile.
    """
    agreed, seen_at = ImportReport.from_dict(upload.report), upload.applied_at

    def confirm(report: ImportReport) -> bool:
        outcome = {"applied_at": timezone.now(), "report": {**_stored(report), "applied": True}}
        rest = {} if report.errors else {"content": b""}
        return report.finds_the_same(agreed) and _save(upload, **outcome, **rest)

    report = import_workbook(
        _file(upload),
        by=by,
        file_name=upload.file_name,
        valid_rows=valid_rows,
        corrections=_corrections(upload),
        confirm=confirm,
    )
    upload.refresh_from_db()
    if not report.applied and upload.applied_at != seen_at:
        return None
    if not upload.is_written:
        recheck(upload)
    return report


def write_marked(upload: WorkbookUpload, target: BinaryIO) -> None:
    """Writes the upload as a workbook with its errors marked, those of now and all of them."""
    report = import_workbook(_file(upload), dry_run=True, corrections=_corrections(upload), most=None)
    mark_errors(_file(upload), target, report.errors, _corrections(upload))


def _stored(report: ImportReport) -> dict:
    """The report as an upload keeps it: the first problems, how many there are, what changes, and which years."""
    return {
        **report.as_dict(),
        "number_of_errors": report.number_of_errors,
        "number_of_warnings": report.number_of_warnings,
        "past_years": report.past_years,
        "changes": report.changes and asdict(report.changes),
        "language": get_language(),
    }


def _save(upload: WorkbookUpload, **values: Any) -> bool:
    """Saves an upload, unless another request has written it since this one read it; that one is waited for."""
    return bool(WorkbookUpload.objects.filter(pk=upload.pk, applied_at=upload.applied_at).update(**values))


def _corrections(upload: WorkbookUpload) -> Corrections:
    return {(sheet, row, column): text for sheet, row, column, text in upload.corrections}


def _file(upload: WorkbookUpload) -> BinaryIO:
    return io.BytesIO(bytes(upload.content))
