"""Every matter is in exactly one clock state, whether one row is asked or all are counted."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.matters import IssuedTaskFactory, ProposalFactory, TaskFactory
from tests.factories.units import WardFactory
from thongsuot.matters.clocks import clock_state, counted_by_clock, days_left, in_clock_state, set_term
from thongsuot.matters.enums import ClockState, State
from thongsuot.matters.models import Matter

pytestmark = pytest.mark.django_db

TODAY = date(2025, 11, 10)  # a Monday


def task(due: int, **fields: object) -> Matter:
    """Due that many days from today."""
    made: Matter = IssuedTaskFactory.build(unit=WardFactory(), **fields)
    set_term(made, TODAY + timedelta(days=due))
    return made


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        ({"due": 30}, ClockState.IN_TERM),
        ({"due": 30, "extensions": 1}, ClockState.EXTENDED),
        ({"due": 3}, ClockState.DUE_SOON),
        ({"due": 0}, ClockState.DUE_SOON),
        ({"due": 3, "extensions": 1}, ClockState.DUE_SOON),
        ({"due": -1}, ClockState.OVERDUE),
        ({"due": -1, "waiting_since": TODAY}, ClockState.WAITING),
        ({"due": -1, "state": State.SUBMITTED, "stopped_on": TODAY - timedelta(days=1)}, ClockState.DUE_SOON),
        (
            {"due": -1, "state": State.VERIFIED, "open": False, "stopped_on": TODAY - timedelta(days=1)},
            ClockState.DONE_IN_TIME,
        ),
        ({"due": -1, "state": State.VERIFIED, "open": False, "stopped_on": TODAY}, ClockState.DONE_LATE),
        ({"due": 9, "state": State.WITHDRAWN, "open": False, "stopped_on": TODAY}, ClockState.STOPPED),
    ],
)
def test_a_clock_tells_where_it_stands(matter: dict[str, object], expected: ClockState) -> None:
    assert clock_state(task(**matter), TODAY) == expected  # type: ignore[arg-type]


def test_what_was_only_recorded_has_no_term() -> None:
    assert clock_state(TaskFactory.build(unit=WardFactory()), TODAY) == ClockState.NO_TERM


def test_days_left_are_working_days_and_end_with_the_holders_part() -> None:
    assert days_left(task(7), TODAY) == 5
    assert days_left(task(-7), TODAY) == -5
    assert days_left(task(7, stopped_on=TODAY), TODAY) is None


near = st.integers(-20, 20).map(lambda days: TODAY + timedelta(days=days))
clocks = st.fixed_dictionaries(
    {
        "due_on": near,
        "stopped_on": st.none() | near,
        "waiting_since": st.none() | near,
        "extensions": st.integers(0, 2),
        "state": st.sampled_from([State.IN_PROGRESS, State.SUBMITTED, State.VERIFIED, State.WITHDRAWN]),
    }
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(clocks, max_size=6))
def test_one_row_and_all_rows_agree_and_add_up(rows: list[dict[str, object]]) -> None:
    Matter.objects.all().delete()
    ward = WardFactory()
    ProposalFactory(unit=ward)
    TaskFactory(unit=ward)
    for row in rows:
        closed = row["state"] in (State.VERIFIED, State.WITHDRAWN)
        matter: Matter = IssuedTaskFactory.build(unit=ward, **row)
        set_term(matter, row["due_on"])  # type: ignore[arg-type]
        matter.open, matter.closed_on = not closed, TODAY if closed else None
        matter.stopped_on = TODAY if closed and not matter.stopped_on else matter.stopped_on
        matter.origin.save()
        matter.citation = None
        matter.save()
    everything = list(Matter.objects.all())
    one_by_one = {
        state.value: sum(clock_state(one, TODAY) == state for one in everything) for state in ClockState
    }
    assert counted_by_clock(Matter.objects.all(), TODAY) == one_by_one
    assert sum(one_by_one.values()) == len(everything)
    for state in ClockState:
        found = set(Matter.objects.filter(in_clock_state(state, TODAY)).values_list("pk", flat=True))
        assert found == {one.pk for one in everything if clock_state(one, TODAY) == state}
