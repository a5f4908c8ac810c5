"""The ladder of reminders: which rungs have come for a due date, and which due dates have a rung on given days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.lawbook.calendar import is_working_day
from thongsuot.lawbook.reminders import due_between, keep_days, ladder, rungs, steps

DAYS = st.dates(date(2025, 7, 1), date(2027, 12, 31))
FRIDAY = date(2025, 10, 31)


def codes(due_on: date, on: date) -> list[str]:
    return [step.code for step in rungs(due_on, on)]


def test_it_climbs_from_the_holder_to_the_level_above() -> None:
    assert codes(FRIDAY, date(2025, 10, 27)) == []
    assert codes(FRIDAY, date(2025, 10, 28)) == ["before-3"]
    assert codes(FRIDAY, FRIDAY) == ["before-3", "before-1", "due"]
    assert codes(FRIDAY, date(2025, 11, 3)) == ["before-3", "before-1", "due", "late-1"]
    assert {step.code: step.levels for step in steps(FRIDAY)} | {"late-1": (0,)} == {
        "before-3": (0,),
        "before-1": (0,),
        "due": (0,),
        "late-1": (0,),
        "late-3": (0, 1),
        "late-5": (0, 1, 2),
        "late-10": (0, 1, 2),
    }


def test_days_off_do_not_count() -> None:
    """Due on the last working day before Tết 2026: the first reminder of lateness waits for the offices to open."""
    late = {step.code: step.on for step in steps(date(2026, 2, 13))}
    assert late["late-1"] == date(2026, 2, 23)


@given(due_on=DAYS)
def test_every_rung_has_its_own_working_day(due_on: date) -> None:
    found = steps(due_on)
    assert len({step.on for step in found}) == len(ladder(due_on))
    assert all(is_working_day(step.on) or step.on == due_on for step in found)


@given(due_on=DAYS, first=DAYS, days=st.integers(0, 40))
def test_no_due_date_with_a_rung_in_the_days_is_left_out(due_on: date, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    earliest, latest = due_between(first, last)
    if any(first <= step.on <= last for step in steps(due_on)):
        assert earliest <= due_on <= latest


def test_notices_are_kept_for_more_than_a_year_and_not_for_ever() -> None:
    assert 365 < keep_days()["notices"] < 1000
