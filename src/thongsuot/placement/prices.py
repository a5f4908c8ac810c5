"""What one more qualified person is worth: the gain in filled weight, exact for one more.

The gain of one more unit of flow into a place is the length of the shortest way from it out of the residual network of
the plan, by filled weight alone. Where departure caps bind, ways over units that have let as many go as they may are
left out: then the price is what can surely be gained, and says "or more" where the tolls allow more.
"""

from typing import Any

import numpy as np

from thongsuot.placement.faces import Residual, Sweeps
from thongsuot.placement.network import PLACE, Network
from thongsuot.placement.plan import Price
from thongsuot.placement.reasons import Reason
from thongsuot.placement.sides import SideRows

Array = np.ndarray[Any, Any]

FAR = 2**40


def gains(network: Network, rows: SideRows, flow: Array) -> Array:
    """For each place, the filled weight gained by one more person who could take it."""
    arcs = network.arcs
    residual = Residual.of(arcs.tail, arcs.head, arcs.lower, arcs.upper, flow)
    if len(rows):
        residual = residual.keep(np.flatnonzero(~_barred(rows, residual, flow)))
    backward = Residual(residual.head, residual.tail, residual.arc, residual.sign)
    distance = np.full(network.nodes, FAR, dtype=np.int64)
    distance[-1] = 0
    Sweeps(backward, network.layer).relax(residual.costs(arcs.costs[0]), distance, network.nodes)
    first = int(network.first[PLACE])
    return np.maximum(0, -distance[first : first + len(network.board.places)])


def _barred(rows: SideRows, residual: Residual, flow: Array) -> Array:
    """Changes that would break a side row already at its limit."""
    met = (rows.sums(flow) >= rows.most).astype(np.int64)
    worse = np.asarray(rows.matrix.maximum(0).T @ met) > 0
    better = np.asarray((-rows.matrix).maximum(0).T @ met) > 0
    return np.asarray(np.where(residual.sign > 0, worse[residual.arc], better[residual.arc]))


def prices(network: Network, rows: SideRows, flow: Array) -> tuple[Price, ...]:
    """One a position (at the unit where it is worth most), then one a place where it is worth something."""
    board = network.board
    worth = gains(network, rows, flow)
    capped = len(rows) > 0
    found: list[Price] = []
    for position, code in enumerate(board.positions):
        places = np.flatnonzero(board.place_position == position)
        if not len(places):
            continue
        best = int(places[np.argmax(worth[places])])
        found.append(_price(network, best, "price.position", None, int(worth[best]), capped, code))
    for place in np.flatnonzero(worth).tolist():
        unit = board.units[board.place_unit[place]]
        code = board.positions[board.place_position[place]]
        found.append(_price(network, place, "price.place", unit, int(worth[place]), capped, code))
    return tuple(found)


def _price(
    network: Network, place: int, kind: str, unit: str | None, weight: int, capped: bool, code: str
) -> Price:
    board = network.board
    names = {
        "position": board.problem.positions[board.place_position[place]].name,
        "unit": board.problem.units[board.place_unit[place]].name,
        "weight": weight,
    }
    why = Reason(kind if weight else "price.none", names)
    sure = not capped or weight >= board.weight[board.place_position].max()
    return Price(code, unit, weight, why if sure else Reason("price.least", {"what": why}))
