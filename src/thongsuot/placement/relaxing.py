"""Which single rule, loosened, fills how many more.

Loosening by one (one person trained, one more in a unit, one more departure) is one way through what may still change
(ways.py), so it costs no solve. Ten kilometres more, or cover not kept, is proven to gain nothing by the prices of the
plan, or else one flow is solved for the first aim. Nothing looks at a clock, so the list is the same on every machine;
what one flow cannot prove, where side rows bind, is told as a bound.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from thongsuot.placement.arcs import HOLD, PLACE, SURPLUS, UNIT
from thongsuot.placement.faces import Residual, potentials
from thongsuot.placement.flow import cheapest
from thongsuot.placement.network import Network
from thongsuot.placement.plan import Relaxation
from thongsuot.placement.prices import worth
from thongsuot.placement.programme import Bounds
from thongsuot.placement.sides import SideRows, side_rows
from thongsuot.placement.tiers import Solved
from thongsuot.placement.warm import flow_as_before
from thongsuot.placement.ways import Both

Array = np.ndarray[Any, Any]

FURTHER_KM = 10
SWEEPS = 100
_COUNT = 4096  # filled weight first, then as many places as it allows


def relaxations(
    network: Network, rows: SideRows, solved: Solved, targets: Array, both: Both
) -> tuple[Relaxation, ...]:
    """One for each rule that can be loosened, the best of its kind; those that fill nothing say so with 0."""
    found = [
        *_further(network, solved, targets),
        *_uncovered(network, rows, solved),
        *_training(network, rows, solved.flow, both),
        *_ceiling(network, both),
        *_cap(network, rows, solved, both),
    ]
    return tuple(sorted(found, key=lambda one: (-one.weight, -one.fills, one.rule)))


# Many at once: proven to be nothing, or solved -----------------------------------------------------------------


def _further(network: Network, solved: Solved, targets: Array) -> Iterator[Relaxation]:
    board = network.board
    limit = board.problem.rules.max_km
    if limit is None:
        return
    wider = Network(board.reaching(limit + FURTHER_KM), board.problem.bound_to, board.problem.forbids)
    flow, missing = flow_as_before(wider, targets)
    first = solved.proofs[0]
    bounds = Bounds(wider.arcs.lower, wider.arcs.upper)
    start = flow if not missing.any() else None
    yield _again(
        "max_km", limit, limit + FURTHER_KM, wider, side_rows(wider), bounds, start, solved, first.toll
    )


def _uncovered(network: Network, rows: SideRows, solved: Solved) -> Iterator[Relaxation]:
    arcs = network.arcs
    if not network.board.problem.rules.keep_cover or not arcs.lower.any():
        return
    bounds = Bounds(np.zeros_like(arcs.lower), arcs.upper)
    toll = solved.proofs[0].toll
    yield _again("keep_cover", None, None, network, rows, bounds, solved.flow, solved, toll)


def _again(
    rule: str,
    origin: Any,
    target: Any,
    network: Network,
    rows: SideRows,
    bounds: Bounds,
    flow: Array | None,
    solved: Solved,
    toll: Array | None,
) -> Relaxation:
    """`flow`: the plan as a flow of the loosened network. Its prices may prove that nothing better is to be had."""
    first = solved.proofs[0]
    tolls = np.zeros(len(rows), np.int64) if toll is None or len(toll) < len(rows) else toll[: len(rows)]
    arcs = network.arcs
    cost = arcs.costs[0].astype(np.int64)
    if flow is not None:
        if _nothing_better(network, bounds, flow, cost * first.parts + rows.charge(tolls)):
            kept = first.exact or not len(rows)
            return Relaxation(rule, origin, target, 0, 0, status="exact" if kept else "bound")
        base = _score(network, flow)
    else:
        base = (first.value, 0)
    if len(rows):
        return _tolled(rule, origin, target, network, rows, bounds, tolls, first.parts, base)
    found = cheapest(
        arcs.tail, arcs.head, bounds.lower, bounds.upper, cost * _COUNT - (arcs.kind == HOLD), network.supply
    )
    score = base if found is None else _score(network, found)
    return Relaxation(rule, origin, target, score[1] - base[1], score[0] - base[0])


def _nothing_better(network: Network, bounds: Bounds, flow: Array, cost: Array) -> bool:
    arcs = network.arcs
    residual = Residual.of(arcs.tail, arcs.head, bounds.lower, bounds.upper, flow)
    return potentials(residual, residual.costs(cost), network.layer, network.nodes, SWEEPS) is not None


def _tolled(
    rule: str,
    origin: Any,
    target: Any,
    network: Network,
    rows: SideRows,
    bounds: Bounds,
    tolls: Array,
    parts: int,
    base: tuple[int, int],
) -> Relaxation:
    """Under side rows: the flow with the tolls of the plan is the most that can be gained, and where it keeps the rows
    it is gained for certain."""
    arcs = network.arcs
    charged = arcs.costs[0].astype(np.int64) * parts + rows.charge(tolls)
    found = cheapest(arcs.tail, arcs.head, bounds.lower, bounds.upper, charged, network.supply)
    if found is None:
        return Relaxation(rule, origin, target, 0, 0)
    score = max(base, _score(network, found)) if rows.kept(found) else base
    least = int((charged * found).sum()) - int((tolls * rows.most).sum())
    gained, most = score[0] - base[0], max(0, -least // parts - base[0])
    status: Any = "exact" if gained >= most else "bound"
    fills = score[1] - base[1]
    return Relaxation(rule, origin, target, fills, gained, None, status, None if gained >= most else most)


def _score(network: Network, flow: Array) -> tuple[int, int]:
    """Filled weight, filled places."""
    hold = network.arcs.kind == HOLD
    filled = flow[hold]
    return int((-network.arcs.costs[0][hold].astype(np.int64) * filled).sum()), int(filled.sum())


# One at a time: a single way -----------------------------------------------------------------------------------


def _training(network: Network, rows: SideRows, flow: Array, both: Both) -> Iterator[Relaxation]:
    """The position for which training one surplus person is surely worth most."""
    board, arcs = network.board, network.arcs
    sure, _ = worth(network, both)
    hold = np.flatnonzero(arcs.kind == HOLD)
    open_now = np.where(flow[hold] < arcs.upper[hold], board.weight[board.place_position], 0)
    spent = np.zeros(len(board.units) + 1, dtype=bool)
    spent[_units_of_caps(network, rows)] = (rows.sums(flow) >= rows.most)[
        : len(_units_of_caps(network, rows))
    ]
    best = (0, 1, -1)
    over = np.flatnonzero((arcs.kind == SURPLUS) & (flow > 0))
    for number in arcs.tail[over].tolist():
        one = network.classes[number]
        if one.locked:
            continue
        mine = board.place_unit == one.unit
        there = board.near[one.unit][board.place_unit] & ~spent[one.unit]
        gain = np.where(mine, np.maximum(sure, open_now), np.where(there, sure, 0))
        barred = [unit for unit, position in one.forbids if position < 0]
        gain[np.isin(board.place_unit, barred)] = 0
        held = [position for position, _ in one.fits]
        gain[np.isin(board.place_position, [*held, one.position])] = 0
        if one.alone or one.pins:
            continue
        place = int(np.argmax(gain)) if len(gain) else 0
        if len(gain) and gain[place]:
            best = max(best, (int(gain[place]), -place, -number))
    if best[0]:
        yield _trained(network, both, -best[1], -best[2])


def _trained(network: Network, both: Both, place: int, number: int) -> Relaxation:
    """A circle: the person to the place, and from there what may change back to the person."""
    board = network.board
    node = int(network.first[PLACE]) + place
    back = both.sure.to(number)
    gained = int(both.sure.gain(back[node]))
    fills = both.sure.fills(node, number, back)
    most = None
    if both.most is not None:
        away = board.place_unit[place] != network.class_unit[number]
        leaves = network.arcs.leaves == network.class_unit[number]
        toll = int(both.toll[leaves].max(initial=0)) if away else 0
        length = back[node] if both.most is both.sure else both.most.to(number)[node] + toll
        most = max(gained, int(both.most.gain(length)))
    person = board.ids[network.members[number][0]]
    code, unit = board.positions[board.place_position[place]], board.units[board.place_unit[place]]
    return _one("training", person, code, fills, gained, unit, most)


def _one(
    rule: str, origin: Any, target: Any, fills: int, gained: int, at: str | None, most: int | None
) -> Relaxation:
    exact = most is not None and most == gained
    return Relaxation(
        rule, origin, target, fills, gained, at, "exact" if exact else "bound", None if exact else most
    )


def _ceiling(network: Network, both: Both) -> Iterator[Relaxation]:
    """One more person allowed in the unit where that is surely worth most."""
    sure = both.sure
    first = int(network.first[UNIT])
    units = slice(first, first + len(network.board.units))
    gained = sure.gain(sure.from_out[units])
    most = None if both.most is None else both.most.gain(both.most.from_out[units])
    unit = int(np.argmax(gained if most is None or gained.any() else most))
    if not (gained[unit] or (most is not None and most[unit])):
        return
    fills = sure.fills(network.nodes - 1, first + unit, sure.to(first + unit)) if gained[unit] else 0
    ceiling = int(network.board.ceiling[unit])
    highest = None if most is None else max(int(gained[unit]), int(most[unit]))
    code = network.board.units[unit]
    yield _one("quota", ceiling, ceiling + 1, fills, int(gained[unit]), code, highest)


def _cap(network: Network, rows: SideRows, solved: Solved, both: Both) -> Iterator[Relaxation]:
    """The departure cap with the greatest toll, lifted by one: no more than the toll is gained; what one of the unit
    who goes is surely worth is the best way out and back."""
    first = solved.proofs[0]
    units = _units_of_caps(network, rows)
    if first.toll is None or not units or first.toll[: len(units)].max() <= 0:
        return
    tolls = first.toll[: len(units)]
    row = int(np.argmax(tolls))
    arcs, sure = network.arcs, both.sure
    mine = np.flatnonzero((arcs.leaves == units[row]) & (solved.flow < arcs.upper))
    lengths = sure.to_out[arcs.head[mine]] + sure.from_out[arcs.tail[mine]]
    gained = fills = 0
    if len(mine):
        arc = int(mine[np.argmin(lengths)])
        gained = int(sure.gain(lengths.min()))
        if gained:
            out, back = int(arcs.head[arc]), int(arcs.tail[arc])
            end = network.nodes - 1
            fills = sure.fills(out, end, sure.to_out) + sure.fills(end, back, sure.to(back))
    cap = int(rows.most[row])
    most = max(gained, int(tolls[row]) // first.parts)
    yield _one("max_departures", cap, cap + 1, fills, gained, network.board.units[units[row]], most)


def _units_of_caps(network: Network, rows: SideRows) -> list[int]:
    """The unit of each leading row that is a departure cap, in the order `side_rows` makes them."""
    units: list[int] = []
    leaves = network.arcs.leaves
    for row in range(len(rows)):
        arcs = rows.matrix.indices[rows.matrix.indptr[row] : rows.matrix.indptr[row + 1]]
        unit = int(leaves[arcs[0]])
        whole = unit >= 0 and len(arcs) == int((leaves == unit).sum())
        if not whole or (units and unit <= units[-1]):
            break
        units.append(unit)
    return units
