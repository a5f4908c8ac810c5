from collections.abc import Iterator
from copy import deepcopy

import pytest
import time_machine

from tests.conftest import Rows
from tests.staffing.transfers.scene import MONDAY, Scene, scene


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """`clock.move_to(…)` goes on from there."""
    with time_machine.travel(f"{MONDAY} 08:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def built(module_rows: Rows) -> Scene:
    with module_rows(), time_machine.travel(f"{MONDAY} 08:00+07:00", tick=False):
        return scene()


@pytest.fixture
def town(db: None, clock: time_machine.Traveller, built: Scene) -> Scene:
    """The rows are there once; who holds them in memory changes them alone."""
    return deepcopy(built)
