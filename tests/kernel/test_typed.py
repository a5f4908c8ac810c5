"""Numbers and days as people type them: one meaning, or a refusal to guess."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.kernel.typed import NotOne, Unsure, day_of, number_of


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("1553", 1553),
        ("1.553", 1553),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("1.234,5", Decimal("1234.5")),
        ("1,234.5", Decimal("1234.5")),
        ("12,5", Decimal("12.5")),
        ("12.5", Decimal("12.5")),
        ("0,125", Decimal("0.125")),
        ("8 412", 8412),
        ("8\u00a0412", 8412),
        (" 97,3 % ", Decimal("97.3")),
        ("-3", -3),
        ("−3", -3),
        (12.5, Decimal("12.5")),
        (7, 7),
    ],
)
def test_a_number_is_read_as_it_was_meant(said: object, number: object) -> None:
    assert number_of(said) == number


@pytest.mark.parametrize(
    "said",
    [
        "",
        "abc",
        "1.2.3",
        "12,",
        "1.23.456",
        "09.2026",
        "1e5",
        "=A1",
        "mười",
        "1-2",
        float("nan"),
        True,
        "9" * 30,
    ],
)
def test_what_is_no_number_is_refused(said: object) -> None:
    with pytest.raises(NotOne):
        number_of(said)


def test_a_number_that_could_be_two_is_not_guessed() -> None:
    with pytest.raises(Unsure):
        number_of("1,553")


@given(st.integers(-(10**15), 10**15))
def test_thousands_marked_with_dots_change_nothing(number: int) -> None:
    assert number_of(f"{number:,}".replace(",", ".")) == number


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_comma_opens_the_decimals(number: Decimal) -> None:
    printed = f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert number_of(printed) == number


@pytest.mark.parametrize(
    "said",
    [
        "30-10-2025",
        "30/10/2025",
        "30.10.2025",
        "2025-10-30",
        date(2025, 10, 30),
        datetime(2025, 10, 30, 8, tzinfo=UTC),
    ],
)
def test_a_day_is_read(said: object) -> None:
    assert day_of(said) == date(2025, 10, 30)


@pytest.mark.parametrize("said", ["", "31-02-2025", "hôm nay", "10-2025"])
def test_what_is_no_day_is_none(said: str) -> None:
    assert day_of(said) is None
