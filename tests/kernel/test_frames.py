"""No loop may take memory from the operating system and give it back at every turn, however deep it runs."""

import resource
from collections.abc import Callable

from thongsuot.kernel.frames import with_room

TURNS = 400
DEPTHS = range(100, 300)


def test_a_loop_with_room_takes_no_memory_anew_at_any_depth() -> None:
    for depth in DEPTHS:
        with_room(_deep)(depth, _loop)  # what is touched for the first time
    assert max(map(_taken, DEPTHS)) < TURNS / 4


def test_arguments_answer_and_name_stay_as_they_were() -> None:
    assert with_room(_sum)(1, right=2) == 3
    assert with_room(_sum).__name__ == "_sum"


def _sum(left: int, *, right: int) -> int:
    return left + right


def _deep(frames: int, then: Callable[[], None]) -> None:
    if frames:
        _deep(frames - 1, then)
    else:
        then()


def _loop() -> None:
    for _turn in range(TURNS):
        sorted((2, 1), key=lambda number: number)


def _taken(depth: int) -> int:
    """Pages of memory the system gave to the loop at that depth."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    with_room(_deep)(depth, _loop)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
