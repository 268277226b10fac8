"""How figures are written."""

from decimal import Decimal

import pytest
from django.utils import translation

from vpcp_training.figures import grouped, percent, signed


def test_counts_are_grouped_in_the_language_of_the_screen():
    assert grouped(2863) == "2.863"
    assert grouped(-1234567) == "−1.234.567"
    with translation.override("en"):
        assert grouped(2863) == "2,863"


def test_changes_have_their_sign():
    assert [signed(153), signed(-9), signed(0)] == ["+153", "−9", "0"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("5.6457", "+5,65 %"), ("5.645", "+5,65 %"), ("-5.645", "−5,65 %"), ("0", "0,00 %"), ("1234.5", "+1.234,50 %")],
)
def test_percentages_are_rounded_away_from_zero_before_a_no_break_space(value, shown):
    assert percent(Decimal(value)) == shown.replace(" ", "\u00a0")
