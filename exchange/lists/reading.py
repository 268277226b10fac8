"""The list in a grid: its heading and head, what each row is, and what it says before anybody is looked up."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vpcp_training.text import clean_text, fold

from .content import columns_by_content
from .conversion import converted
from .grid import Grid
from .head import Head, is_title, read_head
from .headings import HEADING_ROWS, Column, Heading, Headings
from .known import Known
from .lines import NAME_PARTS, Line, LineReader
from .names import begins_with_family, may_be_name
from .row_kinds import (
    Kind,
    are_signs,
    begins_as_office,
    begins_as_unit,
    group_name,
    is_foot,
    is_numbered_as_group,
    is_recipient,
    is_total,
)

_LONGEST_DITTO = 2  # letters


@dataclass
class Table:
    """One list. `columns` and `headings` are what its first heading says of the columns, by their index."""

    name: str
    head: Head
    lines: list[Line]
    left_out: list[tuple[int, Kind]]
    columns: Mapping[int, Column]
    headings: Mapping[int, str]


def read_table(
    grid: Grid, day: datetime.date, known: Known, columns: Mapping[int, Column] | None = None
) -> Table | None:
    """The list in a grid; None if there is none. `columns` are what somebody said that its columns hold.

    Two digits of a year of birth are those of somebody at work on `day`.
    """
    grid, rows_changed = converted(grid)
    table = _TableReader(grid, day, known, columns).read()
    for line in table.lines if table else []:
        if line.row in rows_changed:
            line.remarks.append(_("Converted from an old font (TCVN3 or VNI)."))
    return table if table and table.lines else None


class _TableReader:
    """Goes through the rows of a grid once, under one heading after the other."""

    def __init__(self, grid: Grid, day: datetime.date, known: Known, columns: Mapping[int, Column] | None):
        self._grid, self._day, self._known, self._given = grid, day, known, columns
        self._headings = Headings(grid, known.headings)
        self._lines: list[Line] = []
        self._left_out: list[tuple[int, Kind]] = []
        self._numbered: dict[tuple[int, ...], bool] = {}  # whether people bear numbers, by where those stand

    def read(self) -> Table | None:
        numbers = sorted(self._grid.rows)
        first = next(filter(None, map(self._headings.at, (n for n in numbers if n <= HEADING_ROWS))), None)
        if first is None or self._given:
            columns = self._given or columns_by_content(self._grid, self._day, self._known)
            if not columns:
                return None
            first = Heading(first.first, first.last, columns, first.texts) if first else Heading(0, 0, columns, {})
        self._begin(first)
        for number in numbers:
            kind = self._kind(number, first)
            if kind is None:
                self._lines.append(self._reader.line(number, self._group))
            elif self._reader.texts(number):
                self._left_out.append((number, kind))
        head = read_head([*self._paragraphs(), *self._texts_above(first)])
        return Table(self._grid.name, head, self._lines, self._left_out, first.columns, first.texts)

    def _begin(self, heading: Heading) -> None:
        self._heading, self._heading_until, self._is_signed = heading, heading.last, False
        self._group: str | None = None
        self._reader = LineReader(self._grid, heading, self._day, self._known.unit, self._known.is_code)

    def _paragraphs(self) -> list[list[str]]:
        return [[text] for text in map(clean_text, self._grid.above) if text]

    def _texts_above(self, heading: Heading) -> list[list[str]]:
        """The texts above a heading; without one, those above the first person."""
        end = heading.first or (self._lines[0].row if self._lines else 0)
        return [list(self._reader.texts(number).values()) for number in sorted(self._grid.rows) if number < end]

    def _kind(self, number: int, first: Heading) -> Kind | None:
        """What a row is; None if it holds a person."""
        if number < first.first:
            return Kind.HEAD
        if number <= self._heading_until:
            return Kind.HEADING
        name, texts, said = self._reader.name(number), self._reader.texts(number), self._reader.kinds(number)
        if self._is_heading(number, name):
            return Kind.HEADING
        is_uncalculated = any((number, c) in self._grid.uncalculated for c in self._heading.of(*NAME_PARTS))
        if not name and is_uncalculated and not self._reader.code(number):
            return Kind.NOTE
        if are_signs(texts.values()) and not self._is_code(number, name, texts):
            return Kind.NUMBERING
        says_more = bool(said - NAME_PARTS - {Column.NUMBER})
        is_numbered = self._reader.is_numbered(number)
        # Who is named so is a person whatever stands in a column that nobody knows.
        is_named = may_be_name(name) and (is_numbered or says_more)
        told = [name] if is_named else texts.values()
        begin = [text for column, text in texts.items() if not is_named or column in self._heading.columns][:1]
        if is_total(name) or any(map(is_total, begin)):
            return Kind.TOTAL
        if is_foot(name) or is_foot(self._reader.code(number) or ""):
            self._is_signed = True
            return Kind.FOOT
        is_person = self._is_person(number, name, says_more)
        group = None
        if not is_person or not says_more:
            if any(map(is_foot, told)) or (self._is_signed and is_recipient(texts.values())):
                self._is_signed = True
                return Kind.FOOT
            group = group_name(told, self._known.unit)
            if group and self._is_group(group, name, texts, is_person):
                self._group = group
                return Kind.GROUP
        if self._is_signed and (not is_person or self._signs(texts)):
            return Kind.FOOT
        if group and not (is_person and is_numbered) and self._may_head_others(group, is_person):
            self._group = None
        if not is_person:
            return Kind.NOTE if self._heading.first or self._lines else Kind.HEAD
        return None

    def _is_code(self, number: int, name: str, texts: Mapping[int, str]) -> bool:
        """Whether a row of signs alone is somebody's code."""
        code, kinds = self._reader.code(number) or "", {self._heading.columns.get(column) for column in texts}
        return self._known.is_code(code or name) or (code.isdigit() and kinds <= {Column.CODE, Column.NUMBER})

    def _is_group(self, text: str, name: str, texts: Mapping[int, str], is_person: bool) -> bool:
        """Whether the only text of a row names a unit, or others behind a Roman numeral."""
        if self._known.unit(text):
            return True
        if begins_as_unit(f"{text} "):
            return not (is_person and text.isascii() and begins_with_family(text))  # Ban Van Sau
        if not is_numbered_as_group(texts.values()) or is_title(text):
            return False
        if not is_person or begins_as_office(text):
            return True
        return not begins_with_family(text) and (is_numbered_as_group([name]) or self._numbers_people())

    def _may_head_others(self, text: str, is_person: bool) -> bool:
        """Whether the only text of a row may head people of another unit, though nobody knows which."""
        if sum(map(str.isalpha, text)) <= _LONGEST_DITTO:
            return False
        if not is_person:
            return True
        is_name = begins_with_family(text) and not begins_as_unit(f"{text} ") and not begins_as_office(text)
        return not is_name and self._numbers_people()

    def _numbers_people(self) -> bool:
        """Whether people bear running numbers, so that what has a Roman one, or none, is somebody else."""
        columns = tuple(self._heading.of(Column.NUMBER))
        if columns not in self._numbered:
            texts = ((row, self._reader.texts(row)) for row in self._grid.rows)
            self._numbered[columns] = any(
                self._reader.is_numbered(row) and not are_signs(cells.values()) for row, cells in texts
            )
        return self._numbered[columns]

    def _signs(self, texts: Mapping[int, str]) -> bool:
        """Whether the known columns of a row hold names of people alone, as below those who sign."""
        known = {column: text for column, text in texts.items() if column in self._heading.columns}
        return all(
            self._heading.columns[column] in NAME_PARTS or (may_be_name(text) and begins_with_family(text))
            for column, text in known.items()
        )

    def _is_heading(self, number: int, name: str) -> bool:
        """Whether a heading stands here once more; another one begins anew. One word alone may stand above names."""
        if not self._heading.first and all(map(self._headings.knows, self._reader.texts(number).values())):
            return True
        if name and not self._headings.knows(name):
            return False
        heading = self._headings.at(number)
        if not heading:
            return False
        if self._headings.repeats(number, self._heading):
            self._heading_until = heading.last
        else:
            self._begin(heading)
        return True

    def _is_person(self, number: int, name: str, says_more: bool) -> bool:
        if self._reader.code(number) or self._known.is_code(name):
            return True
        if not self._heading.first and fold(name).startswith(("danh sach", "lop ", "kinh gui")):
            return False
        return may_be_name(name) or (says_more and any(map(str.isalpha, name)))
