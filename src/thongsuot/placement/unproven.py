"""When the time is up: the best plan at hand, called no more than what is proven of it.

A flow cannot be stopped, so none is begun for which the time left is too short; and there is always a plan to give,
be it that nobody moves.
"""

from typing import Any

import numpy as np

from thongsuot.placement.arcs import DIRECT, LEAVE, LINK, PLACE, STAY, SURPLUS
from thongsuot.placement.branching import TimeIsUp, whole
from thongsuot.placement.flow import Infeasible, cheapest
from thongsuot.placement.network import Network
from thongsuot.placement.programme import Bounds
from thongsuot.placement.sides import SideRows
from thongsuot.placement.tiers import Proof, Solved, tiers_of, value_of

Array = np.ndarray[Any, Any]

LAST_RESORT = 20.0  # seconds for a plan at all, where pins do not let everybody stay


def settle(network: Network, rows: SideRows, solved: Solved) -> None:
    """Complete the proofs with what is known of the open tiers. Raises `Infeasible`."""
    bounds = Bounds(network.arcs.lower, network.arcs.upper)
    if not _stands(network, rows, bounds, solved.flow):
        solved.flow = _as_today(network)
        if not _stands(network, rows, bounds, solved.flow):
            solved.flow = _any(network, rows, bounds)
    for tier in tiers_of(network)[len(solved.proofs) :]:
        value = value_of(network.arcs, solved.flow, tier)
        solved.proofs.append(Proof(tier, value, solved.most if tier == 0 else None, "proof.none"))


def _stands(network: Network, rows: SideRows, bounds: Bounds, flow: Array) -> bool:
    """Whether it is a flow at all and keeps the rows."""
    arcs = network.arcs
    net = np.zeros(network.nodes, dtype=np.int64)
    np.add.at(net, arcs.tail, flow)
    np.subtract.at(net, arcs.head, flow)
    within = (flow >= bounds.lower).all() and (flow <= bounds.upper).all()
    return bool(within and (net == network.supply).all() and rows.kept(flow))


def _as_today(network: Network) -> Array:
    """Nobody moves: those whose place there is not are surplus."""
    arcs = network.arcs
    still = np.isin(arcs.kind, (STAY, SURPLUS)) | (arcs.tail >= network.first[PLACE])
    cost = np.where(arcs.kind == SURPLUS, 1, 0).astype(np.int64)
    rows = np.flatnonzero(still)
    found = cheapest(
        arcs.tail[rows], arcs.head[rows], arcs.lower[rows], arcs.upper[rows], cost[rows], network.supply
    )
    flow = np.zeros(len(arcs), dtype=np.int64)
    if found is not None:
        flow[rows] = found
    return flow


def _any(network: Network, rows: SideRows, bounds: Bounds) -> Array:
    """Some plan, with as few who leave their unit as need be; first without any who is free to choose."""
    arcs = network.arcs
    leaving = np.isin(arcs.kind, (LEAVE, LINK, DIRECT))
    pinned = np.array([bool(one.pins) for one in network.classes] + [False], dtype=bool)
    mine = pinned[np.minimum(arcs.tail, len(network.classes))]
    for columns in (~leaving | mine, np.ones(len(arcs), dtype=bool)):
        try:
            found = whole(
                network, leaving.astype(np.int64), rows, bounds, np.flatnonzero(columns), lambda: LAST_RESORT
            )
        except TimeIsUp:
            continue
        if found is not None:
            return found[0]
        if columns.all():
            raise Infeasible
    answer = whole(
        network, np.zeros(len(arcs), np.int64), rows, bounds, np.arange(len(arcs)), lambda: float("inf")
    )
    if answer is None:
        raise Infeasible
    return answer[0]
