"""Which single rule, loosened, fills how many more: each time solved again for the first aim, never guessed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from thongsuot.placement.board import Board
from thongsuot.placement.flow import Infeasible, cheapest
from thongsuot.placement.network import HOLD, OUT, SURPLUS, UNIT, Network
from thongsuot.placement.plan import Relaxation
from thongsuot.placement.prices import gains
from thongsuot.placement.pricing import priced
from thongsuot.placement.programme import Bounds
from thongsuot.placement.sides import SideRows, side_rows
from thongsuot.placement.tiers import Solved

Array = np.ndarray[Any, Any]

FURTHER_KM = 10
_COUNT = 4096  # filled weight first, then as many places as it allows


def relaxations(
    network: Network, rows: SideRows, solved: Solved, left: Callable[[], float]
) -> tuple[Relaxation, ...]:
    """One for each rule that can be loosened, the best of its kind; those that fill nothing say so with 0. Stops
    when `left()` seconds are used up."""
    found = []
    for trial in _trials(network, rows, solved):
        if left() <= 0:
            break
        found.append(trial)
    return tuple(sorted(found, key=lambda one: (-one.weight, -one.fills, one.rule)))


def _trials(network: Network, rows: SideRows, solved: Solved) -> Iterator[Relaxation]:
    board, arcs = network.board, network.arcs
    base = _score(network, solved.flow)
    open_places = bool((board.places.sum() - base[1]) > 0)
    limit = board.problem.rules.max_km
    if limit is not None:
        further = replace(board.problem, rules=replace(board.problem.rules, max_km=limit + FURTHER_KM))
        wider = Network(Board(further), further.bound_to, further.forbids) if open_places else None
        score = _best(wider, side_rows(wider), wider.arcs.lower, wider.arcs.upper, base) if wider else base
        yield _told("max_km", limit, limit + FURTHER_KM, base, score)
    if board.problem.rules.keep_cover and network.arcs.lower.any():
        score = _best(network, rows, np.zeros_like(arcs.lower), arcs.upper, base) if open_places else base
        yield _told("keep_cover", None, None, base, score)
    yield from _training(network, rows, solved.flow, base)
    yield from _ceiling(network, rows, solved, base)
    yield from _cap(network, rows, solved, base)


def _told(
    rule: str, origin: Any, target: Any, base: tuple[int, int], score: tuple[int, int], at: str | None = None
) -> Relaxation:
    return Relaxation(rule, origin, target, score[1] - base[1], score[0] - base[0], at)


def _score(network: Network, flow: Array) -> tuple[int, int]:
    """Filled weight, filled places."""
    hold = network.arcs.kind == HOLD
    filled = flow[hold]
    return int((-network.arcs.costs[0][hold].astype(np.int64) * filled).sum()), int(filled.sum())


def _best(
    network: Network, rows: SideRows, lower: Array, upper: Array, base: tuple[int, int]
) -> tuple[int, int]:
    """The greatest filled weight under other bounds; `base` where the time does not allow to prove a better one."""
    arcs = network.arcs
    cost = arcs.costs[0].astype(np.int64) * _COUNT - (arcs.kind == HOLD)
    if not len(rows):
        flow = cheapest(arcs.tail, arcs.head, lower, upper, cost, network.supply)
        return base if flow is None else max(base, _score(network, flow))
    penalty = 8 * int(np.abs(cost).max(initial=1))
    try:
        found = priced(network, cost, rows, Bounds(lower, upper), 1, penalty, lambda: 1.0)
    except Infeasible:
        return base
    return base if found.flow is None else max(base, _score(network, found.flow))


def _training(network: Network, rows: SideRows, flow: Array, base: tuple[int, int]) -> Iterator[Relaxation]:
    """The position for which training one surplus person is worth most. Their place in the network is known, so the
    gain is the price of the best place they could reach."""
    board = network.board
    worth = gains(network, rows, flow)
    arcs = network.arcs
    over = np.flatnonzero((arcs.kind == SURPLUS) & (flow > 0))
    free = [int(number) for number in arcs.tail[over] if not network.classes[int(number)].locked]
    best = (0, -1, -1)
    for number in free:
        one = network.classes[number]
        reach = board.near[one.unit].copy()
        if board.departures[one.unit] >= 0:
            reach[:] = False  # a unit with a cap: only inside it is the price sure
        reach[one.unit] = True
        open_here = reach[board.place_unit] & (worth > 0)
        if one.forbids:
            open_here &= np.array(
                [(unit, -1) not in one.forbids for unit in board.place_unit.tolist()], dtype=bool
            )
        places = np.flatnonzero(open_here)
        if len(places):
            place = int(places[np.argmax(worth[places])])
            best = max(best, (int(worth[place]), -place, number))
    if best[1] <= 0 and best[0] > 0:
        yield from _trained(network, base, -best[1], best[2])


def _trained(network: Network, base: tuple[int, int], place: int, number: int) -> Iterator[Relaxation]:
    """Solved with the person qualified."""
    board = network.board
    code = board.positions[board.place_position[place]]
    person = board.problem.people[network.members[number][0]]
    trained = replace(person, fits={**person.fits, code: "full"})
    people = tuple(trained if one.id == person.id else one for one in board.problem.people)
    changed = Network(
        Board(replace(board.problem, people=people)), board.problem.bound_to, board.problem.forbids
    )
    score = _best(changed, side_rows(changed), changed.arcs.lower, changed.arcs.upper, base)
    yield _told("training", person.id, code, base, score, board.units[board.place_unit[place]])


def _ceiling(network: Network, rows: SideRows, solved: Solved, base: tuple[int, int]) -> Iterator[Relaxation]:
    """One more person allowed in the unit whose ceiling costs most."""
    first = solved.proofs[0]
    arcs = network.arcs
    outs = np.flatnonzero(arcs.kind == OUT)
    if first.price is None or not len(outs):
        return
    reduced = (
        arcs.costs[0][outs] + first.price[arcs.tail[outs]] - first.price[arcs.head[outs]]
    ) / first.parts
    dear = int(np.argmin(reduced))
    if reduced[dear] >= 0:
        return
    arc = int(outs[dear])
    unit = int(arcs.tail[arc]) - int(network.first[UNIT])
    upper = arcs.upper.copy()
    upper[arc] += 1
    score = _best(network, rows, arcs.lower, upper, base)
    ceiling = int(arcs.upper[arc])
    yield _told("quota", ceiling, ceiling + 1, base, score, network.board.units[unit])


def _cap(network: Network, rows: SideRows, solved: Solved, base: tuple[int, int]) -> Iterator[Relaxation]:
    """The departure cap with the greatest toll, lifted by one."""
    first = solved.proofs[0]
    caps = np.flatnonzero(network.board.departures >= 0)
    if first.toll is None or not len(caps):
        return
    units = _units_of_caps(network, rows)
    tolls = first.toll[: len(units)]
    if not len(tolls) or tolls.max() <= 0:
        return
    row = int(np.argmax(tolls))
    most = rows.most.copy()
    most[row] += 1
    score = _best(network, replace(rows, most=most), network.arcs.lower, network.arcs.upper, base)
    cap = int(rows.most[row])
    yield _told("max_departures", cap, cap + 1, base, score, network.board.units[units[row]])


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
