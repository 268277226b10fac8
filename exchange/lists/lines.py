"""What a row of a list says of one person, under the heading above it."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from vpcp_training.text import clean_text, fold

from ..files.number_formats import general
from ..files.values import Raw, as_text
from .births import read_birth, read_day, shown_birth
from .grid import Grid
from .headings import Column, Heading, rank_of_result
from .names import joined, without_courtesy
from .row_kinds import begins_as_unit, is_running_number

NAME_PARTS = {Column.NAME, Column.FAMILY, Column.GIVEN}
_DITTO = re.compile(r"""[-–—\s]*(?:nt|như trên|["“”″'’‘`]{1,2}|//)[-–—\s]*""", re.IGNORECASE)
_TICKS = {"x", "1", "✓", "v", "✔", "☑", "√"}
_SEXES = {"nam": "male", "nu": "female", "male": "male", "female": "female"}
_BIRTHS = ((Column.BIRTH, None), (Column.BIRTH_OF_MAN, "male"), (Column.BIRTH_OF_WOMAN, "female"))
_SPLIT = re.compile(r"\s*(?:[,;\n]|\s[-–]\s)\s*")
_LONGEST_PLACE, _MOST_WORDS = 200, 16  # characters of position and unit together, words of a unit


@dataclass
class Line:
    """What a row says of one person. Texts that are not there are None; `group` is the unit in a row above.

    `birth` is what is understood of `birth_text`.

    `unit_name` is what to look for of `unit_text`, which may hold a position too.
    """

    row: int
    name: str
    code: str | None = None
    birth: str | None = None
    birth_text: str | None = None
    gender: str | None = None
    unit_text: str | None = None
    unit_name: str | None = None
    group: str | None = None
    position: str | None = None
    rank_text: str | None = None
    result: str | None = None
    certificate_number: str | None = None
    certificate_date: datetime.date | None = None
    note: str | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What tells the person from others, as a person reads it."""
        where = self.unit_text or self.group
        return " · ".join(filter(None, [self.name, self.code, shown_birth(self.birth), where]))


class LineReader:
    """Reads the rows of a grid that stand under one heading."""

    def __init__(
        self,
        grid: Grid,
        heading: Heading,
        day: datetime.date,
        unit: Callable[[str], object],
        is_code: Callable[[str], bool],
    ):
        self.heading = heading
        self._grid, self._day, self._unit, self._is_code = grid, day, unit, is_code
        self._columns = {kind: heading.of(kind) for kind in Column}
        self._number = 0
        self._texts: dict[int, str] = {}
        self._above: dict[int, str] = {}  # by column
        ticked = {(row, c) for row in grid.rows if row > heading.last for c in heading.of(Column.IS_WOMAN)}
        self._marks_women = any(self._is_tick(*place) for place in ticked) and not heading.of(Column.IS_MAN)

    def texts(self, number: int) -> dict[int, str]:
        """The texts of a row, clean, by column."""
        if number != self._number:  # asked for several times, a row at a time
            cells = sorted(self._grid.rows.get(number, {}).items())
            self._number, self._texts = number, {c: text for c, raw in cells if (text := clean_text(as_text(raw)))}
        return self._texts

    def kinds(self, number: int) -> set[Column]:
        """What a row says anything of."""
        cells = self.texts(number)
        return {kind for column, kind in self.heading.columns.items() if column in cells}

    def name(self, number: int) -> str:
        """The name of the person; "" without one."""
        name, family, given = (self._text(number, kind) for kind in (Column.NAME, Column.FAMILY, Column.GIVEN))
        if not name or (given and not self.heading.of(Column.FAMILY)):
            name = joined(family or name or "", given or "")
        return without_courtesy(name)

    def is_numbered(self, number: int) -> bool:
        """Whether the row bears a running number."""
        return is_running_number(self._text(number, Column.NUMBER) or "")

    def code(self, number: int) -> str | None:
        """The code of the person, if the row has one."""
        raw = self._raw(number, Column.CODE)
        if isinstance(raw, float):
            return general(raw, decimal=".")
        return self._text(number, Column.CODE)

    def line(self, number: int, group: str | None) -> Line:
        """What a row says of a person."""
        line = Line(number, self.name(number), self.code(number))
        if line.code is None and self._is_code(line.name):
            line.code, line.name = line.name, ""
        self._read_birth(line)
        self._read_sex(line)
        self._read_place(line, group)
        line.rank_text = self._repeated_first(number, Column.RANK)
        line.result = self._result(number)
        line.certificate_number = self._text(number, Column.CERTIFICATE_NUMBER)
        line.note = self._text(number, Column.NOTE)
        if text := self._text(number, Column.CERTIFICATE_DATE):
            line.certificate_date = read_day(self._raw(number, Column.CERTIFICATE_DATE))
            if line.certificate_date is None:
                line.remarks.append(_("“%(value)s” is not a date.") % {"value": text})
        line.remarks += self._remarks_of_hiding(number)
        return line

    def _text(self, number: int, kind: Column) -> str | None:
        texts = self.texts(number)
        return next((texts[column] for column in self._columns[kind] if column in texts), None)

    def _raw(self, number: int, kind: Column) -> Raw:
        """The first cell of a row that holds anything of this kind."""
        texts = self.texts(number)
        return next((self._grid.rows[number][column] for column in self._columns[kind] if column in texts), None)

    def _is_tick(self, number: int, column: int) -> bool:
        return self.texts(number).get(column, "").casefold() in _TICKS

    def _read_birth(self, line: Line) -> None:
        for kind, gender in _BIRTHS:
            if text := self._text(line.row, kind):
                line.gender = gender
                if not gender or text.casefold() not in _TICKS:
                    line.birth_text = text
                    line.birth, remark = read_birth(self._raw(line.row, kind), self._day)
                    line.remarks += [remark] if remark else []
                return

    def _read_sex(self, line: Line) -> None:
        if text := self._text(line.row, Column.SEX):
            line.gender = _SEXES.get(fold(text), line.gender)
            if fold(text) not in _SEXES:
                line.remarks.append(_("“%(value)s” is neither Nam nor Nữ.") % {"value": text})
        if any(self._is_tick(line.row, column) for column in self._columns[Column.IS_WOMAN]):
            line.gender = "female"
        elif self._marks_women or any(self._is_tick(line.row, column) for column in self._columns[Column.IS_MAN]):
            line.gender = "male"

    def _read_place(self, line: Line, group: str | None) -> None:
        units = map(clean_text, self._repeated(line.row, Column.UNIT))
        # A division and its department may stand in two columns.
        line.unit_text = line.unit_name = " - ".join(dict.fromkeys(units)) or None
        line.position = self._repeated_first(line.row, Column.POSITION)
        for both in self._repeated(line.row, Column.POSITION_AND_UNIT)[:1]:
            line.position, unit = _split(both, self._unit)
            if unit and not line.unit_text:
                line.unit_text, line.unit_name = clean_text(both), unit
        line.group = None if line.unit_text else group

    def _repeated_first(self, number: int, kind: Column) -> str | None:
        return next(map(clean_text, self._repeated(number, kind)), None)

    def _repeated(self, number: int, kind: Column) -> list[str]:
        """The texts in columns where a merged cell speaks for all its rows, and ditto marks for the one above."""
        texts = []
        for column in self._columns[kind]:
            row, left = self._grid.covering.get((number, column), (number, column))
            text = as_text(self._grid.rows.get(row, {}).get(left)).strip()
            if _DITTO.fullmatch(clean_text(text)):
                text = self._above.get(column, "")
            self._above[column] = text
            texts.append(text)
        return list(filter(clean_text, texts))

    def _result(self, number: int) -> str | None:
        texts = self.heading.texts
        columns = sorted(self.heading.of(Column.RESULT), key=lambda column: rank_of_result(texts.get(column, "")))
        found = (self.texts(number).get(column) for column in columns)
        return next(filter(None, found), None)

    def _remarks_of_hiding(self, number: int) -> Iterator[str]:
        if self._grid.is_hidden:
            yield _("The sheet is hidden.")
        if number in self._grid.hidden_rows:
            yield _("The row is hidden.")
        cells = self._grid.rows[number]
        if any(column in cells for column in self.heading.columns if column in self._grid.hidden_columns):
            yield _("A hidden column was read.")


def _split(text: str, unit: Callable[[str], object]) -> tuple[str | None, str | None]:
    """Position and unit of a cell that holds both: "Phó Vụ trưởng, Vụ Tổng hợp", or without the comma."""
    if len(text) > _LONGEST_PLACE:
        return clean_text(text), None
    parts = _SPLIT.split(text, maxsplit=1)
    if len(parts) == 2:
        return clean_text(parts[0]) or None, clean_text(parts[1]) or None
    words = text.split()
    for place in range(max(0, len(words) - _MOST_WORDS), len(words)):
        rest = " ".join(words[place:])
        is_title = fold(" ".join(words[place + 1 : place + 2])) == "truong"  # Vụ trưởng is no unit
        if unit(rest) or (begins_as_unit(f"{rest} ") and not is_title and rest[:1].isupper()):
            return " ".join(words[:place]) or None, rest
    return clean_text(text), None
