"""All tiers of a problem with side rows, each proven: by prices and tolls where the linear programme is whole, by
bound and exhaustive search where it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from thongsuot.placement.branching import TimeIsUp, whole
from thongsuot.placement.faces import Residual, potentials
from thongsuot.placement.flow import Infeasible, cheapest
from thongsuot.placement.network import Network
from thongsuot.placement.pricing import SWEEPS, Priced, priced
from thongsuot.placement.programme import Bounds
from thongsuot.placement.sides import SideRows
from thongsuot.placement.tiers import NAMES, Clock, Progress, Proof, Solved, prove, tiers_of, value_of

Array = np.ndarray[Any, Any]

RATIOS = (32, 16, 16, 2048, 8, 64, 1)  # narrower than for the flow: floating point must carry them
_LARGEST = 2**38
NEAR_HM = 20  # arcs up to 2 km dearer than their price are offered to the linear programme
_PARTS = 60  # tolls of a single tier are whole multiples of a sixtieth


@dataclass(slots=True)
class _State:
    network: Network
    rows: SideRows
    bounds: Bounds
    clock: Clock
    solved: Solved
    waiting: list[int]
    free: Array | None = None
    begun: Mapping[int, tuple[Array, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Begun:
    """The tolls of a problem solved before, tier by tier, each in parts of the tier's unit: where those of the next
    begin. After a small change nearly all of them still hold."""

    most: Array
    tolls: Mapping[int, tuple[Array, int]]

    @classmethod
    def of(cls, rows: SideRows, solved: Solved) -> "Begun | None":
        tolls = {proof.tier: (proof.toll, proof.parts) for proof in solved.proofs if proof.toll is not None}
        return cls(rows.most, tolls) if tolls else None

    def for_rows(self, rows: SideRows) -> Mapping[int, tuple[Array, int]]:
        """None of them where the rows are others."""
        return self.tolls if np.array_equal(rows.most, self.most) else {}


def solve_capped(
    network: Network, rows: SideRows, clock: Clock, progress: Progress, begun: Begun | None = None
) -> Solved:
    """As `solve_flow`, under side rows, as far as the time goes. Raises `Infeasible`."""
    arcs = network.arcs
    bounds = Bounds(arcs.lower.copy(), arcs.upper.copy())
    state = _State(network, rows, bounds, clock, Solved(arcs.lower), tiers_of(network))
    state.begun = begun.for_rows(rows) if begun else {}
    together = True
    try:
        while state.waiting:
            progress(NAMES[state.waiting[0]], state.waiting[0] / len(NAMES))
            settled = _several(state) if together else _one(state)
            together = settled > 0
            state.waiting = state.waiting[settled:]
    except TimeIsUp:
        state.solved.most = _free_bound(state)
    return state.solved


def _several(state: _State) -> int:
    """As many tiers as one linear programme can carry and the potentials can prove: how many, 0 for none."""
    tiers = _fitting(state.network, state.waiting)
    weights = [_ratio(tiers[place:]) for place in range(len(tiers))]
    costs = state.network.arcs.costs
    cost = np.zeros(len(state.network.arcs), dtype=np.int64)
    for tier, weight in zip(tiers, weights, strict=True):
        cost += costs[tier].astype(np.int64) * weight
    near = NEAR_HM * weights[tiers.index(4)] if 4 in tiers else weights[-1]
    penalty = 4 * int(np.abs(cost).max(initial=1))
    found = _priced(state, cost, near, penalty, dict(zip(tiers, weights, strict=True)))
    if found.flow is None:
        return 0
    state.solved.flow = found.flow
    if not found.met:
        return 0
    return _prove_each(state, tiers, _digits(found.tolls, tiers))


def _priced(state: _State, cost: Array, near: int, penalty: int, weights: Mapping[int, int]) -> Priced:
    begun = [toll * weights[tier] // parts for tier, (toll, parts) in state.begun.items() if tier in weights]
    tolls = _sum(begun, len(state.rows))
    found = priced(
        state.network, cost, state.rows, state.bounds, near, penalty, lambda: state.clock.left, tolls
    )
    state.free = found.free if state.free is None else state.free
    return found


def _sum(tolls: Sequence[Array], rows: int) -> Array | None:
    """Rows that were added since bear none yet."""
    if not tolls:
        return None
    whole = np.zeros(rows, dtype=np.int64)
    for one in tolls:
        whole[: len(one)] += one
    return whole


def _prove_each(state: _State, tiers: Sequence[int], tolls: Sequence[Array], parts: int = 1) -> int:
    """Prove tiers one by one with their tolls; what is proven narrows the bounds and ties the rows."""
    network, arcs = state.network, state.network.arcs
    flow = state.solved.flow
    residual = Residual.of(arcs.tail, arcs.head, state.bounds.lower, state.bounds.upper, flow)
    done = 0
    for tier, toll in zip(tiers, tolls, strict=True):
        slack = state.rows.sums(flow) < state.rows.most
        if (toll[slack] != 0).any() or (toll[~state.rows.tight] < 0).any():
            break
        cost = arcs.costs[tier].astype(np.int64) * parts + state.rows.charge(toll)
        proven = prove(network, residual, cost, 400)
        if proven is None:
            break
        residual, price = proven
        value = value_of(arcs, flow, tier)
        how = "proof.tolls" if len(state.rows) and toll.any() else "proof.flow"
        state.solved.proofs.append(Proof(tier, value, value, how, price, toll, parts))
        state.rows = state.rows.with_tight(toll > 0)
        done += 1
    lower, upper = flow.copy(), flow.copy()
    lower[residual.arc] = state.bounds.lower[residual.arc]
    upper[residual.arc] = state.bounds.upper[residual.arc]
    if done:
        state.bounds = Bounds(lower, upper)
    return done


def _one(state: _State) -> int:
    """One tier alone: by prices and tolls, else by search down to the bound. Always settles it."""
    tier = state.waiting[0]
    cost = state.network.arcs.costs[tier].astype(np.int64)
    penalty = 8 * _PARTS * int(np.abs(cost).max(initial=1)) * 64
    found = _priced(state, cost * _PARTS, _PARTS, penalty, {tier: _PARTS})
    if found.flow is not None and found.met:
        state.solved.flow = found.flow
        if _prove_each(state, [tier], [found.tolls], _PARTS):
            return 1
    _search(state, tier, cost, found)
    return 1


def _search(state: _State, tier: int, cost: Array, found: Priced) -> None:
    """Whole flows over ever more arcs, until the bound is met or no arc left out could help. Raises `TimeIsUp`."""
    least = -((-found.bound) // _PARTS)
    columns = found.columns
    while True:
        if state.clock.left <= 0:
            raise TimeIsUp
        answer = whole(
            state.network, cost, state.rows, state.bounds, np.flatnonzero(columns), lambda: state.clock.left
        )
        if answer is None:
            if columns.all():
                raise Infeasible
            columns = np.ones_like(columns)
            continue
        flow, best_of_columns = answer
        state.solved.flow = flow
        value = int((cost * flow).sum())
        if value <= least:
            return _settle(state, tier, cost, value, "proof.bound")
        if not (best_of_columns and state.clock.allows_flow(len(state.network.arcs))):
            raise TimeIsUp
        matter = columns | (_reduced(state, cost, found.tolls) <= value * _PARTS - found.bound)
        if (matter == columns).all():
            return _settle(state, tier, cost, value, "proof.search")
        columns = matter


def _reduced(state: _State, cost: Array, tolls: Array) -> Array:
    """What each arc costs above its price: more than the gap, and no better plan uses it."""
    arcs, network = state.network.arcs, state.network
    charged = cost * _PARTS + state.rows.charge(tolls)
    flow = cheapest(arcs.tail, arcs.head, state.bounds.lower, state.bounds.upper, charged, network.supply)
    if flow is None:
        raise Infeasible
    residual = Residual.of(arcs.tail, arcs.head, state.bounds.lower, state.bounds.upper, flow)
    price = potentials(residual, residual.costs(charged), network.layer, network.nodes, network.nodes)
    if price is None:
        raise ArithmeticError("a flow of least cost has no prices")
    return np.asarray(charged + price[arcs.tail] - price[arcs.head])


def _settle(state: _State, tier: int, cost: Array, value: int, how: str) -> None:
    told = value_of(state.network.arcs, state.solved.flow, tier)
    state.solved.proofs.append(Proof(tier, told, told, how))
    state.rows = state.rows.with_row(cost, value)


def _free_bound(state: _State) -> int | None:
    """What the first tier could be at most if the side rows were not, where the flow without them proves it."""
    arcs, flow = state.network.arcs, state.free
    if flow is None or state.solved.proofs:
        return None
    residual = Residual.of(arcs.tail, arcs.head, arcs.lower, arcs.upper, flow)
    proven = prove(state.network, residual, arcs.costs[0].astype(np.int64), SWEEPS)
    return None if proven is None else value_of(arcs, flow, 0)


def _ratio(tiers: Sequence[int]) -> int:
    product = 1
    for tier in tiers[:-1]:
        product *= RATIOS[tier]
    return product


def _fitting(network: Network, tiers: Sequence[int]) -> list[int]:
    largest = [int(np.abs(network.arcs.costs[tier]).max(initial=0)) for tier in tiers]
    for count in range(len(tiers), 1, -1):
        chosen = tiers[:count]
        if sum(largest[place] * _ratio(chosen[place:]) for place in range(count)) < _LARGEST:
            return list(chosen)
    return list(tiers[:1])


def _digits(tolls: Array, tiers: Sequence[int]) -> list[Array]:
    """Tolls of a weighed sum of tiers, taken apart into those of each tier (balanced digits)."""
    digits, rest = [], tolls.copy()
    for tier in reversed(tiers[:-1]):
        base = RATIOS[tier]
        low = (rest + base // 2) % base - base // 2
        digits.append(low)
        rest = (rest - low) // base
    digits.append(rest)
    return digits[::-1]
