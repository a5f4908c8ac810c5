"""A half goes up, whatever kind of number it stands in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.kernel.rounding import half_up


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (Decimal("2.25"), 1, "2.3"),
        (Decimal("-2.25"), 1, "-2.3"),
        (2.675, 2, "2.68"),
        (Decimal("99.96"), 1, "100.0"),
        (12, 1, "12.0"),
        (Decimal("-0.04"), 1, "0.0"),
        (Decimal("123456789012345678901234.56"), 1, "123456789012345678901234.6"),
    ],
)
def test_a_half_goes_up(value: float | Decimal, places: int, rounded: str) -> None:
    assert str(half_up(value, places)) == rounded


def test_what_is_no_number_stays() -> None:
    assert not half_up(float("inf"), 1).is_finite()


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=6), st.integers(0, 6))
def test_never_further_away_than_half_a_step(value: Decimal, places: int) -> None:
    assert abs(half_up(value, places) - value) <= Decimal(1).scaleb(-places) / 2
