"""Text typed for a font of the time before Unicode (TCVN3: .VnTime; VNI: VNI-Times), whose letters look like others.

"Nguyễn Văn An" is held as "NguyÔn V¨n An" in TCVN3 and as "Nguyeãn Vaên An" in VNI.
"""

import re
import unicodedata
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

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
_VNI_CHARACTERS = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0309\u0303\u0323"))
_SYLLABLE = re.compile(
    r"(b|ch?|d|đ|g|gi|h|kh|l|m|ng?|nh|ph?|r|s|th?|tr|v|x|(k|gh|ngh)(?=[eêiy])|qu(?=[aăâeêiyôơ]))?"
    r"(o?a(ch?|ng?|nh|[imoptuy])?|o?ă(c|ng?|[mpt])|u?â(c|ng?|[mptuy])|o?e(c|ng?|[mopt])?|u?ê(ch?|ng?|nh|[mptu])?"
    r"|i(ch|nh|[amnptu])?|(oo(?=c|ng)|[oô])(c|ng?|[impt])?|ươ?(c|ng?|[aimptu])?|u?ơ[imnpt]?|u(c|ng?|[aimpt])?"
    r"|uô(c|ng?|[imt])|iê(c|ng?|[mptu])|uy(ch|nh|[anptu])?|u?yê(ng?|[mtu])|y|(?<=qu)y(ch|nh|[nt]))"
)
# A syllable of a language of the highlands, alone or after a single vowel: Kông, Blăh, Niê, Đắk, Êban.
_VOWELS = "aăâeêioôơuưy"
_HIGHLAND_SYLLABLE = re.compile(
    rf"([{_VOWELS}](?=[^{_VOWELS}]))?([hkpr]?[bđdjklmnprstvw]?[hlr]?|k?s|ch|nh|ng)"
    rf"([aăâeêiơ][ou]|[aăâoôơuưê]i|[aâu]y|([{_VOWELS}]|[iouy][aăâeêơ]|uô|ươ)(ng|(?<=[aeêiy])[cn]h|[chjklmnprstw])?)"
)
# Signs that are letters in TCVN3, where they stand beside letters as no sign does; «Quotation» is none.
_SIGNS = "[¡-¬®µ-¹»-¾]+"
_SIGN_AMONG_LETTERS = re.compile(rf"(?<=[^\W\d_]){_SIGNS}(?=[^\W\d_])|^{_SIGNS}(?=[a-z])|(?<=[a-z]){_SIGNS}$")
# Pairs of VNI that no language spells so.
_PAIRS = re.compile("a[àâãäåê]|o[âäå]|[iy]e[àâãäå]|öô")
# A tone where no syllable has one: on a consonant, or one that no syllable has that is stopped.
_WRONG_TONE = re.compile(
    "(?<![aeiouy\u0302\u0306\u031b])[\u0300\u0301\u0303\u0309\u0323]|[\u0300\u0303\u0309].*?(ch?|p|t)$"
)
_CAPITAL_ETH = re.compile("(?<![a-z])Ð")  # typed for Đ; TCVN3 has it for é, after small letters
_BREAKS = re.compile(r"[\s!-/:-@\[-`{-~–—“”‘’…]+")

# What to say of such a text.
LOOKS_OLD = _("This looks typed for an old font (TCVN3 or VNI). Convert it to Unicode, or type it again.")


def is_in_an_old_font(text: str) -> bool:
    """Whether a name makes sense only when read as TCVN3 or VNI; text as it came, before it was cleaned.

    Signs and pairs of letters that no language has inside a word are proof by themselves. Else each word that makes no
    sense as it stands has to become Vietnamese, and not by chance: the whole name makes sense then, or several words
    become so. "René Müller", "Anaïs", "Hoà" and "Ksor Krơn" stay what they are.
    """
    if text.isascii():
        return False
    text = _CAPITAL_ETH.sub("Đ", unicodedata.normalize("NFC", text))
    words = [word for word in _BREAKS.split(text) if not any(map(str.isdecimal, word))]
    if any(map(_is_proof, words)):
        return True
    strange = [word for word in words if len(word) > 1 and not word.isascii() and not _makes_sense(word)]
    if not strange or not any(all(is_vietnamese(read(word)) for word in strange) for read in (read_tcvn3, read_vni)):
        return False
    return len(strange) > 1 or all(_makes_sense(word) for word in words if word.isalpha() and word not in strange)


@lru_cache(4096)
def _is_proof(word: str) -> bool:
    """Whether a word is a syllable that only an old font writes so."""
    if word.isascii():
        return False
    if _SIGN_AMONG_LETTERS.search(word) and _is_syllable(read_tcvn3(word)):
        return True
    return bool(_PAIRS.search(word.lower())) and _is_syllable(read_vni(word))


def _makes_sense(word: str) -> bool:
    """Whether a word may be Vietnamese as it stands, or of the highlands in one case of letters."""
    return is_vietnamese(word) or (word in (word.upper(), word.lower(), word.title()) and _is_syllable(word))


def read_tcvn3(text: str) -> str:
    """The text that was typed for a font such as .VnTime, in Unicode."""
    return text.translate(_TCVN3)


def read_vni(text: str) -> str:
    """The text that was typed for a font such as VNI-Times, in Unicode."""
    return unicodedata.normalize("NFC", _VNI_CHARACTERS.sub(_vni_letter, text))


def _vni_letter(found: re.Match) -> str:
    letter = _VNI[found[0].lower()]
    return letter.upper() if found[0][0].isupper() else letter


def is_vietnamese(word: str) -> bool:
    """Whether a word may be a Vietnamese syllable: its letters in a possible order, one tone at most."""
    return _fits(_SYLLABLE, word)


def _is_syllable(word: str) -> bool:
    """Whether a word may be a syllable of Vietnamese or of the highlands."""
    return is_vietnamese(word) or _fits(_HIGHLAND_SYLLABLE, word)


@lru_cache(4096)  # the same syllables come again and again
def _fits(syllable: re.Pattern, word: str) -> bool:
    """Whether a word has the letters of a syllable, with one tone at most."""
    marks = unicodedata.normalize("NFD", word.lower())
    letters = marks.translate(_TONES)
    if len(marks) - len(letters) > 1 or _WRONG_TONE.search(marks):
        return False
    return bool(syllable.fullmatch(unicodedata.normalize("NFC", letters)))
