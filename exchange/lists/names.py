"""The name of a person as a list has it: in parts, behind courtesy words and degrees."""

import re

from vpcp_training.text import clean_text, fold, letters_key

# Family names of Vietnam, Kinh and others, by which a name is told from a word of courtesy before it.
_FAMILIES = """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đinh Lâm Phùng Mai Tô Trịnh Hà Cao
    Đoàn Lương Lưu Tạ Thái Châu Quách Tăng Từ Triệu Chu Kiều La Thân Nghiêm Vương Viên Văn Tống Bạch Ninh Nông Ma
    Hứa Đàm Lục Cù Giang Khuất Khổng Doãn Phí Mạc Mã Âu Trương Thạch Kim Sơn Danh Lò Lường Cầm Quàng Vi Vàng Giàng
    Sùng Thào Hạng Lầu Mùa Rơ Siu Ksor Niê Đồng Ông Tôn Công Trà Tiêu Thiều Sầm Quan Phương Ngụy Nhữ Ngọ Nhan Mông
    Lều Lã Lại Khúc Hoa Hàn Đường Điền Đậu Đới Cung Cổ Chử Chế Chẩu Cát Bế Bàn Bành Âm An Ân Ứng Yên Uông Tưởng
    Trang Thẩm Thi Tào Bá Đèo Điêu Hầu Hồng Hùng Kha Khương Lai Liễu Lộ Lữ Mẫn Nhâm Phó Phú Quản Quế Tiết Trình Vì
    Xa Xuân Y Rmah Rah Kpă Nay
"""
_FAMILY_KEYS = frozenset(map(letters_key, _FAMILIES.split()))
_FAMILY_FOLDED = frozenset(map(fold, _FAMILIES.split()))

# A degree or a title cannot be a name; a word of courtesy can, as Ông and Đồng.
_TITLE = re.compile(
    r"(?:(?:đ\s?/\s?c|đc|đ\.\s?c|pgs|gs|tskh|ts|ths|th\.\s?s|ncs|cn|ks|kts|bs|ls|ông\s?/\s?bà|ông\s?\(bà\))"
    r"(?:\s?[.:,]\s?|\s+)(?=\w)|đ\s?/\s?c(?=\w))",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:đồng\s+chí|dong\s+chi|ông|ong|bà|ba|anh|chị|chi|cô|chú|bác|em)\b\s*[.:,]?\s+", re.IGNORECASE
)
_FEWEST_WORDS = 2  # of a name behind a word of courtesy
_MOST_WORDS = 8


def without_courtesy(text: str) -> str:
    """The name, clean, without what is said before it: "Đ/c Nguyễn Văn An" → "Nguyễn Văn An"; Ông Ích Khiêm stays."""
    name = clean_text(text)
    while True:
        found = _TITLE.match(name)
        if not found and (courtesy := _COURTESY.match(name)) and _is_whole(name[courtesy.end() :]):
            found = courtesy
        if not found:
            return name.strip(" .,:;-")
        name = name[found.end() :]


def _is_whole(name: str) -> bool:
    return begins_with_family(name) and len(name.split(maxsplit=_FEWEST_WORDS)) >= _FEWEST_WORDS


def begins_with_family(name: str) -> bool:
    """Whether the first word is a family name; one without any diacritics may be any that is folded so."""
    first = name.split(maxsplit=1)[0] if name else ""
    return letters_key(first) in _FAMILY_KEYS or (name.isascii() and first.casefold() in _FAMILY_FOLDED)


def joined(family: str, given: str) -> str:
    """A name of two cells; the first may hold all of it."""
    family, given = clean_text(family), clean_text(given)
    if family and letters_key(given) and f" {letters_key(family)}".endswith(f" {letters_key(given)}") and " " in family:
        return family
    return f"{family} {given}".strip()


def may_be_name(text: str) -> bool:
    """Whether a text looks like the name of a person: a few words, of letters."""
    words = text.split()
    return 0 < len(words) <= _MOST_WORDS and not re.search(r"[\d:;=@/]", text) and any(map(str.isalpha, text))
