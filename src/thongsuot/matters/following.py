"""Other apps follow what happens to matters: those above register here, and hear of every step as it is taken."""

from collections.abc import Callable, Sequence

from thongsuot.matters.models import Step

# Called inside the transaction of the act, with the steps it left; one act on many matters is told once.
Listener = Callable[[Sequence[Step]], None]

_LISTENERS: list[Listener] = []


def on_step(listener: Listener) -> None:
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def follow(steps: Sequence[Step]) -> None:
    for listener in _LISTENERS:
        listener(steps)
