"""Text typed for a font of the time before Unicode (TCVN3: .VnTime; VNI: VNI-Times), whose letters look like others.

"Nguyễn Văn An" is held as "NguyÔn V¨n An" in TCVN3 and as "Nguyeãn Vaên An" in VNI.
"""

import re
import unicodedata
from functools import lru_cache

# TCVN3: one character for each letter, whatever the case where it has no capital of its own.
_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
# VNI: the letter, then a character for its marks; six letters are characters of their own.
_MARKS = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_CIRCUMFLEX = {"â": "\u0302"} | {
    mark: "\u0302" + tone for mark, tone in zip("àáåãä", "\u0300\u0301\u0309\u0303\u0323", strict=True)
}
_BREVE = {"ê": "\u0306"} | {
    mark: "\u0306" + tone for mark, tone in zip("èéúüë", "\u0300\u0301\u0309\u0303\u0323", strict=True)
}
_VNI_LETTERS = dict(zip("ñôöæóòî", "đơưỉĩịỵ", strict=True))
_VNI = {
    letter + mark: _VNI_LETTERS.get(letter, letter) + marks for letter in "aeouyôö" for mark, marks in _MARKS.items()
}
_VNI |= {letter + mark: letter + marks for letter in "aeo" for mark, marks in _CIRCUMFLEX.items()}
_VNI |= {"a" + mark: "a" + marks for mark, marks in _BREVE.items()}
_VNI |= _VNI_LETTERS
_VNI_CHARACTERS = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0309\u0303\u0323"))
_SYLLABLE = re.compile(
    r"(b|ch?|d|đ|g|gi|h|kh|l|m|ng?|nh|ph?|r|s|th?|tr|v|x|(k|gh|ngh)(?=[eêiy])|qu(?=[aăâeêiyôơ]))?"
    r"(o?a(ch?|ng?|nh|[imoptuy])?|o?ă(c|ng?|[mpt])|u?â(c|ng?|[mptuy])|o?e(c|ng?|[mopt])?|u?ê(ch?|ng?|nh|[mptu])?"
    r"|i(ch|nh|[amnptu])?|(oo?|ô)(c|ng?|[impt])?|ươ?(c|ng?|[aimptu])?|u?ơ[imnpt]?|u(c|ng?|[aimpt])?|uô(c|ng?|[imt])"
    r"|iê(c|ng?|[mptu])|uy(ch|nh|[anptu])?|u?yê(ng?|[mtu])|y(ch|nh|[nt])?)"
)
_BREAKS = re.compile(r"[\s!-/:-@\[-`{-~–—“”‘’…]+")


def is_in_an_old_font(text: str) -> bool:
    """Whether a name makes sense only when read as TCVN3 or VNI; text as it came, before it was cleaned.

    Each word that is not Vietnamese as it stands has to become so, and not by chance: every word of the name is
    Vietnamese then, or several become so. "René Müller", "Anaïs" and "Hoà" stay what they are.
    """
    if text.isascii():
        return False
    text = unicodedata.normalize("NFC", text)
    words = _BREAKS.split(text)
    strange = [word for word in words if not word.isascii() and not _is_vietnamese(word)]
    strange = [word for word in strange if len(word) > 1 and not any(map(str.isdecimal, word))]
    if not strange or not any(all(_is_vietnamese(read(word)) for word in strange) for read in (_read_tcvn3, _read_vni)):
        return False
    return len(strange) > 1 or all(_is_vietnamese(word) for word in words if word.isalpha() and word not in strange)


def _read_tcvn3(word: str) -> str:
    return word.translate(_TCVN3)


def _read_vni(word: str) -> str:
    return _VNI_CHARACTERS.sub(lambda found: _VNI[found[0]], word.lower())


@lru_cache(4096)  # the same syllables come again and again
def _is_vietnamese(word: str) -> bool:
    """Whether a word may be a Vietnamese syllable: its letters in a possible order, one tone at most."""
    marks = unicodedata.normalize("NFD", word.lower())
    letters = marks.translate(_TONES)
    return len(marks) - len(letters) < 2 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters)))
