"""The plan of an import: the rows of the file, the records they describe, and what was found wrong."""

from collections.abc import Iterator
from typing import Any

from .contents import Contents
from .findings import Findings
from .nearest import Nearest
from .records import RecordIndex
from .report import MOST_KEPT, ImportReport, SheetCount
from .rows import Row
from .schema import SHEETS, Sheet
from .whereabouts import Whereabouts


class Plan:
    """What a file would do to the database.

    `indexes` are the records by the name of their list, `whereabouts` the postings. Errors are kept as far as `most`
    goes, all without it; every one is counted.
    """

    def __init__(self, contents: Contents, most: int | None = MOST_KEPT):
        self.tables = contents.by_sheet()
        self.indexes: dict[str, RecordIndex] = {}
        self.whereabouts = Whereabouts()
        self.predecessors: dict[int, set[int]] = {}  # of stored units
        self.nearest = Nearest()
        self.past_years: dict[int, int] = {}  # by how many participations each changes
        self.dropped = 0  # rows found unfit so far
        self._reporting = True
        sources = [table.source for table in contents.tables]
        self._errors, self._warnings = Findings(most, sources), Findings(MOST_KEPT, sources)
        self._warnings.take(contents.notices)

    def rows(self, sheet: Sheet) -> list[Row]:
        """The data rows of a sheet, good or not."""
        return self.tables.get(sheet, [])

    def good_rows(self, sheet: Sheet) -> Iterator[Row]:
        """The rows that can be written."""
        return (row for row in self.rows(sheet) if row.is_good)

    def changes_marks_alone(self) -> bool:
        """Whether the ethnic-minority mark of people is all that the good rows change."""
        writes = [row for sheet in self.tables for row in self.good_rows(sheet) if row.record.is_new or row.changes]
        return bool(writes) and all(not row.record.is_new and row.changes == ("is_ethnic_minority",) for row in writes)

    def fail(self, row: Row, attribute: str, message: Any) -> None:
        """Reports an error of a row, which will not be written; once reporting is over the row only waits.

        The message is put into words, by `str`, where it is kept.
        """
        if not self._reporting:
            self.hold(row)
            return
        self._errors.add(row, attribute, message)
        row.failed = True
        if row.is_good:
            self.hold(row)

    def hold(self, row: Row | None) -> None:
        """Lets a row wait, unreported, for the wrong row that it depends on."""
        if row is not None and row.is_good:
            row.is_good = False
            self._dropped(row)

    def warn(self, row: Row, attribute: str, message: Any) -> None:
        """Notes something worth a look that does not stop the row."""
        self._warnings.add(row, attribute, message)

    def stop_reporting(self) -> None:
        """From here on everything found follows from errors already reported."""
        self._reporting = False

    def report(self) -> ImportReport:
        """The counts, errors and warnings, in the order of the workbook."""
        return ImportReport(
            {sheet.name: _count(self.rows(sheet)) for sheet in SHEETS if sheet in self.tables},
            self._errors.in_order(),
            self._warnings.in_order(),
            number_of_errors=self._errors.number,
            number_of_warnings=self._warnings.number,
            past_years=self.past_years,
        )

    def _dropped(self, row: Row) -> None:
        """What refers to a new thing that will not be written cannot be written either."""
        dropped = [row]
        while dropped:
            self.dropped += 1
            record = dropped.pop().record
            if record.is_live:
                continue
            for user in record.users:
                if user.is_good:
                    user.is_good = False
                    dropped.append(user)


def _count(rows: list[Row]) -> SheetCount:
    count = SheetCount(rows=len(rows))
    for row in rows:
        if row.failed:
            count.errors += 1
        elif not row.is_good:
            continue
        elif row.record.is_new:
            count.created += 1
        elif row.changes:
            count.updated += 1
        else:
            count.unchanged += 1
    return count
