"""Working days of Vietnamese offices."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.lawbook.calendar import add_working_days, holiday, is_working_day, working_days_between

days = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))


@pytest.mark.parametrize(
    "on",
    [
        date(2025, 9, 1),  # National Day is two days
        date(2025, 9, 2),
        date(2025, 5, 2),  # exchanged for Saturday 26 April
        date(2026, 2, 18),  # Tết
        date(2026, 4, 27),  # the Hùng Kings' day fell on a Sunday
        date(2026, 11, 24),  # Day of Vietnamese Culture
        date(2026, 11, 22),  # a Sunday
    ],
)
def test_offices_are_closed(on: date) -> None:
    assert not is_working_day(on)


@pytest.mark.parametrize("on", [date(2025, 4, 26), date(2026, 8, 22), date(2025, 11, 24), date(2026, 11, 23)])
def test_offices_work(on: date) -> None:
    assert is_working_day(on)


def test_a_holiday_says_why() -> None:
    assert holiday(date(2026, 2, 18)) == "Tết Nguyên đán"
    assert holiday(date(2026, 11, 23)) == ""


def test_a_year_nobody_announced_yet_has_its_fixed_days() -> None:
    assert not is_working_day(date(2031, 4, 30))
    assert is_working_day(date(2031, 4, 29))


def test_three_working_days_over_a_long_weekend() -> None:
    assert add_working_days(date(2025, 8, 29), 3) == date(2025, 9, 5)


@given(days, st.integers(1, 60))
def test_adding_ends_on_a_working_day_that_many_days_on(on: date, number: int) -> None:
    end = add_working_days(on, number)
    assert is_working_day(end)
    assert working_days_between(on, end) == number


@given(days, st.integers(0, 90), st.integers(0, 90))
def test_counts_of_adjoining_spans_add_up(on: date, first: int, second: int) -> None:
    middle = on + timedelta(days=first)
    end = middle + timedelta(days=second)
    assert working_days_between(on, middle) + working_days_between(middle, end) == working_days_between(
        on, end
    )


@given(days, st.integers(1, 60))
def test_going_back_undoes_going_on_from_a_working_day(on: date, number: int) -> None:
    start = add_working_days(on, 1)
    assert add_working_days(add_working_days(start, number), -number) == start
