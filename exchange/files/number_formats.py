"""What Excel shows of a number or a text: its format applied, with a comma before decimals, points between thousands.

Known are digits, decimals, thousands, percent, text around them, and sections for negative numbers, for zero, for text
and for numbers that meet a condition. What another format shows (fractions, exponents) is not known.
"""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from openpyxl.styles.numbers import is_date_format

_MOST_DECIMALS = 10  # of a number without a format
_MOST_DIGITS = 15  # that Excel keeps of a number
_LONGEST_FORMAT = 255  # of Excel itself
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)  # room for the largest float with as many decimals as a format has

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
    | \[(?P<condition>(?:[<>]=?|<>|=)\s*-?\d+(?:\.\d+)?)\]
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<general>general) | (?P<end>;) | (?P<text>@)
    | (?P<ignored>_. | \*. | \[(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+)\])
    | (?P<plain>[-+$()\s:!^&'~{}<>=1-9] | [^\x00-\x7f]) | (?P<unknown>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

_LITERAL_IN_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|am/pm|a/p')
_MINUTES = re.compile(r"(?<=h)(\W*)m+|m+(?=\W*s)")

_COMPARISONS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_CONDITION = re.compile(r"([<>=]+)\s*(.+)")
_MOST_SECTIONS = 4

Token = tuple[str, str]  # what it is, and its text


@dataclass(frozen=True)
class _Section:
    """How numbers of one sign are shown: what stands before the decimal point and what after it."""

    whole: tuple[Token, ...]
    decimals: tuple[Token, ...] | None  # None without a point
    shift: int  # powers of ten by which the number is larger
    is_grouped: bool


@dataclass(frozen=True)
class _Format:
    """The sections for numbers, each with its condition, and what is for text; a section that is not known is None."""

    numbers: tuple[tuple[str | None, _Section | None], ...]
    text: tuple[Token, ...] | None


def shown(value: float | str, code: str) -> str:
    """The value as its format shows it; where that is not known, as a cell without a format shows it."""
    text = formatted(value, code)
    if text is not None:
        return text
    return value if isinstance(value, str) else general(value)


def formatted(value: float | str, code: str, *, decimal: str = ",", group: str = ".") -> str | None:
    """The value as its format shows it, with these signs before the decimals and between thousands; None if unknown."""
    format_ = _format(code)
    if format_ is None:
        return None
    if isinstance(value, str):
        tokens = format_.text
        return None if tokens is None else "".join(text if kind == "literal" else value for kind, text in tokens)
    section = _section_for(value, format_.numbers) if math.isfinite(value) else None
    if section is None:
        return None
    text = _filled(section, abs(value), decimal, group)
    is_signed = value < 0 and len(format_.numbers) == 1
    return f"-{text}" if is_signed and re.search("[1-9]", text) else text


@lru_cache(maxsize=1_000)
def changes_text(code: str) -> bool:
    """Whether a format may show a text as another than it is."""
    return (formatted("x", code) or "").strip() != "x"


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


@lru_cache(maxsize=1_000)
def parts_of_date(code: str) -> set[str]:
    """Which of day, month and year (d, m, y) a format shows."""
    plain = _LITERAL_IN_DATE.sub("", code.lower()).partition(";")[0]
    return set(_MINUTES.sub("", plain)) & set("dmy")


def _decimal(number: float) -> Decimal:
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.{_MOST_DIGITS}g}")


@lru_cache(maxsize=1_000)
def _format(code: str) -> _Format | None:
    if len(code) > _LONGEST_FORMAT:
        return None
    sections: list[list[Token]] = [[]]
    for token in _TOKEN.finditer(code):
        kind = token.lastgroup or "unknown"
        if kind == "end":
            sections.append([])
        elif kind in ("quoted", "escaped", "currency", "plain"):
            sections[-1].append(("literal", token[kind]))
        elif kind != "ignored":
            sections[-1].append((kind, token[kind]))
    if len(sections) > _MOST_SECTIONS:
        return None
    text = [("text", "@")]
    if len(sections) == _MOST_SECTIONS or any(kind == "text" for kind, _text in sections[-1]):
        text = sections.pop()
    is_known = all(kind in ("literal", "text", "general") for kind, _text in text)
    return _Format(tuple(map(_conditional, sections)), tuple(text) if is_known else None)


def _conditional(tokens: list[Token]) -> tuple[str | None, _Section | None]:
    """The condition of a section, and how it shows the numbers that meet it."""
    conditions = [text for kind, text in tokens if kind == "condition"]
    section = _section([token for token in tokens if token[0] != "condition"]) if len(conditions) < 2 else None
    return (conditions[0] if conditions else None), section


def _section_for(number: float, sections: tuple[tuple[str | None, _Section | None], ...]) -> _Section | None:
    """The section that shows a number; None where it is not known, as of numbers that meet no condition."""
    if any(condition for condition, _section in sections):
        return None if number < 0 else _section_by_condition(number, sections)
    place = 1 if number < 0 else 2 if number == 0 else 0
    return sections[place if place < len(sections) else 0][1] if sections else None


def _section_by_condition(number: float, sections: tuple[tuple[str | None, _Section | None], ...]) -> _Section | None:
    for place, (condition, section) in enumerate(sections, 1):
        if condition is None:  # what is left, in the last one; in another Excel sets a condition of its own
            return section if place == len(sections) else None
        ((comparison, limit),) = _CONDITION.findall(condition)
        if _COMPARISONS[comparison](number, float(limit)):
            return section
    return None


def _section(tokens: list[Token]) -> _Section | None:
    kinds = [kind for kind, _text in tokens]
    if (
        {"text", "unknown"} & set(kinds)
        or kinds.count("point") > 1
        or ("general" in kinds and {"digit", "point"} & set(kinds))
    ):
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
