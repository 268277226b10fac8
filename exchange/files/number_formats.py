"""What Excel shows of a number: its format applied, with a comma before the decimals and points between thousands.

Known are digits, decimals, thousands, percent, text around them, and sections for negative numbers and zero. With any
other format (fractions, exponents, conditions) a number is shown as a cell without a format shows it.
"""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format

_MOST_DECIMALS = 10  # of a number without a format
_MOST_DIGITS = 15  # that Excel keeps of a number
_LONGEST_FORMAT = 255  # of Excel itself
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)  # room for the largest float with as many decimals as a format has

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<general>general) | (?P<end>;) | (?P<text>@)
    | (?P<ignored>_. | \*. | \[(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+)\])
    | (?P<plain>[-+$()\s:!^&'~{}<>=1-9] | [^\x00-\x7f])
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

Token = tuple[str, str]  # what it is, and its text


@dataclass(frozen=True)
class _Section:
    """How numbers of one sign are shown: what stands before the decimal point and what after it."""

    whole: tuple[Token, ...]
    decimals: tuple[Token, ...] | None  # None without a point
    shift: int  # powers of ten by which the number is larger
    is_grouped: bool


def shown(number: float, code: str, *, decimal: str = ",", group: str = ".") -> str:
    """The number as its format shows it, with these signs before the decimals and between thousands."""
    sections = _sections(code)
    if not sections or not math.isfinite(number):
        return general(number, decimal=decimal)
    if number < 0 and len(sections) > 1:
        return _filled(sections[1], abs(number), decimal, group)
    section = sections[2] if number == 0 and len(sections) > 2 else sections[0]
    text = _filled(section, abs(number), decimal, group)
    return f"-{text}" if number < 0 and re.search("[1-9]", text) else text


def general(number: float, *, decimal: str = ",") -> str:
    """The number as a cell without a format shows it: a whole number whole, at most ten decimals."""
    if isinstance(number, int) or not math.isfinite(number):
        return str(number)
    exact = _decimal(number)
    rounded = round(exact, _MOST_DECIMALS) if exact.adjusted() < _MOST_DIGITS else None
    if rounded is None or (exact and not rounded):
        return f"{number:.{_MOST_DIGITS}g}".upper().replace(".", decimal)
    if rounded == rounded.to_integral_value():
        return str(int(rounded))
    return f"{rounded:f}".rstrip("0").replace(".", decimal)


@lru_cache(maxsize=1_000)
def shows_date(code: str) -> bool:
    """Whether a format shows numbers as days or times."""
    return is_date_format(code)


def _decimal(number: float) -> Decimal:
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.{_MOST_DIGITS}g}")


@lru_cache(maxsize=1_000)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format that are for numbers; none where there is something in it that is not known."""
    if len(code) > _LONGEST_FORMAT:
        return ()
    sections, position = [[]], 0
    while position < len(code):
        token = _TOKEN.match(code, position)
        if token is None:
            return ()
        position = token.end()
        kind = token.lastgroup
        if kind == "end":
            sections.append([])
        elif kind in ("quoted", "escaped", "currency", "plain"):
            sections[-1].append(("literal", token[kind]))
        elif kind != "ignored":
            sections[-1].append((kind, token[0]))
    if len(sections) == 4 or any(kind == "text" for kind, _text in sections[-1]):
        sections.pop()  # for text
    made = [_section(tokens) for tokens in sections]
    return () if None in made else tuple(made)


def _section(tokens: list[Token]) -> _Section | None:
    kinds = [kind for kind, _text in tokens]
    if "text" in kinds or kinds.count("point") > 1 or ("general" in kinds and {"digit", "point"} & set(kinds)):
        return None
    point = kinds.index("point") if "point" in kinds else len(kinds)
    if point < len(kinds) and "digit" not in kinds[:point]:
        return _section([("digit", "#"), *tokens])  # what stands before the decimals is shown in any case
    digits = [place for place, kind in enumerate(kinds) if kind == "digit"]
    commas = [place for place, kind in enumerate(kinds) if kind == "comma" and digits and place > digits[0]]
    last = max((place for place in digits if place < point), default=-1)
    grouping = [place for place in commas if place < last]
    return _Section(
        whole=tuple(token for token in tokens[:point] if token[0] != "comma"),
        decimals=tuple(token for token in tokens[point + 1 :] if token[0] != "comma") if point < len(kinds) else None,
        shift=2 * kinds.count("percent") - 3 * (len(commas) - len(grouping)),
        is_grouped=bool(grouping),
    )


def _filled(section: _Section, number: float, decimal: str, group: str) -> str:
    decimals = section.decimals or ()
    places = sum(kind == "digit" for kind, _text in decimals)
    exact = _decimal(number).scaleb(section.shift, _EXACT).quantize(Decimal(1).scaleb(-places), context=_EXACT)
    whole, _point, fraction = f"{exact:f}".partition(".")
    text = _whole(section, whole.lstrip("0"), group if section.is_grouped else "", general(number, decimal=decimal))
    return text if section.decimals is None else text + decimal + _fraction(decimals, fraction)


def _whole(section: _Section, digits: str, group: str, as_general: str) -> str:
    """Digits take their places from the right; the first place takes all that are left."""
    shown, free, written = [], sum(kind == "digit" for kind, _text in section.whole), 0
    for kind, text in reversed(section.whole):
        if kind != "digit":
            shown.append(as_general if kind == "general" else text)
            continue
        free -= 1
        taken = digits if not free else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        for digit in reversed(taken or _unfilled(text)):
            shown.append(digit + group if written and written % 3 == 0 else digit)
            written += 1
    return "".join(reversed(shown))


def _fraction(tokens: tuple[Token, ...], digits: str) -> str:
    """Zeros at the end are shown where the format has a zero."""
    shown, place, needed = [], 0, len(digits.rstrip("0"))
    for kind, text in tokens:
        if kind != "digit":
            shown.append(text)
            continue
        shown.append(digits[place] if place < needed else _unfilled(text))
        place += 1
    return "".join(shown)


def _unfilled(place: str) -> str:
    return {"0": "0", "?": " "}.get(place, "")
