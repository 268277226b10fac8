"""The tables of any file that an office sends, its kind judged by content alone, or of what is pasted."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from ..files.file_kinds import Kind, why_no_list
from ..files.package import OtherFile, OverLimits, Package, UnusableFile, open_file
from . import ods, text, word, xls, xlsx
from .grid import Grid
from .limits import MAX_GRIDS


def read_grids(file: BinaryIO | Path | str) -> list[Grid]:
    """The tables of a file that hold anything, in order; raises UnusableFile."""
    found = list(islice((grid for grid in _grids(open_file(file)) if grid.rows), MAX_GRIDS + 1))
    if len(found) > MAX_GRIDS:
        told = _("The file has more than %(count)d sheets or tables. Copy those with the list to a new file.")
        raise OverLimits(told % {"count": MAX_GRIDS})
    return found


def read_pasted(pasted: str) -> list[Grid]:
    """The table of a pasted text, if it holds anything; raises UnusableFile."""
    grid = text.pasted(pasted)
    return [grid] if grid.rows else []


def _grids(file: Package | OtherFile) -> Iterator[Grid]:
    if isinstance(file, Package):
        match file.kind:
            case Kind.XLSX:
                return xlsx.sheets(file)
            case Kind.ODS:
                return ods.sheets(file)
            case Kind.DOCX:
                return word.tables(file)
    elif file.kind is Kind.XLS:
        return xls.sheets(file.content)
    elif file.kind is Kind.TEXT:
        return text.tables(file.content)
    raise UnusableFile(why_no_list(file.kind))
