"""How figures are written: grouped counts, changes and percentages with their sign, in the language of the screen."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import get_format
from django.utils.numberformat import format as number_format

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"


def grouped(value: int | Decimal, places: int | None = None) -> str:
    """2863 → "2.863" (English "2,863"); a minus is the typographic one."""
    text = number_format(
        abs(value),
        get_format("DECIMAL_SEPARATOR"),
        decimal_pos=places,
        grouping=get_format("NUMBER_GROUPING"),
        thousand_sep=get_format("THOUSAND_SEPARATOR"),
        force_grouping=True,
        use_l10n=False,
    )
    return MINUS + text if value < 0 else text


def signed(value: int | Decimal, places: int | None = None) -> str:
    """153 → "+153", -9 → "−9", 0 → "0"."""
    return ("+" if value > 0 else "") + grouped(value, places)


def percent(value: Decimal | float | str, places: int = 2) -> str:
    """5.645 → "+5,65 %": half up (away from zero), with a no-break space."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{signed(rounded, places)}{NO_BREAK_SPACE}%"
