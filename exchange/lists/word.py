"""The tables of a Word document (.docx)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..files.outermost import local, outermost
from ..files.package import Package
from ..files.values import Raw
from .grid import Grid, Merge
from .limits import held, merge

# What shows nothing where it stands: tables within a cell, text boxes, what was deleted or moved away.
_APART = {"tbl", "txbxContent", "Fallback", "del", "moveFrom"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

Piece = tuple[str, str]  # text, and its font


def tables(package: Package) -> Iterator[Grid]:
    """The tables of the document itself with at least two columns, each with the paragraphs above it."""
    parts = package.relations("")
    main = next((name for kind, name in parts.values() if kind == "officeDocument"), "")
    fonts = _Fonts(package, main)
    count, above, table, stands_in = 0, [], None, None
    with package.chunks(main, forgotten=True) as chunks:
        for element, around in outermost(chunks, {"p", "tr"}):
            tables = [place for place in around if local(place.tag) == "tbl"]
            if table and tables[:1] != [stands_in]:
                yield from table.grids()
                table = None
            if not tables:
                above.append("".join(text for text, _font in _pieces(element, fonts)).strip())
                continue
            if table is None:
                count, stands_in = count + 1, tables[0]
                table, above = _Table(str(count), list(filter(None, above))), []
            table.add(element, fonts)
        if table:
            yield from table.grids()


class _Table:
    """A table as its rows come."""

    def __init__(self, name: str, above: list[str]):
        self._grid = Grid(name, {}, above=above)
        self._columns = self._number = 0
        self._merges: list[list[int]] = []  # top, bottom, left, right
        self._going_on: dict[int, list[int]] = {}  # those that may go on in the next row, by their left

    def add(self, row: Element, fonts: "_Fonts") -> None:
        self._number += 1
        properties = _child(row, "trPr")
        if _child(properties, "hidden") is not None:
            self._grid.hidden_rows.add(self._number)
        column = _count(properties, "gridBefore", 0)
        cells: dict[int, Raw] = {}
        going_on = {}
        found = list(_within(row, "tc"))
        for cell in found:
            properties = _child(cell, "tcPr")
            span, vertical = _count(properties, "gridSpan", 1), _child(properties, "vMerge")
            merged = self._going_on.get(column)
            if merged and vertical is not None and _value(vertical) != "restart":
                merged[1] = self._number
            else:
                merged = [self._number, self._number, column, column + span - 1]
                self._merges.append(merged)
                pieces = list(_paragraphs(cell, fonts))
                cells[column] = "".join(text for text, _font in pieces).strip()
                used = {font for text, font in pieces if text.strip()}
                if len(used) == 1 and (font := used.pop()):
                    self._grid.fonts[self._number, column] = font
            if vertical is not None:
                going_on[column] = merged
            column += span
        self._going_on = going_on
        self._columns = max(self._columns, len(found))
        self._grid.rows[self._number] = cells

    def grids(self) -> Iterator[Grid]:
        """The table, if it has at least two columns."""
        if self._columns > 1:
            self._grid.rows = held(self._grid.rows.items())
            merge(self._grid, (Merge(*merged) for merged in self._merges))
            yield self._grid


class _Fonts:
    """The fonts that styles give to text."""

    def __init__(self, package: Package, main: str):
        part = next((name for kind, name in package.relations(main).values() if kind == "styles"), "")
        styles = list(package.tree(part)) if part in package else []
        self._styles = {_attribute(style, "styleId"): style for style in styles if local(style.tag) == "style"}
        self._default_style = next(
            (
                name
                for name, style in self._styles.items()
                if _attribute(style, "type") == "paragraph" and _attribute(style, "default") in ("1", "true", "on")
            ),
            "",
        )
        defaults = next((style for style in styles if local(style.tag) == "docDefaults"), None)
        self._default = _font(_child(_child(defaults, "rPrDefault"), "rPr"))

    def of(self, run: Element, paragraph_style: str) -> str:
        """The font of a run; empty if nothing says it."""
        properties = _child(run, "rPr")
        return (
            _font(properties)
            or self._of_style(_value(_child(properties, "rStyle")))
            or self._of_style(paragraph_style or self._default_style)
            or self._default
        )

    def _of_style(self, name: str) -> str:
        looked_at = set()
        while (style := self._styles.get(name)) is not None and name not in looked_at:
            if font := _font(_child(style, "rPr")):
                return font
            looked_at.add(name)
            name = _value(_child(style, "basedOn"))
        return ""


def _paragraphs(cell: Element, fonts: _Fonts) -> Iterator[Piece]:
    for paragraph in _within(cell, "p"):
        yield from _pieces(paragraph, fonts)
        yield "\n", ""


def _pieces(paragraph: Element, fonts: _Fonts) -> Iterator[Piece]:
    style = _value(_child(_child(paragraph, "pPr"), "pStyle"))
    for run in _within(paragraph, "r"):
        font = fonts.of(run, style)
        for child in run:
            name = local(child.tag)
            if text := child.text if name == "t" else _SIGNS.get(name):
                yield text, font


def _within(element: Element, tag: str) -> Iterator[Element]:
    """The outermost elements of a tag, but for those in what stands apart."""
    for child in element:
        name = local(child.tag)
        if name == tag:
            yield child
        elif name not in _APART:
            yield from _within(child, tag)


def _font(properties: Element | None) -> str:
    fonts = _child(properties, "rFonts")
    return "" if fonts is None else _attribute(fonts, "hAnsi") or _attribute(fonts, "ascii")


def _child(element: Element | None, tag: str) -> Element | None:
    return None if element is None else next((child for child in element if local(child.tag) == tag), None)


def _count(properties: Element | None, tag: str, otherwise: int) -> int:
    return max(int(_value(_child(properties, tag)) or otherwise), otherwise)


def _value(element: Element | None) -> str:
    return "" if element is None else _attribute(element, "val")


def _attribute(element: Element, name: str) -> str:
    return element.get(element.tag.rpartition("}")[0] + "}" + name, "")
