"""A table as text: a file (.csv, .tsv, .txt) in any encoding that was in use, or what is pasted."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from vpcp_training.old_fonts import is_vietnamese, read_tcvn3, read_vni

from ..files.file_kinds import Kind, utf_16_without_mark, why_no_list
from ..files.package import UnusableFile
from .grid import Grid
from .limits import MAX_COLUMNS, held

_SEPARATORS = "\t;,|"  # the first also where there is one column
_MOST_LINES = 30  # in a quoted field; a quotation mark that opens more is none
_SHOWN_BY = 200_000  # bytes or characters that say the encoding and the separator
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_END_OF_DOS = b"\x1a"
_BREAKS = re.compile(r"[\s!-/:-@\[-`{-~]+")

Record = tuple[int, dict[int, str]]  # its first line, and its fields by column


def tables(content: bytes) -> Iterator[Grid]:
    """The table that a text file holds."""
    yield pasted(_decoded(content))


def pasted(text: str) -> Grid:
    """The table that a text holds, its columns separated by what makes the most even table, or one column."""
    if "\0" in text:
        raise UnusableFile(why_no_list(Kind.UNKNOWN))
    start = text[:_SHOWN_BY]
    separator = max(_SEPARATORS, key=lambda sign: _taken(start, sign, _evenness))
    return Grid("", _taken(text, separator, held))


def _decoded(content: bytes) -> str:
    content = content.rstrip(_END_OF_DOS)
    start = content[:_SHOWN_BY]
    encoding = "utf-16" if content.startswith(_UTF_16_MARKS) else utf_16_without_mark(start)
    try:
        return content.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError:
        if encoding:
            raise UnusableFile(why_no_list(Kind.UNKNOWN)) from None
    encoding = max(("cp1252", "cp1258"), key=lambda encoding: _vietnamese_words(_of_code_page(start, encoding)))
    return _of_code_page(content, encoding)


def _of_code_page(content: bytes, encoding: str) -> str:
    return unicodedata.normalize("NFC", content.decode(encoding, "replace"))


def _vietnamese_words(text: str) -> int:
    """How many words with letters beyond ASCII are Vietnamese as they stand or, if those are more, in an old font."""
    words = [word for word in _BREAKS.split(text) if not word.isascii()]
    return max(sum(is_vietnamese(read(word)) for word in words) for read in (str, read_tcvn3, read_vni))


def _taken(text: str, separator: str, take: Callable[[Iterator[Record]], Any]) -> Any:
    """What somebody makes of the records; quotation marks that do not go in pairs are taken for what they are."""
    # One alone in its field is a ditto.
    marked = re.sub(rf'(?<![^{separator}\r\n])"(?![^{separator}\r\n])', '""""', text)
    try:
        return take(_records(marked, separator, csv.QUOTE_MINIMAL))
    except csv.Error:
        pass
    try:
        return take(_records(text, separator, csv.QUOTE_NONE))
    except csv.Error:
        raise UnusableFile(why_no_list(Kind.UNKNOWN)) from None


def _records(text: str, separator: str, quoting: Literal[0, 3]) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting, strict=True)
    number = 1
    for fields in reader:
        if reader.line_num - number > _MOST_LINES:
            raise csv.Error
        if fields:
            yield number, dict(enumerate(fields[:MAX_COLUMNS]))
        number = reader.line_num + 1


def _evenness(records: Iterable[Record]) -> int:
    """How many fields are separated in records of equal length; none where no more than half the records are parted."""
    lengths = [len(fields) for _number, fields in records if any(map(str.strip, fields.values()))]
    parted = Counter(length for length in lengths if length > 1)
    first = next((place for place, length in enumerate(lengths) if length > 1), 0)  # titles stand above
    if parted.total() * 2 <= len(lengths) - first:
        return 0
    return max(((length - 1) * times for length, times in parted.items()), default=0)
