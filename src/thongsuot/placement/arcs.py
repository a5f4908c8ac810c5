"""Arcs in columns, and the numbers of their kinds, of the layers they join and of the tiers they cost in."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

STAY, WITHIN, LEAVE, LINK, DIRECT, SURPLUS, HOLD, GROUP, OUT = range(9)  # kinds of arcs
CLASS, POOL, PLACE, GROUPED, UNIT, SINK = range(6)  # layers of nodes, in the order of the arcs


@dataclass(slots=True)
class Arcs:
    """Columns of equal length; `costs` by tier, all to be made small."""

    kind: Array
    tail: Array
    head: Array
    lower: Array
    upper: Array
    costs: tuple[Array, ...]
    leaves: Array  # the unit whose departures an arc counts in, -1 for none

    def __len__(self) -> int:
        return len(self.tail)

    def take(self, rows: Array) -> "Arcs":
        return Arcs(
            self.kind[rows],
            self.tail[rows],
            self.head[rows],
            self.lower[rows],
            self.upper[rows],
            tuple(cost[rows] for cost in self.costs),
            self.leaves[rows],
        )


COST_TYPES = (np.int32, np.int8, np.int8, np.int8, np.int32, np.int8, np.int8)
WEIGHT, TRANSFERS, REASSIGNED, TRAINED, DISTANCE, PREFERRED, DISTURBED = range(7)


class Gathered:
    """Arcs as they are found, part by part; a column that a part does not name is zero there."""

    def __init__(self) -> None:
        self._parts: list[dict[str, Any]] = []

    def add(self, kind: int, tail: Any, head: Any, upper: Any, **columns: Any) -> None:
        if len(tail):
            self._parts.append({"kind": kind, "tail": tail, "head": head, "upper": upper, **columns})

    def arcs(self) -> Arcs:
        parts, self._parts = self._parts, []
        lengths = [len(part["tail"]) for part in parts]

        def column(name: str, kind: Any, default: int) -> Array:
            made = [
                np.broadcast_to(np.asarray(part.get(name, default)), (length,)).astype(kind)
                for part, length in zip(parts, lengths, strict=True)
            ]
            return np.concatenate(made) if made else np.zeros(0, dtype=kind)

        return Arcs(
            column("kind", np.int8, 0),
            column("tail", np.int32, 0),
            column("head", np.int32, 0),
            column("lower", np.int64, 0),
            column("upper", np.int64, 0),
            tuple(column(f"c{tier}", kind, 0) for tier, kind in enumerate(COST_TYPES)),
            column("leaves", np.int32, -1),
        )
