"""What a process has made once and may need again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """By its key; where there is no more room, what nobody has asked for longest goes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._turn = Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Two that ask at once may both make it; both are given the one that was kept first."""
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._turn:
            kept = self._kept.setdefault(key, made)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return kept

    def clear(self) -> None:
        with self._turn:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)
