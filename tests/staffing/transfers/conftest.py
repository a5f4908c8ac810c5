from collections.abc import Iterator

import pytest
import time_machine

from tests.staffing.transfers.scene import MONDAY, Scene, scene


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """`clock.move_to(…)` goes on from there."""
    with time_machine.travel(f"{MONDAY} 08:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def town(db: None, clock: time_machine.Traveller) -> Scene:
    return scene()
