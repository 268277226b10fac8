"""What an import found and did: counts, errors and warnings, as a person or another program reads them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from ..files.package import ForeignWorkbook, OverLimits, UnusableFile

MOST_KEPT = 1_000  # errors, and warnings, that a report holds; a file may have a million
MOST_TOLD = 100  # changes


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend (or to know), and where: the sheet and column by name, the row as Excel numbers it.

    Sheet, row, column and value are None where they do not apply, as for a sheet that is not known.
    """

    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    message: str


@dataclass(frozen=True)
class Change:
    """A stored value that a cell changes; `record` says of what."""

    sheet: str
    row: int
    record: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Changes:
    """The first changes, how many there are, and a fingerprint of all of them."""

    first: list[Change]
    number: int
    fingerprint: str

    @classmethod
    def from_dict(cls, data: dict) -> "Changes":
        """The changes that `asdict` described."""
        return cls([Change(**change) for change in data["first"]], data["number"], data["fingerprint"])


@dataclass
class SheetCount:
    """What becomes of the data rows of a sheet. A row that waits for another one to be mended is in none but `rows`."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: int = 0

    @property
    def waiting(self) -> int:
        """Rows that wait for another one to be mended."""
        return self.rows - self.created - self.updated - self.unchanged - self.errors


@dataclass
class ImportReport:
    """The result of an import or of its dry run: the first errors and warnings, and how many there are.

    The changes are there if somebody has to agree to them.
    """

    sheets: dict[str, SheetCount] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    applied: bool = False
    over_limits: bool = False  # why the file is not usable
    is_foreign: bool = False  # or that: it has none of the known sheets
    changes: Changes | None = None
    number_of_errors: int = 0
    number_of_warnings: int = 0
    past_years: dict[int, int] = field(default_factory=dict)  # that are over: by how many participations they change

    def __post_init__(self) -> None:
        self.number_of_errors = self.number_of_errors or len(self.errors)
        self.number_of_warnings = self.number_of_warnings or len(self.warnings)

    @classmethod
    def unusable(cls, error: UnusableFile) -> "ImportReport":
        """The report of a file that cannot be taken at all."""
        problem = Problem(error.sheet, error.row, error.column, "", error.message)
        is_foreign = isinstance(error, ForeignWorkbook)
        return cls(errors=[problem], over_limits=isinstance(error, OverLimits), is_foreign=is_foreign)

    @property
    def is_usable(self) -> bool:
        """Whether the file could be read as an exchange workbook."""
        return bool(self.sheets)

    @property
    def exit_code(self) -> int:
        """0 without errors, 1 with some, 2 when the file is unusable."""
        return 2 if not self.is_usable else 1 if self.errors else 0

    def finds_the_same(self, other: "ImportReport") -> bool:
        """Whether another check of the file came to the same result, in whatever language it says so."""
        return self._findings() == other._findings()

    def _findings(self) -> tuple:
        changes = self.changes and self.changes.fingerprint
        numbers = self.number_of_errors, self.number_of_warnings
        places = [(problem.sheet, problem.row, problem.column) for problem in [*self.errors, *self.warnings]]
        return self.sheets, changes, numbers, places, self.past_years

    def total(self, name: str) -> int:
        """A count over all sheets."""
        return sum(getattr(count, name) for count in self.sheets.values())

    @property
    def writes(self) -> int:
        """How many rows change what is stored."""
        return self.total("created") + self.total("updated")

    def as_dict(self) -> dict:
        """The report as JSON has it, for other programs too: without the changes, and the years."""
        return {
            "sheets": {name: asdict(count) for name, count in self.sheets.items()},
            "errors": _as_dicts(self.errors),
            "warnings": _as_dicts(self.warnings),
            "applied": self.applied,
        }

    @classmethod
    def from_dict(cls, data: dict) -> "ImportReport":
        """The report that `as_dict` described; the changes, numbers and years may have been added."""
        changes = data.get("changes")
        return cls(
            {name: SheetCount(**count) for name, count in data["sheets"].items()},
            [Problem(**problem) for problem in data["errors"]],
            [Problem(**problem) for problem in data["warnings"]],
            data["applied"],
            changes=changes and Changes.from_dict(changes),
            number_of_errors=data.get("number_of_errors", 0),
            number_of_warnings=data.get("number_of_warnings", 0),
            past_years={int(year): change for year, change in data.get("past_years", {}).items()},
        )


def _as_dicts(problems: Iterable[Problem]) -> list[dict]:
    return [asdict(problem) for problem in problems]
