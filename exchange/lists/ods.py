"""The sheets of an OpenDocument spreadsheet (.ods)."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ..files.file_kinds import has_password, no_list
from ..files.number_formats import general
from ..files.outermost import local, outermost
from ..files.package import Package, UnusableFile
from ..files.reading import MAX_ROW
from ..files.values import Day, Raw
from .grid import Grid, Merge
from .limits import MAX_COLUMNS, held, merge

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_STYLE_TAGS = {"style", "default-style", "date-style", "font-face"}
_COLLAPSED = ("collapse", "filter")
_NAMESPACES = {
    **{name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "style", "table", "text")},
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
}
_APART = {"annotation", "note", "ruby-text"}  # what is no text of the cell itself
_SIGNS = {"tab": "\t", "line-break": "\n"}

Piece = tuple[str, str]  # text, and its font


def sheets(package: Package) -> Iterator[Grid]:
    """Every sheet, hidden or not."""
    if _is_encrypted(package):
        raise UnusableFile(has_password())
    styles = _Styles()
    if _STYLES in package:
        with package.chunks(_STYLES, forgotten=True) as chunks:
            for element, _around in outermost(chunks, _STYLE_TAGS):
                styles.add(element)
    sheet: _Sheet | None = None
    with package.chunks(_CONTENT, forgotten=True) as chunks:
        for element, around in outermost(chunks, _STYLE_TAGS | {"table-row", "table-column"}):
            name = local(element.tag)
            if name in _STYLE_TAGS:
                styles.add(element)
                continue
            if [local(place.tag) for place in around[1:4]] != ["body", "spreadsheet", "table"]:
                raise UnusableFile(no_list(_("It is no spreadsheet. Save it as .docx.")))
            if sheet is None or sheet.table is not around[3]:
                if sheet:
                    yield sheet.grid()
                sheet = _Sheet(around[3], styles)
            if name == "table-row":
                sheet.add_row(element, around[4:])
            else:
                sheet.add_columns(element)
        if sheet:
            yield sheet.grid()


class _Sheet:
    """A sheet as its columns and rows come."""

    def __init__(self, table: Element, styles: "_Styles"):
        self.table = table
        self._styles = styles
        self._grid = Grid(_get(table, "table:name"), {}, is_hidden=styles.hides(_get(table, "table:style-name")))
        self._column_styles: dict[int, str] = {}
        self._columns, self._number = 0, 1
        self._merges: list[Merge] = []

    def add_columns(self, columns: Element) -> None:
        count = _repeated(columns, "columns")
        for column in range(self._columns, min(self._columns + count, MAX_COLUMNS)):
            self._column_styles[column] = _get(columns, "table:default-cell-style-name")
            if _get(columns, "table:visibility") in _COLLAPSED:
                self._grid.hidden_columns.add(column)
        self._columns += count

    def add_row(self, row: Element, groups: list[Element]) -> None:
        number, self._number = self._number, self._number + _repeated(row, "rows")
        if cells := dict(self._cells(row, number)):
            self._grid.rows[number] = cells
            if _get(row, "table:visibility") in _COLLAPSED or any(_get(g, "table:display") == "false" for g in groups):
                self._grid.hidden_rows.add(number)

    def grid(self) -> Grid:
        self._grid.rows = held(self._grid.rows.items())
        merge(self._grid, self._merges)
        return self._grid

    def _cells(self, row: Element, number: int) -> Iterator[tuple[int, Raw]]:
        left = 0
        for cell in row:
            right = left + _repeated(cell, "columns")
            if local(cell.tag) == "table-cell" and len(cell) + len(cell.attrib) and left < MAX_COLUMNS:
                for column in range(left, min(right, MAX_COLUMNS)):
                    style = (
                        _get(cell, "table:style-name")
                        or _get(row, "table:default-cell-style-name")
                        or self._column_styles.get(column)
                        or "Default"
                    )
                    raw, font = self._value(cell, style)
                    if raw is None:
                        continue
                    yield column, raw
                    if font:
                        self._grid.fonts[number, column] = font
                    below = number + _spanned(cell, "rows") - 1
                    self._merges.append(Merge(number, below, column, column + _spanned(cell, "columns") - 1))
            left = right

    def _value(self, cell: Element, style: str) -> tuple[Raw, str]:
        kind = _get(cell, "office:value-type")
        if _get(cell, "calcext:value-type") == "error" or not kind:
            return None, ""
        pieces = [piece for child in cell if local(child.tag) == "p" for piece in self._paragraph(child, style)]
        shown = "".join(text for text, _font in pieces).strip()
        if kind == "boolean":
            return _get(cell, "office:boolean-value").upper(), ""
        with suppress(ValueError):
            if kind == "date":
                return self._styles.as_day(_get(cell, "office:date-value"), style), ""
            if kind in ("float", "percentage", "currency"):
                number = float(_get(cell, "office:value"))
                number = int(number) if number.is_integer() else number
                return (number if shown.replace(".", ",") == general(number) else shown), ""
        fonts = {font for text, font in pieces if text.strip()}
        return shown or _get(cell, "office:string-value"), fonts.pop() if len(fonts) == 1 else ""

    def _paragraph(self, paragraph: Element, style: str) -> Iterator[Piece]:
        yield from self._pieces(paragraph, self._styles.font("table-cell", style))
        yield "\n", ""

    def _pieces(self, element: Element, font: str) -> Iterator[Piece]:
        yield element.text or "", font
        for child in element:
            name = local(child.tag)
            if name == "s":
                yield " " * min(int(_get(child, "text:c") or 1), 1_000), font
            elif name in _SIGNS:
                yield _SIGNS[name], font
            elif name not in _APART:
                own = self._styles.font("text", _get(child, "text:style-name")) if name == "span" else ""
                yield from self._pieces(child, own or font)
            yield child.tail or "", font


class _Styles:
    """What styles say of sheets and cells: whether they are hidden, their fonts, and how dates are shown."""

    def __init__(self) -> None:
        self._styles: defaultdict[str, dict[str, Element]] = defaultdict(dict)  # by family and name
        self._dates: dict[str, set[str]] = {}
        self._families: dict[str, str] = {}

    def add(self, element: Element) -> None:
        name = _get(element, "style:name")
        match local(element.tag):
            case "font-face":
                self._families[name] = _get(element, "svg:font-family").strip("'\"")
            case "date-style":
                self._dates[name] = {local(part.tag) for part in element}
            case _:
                self._styles[_get(element, "style:family")][name] = element

    def hides(self, name: str) -> bool:
        """Whether the sheets of a style are hidden."""
        style = self._styles["table"].get(name)
        return style is not None and any(_get(properties, "table:display") == "false" for properties in style)

    def font(self, family: str, name: str) -> str:
        """The font that a style gives; the default of its family has no name."""
        for style in self._chain(family, name):
            for properties in style:
                if local(properties.tag) == "text-properties":
                    font = _get(properties, "style:font-name")
                    if font := self._families.get(font, font) or _get(properties, "fo:font-family").strip("'\""):
                        return font
        return ""

    def as_day(self, value: str, name: str) -> Raw:
        """A day, with a format that says so where its style does not show the day of the month."""
        moment = datetime.datetime.fromisoformat(value).replace(tzinfo=None)
        day = moment if moment.time() != datetime.time() else moment.date()
        style = next(
            (found for style in self._chain("table-cell", name) if (found := _get(style, "style:data-style-name"))), ""
        )
        parts = self._dates.get(style, set())
        if "year" not in parts or "day" in parts:
            return day
        return Day(day, "mm/yyyy" if "month" in parts else "yyyy")

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        looked_at = set()
        while (style := self._styles[family].get(name)) is not None and name not in looked_at:
            yield style
            looked_at.add(name)
            name = _get(style, "style:parent-style-name")


def _is_encrypted(package: Package) -> bool:
    if _MANIFEST not in package:
        return False
    with package.chunks(_MANIFEST) as chunks:
        return any(True for _found in outermost(chunks, {"encryption-data"}))


def _repeated(element: Element, what: str) -> int:
    return min(max(int(_get(element, f"table:number-{what}-repeated") or 1), 1), MAX_ROW)


def _spanned(element: Element, what: str) -> int:
    return min(max(int(_get(element, f"table:number-{what}-spanned") or 1), 1), MAX_ROW)


def _get(element: Element, name: str) -> str:
    prefix, _colon, own_name = name.partition(":")
    return element.get(f"{{{_NAMESPACES[prefix]}}}{own_name}", "")
