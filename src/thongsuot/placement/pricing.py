"""Side rows priced: a flow that pays tolls proposes arcs, a small linear programme over them sets the tolls.

The full flow with tolls is a Lagrangian relaxation, so its cost less the tolls' worth bounds every plan from below, in
whole numbers. The linear programme over the arcs that were nearly worth their price gives a plan from above and the
next tolls (programme.py). When both meet, the plan is optimal; measured on a city this takes four to six rounds, where
the whole linear programme takes minutes.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from thongsuot.placement.arcs import HOLD, OUT, STAY, SURPLUS
from thongsuot.placement.faces import Residual, potentials
from thongsuot.placement.flow import Infeasible, cheapest
from thongsuot.placement.network import Network
from thongsuot.placement.programme import Bounds, Programme
from thongsuot.placement.sides import SideRows
from thongsuot.placement.tiers import FLOW_SECONDS

Array = np.ndarray[Any, Any]

MOST_ROUNDS = 60
FEW = 100  # a round that adds fewer arcs than one in so many may have been the last
SWEEPS = 60  # in which prices are found if the plan is the best; else they may never be


@dataclass(slots=True)
class Priced:
    """`flow` is None while only fractional or rule-breaking ones were found. `bound` holds for every plan; `columns`
    are the arcs that the linear programme knew, `excess` how far it had to break side rows."""

    flow: Array | None
    value: int
    bound: int
    tolls: Array
    columns: Array
    excess: float
    free: Array | None = None  # the cheapest flow if the side rows were not

    @property
    def met(self) -> bool:
        return self.flow is not None and self.value <= self.bound


def priced(
    network: Network,
    cost: Array,
    rows: SideRows,
    bounds: Bounds,
    near: int,
    penalty: int,
    left: Callable[[], float],
    begun: Array | None = None,
) -> Priced:
    """Least cost under the side rows, as far as linear programming proves it. `cost` in whole numbers; `near` how
    much above its price an arc is still offered; `penalty` for each unit by which a row is broken, more than any
    unit can be worth; `left()` the seconds left; `begun` tolls of a problem much like this one, where it has been
    solved: they only save rounds, any tolls bound. Raises `Infeasible` when the network alone has no flow."""
    arcs = network.arcs
    tolls = _first(rows, begun)
    offered = np.isin(arcs.kind, (STAY, SURPLUS, HOLD, OUT)) | (bounds.lower > 0)
    best = Priced(None, 0, -(2**62), tolls, offered, 0.0)
    programme = Programme(network, cost, rows, bounds, penalty, left)
    took = len(arcs) * FLOW_SECONDS
    for _ in range(MOST_ROUNDS):
        if left() <= took:
            break
        began = time.perf_counter()
        charged = cost + rows.charge(tolls)
        flow = cheapest(arcs.tail, arcs.head, bounds.lower, bounds.upper, charged, network.supply)
        if flow is None:
            raise Infeasible
        took = time.perf_counter() - began
        best.free = flow if best.free is None and not tolls.any() else best.free
        _bound(best, charged, flow, tolls, rows)
        if rows.kept(flow):
            _take(best, flow, int((cost * flow).sum()))
        if best.met or left() <= 0:
            break
        before = int(offered.sum())
        reduced = _reduced(network, bounds, charged, flow)
        offered |= (reduced <= near) | (flow > 0)
        added = int(offered.sum()) - before
        programme.begin(flow, reduced, offered)
        answer = programme.solve(offered)
        if answer is None:
            break
        best.excess = answer.excess
        if answer.flow is not None:
            _take(best, answer.flow, int((cost * answer.flow).sum()))
            if added * FEW < before or begun is not None:
                _close(network, best, cost, answer.flow, answer.tolls, rows, bounds)
        if best.met or (not added and (answer.tolls == tolls).all()):
            break
        tolls = answer.tolls
    best.columns = offered
    return best


def _first(rows: SideRows, begun: Array | None) -> Array:
    """Nobody is paid for breaking a rule: only of a row that holds with equality may a toll be below zero."""
    if begun is None:
        return np.zeros(len(rows), dtype=np.int64)
    return np.where(rows.tight, begun, np.maximum(begun, 0)).astype(np.int64)


def _take(best: Priced, flow: Array, value: int) -> None:
    if best.flow is None or value < best.value:
        best.flow, best.value = flow, value


def _bound(best: Priced, charged: Array, flow: Array, tolls: Array, rows: SideRows) -> None:
    """A flow that is the cheapest with these tolls bounds all plans."""
    bound = int((charged * flow).sum()) - int((tolls * rows.most).sum())
    if bound > best.bound:
        best.bound, best.tolls = bound, tolls


def _close(
    network: Network, best: Priced, cost: Array, flow: Array, tolls: Array, rows: SideRows, bounds: Bounds
) -> None:
    """Perhaps the flow of the programme is the cheapest of all with its tolls: if so, there are prices to prove it."""
    arcs = network.arcs
    charged = cost + rows.charge(tolls)
    residual = Residual.of(arcs.tail, arcs.head, bounds.lower, bounds.upper, flow)
    if potentials(residual, residual.costs(charged), network.layer, network.nodes, SWEEPS) is not None:
        _bound(best, charged, flow, tolls, rows)


def _reduced(network: Network, bounds: Bounds, cost: Array, flow: Array) -> Array:
    arcs = network.arcs
    residual = Residual.of(arcs.tail, arcs.head, bounds.lower, bounds.upper, flow)
    price = potentials(residual, residual.costs(cost), network.layer, network.nodes, network.nodes)
    if price is None:
        raise ArithmeticError("a flow of least cost has no prices")
    return np.asarray(cost + price[arcs.tail] - price[arcs.head])
