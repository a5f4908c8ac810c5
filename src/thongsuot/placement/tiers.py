"""The strict order of aims, made exact.

One flow with weighted aims proposes; potentials prove it tier by tier (faces.py). The weights are moderate, so that
they fit 64 bits; whatever they fail to prove is solved again on the optimal face of the tiers already proven, at the
latest tier by tier, where nothing needs to be weighed. So a tier is never called optimal because a weight was large.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from thongsuot.placement.arcs import Arcs
from thongsuot.placement.faces import Residual, potentials
from thongsuot.placement.flow import CostsTooLarge, Infeasible, cheapest
from thongsuot.placement.network import Network
from thongsuot.placement.plan import TIERS

Array = np.ndarray[Any, Any]
Progress = Callable[[str, float], None]

NAMES = (*TIERS, "disturbance")
RATIOS = (32, 16, 16, 4096, 8, 64, 1)  # how much heavier a tier weighs than the next, in a common solve
_LARGEST = 2**61
FLOW_SECONDS = 3e-6  # an arc, on an ordinary machine that does other work too


@dataclass(slots=True)
class Proof:
    """How a tier is known: `value` as the contract counts it, `bound` the best possible, `how` a reason's code.
    `price` holds a number for each node, `toll` one for each side row."""

    tier: int
    value: int
    bound: int | None
    how: str
    price: Array | None = None
    toll: Array | None = None
    parts: int = 1  # price and toll count in such parts of the tier's unit

    @property
    def exact(self) -> bool:
        return self.value == self.bound


@dataclass(slots=True)
class Solved:
    """A flow on the arcs of the network with the proofs of its tiers, fewer than there are tiers when the time was up
    (see unproven.py); `most`: a bound on the first tier, where it is not proven."""

    flow: Array
    proofs: list[Proof] = field(default_factory=list)
    most: int | None = None

    @property
    def optimal(self) -> bool:
        return all(proof.exact for proof in self.proofs)


@dataclass(slots=True)
class Clock:
    """Seconds left of a time limit; None for no limit."""

    limit: float | None = None
    started: float = field(default_factory=time.perf_counter)

    @property
    def left(self) -> float:
        return float("inf") if self.limit is None else self.limit - (time.perf_counter() - self.started)

    def allows_flow(self, arcs: int) -> bool:
        """A flow cannot be stopped: whether there is time for one of so many arcs."""
        return self.left > arcs * FLOW_SECONDS


def tiers_of(network: Network) -> list[int]:
    """The six tiers; the disturbance too, where there is a previous plan."""
    return list(range(7 if network.board.problem.previous is not None else 6))


def value_of(arcs: Arcs, flow: Array, tier: int) -> int:
    """As the contract counts it: filled weight and preferences are gains."""
    cost = int((arcs.costs[tier].astype(np.int64) * flow).sum())
    return -cost if tier in (0, 5) else cost


def weighed(arcs: Arcs, tiers: Sequence[int]) -> Array:
    """One cost for several tiers, the first weighing most."""
    cost = np.zeros(len(arcs), dtype=np.int64)
    for place, tier in enumerate(tiers):
        cost += arcs.costs[tier].astype(np.int64) * ratio(tiers[place:])
    return cost


def ratio(tiers: Sequence[int]) -> int:
    product = 1
    for tier in tiers[:-1]:
        product *= RATIOS[tier]
    return product


def _fitting(arcs: Arcs, tiers: Sequence[int], nodes: int) -> list[int]:
    """As many of the tiers, in order, as fit the solver's integers together; at least one."""
    for count in range(len(tiers), 1, -1):
        chosen = tiers[:count]
        largest = sum(
            int(np.abs(arcs.costs[tier]).max(initial=0)) * ratio(chosen[place:])
            for place, tier in enumerate(chosen)
        )
        if largest * (nodes + 1) < _LARGEST:
            return list(chosen)
    return list(tiers[:1])


def prove(network: Network, residual: Residual, cost: Array, limit: int) -> tuple[Residual, Array] | None:
    """The optimal face of a cost and the prices that prove it, None if a better cycle may exist."""
    costs = residual.costs(cost)
    price = potentials(residual, costs, network.layer, network.nodes, limit)
    if price is None:
        return None
    reduced = costs + price[residual.tail] - price[residual.head]
    return residual.keep(np.flatnonzero(reduced == 0)), price


def solve_flow(network: Network, clock: Clock, progress: Progress, first: Array | None = None) -> Solved:
    """All tiers of a problem without side rows, as far as the time goes. `first` may be a flow to begin with (see
    warm.py): the proof treats it as any other. Raises `Infeasible`."""
    arcs = network.arcs
    lower, upper = arcs.lower.copy(), arcs.upper.copy()
    waiting = tiers_of(network)
    solved = Solved(arcs.lower)
    alone = False
    while waiting:
        if first is None and not clock.allows_flow(len(arcs)):
            break
        chosen = (
            waiting if first is not None else waiting[:1] if alone else _fitting(arcs, waiting, network.nodes)
        )
        solved.flow = _round(network, lower, upper, chosen) if first is None else first
        limit = network.nodes if alone else 400 if first is None else 100
        proofs, residual = _proven(network, lower, upper, solved.flow, chosen, limit, clock, progress)
        solved.proofs.extend(proofs)
        if len(proofs) < len(chosen) and clock.left <= 0:
            break
        alone = not proofs and first is None
        first = None
        waiting = waiting[len(proofs) :]
        if proofs:
            lower, upper = solved.flow.copy(), solved.flow.copy()
            lower[residual.arc] = arcs.lower[residual.arc]
            upper[residual.arc] = arcs.upper[residual.arc]
    return solved


def _proven(
    network: Network,
    lower: Array,
    upper: Array,
    flow: Array,
    tiers: Sequence[int],
    limit: int,
    clock: Clock,
    progress: Progress,
) -> tuple[list[Proof], Residual]:
    """The proofs of as many of the tiers as hold, and what may still change."""
    arcs = network.arcs
    residual = Residual.of(arcs.tail, arcs.head, lower, upper, flow)
    proofs: list[Proof] = []
    for tier in tiers:
        progress(NAMES[tier], tier / len(NAMES))
        if clock.left <= 0:
            break
        proven = prove(network, residual, arcs.costs[tier], limit)
        if proven is None:
            break
        residual, price = proven
        value = value_of(arcs, flow, tier)
        proofs.append(Proof(tier, value, value, "proof.flow", price))
    return proofs, residual


def _round(network: Network, lower: Array, upper: Array, tiers: Sequence[int]) -> Array:
    arcs = network.arcs
    free = np.flatnonzero((upper > lower) | (lower > 0))
    ends = (arcs.tail[free], arcs.head[free], lower[free], upper[free])
    try:
        found = cheapest(*ends, weighed(arcs, tiers)[free], network.supply)
    except CostsTooLarge:
        if len(tiers) == 1:
            raise
        return _round(network, lower, upper, tiers[:1])
    if found is None:
        raise Infeasible
    flow = lower.copy()
    flow[free] = found
    return flow
