"""From a flow to people: who of each class does what. Those alike are taken in the order of their ids."""

from typing import Any

import numpy as np

from thongsuot.placement.arcs import DIRECT, LEAVE, LINK, PLACE, POOL, STAY, SURPLUS, WITHIN
from thongsuot.placement.network import Network

Array = np.ndarray[Any, Any]


def targets(network: Network, flow: Array) -> Array:
    """For each person the number of the place they hold after the plan, -1 for none (surplus)."""
    arcs = network.arcs
    used = np.flatnonzero((flow > 0) & (arcs.kind <= SURPLUS))
    first_pool, first_place = int(network.first[POOL]), int(network.first[PLACE])
    kinds, counts = arcs.kind[used].tolist(), flow[used].tolist()
    rows = list(zip(kinds, arcs.tail[used].tolist(), arcs.head[used].tolist(), counts, strict=True))
    leaving: dict[int, list[int]] = {}
    for kind, tail, head, count in rows:
        if kind == LINK:
            leaving.setdefault(tail - first_pool, []).extend([head - first_place] * count)
    for places in leaving.values():
        places.sort(reverse=True)
    lots: dict[int, list[int]] = {}
    for kind, tail, head, count in sorted(rows):
        lot = lots.setdefault(tail, []) if kind != LINK else []
        if kind in (STAY, WITHIN, DIRECT):
            lot.extend([head - first_place] * count)
        elif kind == LEAVE:
            lot.extend(leaving[head - first_pool].pop() for _ in range(count))
        elif kind == SURPLUS:
            lot.extend([-1] * count)
    found = np.full(len(network.board.ids), -1, dtype=np.int64)
    for number, members in enumerate(network.members):
        found[members] = lots.get(number, [])
    return found
