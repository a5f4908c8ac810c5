"""Numbers and days as people type them: one meaning, or a refusal to guess."""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.kernel.typed import NotOne, Unsure, as_typed, day_of, number_of, number_written


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


numbers = st.decimals(min_value=-(10**17), max_value=10**17, allow_nan=False, places=6) | st.decimals(
    min_value=-2000, max_value=2000, allow_nan=False, places=3
)
marks = st.sampled_from([",", "."])


@given(numbers, marks)
def test_what_is_shown_is_read_back_as_the_same_number(number: Decimal, decimal: str) -> None:
    assert number_written(as_typed(number, decimal), decimal) == number


@given(numbers, marks)
def test_what_is_shown_in_one_language_is_never_another_number_in_the_other(
    number: Decimal, decimal: str
) -> None:
    with suppress(NotOne):
        assert number_written(as_typed(number, decimal), "." if decimal == "," else ",") == number


@given(st.text("0135,.- ", max_size=12))
def test_no_text_is_one_number_in_one_language_and_another_in_the_other(text: str) -> None:
    read = set()
    for decimal in (",", "."):
        with suppress(NotOne):
            read.add(number_written(text, decimal))
    assert len(read) <= 1


@pytest.mark.parametrize(
    ("decimal", "said", "number"),
    [
        (",", "5.581", 5581),
        (",", "1.234,5", Decimal("1234.5")),
        (",", "1,5530", Decimal("1.553")),
        (".", "5,581", 5581),
        (".", "1,234.5", Decimal("1234.5")),
        (".", "1.5530", Decimal("1.553")),
        (".", "8 412", 8412),
    ],
)
def test_a_page_reads_its_own_language(decimal: str, said: str, number: object) -> None:
    assert number_written(said, decimal) == number


@pytest.mark.parametrize(
    ("decimal", "said", "readings"),
    [
        (",", "1,553", (1553, Decimal("1.553"))),
        (",", "1,234.5", (Decimal("1234.5"),)),
        (",", "12.5", (Decimal("12.5"),)),
        (",", "1,234,567", (1234567,)),
        (".", "5.581", (5581, Decimal("5.581"))),
        (".", "1.234,5", (Decimal("1234.5"),)),
        (".", "12,5", (Decimal("12.5"),)),
    ],
)
def test_what_is_written_the_other_way_is_refused_with_what_it_may_mean(
    decimal: str, said: str, readings: tuple[object, ...]
) -> None:
    with pytest.raises(Unsure) as refused:
        number_written(said, decimal)
    assert refused.value.readings == readings


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
