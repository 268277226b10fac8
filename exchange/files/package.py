"""The file as a package of parts (a zip), opened so that no file can hurt: over the limits, a bomb, damaged."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.parsers import expat

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .file_kinds import Kind, has_password, is_compound, kind_of, kind_of_zip

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE
MAX_PARTS = 1_000
MAX_RATIO = 100  # of a part to what it takes in the file
ANY_RATIO = 2 * MEGABYTE  # may be unpacked of a part whatever it takes: thousands of equal styles are no bomb
ANY_RATIO_FORGOTTEN = 64 * MEGABYTE  # and of one that is forgotten as it is read: cells of Word repeat their borders
MAX_UNPACKED = 400 * MEGABYTE  # of a part; 200,000 full rows take a third of it
MAX_SMALL_PART = 8 * MEGABYTE  # of a part read in one piece

CHUNK = 8 * 1024  # small pieces keep few elements alive at a time, which is faster
_ENCRYPTED = 0x1
_ENTRY = b"PK\x01\x02"  # of a part in the zip directory


class UnusableFile(Exception):
    """The file as a whole cannot be taken; the message says why and what to do."""

    def __init__(self, message: str, *, sheet: str | None = None, row: int | None = None, column: str | None = None):
        self.message, self.sheet, self.row, self.column = message, sheet, row, column
        super().__init__(message)


class OverLimits(UnusableFile):
    """The file is larger than what is taken, as a whole or in one of its parts."""


class ForeignWorkbook(UnusableFile):
    """The workbook has none of the known sheets."""


def too_large() -> OverLimits:
    """The refusal of a file over the limits."""
    return OverLimits(
        _("The file is over the limits: %(size)d MB, or a part of it unpacks to more than %(ratio)d times its size.")
        % {"size": MAX_FILE // MEGABYTE, "ratio": MAX_RATIO}
    )


def damaged() -> UnusableFile:
    """The refusal of a file that cannot be read to its end."""
    return UnusableFile(_("The file is damaged. Open it in Excel, save it again as .xlsx, and send that."))


def _two_parts(name: str) -> UnusableFile:
    text = _("Two parts of the file have the name %(name)s. Open it in Excel, save it again as .xlsx, and send that.")
    return UnusableFile(text % {"name": name})


def two_sheets(name: str) -> str:
    """The refusal of a file in which a name stands for two sheets."""
    return _("The workbook has two sheets named %(sheet)s. Rename or delete one.") % {"sheet": name}


class OtherFile(NamedTuple):
    """A file that is no zip, and what it is."""

    kind: Kind
    content: bytes


class Package:
    """The parts of an Office file by name, in any case of letters, percent-encoded or not.

    Each that is read is held to the limits by the zip directory and again while it inflates.
    """

    def __init__(self, content: bytes):
        if content.count(_ENTRY) > MAX_PARTS:  # before the directory takes its time and memory
            text = _("The file has more than %(parts)s parts. Copy its sheets to a new workbook and send that.")
            raise OverLimits(text % {"parts": number_format(MAX_PARTS, force_grouping=True)})
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            if self._parts.setdefault(_key(info.filename), info) is not info:
                raise _two_parts(info.filename)
        self.kind = kind_of_zip(self._parts)
        if self.kind is not Kind.PACKED:
            _check_directory(self._zip.infolist(), len(content))

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    @contextmanager
    def chunks(self, name: str, *, forgotten: bool = False) -> Iterator[Iterator[bytes]]:
        """The content of an XML part in pieces, free of document type and entity declarations."""
        any_ratio = ANY_RATIO_FORGOTTEN if forgotten else ANY_RATIO
        try:
            info = self._parts[_key(name)]
            if info.file_size > min(max(MAX_RATIO * info.compress_size, any_ratio), MAX_UNPACKED):
                raise too_large()
            with self._zip.open(info) as part:
                yield _checked(part)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise damaged() from None
        except (ElementTree.ParseError, expat.ExpatError, LookupError, ValueError):
            raise damaged() from None

    def tree(self, name: str) -> ElementTree.Element:
        """A small XML part, as a tree."""
        if name in self and self._parts[_key(name)].file_size > MAX_SMALL_PART:
            raise too_large()
        with self.chunks(name) as chunks:
            return ElementTree.fromstring(b"".join(chunks))

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to ("" is the package itself): id → (kind, name of the other part)."""
        folder, file = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in self.tree(path)
        }


def open_file(file: BinaryIO | Path | str) -> Package | OtherFile:
    """Reads a file of any kind, held to the limits."""
    content = _read(file)
    if is_compound(content):  # which may hold a zip
        return OtherFile(kind_of(content), content)
    try:
        return Package(content)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return OtherFile(kind_of(content), content)


def _key(name: str) -> str:
    return unquote(name).lower()


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise UnusableFile(has_password())
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
    if sum(part.compress_size for part in parts) > size:
        raise damaged()  # parts that overlap, or a directory that lies


def _read(file: BinaryIO | Path | str) -> bytes:
    try:
        if not isinstance(file, (str, Path)):
            file.seek(0)
            content = file.read(MAX_FILE + 1)
        else:
            with Path(file).open("rb") as stream:
                content = stream.read(MAX_FILE + 1)
    except OSError:
        raise UnusableFile(_("The file cannot be read. Check its name and whether you may open it.")) from None
    if len(content) > MAX_FILE:
        raise too_large()
    return content


def _checked(part: IO[bytes]) -> Iterator[bytes]:
    """Refuses a document type declaration (the home of entity bombs), which can only stand before the root element."""
    first = part.read(CHUNK)
    prolog = _Prolog()
    prolog.parse(first)
    yield first
    while chunk := part.read(CHUNK):
        yield chunk


class _RootReached(Exception):
    """The prolog is over."""


class _Prolog:
    """What stands before the root element of an XML part."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._stop

    def parse(self, start: bytes) -> None:
        """Raises UnusableFile for a document type declaration, or when no root element begins in `start`."""
        try:
            self._parser.Parse(start)
        except _RootReached:
            return
        raise damaged()

    def _refuse(self, *declaration: object) -> None:
        raise UnusableFile(_("The file holds declarations that no workbook has. Save it again in Excel as .xlsx."))

    def _stop(self, *element: object) -> None:
        raise _RootReached
