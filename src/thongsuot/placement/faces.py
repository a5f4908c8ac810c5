"""Proof by potentials: a flow is the best in a tier if its residual network holds no cycle that improves it.

Tier by tier, shortest distances in the residual network are the dual prices of the nodes. Where they exist (no
negative cycle), every residual arc costs at least nothing, which proves the tier; the arcs that cost exactly nothing
are its optimal face, and the next tier is proven on them alone (complementary slackness).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(slots=True)
class Residual:
    """Arcs along which flow can change: `arc` is the number in the network, `sign` +1 for more and -1 for less."""

    tail: Array
    head: Array
    arc: Array
    sign: Array

    @classmethod
    def of(cls, tail: Array, head: Array, lower: Array, upper: Array, flow: Array) -> "Residual":
        more = np.flatnonzero(flow < upper)
        less = np.flatnonzero(flow > lower)
        return cls(
            np.concatenate([tail[more], head[less]]).astype(np.int64),
            np.concatenate([head[more], tail[less]]).astype(np.int64),
            np.concatenate([more, less]),
            np.concatenate([np.ones(len(more), np.int64), np.full(len(less), -1, np.int64)]),
        )

    def keep(self, rows: Array) -> "Residual":
        return Residual(self.tail[rows], self.head[rows], self.arc[rows], self.sign[rows])

    def costs(self, cost: Array) -> Array:
        return cost[self.arc].astype(np.int64) * self.sign


class Sweeps:
    """The arcs sorted so that one sweep relaxes them layer by layer: out through the network, then back."""

    def __init__(self, residual: Residual, layer: Array) -> None:
        tail, head, sign = residual.tail, residual.head, residual.sign
        depth = layer[tail]
        turn = np.where(sign > 0, depth, 2 * 6 - depth)
        order = np.lexsort((head, turn))
        self.groups: list[tuple[Array, Array, Array, Array]] = []
        bounds = np.flatnonzero(np.diff(turn[order])) + 1
        for rows in np.split(order, bounds) if len(order) else []:
            heads = head[rows]
            starts = np.concatenate([[0], np.flatnonzero(np.diff(heads)) + 1])
            self.groups.append((rows, tail[rows], heads[starts], starts))

    def relax(self, cost: Array, distance: Array, limit: int) -> bool:
        """Lower `distance` in place until no arc shortens it; False if that takes more than `limit` sweeps."""
        costs = [cost[rows] for rows, _, _, _ in self.groups]
        for _ in range(limit):
            changed = False
            for (_, tail, heads, starts), own in zip(self.groups, costs, strict=True):
                best = np.minimum.reduceat(distance[tail] + own, starts)
                shorter = best < distance[heads]
                if shorter.any():
                    changed = True
                    distance[heads[shorter]] = best[shorter]
            if not changed:
                return True
        return False


def potentials(residual: Residual, cost: Array, layer: Array, nodes: int, limit: int) -> Array | None:
    """Shortest distances from anywhere, None where none were found within `limit` sweeps."""
    distance = np.zeros(nodes, dtype=np.int64)
    return distance if Sweeps(residual, layer).relax(cost, distance, limit) else None
