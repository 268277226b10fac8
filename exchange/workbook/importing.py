"""Importing a workbook: read, check, and write all of it or nothing."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enrollments.models import Enrollment
from vpcp_training.change_sets import change_set, name_use_case, note_mark_alone
from vpcp_training.errors import DomainError
from vpcp_training.races import lost_a_race
from vpcp_training.roles import By
from vpcp_training.text import clean_text

from ..files.file_kinds import misnamed
from ..files.package import UnusableFile
from .applying import apply
from .changes import changes_of
from .checking import check
from .contents import Contents
from .plan import Plan
from .report import MOST_KEPT, ImportReport, Problem, SheetCount
from .tables import NOTHING, Corrections, read_tables

name_use_case("import_workbook", gettext_lazy("Workbook imported"))
REASON_LENGTH = Enrollment.history.model._meta.get_field("history_change_reason").max_length


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Spares Python's collector walking over the growing rows again and again, a third of the time: none is garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_nothing_collected()  # until the rows are gone, of which a last round would cost a second
def import_workbook(
    file: BinaryIO | Path | str,
    *,
    by: By = None,
    file_name: str = "",
    dry_run: bool = False,
    valid_rows: bool = False,
    corrections: Corrections = NOTHING,
    confirm: Callable[[ImportReport], bool] | None = None,
    most: int | None = MOST_KEPT,
) -> ImportReport:
    """Imports an exchange workbook and says what it did, or with `dry_run` what it would do.

    All or nothing, but with `valid_rows` the rows without errors are written although others have some. The history
    names the user `by` and the file; a name that ends as another kind of file is a warning. `corrections` are texts to
    read in the place of cells. `confirm` is asked with the report inside the transaction, and nothing is written if it
    says no; what it saves itself is undone with the rest. `most` errors of a dry run are told, all if it is None.
    """
    try:
        contents = read_tables(file, corrections)
    except UnusableFile as error:
        return ImportReport.unusable(error)
    if text := misnamed(file_name):
        contents.notices.append(Problem(None, None, None, None, text))
    return import_contents(
        contents, by=by, file_name=file_name, dry_run=dry_run, valid_rows=valid_rows, confirm=confirm, most=most
    )


def import_contents(
    contents: Contents,
    *,
    by: By = None,
    file_name: str = "",
    dry_run: bool = False,
    valid_rows: bool = False,
    confirm: Callable[[ImportReport], bool] | None = None,
    most: int | None = MOST_KEPT,
) -> ImportReport:
    """Imports what was read of a file of any kind: see `import_workbook`, which reads the exchange workbook."""
    if dry_run:
        return _with_changes(check(contents, most=most))
    try:
        with change_set(by, "import_workbook", file_name):
            return _write(contents, by, _reason(file_name), valid_rows, confirm)
    except DomainError:
        return _outrun(contents)
    except DatabaseError as error:
        if not lost_a_race(error):
            raise
        return _outrun(contents)


@transaction.atomic
def _write(
    contents: Contents, by: By, why: str | None, valid_rows: bool, confirm: Callable[[ImportReport], bool] | None
) -> ImportReport:
    plan = check(contents, lock=True)
    report = _with_changes(plan) if confirm else plan.report()
    if (valid_rows or not report.errors) and (confirm is None or confirm(report)):
        if plan.changes_marks_alone():
            note_mark_alone()
        apply(plan, by, why)
        report.applied = True
    return report


def _with_changes(plan: Plan) -> ImportReport:
    """The report for somebody to agree to, or not."""
    report = plan.report()
    report.changes = changes_of(plan)
    return report


def _reason(file_name: str) -> str | None:
    """What the history says of everything that comes from a file, in the length of its column."""
    name = clean_text(file_name)
    return (_("Imported from the file %(file)s") % {"file": name})[:REASON_LENGTH] if name else None


def _outrun(contents: Contents) -> ImportReport:
    """Somebody changed the same records between the check and the writing; the database refused, nothing is saved."""
    text = _("Somebody changed the same data at the same moment. Nothing was saved. Import the file again.")
    sheets = {sheet.name: SheetCount(rows=len(rows)) for sheet, rows in contents.by_sheet().items()}
    return ImportReport(sheets, [Problem(None, None, None, "", text)])
