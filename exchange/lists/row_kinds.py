"""What a row of a list is that holds no person, by its words."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from vpcp_training.text import clean_text, fold


class Kind(StrEnum):
    """What a row is that holds no person."""

    HEAD = "head"
    HEADING = "heading"
    NUMBERING = "numbering"
    GROUP = "group"
    TOTAL = "total"
    FOOT = "foot"
    NOTE = "note"


_LOOKED_AT = 200  # characters: what is longer names no kind further on
_SIGN = re.compile(r"\(?(?:[A-Za-z]|\d{1,3})\)?\.?")  # of a column, or a running number
_ROMAN = re.compile(r"[IVXLC]+\.?")
_ROMAN_GROUP = re.compile(r"[IVXLC]+(?:[.)/:\-–]|\s*$)")
_TOTAL = re.compile(
    r"""\(?\s*(?:tổng\s*(?:cộng|số)|cộng|tổng|tong\s*(?:cong|so)|ấn\ định\ danh\ sách
    |(?:danh\ sách|lớp)\s*(?:này\s*)?(?:có|gồm|trên))
    (?:\s*[:=(\d]|\s+(?:là|có|gồm|danh\ sách|số|người|cán\ bộ|học\ viên|cộng)\b|\s*\)?\s*$)""",
    re.IGNORECASE | re.VERBOSE,
)
# Who signs and what is sent where, folded; some titles only where nothing follows them.
_FOOT = re.compile(
    r"""nguoi\ (?:lap|tong\ hop|theo\ doi|ky)|(?:pho\ )?giam\ doc|noi\ nhan|ky\ ten|ky,|\((?:da\ )?ky
    |ky\ dong\ dau|xac\ nhan|can\ bo\ lap|lap\ bieu|(?:kt|tl|tm|tuq)\.|(?:pho\ )?chanh\ van\ phong$
    |(?:[\w\ .]+,\ )?ngay\ [.…]*\s*\d*\ ?[.…]*\s*thang""",
    re.VERBOSE,
)
# Folded, these may be names of people: Vũ Trường, Trương Phong, Chu Nhiệm.
_TITLE = re.compile(r"(?:thủ|hiệu|bộ) trưởng|(?:phó )?(?:(?:vụ|cục|phòng|ban) trưởng$|trưởng (?:phòng|ban)|chủ nhiệm)")
_GROUP_SIGN = re.compile(r"^\s*(?:(?:[IVXLC]+|[A-Z]|\d{1,2})(?:\.\d{1,2})?\s*[.)/:\-–]|[-+•*–])\s*")
# How many they are: a number alone may be the unit's own.
_PEOPLE = "(?:người|cán bộ|học viên|đ/c|đồng chí|đại biểu)"
_COUNT = re.compile(
    rf"\s*[:–-]?\s*(?:\(\s*\d+\s*{_PEOPLE}?\s*\)|(?<!\d)\d+\s*{_PEOPLE}|(?<=:)\s*\d+)\s*$", re.IGNORECASE
)
_UNIT = re.compile(
    r"(?:vụ|(?:tổng |chi )?cục|phòng|ban|trung tâm|văn phòng|đội|tổ|(?:học )?viện|thanh tra|cổng|nhà khách|báo|trường"
    r"|sở|bộ|(?:ủy|uỷ) ban|ubnd|khối|đơn vị|p\.|tt\.?|vp)\s",
    re.IGNORECASE,
)

_OFFICE = re.compile(
    r"(?:các|cơ quan|đảng (?:ủy|uỷ|bộ)|công đoàn|đoàn thanh niên|hội|khách mời|lãnh đạo)\s", re.IGNORECASE
)
_RUNNING = re.compile(r"\d{1,4}\s*[.)]?")


def are_signs(texts: Iterable[str]) -> bool:
    """Whether a row holds the signs of columns alone, (1) (2) or A B, or a running number without a person."""
    return all(map(_SIGN.fullmatch, texts))


def is_total(text: str) -> bool:
    """Whether a text counts the people of the list."""
    return bool(_TOTAL.match(text[:_LOOKED_AT]))


def is_foot(text: str) -> bool:
    """Whether a text is where people sign, or what stands beside that."""
    text = text[:_LOOKED_AT]
    return bool(_FOOT.match(fold(text)) or _TITLE.match(clean_text(text).casefold()))


def begins_as_unit(text: str) -> bool:
    """Whether a text begins with a kind of unit, as names of people do not: Vụ, not Vũ or Vu."""
    return bool(_UNIT.match(text))


def begins_as_office(text: str) -> bool:
    """Whether a text begins as what is no unit but may head a group: the Party's committee, guests."""
    return bool(_OFFICE.match(f"{text} "))


def is_running_number(text: str) -> bool:
    """Whether a text numbers a person."""
    return bool(_RUNNING.fullmatch(text))


def is_recipient(texts: Iterable[str]) -> bool:
    """Whether a row is one of those below “Nơi nhận”: - Như trên; - Lưu: VT."""
    return next(iter(texts), "").startswith(("-", "–"))


def is_numbered_as_group(texts: Iterable[str]) -> bool:
    """Whether a row begins with a Roman numeral, as groups do and people do not."""
    return bool(_ROMAN_GROUP.match(next(iter(texts), "")))


def group_name(texts: Iterable[str], unit: Callable[[str], object]) -> str | None:
    """The only text of a row, which may name a group of people, without its number and how many they are.

    `unit` tells which unit a text means, so that nothing falls that belongs to its name.
    """
    said = [text for text in texts if not _SIGN.fullmatch(text) and not _ROMAN.fullmatch(text)]
    if len(said) != 1 or len(said[0]) > _LOOKED_AT:
        return None
    name = said[0]
    for part in (_GROUP_SIGN, _COUNT):
        shorter = part.sub("", name)
        if not unit(name) or unit(name) == unit(shorter):
            name = shorter
    return name.strip(" :.-–")
