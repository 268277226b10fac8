"""The headings of a list: where they stand, and which column holds what."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from vpcp_training.text import clean_text, fold

from ..files.values import as_text
from .grid import Grid, Merge

HEADING_ROWS = 30  # within which the first heading is looked for
_HIGHEST = 3
_FEWEST = 2  # known headings
_NO_LETTER = re.compile(r"[\W_]+")
_BRACKET = re.compile(r"\([^()]*\)\s*[*:]*\s*$")
_MOST_CHARACTERS = 60  # of a heading


class Column(Enum):
    """What a column of a list may hold."""

    NUMBER = "number"
    NAME = "name"
    FAMILY = "family"
    GIVEN = "given"
    CODE = "code"
    BIRTH = "birth"
    BIRTH_OF_MAN = "birth of man"
    BIRTH_OF_WOMAN = "birth of woman"
    SEX = "sex"
    IS_MAN = "is man"
    IS_WOMAN = "is woman"
    UNIT = "unit"
    POSITION = "position"
    POSITION_AND_UNIT = "position and unit"
    RANK = "rank"
    RESULT = "result"
    CERTIFICATE_NUMBER = "certificate number"
    CERTIFICATE_DATE = "certificate date"
    NOTE = "note"


_PEOPLE = {Column.NAME, Column.FAMILY, Column.GIVEN, Column.CODE}
# Folded, without punctuation. Of several that a list has, the first says it.
_WORDS = {
    Column.NUMBER: "stt, tt, so tt, so thu tu",
    Column.NAME: "ho va ten, ho ten, ho va ten hoc vien, ho ten hoc vien, ten hoc vien, ho ten can bo, "
    "ho va ten can bo, ho va ten can bo cong chuc, ho ten can bo cong chuc, ho va ten "
    "cong chuc, ten can bo, hoc vien, ho ten khai sinh, ho va ten khai sinh, hovaten, "
    "hoten, full name",
    Column.FAMILY: "ho dem, ho va dem, ho, ho va ten dem, ho ten dem, ho lot, ho va ten lot, ho va chu dem",
    Column.GIVEN: "ten",
    Column.CODE: "ma can bo, ma so, ma cb, ma nhan vien, so hieu, ma hoc vien, ma nv, ma cbcc, ma cong "
    "chuc, ma so can bo, ma so nhan vien, so hieu can bo, so hieu cong chuc, ma hv",
    Column.BIRTH: "ngay sinh, ngay thang nam sinh, nam sinh, sinh ngay, ntns, ngay thang sinh, sinh "
    "nam, ngay nam sinh, ngay sinh nam sinh, nam sinh ngay sinh, ng sinh, ngay thang nam, "
    "date of birth",
    Column.SEX: "gioi tinh, phai, gioi",
    Column.UNIT: "don vi, don vi cong tac, noi cong tac, co quan, phong ban, vu cuc, co quan cong tac, "
    "co quan don vi, ten don vi, don vi phong ban, bo phan, phong, vu, don vi vi tri cong "
    "tac, vu cuc don vi, vu cuc don vi cong tac, don vi dang cong tac, don vi cong tac "
    "hien nay, noi lam viec, co quan don vi cong tac, phong vu cuc, vu cuc phong",
    Column.POSITION: "chuc vu, chuc danh, chuc vu chuc danh, chuc danh chuc vu, chuc vu hien nay, chuc vu cong tac",
    Column.POSITION_AND_UNIT: "chuc vu don vi cong tac, chuc vu don vi, chuc vu va don vi cong tac, chuc danh don "
    "vi cong tac, chuc vu co quan cong tac, chuc vu noi cong tac",
    Column.RANK: "ngach, ma ngach, ngach cong chuc, ma so ngach, ngach hien giu, ten ngach",
    Column.RESULT: "ket qua, xep loai, diem tong ket, diem, ket qua hoc tap, xep loai tot nghiep, diem "
    "thi, diem kiem tra, diem trung binh, diem tb, ket qua xep loai",
    Column.CERTIFICATE_NUMBER: "so chung chi, so hieu chung chi, so hieu van bang, so cc, so hieu cc, chung chi so, "
    "so hieu van bang chung chi, so van bang, so bang, so chung nhan, so giay chung nhan, "
    "van bang so, chung chi so hieu",
    Column.CERTIFICATE_DATE: "ngay cap, ngay cap chung chi, ngay cap cc, ngay cap van bang, chung chi ngay cap, "
    "ngay thang nam cap",
    Column.NOTE: "ghi chu",
}
_KNOWN = {word: column for column, words in _WORDS.items() for word in words.split(", ")}
_MAN, _WOMAN = "nam", "nu"
_RESULTS = _WORDS[Column.RESULT].split(", ")


@dataclass(frozen=True)
class Heading:
    """The rows of a heading, first and last, and what the columns under it hold, with what it says above them."""

    first: int
    last: int
    columns: Mapping[int, Column]
    texts: Mapping[int, str]

    def of(self, *kinds: Column) -> list[int]:
        """The columns that hold one of these, from the left."""
        return [column for column, kind in sorted(self.columns.items()) if kind in kinds]

    @property
    def names_people(self) -> bool:
        """Whether names or codes stand under it."""
        return bool(_PEOPLE & set(self.columns.values()))


def folded_heading(text: str) -> str:
    """What headings are compared by: folded, without punctuation and without a remark in brackets at the end."""
    text = clean_text(text)
    return _NO_LETTER.sub(" ", fold(_BRACKET.sub("", text) or text)).strip()


def is_heading(text: str) -> bool:
    """Whether a text is a heading that everybody knows."""
    return folded_heading(text) in _KNOWN


def rank_of_result(heading: str) -> int:
    """Which of several columns says the result: the one with the least of these."""
    words = [folded_heading(text) for text in heading.split(" / ")]
    return min((_RESULTS.index(word) for word in words if word in _RESULTS), default=len(_RESULTS))


class Headings:
    """Finds the headings of one grid. `learned` are headings that somebody said what they are, folded."""

    def __init__(self, grid: Grid, learned: Mapping[str, Column] | None = None):
        self._grid = grid
        self._known = {**_KNOWN, **(learned or {})}
        self._texts: dict[int, dict[int, str]] = {}
        self._merges: dict[int, list[Merge]] = defaultdict(list)  # by their first row
        for merge in grid.merges:
            self._merges[merge.top].append(merge)

    def at(self, number: int) -> Heading | None:
        """The heading that begins in this row, if one does."""
        own = self._own(number)
        if not any(self._kind(text) or text in (_MAN, _WOMAN) for text in own.values()):
            return None
        found = None
        for last in range(number, number + _HIGHEST):
            if last > number and not self._continues(number, last, found):
                break
            heading = self._read(number, last)
            is_more = found is None or len(heading.columns) >= len(found.columns)
            if is_more and len(heading.columns) >= _FEWEST and heading.names_people:
                found = heading
        return found

    def knows(self, text: str) -> bool:
        """Whether a text is a heading."""
        return folded_heading(text) in self._known

    def repeats(self, number: int, heading: Heading) -> bool:
        """Whether a row says what the first row of a heading says, as on each page of a list."""
        return heading.first > 0 and self._own(number) == self._own(heading.first)

    def _kind(self, text: str) -> Column | None:
        return self._known.get(text)

    def _own(self, number: int) -> dict[int, str]:
        """The folded texts of a row, by column."""
        if number not in self._texts:
            cells = self._grid.rows.get(number, {})
            texts = {column: clean_text(as_text(raw)) for column, raw in cells.items() if isinstance(raw, str)}
            self._texts[number] = {c: folded_heading(t) for c, t in texts.items() if len(t) <= _MOST_CHARACTERS}
        return self._texts[number]

    def _continues(self, first: int, number: int, above: Heading | None) -> bool:
        """Whether a row belongs to the heading above it: merged into it, or with known headings and no person."""
        cells = self._grid.rows.get(number, {})
        merged = any(number <= merge.bottom for merge in self._merged(first, number - 1))
        if not cells:
            return merged
        own = self._own(number)
        if len(own) < len(cells):
            return False  # numbers and days, or long texts, are no headings
        if above:
            person = [own[c] for c in above.of(Column.NAME, Column.FAMILY, Column.CODE) if c in own]
            if any(not self._kind(text) for text in person):
                return False
        return merged or any(self._kind(text) or text in (_MAN, _WOMAN) for text in own.values())

    def _read(self, first: int, last: int) -> Heading:
        paths = self._paths(first, last)
        columns = {column: kind for column, path in paths.items() if (kind := self._of_path(path))}
        _tell_birth_from_sex(columns)
        _join_parts(self._merged(first, last), columns)
        texts = {c: " / ".join(self._shown(row, c) for row, _own in path) for c, path in paths.items()}
        return Heading(first, last, columns, texts)

    def _paths(self, first: int, last: int) -> dict[int, list[tuple[int, str]]]:
        """The texts above each column within a heading, with their rows; merged ones above all they cover."""
        paths: dict[int, dict[int, str]] = {}
        for number in range(first, last + 1):
            for column, text in self._own(number).items():
                paths.setdefault(column, {})[number] = text
        for merge in self._merged(first, last):
            if merged := self._own(merge.top).get(merge.left):
                for column in range(merge.left + 1, merge.right + 1):
                    paths.setdefault(column, {}).setdefault(merge.top, merged)
        if last > first:
            self._spread(first, last, paths)
        return {column: sorted(texts.items()) for column, texts in paths.items()}

    def _merged(self, first: int, last: int) -> Iterator[Merge]:
        """The merged cells that begin in these rows."""
        return (merge for number in range(first, last + 1) for merge in self._merges.get(number, ()))

    def _spread(self, first: int, last: int, paths: dict[int, dict[int, str]]) -> None:
        """An unmerged text stands above the empty cells right of it, where headings stand below them."""
        own = self._own(first)
        below = {c for number in range(first + 1, last + 1) for c in self._own(number)}
        for column in sorted(below):
            if first not in paths.get(column, {}) and (left := [c for c in own if c < column]):
                nearest = max(left)
                if all(c in below for c in range(nearest, column + 1)):
                    paths[column][first] = own[nearest]

    def _of_path(self, path: list[tuple[int, str]]) -> Column | None:
        texts = [text for _row, text in path]
        kind = self._kind(" ".join(texts)) or self._kind(texts[-1])
        if kind or len(texts) == 1:
            return kind or (Column.IS_MAN if texts == [_MAN] else Column.IS_WOMAN if texts == [_WOMAN] else None)
        above = next((kind for text in texts[:-1] if (kind := self._kind(text))), None)
        if texts[-1] in (_MAN, _WOMAN):
            is_birth = above == Column.BIRTH
            if texts[-1] == _MAN:
                return Column.BIRTH_OF_MAN if is_birth else Column.IS_MAN
            return Column.BIRTH_OF_WOMAN if is_birth else Column.IS_WOMAN
        return None

    def _shown(self, row: int, column: int) -> str:
        raw = self._grid.rows.get(row, {}).get(column)
        if raw is None:
            merge = next((m for m in self._merged(row, row) if m.left <= column <= m.right), None)
            raw = self._grid.rows[row].get(merge.left) if merge else None
        return clean_text(as_text(raw))


def _tell_birth_from_sex(columns: dict[int, Column]) -> None:
    """Two columns “Nam” and “Nữ” without a column of births hold births, else ticks; “Năm” is folded as “Nam”."""
    kinds = set(columns.values())
    if Column.IS_WOMAN not in kinds:
        for column in [column for column, kind in columns.items() if kind is Column.IS_MAN]:
            del columns[column]
    if {Column.IS_MAN, Column.IS_WOMAN} <= kinds and not {Column.BIRTH, Column.SEX} & kinds:
        for column, kind in columns.items():
            if kind is Column.IS_MAN:
                columns[column] = Column.BIRTH_OF_MAN
            elif kind is Column.IS_WOMAN:
                columns[column] = Column.BIRTH_OF_WOMAN


def _join_parts(merges: Iterable[Merge], columns: dict[int, Column]) -> None:
    """“Họ và tên” over two columns, or before a column “Tên”, is the family name and the given one."""
    names = sorted(column for column, kind in columns.items() if kind is Column.NAME)
    given = sorted(column for column, kind in columns.items() if kind is Column.GIVEN)
    for merge in [merge for merge in merges if merge.left < merge.right and merge.left in names]:
        if merge.right == merge.left + 1 and columns.get(merge.right) is Column.NAME:
            columns[merge.left], columns[merge.right] = Column.FAMILY, Column.GIVEN
    if given and not names and Column.FAMILY not in columns.values():
        columns[given[0]] = Column.NAME
