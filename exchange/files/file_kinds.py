"""What a file is by its content, whatever its name says; and when the name says something else."""

import re
from collections.abc import Container
from pathlib import PurePath

from django.utils.translation import gettext as _

_WORKBOOKS = {".xlsx", ".xlsm", ".xltx", ".xltm"}
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}")  # of a kind of file, and not of a day or a number
_PICTURE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(hei|mif|avif)", re.DOTALL
)
_PACKED = re.compile(rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b")
_WEB_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(html|!doctype html|table|meta|style|head|\?xml|\?mso)", re.IGNORECASE)
_NO_TEXT = re.compile(rb"[^\t\n\f\r\x20-\xff]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_START = 4_096  # bytes that tell text from other things

# Office files of before 2007, and any behind a password: streams with names in UTF-16.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def why_no_zip(content: bytes) -> str:
    """Why a file that is no zip, as a workbook is one, cannot be taken, and what to do with it."""
    if content.startswith(_COMPOUND):
        return _compound(content)
    start = content[:_START]
    if not content:
        other = _("The file is empty.")
    elif content.startswith(b"%PDF"):
        other = _("It is a PDF. Send the workbook that it was made from.")
    elif _PICTURE.match(content):
        other = _("It is a picture. Type what it shows into the template.")
    elif _PACKED.match(content):
        other = _packed()
    elif content.startswith(rb"{\rtf"):
        other = _document()
    elif _WEB_PAGE.match(start):
        other = _("It is a web page. Open it in Excel and save it as .xlsx.")
    elif start.startswith(_UTF_16) or not _NO_TEXT.search(start):
        other = _("It is text, such as CSV. Open it in Excel and save it as .xlsx.")
    else:
        other = ""
    return no_workbook(other)


def why_no_workbook(parts: Container[str]) -> str | None:
    """Why a zip with these parts (in lower case) cannot be taken, and what to do with it; None if it may be one."""
    if "word/document.xml" in parts:
        return no_workbook(_document())
    if "xl/workbook.bin" in parts:
        return _("This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.")
    if "content.xml" in parts and "mimetype" in parts:
        return _("This is an OpenDocument file (.ods). Open it in Excel or LibreOffice and save it as .xlsx.")
    return None if "_rels/.rels" in parts else no_workbook(_packed())


def no_workbook(other: str = "") -> str:
    """That a file is no workbook, and what it is instead, if that is known."""
    return " ".join(filter(None, [_("This is not an Excel workbook (.xlsx)."), other]))


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


def _compound(content: bytes) -> str:
    if _stream("EncryptedPackage") in content:
        return has_password()
    if _stream("WordDocument") in content:
        return no_workbook(_document())
    if _stream("Workbook") in content or _stream("Book") in content:
        return _("This is an old Excel file (.xls). Open it in Excel and save it as .xlsx.")
    return _("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password.")


def _stream(name: str) -> bytes:
    return f"{name}\0".encode("utf-16-le")


def _document() -> str:
    return _("It is a Word document. Copy its table to Excel and save it as .xlsx.")


def _packed() -> str:
    return _("It is a packed file. Unpack it and send the workbook in it.")
