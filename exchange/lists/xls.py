"""The sheets of an Excel file of before 2007 (.xls), by xlrd."""

import io
from collections.abc import Iterator

import xlrd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ..files.file_kinds import has_password
from ..files.package import UnusableFile, damaged
from ..files.reading import PLAIN, in_format
from ..files.values import Raw
from .grid import Grid, Merge
from .limits import held, merge


def sheets(content: bytes) -> Iterator[Grid]:
    """Every sheet, hidden or not."""
    try:
        book = xlrd.open_workbook(
            file_contents=content,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            ignore_workbook_corruption=True,  # of the file's own tables, which other programs write so
            logfile=io.StringIO(),
        )
        for index in range(book.nsheets):
            yield _grid(book, book.sheet_by_index(index))
            book.unload_sheet(index)
    except UnusableFile:
        raise
    except Exception as error:  # of a damaged file, of any kind
        raise UnusableFile(has_password()) if "encrypted" in str(error) else damaged() from None


def _grid(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Grid:
    rows = ((row + 1, _cells(book, sheet, row)) for row in range(sheet.nrows))
    grid = Grid(sheet.name, held(rows), is_hidden=sheet.visibility != 0)
    for number, cells in grid.rows.items():
        info = sheet.rowinfo_map.get(number - 1)
        if info and (info.hidden or (info.has_default_height == 0 and info.height == 0)):
            grid.hidden_rows.add(number)
        for column in cells:
            is_text = sheet.cell_type(number - 1, column) == xlrd.XL_CELL_TEXT
            if is_text and (font := _font(book, sheet, number - 1, column)):
                grid.fonts[number, column] = font
    grid.hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden or not info.width}
    merge(grid, (Merge(top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells))
    return grid


def _cells(book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int) -> dict[int, Raw]:
    cells = {}
    for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
        if kind == xlrd.XL_CELL_TEXT:
            cells[column] = ILLEGAL_CHARACTERS_RE.sub("", value)
        elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            cells[column] = _number(book, value, sheet.cell_xf_index(row, column))
        elif kind == xlrd.XL_CELL_BOOLEAN:
            cells[column] = "TRUE" if value else "FALSE"
    return cells


def _number(book: xlrd.Book, value: float, style: int) -> Raw:
    number = int(value) if value.is_integer() else value
    code = book.format_map[book.xf_list[style].format_key].format_str or ""
    if code.lower() in PLAIN:
        return number
    return in_format(number, code, book.datemode == 1)


def _font(book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int, column: int) -> str:
    """The font of a text; empty if it is in several."""
    own = book.xf_list[sheet.cell_xf_index(row, column)].font_index
    text, runs = sheet.cell_value(row, column), [(0, own), *sheet.rich_text_runlist_map.get((row, column), [])]
    ends = [start for start, _font in runs[1:]] + [len(text)]
    fonts = {
        book.font_list[font].name for (start, font), end in zip(runs, ends, strict=True) if text[start:end].strip()
    }
    return fonts.pop() if len(fonts) == 1 else ""
