"""What a file is by its content, whatever its name says; and when the name says something else."""

import io
import re
from collections.abc import Collection
from enum import Enum, auto
from pathlib import PurePath

from django.utils.translation import gettext as _
from xlrd.compdoc import CompDoc

_WORKBOOKS = {".xlsx", ".xlsm", ".xltx", ".xltm"}
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}")  # of a kind of file, and not of a day or a number
_PICTURE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(hei|mif|avif)", re.DOTALL
)
_PACKED = re.compile(rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b")
_WEB_PAGE = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<(html|!doctype html|!--|body|div|table|meta|style|script|head|\?xml|\?mso)|mime-version:)",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(rb"[^\t\n\v\f\r\x20-\xff]")
_END_OF_DOS = b"\x1a"  # of a text, in files of that time
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_START = 4_096  # bytes that tell text from other things

# Office files of before 2007, and any behind a password: streams with names in UTF-16.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(Enum):
    """What a file is, by its content."""

    XLSX = auto()  # or another package of Office that may hold a workbook
    XLS = auto()
    XLSB = auto()
    ODS = auto()  # or another OpenDocument file
    DOCX = auto()
    DOC = auto()  # or .rtf
    TEXT = auto()
    WEB_PAGE = auto()
    PDF = auto()
    PICTURE = auto()
    PACKED = auto()
    PROTECTED = auto()
    COMPOUND = auto()  # of Office before 2007, nobody knows of which program
    EMPTY = auto()
    UNKNOWN = auto()


_STREAMS = {
    "encryptedpackage": Kind.PROTECTED,
    "worddocument": Kind.DOC,
    "workbook": Kind.XLS,
    "book": Kind.XLS,
}


def is_compound(content: bytes) -> bool:
    """Whether it is a file of Office of before 2007, or one with a password."""
    return content.startswith(_COMPOUND)


def kind_of(content: bytes) -> Kind:
    """The kind of a file that is no zip."""
    if is_compound(content):
        return _compound(content)
    start = content[:_START].rstrip(_END_OF_DOS)
    if not content:
        return Kind.EMPTY
    if content.startswith(b"%PDF"):
        return Kind.PDF
    if _PICTURE.match(content):
        return Kind.PICTURE
    if _PACKED.match(content):
        return Kind.PACKED
    if content.startswith(rb"{\rtf"):
        return Kind.DOC
    if _WEB_PAGE.match(start):
        return Kind.WEB_PAGE
    if start.startswith(_UTF_16) or not _NO_TEXT.search(start) or utf_16_without_mark(start):
        return Kind.TEXT
    return Kind.UNKNOWN


def kind_of_zip(parts: Collection[str]) -> Kind:
    """The kind of a zip with these parts (in lower case)."""
    if any(name.startswith("word/document") for name in parts):
        return Kind.DOCX
    if "xl/workbook.bin" in parts:
        return Kind.XLSB
    if "mimetype" in parts and ("content.xml" in parts or "encrypted-package" in parts):
        return Kind.ODS
    if "ppt/presentation.xml" in parts:
        return Kind.UNKNOWN
    return Kind.XLSX if "_rels/.rels" in parts else Kind.PACKED


def utf_16_without_mark(content: bytes) -> str | None:
    """The encoding of a text in UTF-16 that does not begin with its mark: half its bytes are mostly zero, no others."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = content[first::2].count(0)
        if zeros * 3 > len(content) // 2 and not content[1 - first :: 2].count(0):
            return encoding
    return None


def why_no_workbook(kind: Kind) -> str:
    """Why a file of another kind cannot be taken as a workbook, and what to do with it."""
    if text := _why_none(kind):
        return text
    if kind is Kind.XLS:
        return _("This is an old Excel file (.xls). Open it in Excel and save it as .xlsx.")
    if kind is Kind.ODS:
        return _("This is an OpenDocument file (.ods). Open it in Excel or LibreOffice and save it as .xlsx.")
    if kind is Kind.PDF:
        return no_workbook(_("It is a PDF. Send the workbook that it was made from."))
    if kind is Kind.PICTURE:
        return no_workbook(_("It is a picture. Type what it shows into the template."))
    if kind is Kind.PACKED:
        return no_workbook(_("It is a packed file. Unpack it and send the workbook in it."))
    if kind in (Kind.DOCX, Kind.DOC):
        return no_workbook(_("It is a Word document. Copy its table to Excel and save it as .xlsx."))
    if kind is Kind.TEXT:
        return no_workbook(_("It is text, such as CSV. Open it in Excel and save it as .xlsx."))
    return no_workbook(_known(kind))


def no_workbook(other: str = "") -> str:
    """That a file is no workbook, and what it is instead, if that is known."""
    return " ".join(filter(None, [_("This is not an Excel workbook (.xlsx)."), other]))


def why_no_list(kind: Kind) -> str:
    """Why no list can be read from a file of some kind, and what to do with it."""
    if text := _why_none(kind):
        return text
    if kind is Kind.PDF:
        return no_list(_("It is a PDF. Send the file that it was made from."))
    if kind is Kind.PICTURE:
        return no_list(_("It is a picture. Type the list into Excel and send that."))
    if kind is Kind.PACKED:
        return no_list(_("It is a packed file. Unpack it and send the list in it."))
    if kind is Kind.DOC:
        return no_list(_("It is an old Word document (.doc, .rtf). Open it in Word and save it as .docx."))
    return no_list(_known(kind))


def no_list(other: str = "") -> str:
    """That no list can be read from a file, and what it is instead, if that is known."""
    return " ".join(
        filter(None, [_("No list can be read from this file. Send .xlsx, .xls, .ods, .docx, .csv or .txt."), other])
    )


def has_password() -> str:
    """What to say of a file that nobody can read without its password."""
    return _("The file has a password. Save it without one.")


def misnamed(file_name: str) -> str | None:
    """What to tell of the name of a workbook that ends as another kind of file does."""
    ending = PurePath(file_name).suffix
    if not _ENDING.fullmatch(ending) or ending.lower() in _WORKBOOKS:
        return None
    text = _("The name of the file ends in %(ending)s, but it is an Excel workbook and was read as one. Name it .xlsx.")
    return text % {"ending": ending}


def _compound(content: bytes) -> Kind:
    in_small_letters = content.lower()
    found = {kind for name, kind in _STREAMS.items() if f"{name}\0".encode("utf-16-le") in in_small_letters}
    if Kind.PROTECTED in found:
        return Kind.PROTECTED
    if {Kind.DOC, Kind.XLS} <= found:  # the one lies within the other
        return Kind.DOC if _is_document(content) else Kind.XLS
    return found.pop() if found else Kind.COMPOUND


def _is_document(content: bytes) -> bool:
    try:
        parts = CompDoc(content, logfile=io.StringIO(), ignore_workbook_corruption=True)
        return parts.locate_named_stream("WordDocument")[0] is not None
    except Exception:  # of a damaged file, of any kind
        return False


def _why_none(kind: Kind) -> str:
    """What to say of a file of a kind, whatever was asked for."""
    if kind is Kind.PROTECTED:
        return has_password()
    if kind is Kind.COMPOUND:
        return _("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password.")
    if kind is Kind.XLSB:
        return _("This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.")
    return ""


def _known(kind: Kind) -> str:
    """What a file is that nothing can be read from, after the sentence that says so."""
    if kind is Kind.EMPTY:
        return _("The file is empty.")
    if kind is Kind.WEB_PAGE:
        return _("It is a web page. Open it in Excel and save it as .xlsx.")
    return ""
