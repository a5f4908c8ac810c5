"""Shortest ways through what may still change around a plan: what one unit more here is worth there.

In the residual network of the best plan no circle gains, so one unit more changes the plan along one shortest way, and
its length is exact. Under side rows there are two such networks: `sure` leaves out what would break a row that is met,
and what is gained there is gained for certain; `most` lets rows be broken for their tolls, and no plan gains more. A
gain that is the same in both is exact.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from thongsuot.placement.arcs import HOLD
from thongsuot.placement.faces import Residual, Sweeps
from thongsuot.placement.network import Network
from thongsuot.placement.sides import SideRows
from thongsuot.placement.tiers import Solved

Array = np.ndarray[Any, Any]

FAR = 2**50


class Ways:
    """Ways in the first tier; lengths count in `parts` of a unit of weight."""

    def __init__(self, network: Network, residual: Residual, cost: Array, parts: int = 1) -> None:
        self.network, self.residual, self.parts = network, residual, parts
        self.costs = residual.costs(cost)

    @cached_property
    def to_out(self) -> Array:
        """From each node to where all flow ends."""
        return self.to(self.network.nodes - 1)

    @cached_property
    def from_out(self) -> Array:
        """From where all flow ends, back to each node."""
        return self._relaxed(self.residual, self.network.nodes - 1)

    def to(self, node: int) -> Array:
        """From each node to this one."""
        residual = self.residual
        return self._relaxed(Residual(residual.head, residual.tail, residual.arc, residual.sign), node)

    def _relaxed(self, residual: Residual, start: int) -> Array:
        distance = np.full(self.network.nodes, FAR, dtype=np.int64)
        distance[start] = 0
        Sweeps(residual, self.network.layer).relax(self.costs, distance, self.network.nodes)
        return distance

    def gain(self, length: Any) -> Any:
        """What a circle of this length gains, in whole units of weight, never less than nothing."""
        return np.maximum(0, -length) // self.parts

    def fills(self, start: int, end: int, distance: Array) -> int:
        """By how many filled places a shortest way changes the plan; `distance` is `to(end)`."""
        tail, head = self.residual.tail, self.residual.head
        tight = np.flatnonzero(self.costs + distance[head] == distance[tail])
        graph = csr_array((np.ones(len(tight)), (tail[tight], head[tight])), shape=(len(distance),) * 2)
        _, before = breadth_first_order(graph, start, return_predecessors=True)
        more, node = 0, end
        while node != start and before[node] >= 0:
            row = tight[np.flatnonzero((head[tight] == node) & (tail[tight] == before[node]))[0]]
            more += int(self.residual.sign[row]) * int(self.network.arcs.kind[self.residual.arc[row]] == HOLD)
            node = int(before[node])
        return more


@dataclass(frozen=True, slots=True)
class Both:
    """`most` is None where the tolls of the first tier are not known."""

    sure: Ways
    most: Ways | None
    toll: Array  # of each arc, in parts of `most`


def ways(network: Network, rows: SideRows, solved: Solved) -> Both:
    arcs, flow, first = network.arcs, solved.flow, solved.proofs[0]
    residual = Residual.of(arcs.tail, arcs.head, arcs.lower, arcs.upper, flow)
    cost = arcs.costs[0].astype(np.int64)
    if not len(rows):
        only = Ways(network, residual, cost)
        return Both(only, only if first.exact else None, np.zeros(len(arcs), dtype=np.int64))
    sure = Ways(network, residual.keep(np.flatnonzero(~_barred(rows, residual, flow))), cost)
    if first.toll is None:
        return Both(sure, None, np.zeros(len(arcs), dtype=np.int64))
    toll = rows.charge(first.toll[: len(rows)])
    return Both(sure, Ways(network, residual, cost * first.parts + toll, first.parts), toll)


def _barred(rows: SideRows, residual: Residual, flow: Array) -> Array:
    """Changes that would break a side row already at its limit."""
    met = (rows.sums(flow) >= rows.most).astype(np.int64)
    worse = np.asarray(rows.matrix.maximum(0).T @ met) > 0
    better = np.asarray((-rows.matrix).maximum(0).T @ met) > 0
    return np.asarray(np.where(residual.sign > 0, worse[residual.arc], better[residual.arc]))
