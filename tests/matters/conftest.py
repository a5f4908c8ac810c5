from collections.abc import Iterator
from copy import deepcopy

import pytest
import time_machine

from tests.conftest import Rows
from tests.matters.scene import MONDAY, Scene, scene
from thongsuot.matters import copies
from thongsuot.matters.models import MatterUnit


@pytest.fixture
def monday() -> Iterator[time_machine.Traveller]:
    """`monday.move_to(…)` goes on from there."""
    with time_machine.travel(f"{MONDAY} 08:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def built(module_rows: Rows) -> Scene:
    with module_rows(), time_machine.travel(f"{MONDAY} 08:00+07:00", tick=False):
        return scene()


@pytest.fixture
def town(db: None, monday: time_machine.Traveller, built: Scene) -> Scene:
    """The rows are there once; who holds them in memory changes them alone."""
    return deepcopy(built)


@pytest.fixture(autouse=True)
def copies_are_true(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever was done to matters in a test, the rows of their units say the same as they do."""
    if not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("db")
    yield
    assert untrue() == []


def untrue() -> list[MatterUnit]:
    """Rows of units that say otherwise than their matters."""
    rows = MatterUnit.objects.select_related("matter__origin")
    return [row for row in rows if any(getattr(row, name) != _own(row, name) for name in copies.COPIED)]


def _own(row: MatterUnit, name: str) -> object:
    return getattr(row.matter.origin if name in copies.OF_ORIGIN else row.matter, name)
