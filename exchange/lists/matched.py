"""Lists with everything looked up: whom each row means, which unit and which rank.

match_lists(read_grids(file), day=date(2012, 3, 5), user=None)
"""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from personnel.models import Rank, Staff, Unit
from vpcp_training.bulk import array_parameter
from vpcp_training.roles import By
from vpcp_training.text import clean_text, code_key

from ..files.package import OverLimits, UnusableFile
from ..files.values import as_text
from .grid import Grid
from .known import Known
from .lines import Line
from .matching import Match, Wanted, match_tables
from .ranks import Ranks
from .reading import Table, read_table
from .units import Units
from .words import answered_headings

MOST_PEOPLE = 5_000  # of a file
_MAY_BE_CODE = re.compile(r"\S*\d\S*")
_LONGEST_CODE = 50


@dataclass(frozen=True)
class Row:
    """What a row of a list says, and whom, which unit and which rank it means."""

    line: Line
    unit: Unit | None
    rank: Rank | None
    match: Match

    @property
    def remarks(self) -> list[str]:
        """All there is to say of the row."""
        return [*self.line.remarks, *self.match.remarks]


@dataclass(frozen=True)
class MatchedList:
    """A list of people and its rows."""

    table: Table
    rows: Sequence[Row]


def match_lists(grids: Sequence[Grid], day: datetime.date, user: By = None) -> list[MatchedList]:
    """The lists in the grids, among the people and units that a user sees on a day; the system sees all.

    Raises UnusableFile where no list of people is found, or too many people.
    """
    units, ranks = Units(day, user), Ranks()
    known = Known(lambda text: units.find(text)[0], _codes_in(grids, user), answered_headings())
    tables = [table for grid in grids if (table := read_table(grid, day, known))]
    if not tables:
        raise UnusableFile(_nobody(grids))
    if sum(len(table.lines) for table in tables) > MOST_PEOPLE:
        told = _("The file lists more than %(count)s people. Split it.")
        raise OverLimits(told % {"count": number_format(MOST_PEOPLE, force_grouping=True)})
    placed = [[(line, _unit(line, units), _rank(line, ranks)) for line in table.lines] for table in tables]
    wanted = [[_wanted(line, unit) for line, unit, _rank in rows] for rows in placed]
    matches = match_tables(wanted, day, units, user)
    return [
        MatchedList(table, [Row(*found, match) for found, match in zip(rows, matched, strict=True)])
        for table, rows, matched in zip(tables, placed, matches, strict=True)
    ]


def _codes_in(grids: Iterable[Grid], user: By) -> Callable[[str], bool]:
    """Tells which texts of the grids are codes of people."""
    texts = {
        code_key(text)
        for grid in grids
        for cells in grid.rows.values()
        for raw in cells.values()
        if len(text := clean_text(as_text(raw))) <= _LONGEST_CODE and _MAY_BE_CODE.fullmatch(text)
    }
    staff = Staff.objects.visible_to(user).filter(code_key__in=array_parameter(texts)).order_by()
    codes = set(staff.values_list("code_key", flat=True)) if texts else set()
    return lambda text: code_key(text) in codes


def _nobody(grids: Sequence[Grid]) -> str:
    told = _("No list of people was found: a heading with “Họ và tên”, or “Mã cán bộ”, and people below it.")
    if any(grid.uncalculated for grid in grids):
        told += " " + _("Formulas in it were never calculated: open the file in Excel, save it and send it again.")
    names = [grid.name for grid in grids if grid.name]
    return " ".join([told, _("Looked at: %(sheets)s.") % {"sheets": ", ".join(names)}]) if names else told


def _unit(line: Line, units: Units) -> Unit | None:
    unit, remark = units.find(line.unit_name or line.group or "")
    line.remarks += [remark] if remark else []
    return unit


def _rank(line: Line, ranks: Ranks) -> Rank | None:
    rank = ranks.find(line.rank_text)
    if line.rank_text and rank is None:
        line.remarks.append(_("No rank is called “%(text)s”.") % {"text": line.rank_text})
    return rank


def _wanted(line: Line, unit: Unit | None) -> Wanted:
    where = line.unit_text or line.group
    key = unit.pk if unit else None
    return Wanted(line.row, line.name, line.code, line.birth, line.gender, key, where, line.birth_text)
