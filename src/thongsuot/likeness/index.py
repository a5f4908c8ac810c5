"""Finds what a new proposal resembles among those already there; made for one question at a time."""

import math
from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from thongsuot.likeness.comparing import ALIKE, Likeness, Statement, Weighed, likeness, score
from thongsuot.likeness.weights import Weights


class Index:
    """Plain Python: a page that asks it loads no numerical library."""

    def __init__(self, weights: Weights, statements: Iterable[Statement] = ()) -> None:
        self._weights = weights
        self._held: dict[int | str, Weighed] = {}
        self._found_in: defaultdict[str, dict[int | str, float]] = defaultdict(dict)
        for statement in statements:
            self.add(statement)

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def add(self, statement: Statement) -> None:
        """One already there under the same key gives way."""
        self.remove(statement.key)
        weighed = Weighed.of(statement, self._weights)
        self._held[statement.key] = weighed
        for name, weight in weighed.weights.items():
            self._found_in[name][statement.key] = weight

    def remove(self, key: int | str) -> None:
        weighed = self._held.pop(key, None)
        for name in weighed.weights if weighed else ():
            del self._found_in[name][key]
            if not self._found_in[name]:
                del self._found_in[name]

    def near(self, statement: Statement, limit: int = 10, at_least: float = ALIKE) -> list[Likeness]:
        """The most alike first; the statement itself, where it is here, is left out."""
        asked = Weighed.of(statement, self._weights)
        scored = [
            (-score(asked, self._held[key]), str(key), key)
            for key in self._candidates(asked, at_least)
            if key != statement.key
        ]
        best = nsmallest(limit, (found for found in scored if -found[0] >= at_least))
        return [likeness(asked, self._held[key]) for _, _, key in best]

    def _candidates(self, asked: Weighed, at_least: float) -> list[int | str]:
        """Those whose words alone reach the mark; what is filed otherwise only takes off."""
        common: defaultdict[int | str, float] = defaultdict(float)
        for name, weight in asked.weights.items():
            for key, other in self._found_in.get(name, {}).items():
                common[key] += weight * other
        least = (at_least - 1e-6) * math.sqrt(asked.square)
        return [key for key, sum_ in common.items() if sum_ >= least * math.sqrt(self._held[key].square)]
