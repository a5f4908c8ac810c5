"""Room for the frames of deep calls.

CPython keeps the frames of Python functions in chunks of 16 KB, which it asks of the operating system one at a time
(`_PyThreadState_PushFrame`, since 3.11). Where a chunk happens to end inside a loop, every turn of the loop takes a new
chunk and gives it back: a list page did so 1,400 times, a fifth of its time. A function whose own frame needs a large
chunk leaves the rest of that chunk to all it calls, and no loop below it meets the end.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# Slots of 8 bytes: a chunk of 2 MB, half of it for what is called. Only what is touched takes memory.
SLOTS = 2**20 // 8


def with_room(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, with about 1 MB for the frames of everything it calls."""

    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    called.__code__ = called.__code__.replace(co_stacksize=SLOTS)
    return functools.wraps(function)(called)
