"""Files as offices send them, made by other programs' libraries or by hand."""

import io
import unicodedata
import zipfile

import xlwt
from docx import Document
from openpyxl import Workbook

_ODS = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"

 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">{styles}
 <office:body><office:{kind}>{tables}</office:{kind}></office:body></office:document-content>"""

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def packed(parts: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()


def xlsx(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xls(book: xlwt.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def docx(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def ods(tables: str, *, styles: str = "", kind: str = "spreadsheet", more: dict[str, str] | None = None) -> bytes:
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": _ODS.format(tables=tables, styles=styles, kind=kind),
    }
    return packed(parts | (more or {}))


def windows_1258(text: str) -> str:
    """A text as Windows stores it in that code page: tones behind letters it has not with them."""
    return "".join(letter if _can_be(letter) else _parted(letter) for letter in text)


def _can_be(letter: str) -> bool:
    try:
        return bool(letter.encode("cp1258"))
    except UnicodeEncodeError:
        return False


def _parted(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    tone = next(mark for mark in marks if mark in _TONES)
    return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone
