"""Which column of a block without a heading holds what, by what stands in it."""

import datetime
import re
from collections.abc import Callable, Mapping

from vpcp_training.text import clean_text, fold

from ..files.values import Raw, as_text
from .births import read_birth
from .grid import Grid
from .headings import Column, is_heading
from .known import Known
from .names import begins_with_family, may_be_name, without_courtesy
from .row_kinds import begins_as_unit

_LOOKED_AT = 200  # rows
_SHARE = 0.5  # of the cells of a column that say what it holds
_CODE = re.compile(r"[A-Za-zĐđ]{1,6}[-./]?\d{2,}")
_SEXES = {"nam", "nu"}
_OLDEST = 100  # years


def columns_by_content(grid: Grid, day: datetime.date, known: Known) -> Mapping[int, Column] | None:
    """What the columns hold, None where neither names nor codes of people are found."""
    cells: dict[int, list[Raw]] = {}
    for number in sorted(grid.rows)[:_LOOKED_AT]:
        for column, raw in grid.rows[number].items():
            text = clean_text(as_text(raw))
            if text and not is_heading(text):
                cells.setdefault(column, []).append(raw)
    tests: dict[Column, Callable[[Raw], bool]] = {
        Column.CODE: lambda raw: known.is_code(_text(raw)) or bool(_CODE.fullmatch(_text(raw))),
        Column.SEX: lambda raw: fold(_text(raw)) in _SEXES,
        Column.BIRTH: lambda raw: _is_birth(raw, day),
        Column.UNIT: lambda raw: bool(known.unit(_text(raw))) or begins_as_unit(_text(raw)),
        Column.NAME: lambda raw: _is_name(_text(raw)),
    }
    columns: dict[int, Column] = {}
    for kind, test in tests.items():
        shares = {c: sum(map(test, raws)) / len(raws) for c, raws in cells.items() if c not in columns}
        best = max(shares, key=lambda column: (shares[column], -column), default=None)
        if best is not None and shares[best] > _SHARE:
            columns[best] = kind
    if not {Column.NAME, Column.CODE} & set(columns.values()):
        return None
    return columns


def _text(raw: Raw) -> str:
    return clean_text(as_text(raw))


def _is_birth(raw: Raw, day: datetime.date) -> bool:
    text = read_birth(raw, day).text
    is_short = text is not None and len(_text(raw)) < len("1975")  # a running number is no year
    return text is not None and not is_short and day.year - _OLDEST < int(text[:4]) < day.year


def _is_name(text: str) -> bool:
    name = without_courtesy(text)
    return may_be_name(name) and " " in name and begins_with_family(name)
