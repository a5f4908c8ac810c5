"""What one solve teaches the next: where everybody went, and the prices of the places.

After a small change nearly everything stays, so only the change is routed: a flow over the residual network of the
plan before, along arcs near their price. It is a proposal like any other; the proof looks at every arc.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from thongsuot.placement.arcs import GROUP, HOLD, LINK, OUT, PLACE, POOL, STAY, SURPLUS, UNIT
from thongsuot.placement.faces import Residual, Sweeps, potentials
from thongsuot.placement.network import Network
from thongsuot.placement.tiers import RATIOS, weighed

Array = np.ndarray[Any, Any]

SIX = range(6)
NEAR = 100_000  # in the common weight of the six tiers, of which 8 are 100 m
MOST_CHANGES = 20  # people to route anew; more of them are faster solved afresh
_FAR = 2**61


@dataclass(frozen=True, slots=True)
class Warm:
    """`targets` of the plan before; prices in the common weight of the six tiers, of the pools by their keys and of
    all nodes after them."""

    targets: Array
    pools: Array
    pool_price: Array
    rest_price: Array

    @classmethod
    def of(cls, network: Network, flow: Array, targets: Array) -> "Warm | None":
        arcs = network.arcs
        residual = Residual.of(arcs.tail, arcs.head, arcs.lower, arcs.upper, flow)
        price = potentials(residual, residual.costs(weighed(arcs, SIX)), network.layer, network.nodes, 400)
        if price is None:
            return None
        first = int(network.first[POOL])
        last = first + len(network.pools)
        return cls(targets, network.pools, price[first:last], price[last:])

    def proposal(self, network: Network) -> Array | None:
        """A flow for a network of the same board under other bonds; None where none was found near the old one."""
        arcs = network.arcs
        last = int(network.first[POOL]) + len(network.pools)
        if network.nodes - last != len(self.rest_price):
            return None
        reduced = self._reduced(network)
        near = np.isin(arcs.kind, (STAY, SURPLUS, HOLD, GROUP, OUT)) | (reduced <= NEAR)
        if network.board.problem.previous is not None:
            reduced = reduced * RATIOS[5] + arcs.costs[6]
        flow, missing = flow_as_before(network, self.targets)
        if (flow > arcs.upper).any() or np.maximum(missing, 0).sum() > MOST_CHANGES:
            return None
        return _routed(network, flow, missing, reduced, np.where(near, arcs.upper, flow))

    def _reduced(self, network: Network) -> Array:
        """What each arc costs above its price; a class is worth what its best arc is."""
        arcs = network.arcs
        first = int(network.first[POOL])
        cost = weighed(arcs, SIX)
        price = np.zeros(network.nodes, dtype=np.int64)
        price[first + len(network.pools) :] = self.rest_price
        self._pool_prices(network, cost, price)
        own = arcs.tail < first
        least = np.full(first, 2**60, dtype=np.int64)
        np.minimum.at(least, arcs.tail[own], cost[own] - price[arcs.head[own]])
        price[:first] = np.where(least == 2**60, 0, -least)
        return np.asarray(cost + price[arcs.tail] - price[arcs.head])

    def _pool_prices(self, network: Network, cost: Array, price: Array) -> None:
        """As before; a new pool is worth what its best link is."""
        arcs, first = network.arcs, int(network.first[POOL])
        pools = slice(first, first + len(network.pools))
        at = np.minimum(np.searchsorted(self.pools, network.pools), max(0, len(self.pools) - 1))
        known = (
            self.pools[at] == network.pools if len(self.pools) else np.zeros(len(network.pools), dtype=bool)
        )
        if not known.all():
            links = np.flatnonzero(arcs.kind == LINK)
            least = np.full(network.nodes, 2**60, dtype=np.int64)
            np.minimum.at(least, arcs.tail[links], cost[links] - price[arcs.head[links]])
            price[pools] = np.where(least[pools] == 2**60, 0, -least[pools])
        if known.any():
            price[pools] = np.where(known, self.pool_price[at], price[pools])


def _routed(network: Network, flow: Array, missing: Array, cost: Array, upper: Array) -> Array | None:
    """What is missing, sent one by one along the cheapest way through the residual network; None if there is none."""
    arcs = network.arcs
    while (missing > 0).any():
        residual = Residual.of(arcs.tail, arcs.head, arcs.lower, upper, flow)
        costs = residual.costs(cost)
        distance = np.full(network.nodes, _FAR, dtype=np.int64)
        distance[missing > 0] = 0
        wanting = np.flatnonzero(missing < 0)
        if not Sweeps(residual, network.layer).relax(costs, distance, 200) or not len(wanting):
            return None
        end = int(wanting[np.argmin(distance[wanting])])
        if distance[end] >= _FAR // 2:
            return None
        tight = residual.keep(np.flatnonzero(distance[residual.tail] + costs == distance[residual.head]))
        start = _along(network.nodes, tight, end, missing, flow)
        if start is None:
            return None
        missing[start] -= 1
        missing[end] += 1
    return flow


def _along(nodes: int, tight: Residual, end: int, missing: Array, flow: Array) -> int | None:
    """Send one along tight arcs to the end, from the first node back from it that has one to send: which."""
    graph = csr_array((np.ones(len(tight.tail)), (tight.head, tight.tail)), shape=(nodes, nodes))
    reached, towards = breadth_first_order(graph, end, return_predecessors=True)
    senders = reached[missing[reached] > 0]
    if not len(senders):
        return None
    node = start = int(senders[0])
    while node != end:
        after = int(towards[node])
        step = int(np.flatnonzero((tight.tail == node) & (tight.head == after))[0])
        flow[tight.arc[step]] += tight.sign[step]
        node = after
    return start


def flow_as_before(network: Network, targets: Array) -> tuple[Array, Array]:
    """The flow of the plan before as far as this network has its arcs, and what is missing at the nodes."""
    board, arcs = network.board, network.arcs
    key = arcs.tail.astype(np.int64) * network.nodes + arcs.head
    order = np.argsort(key, kind="stable")
    keys = key[order]

    def arc(tail: Array, head: Array) -> Array:
        wanted = tail * network.nodes + head
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.asarray(np.where(keys[at] == wanted, order[at], -1))

    owner = np.empty(len(targets), dtype=np.int64)
    for number, members in enumerate(network.members):
        owner[members] = number
    first = {layer: int(network.first[layer]) for layer in (POOL, PLACE, UNIT)}
    node = np.where(targets >= 0, first[PLACE] + targets, first[UNIT] + board.person_unit)
    straight = arc(owner, node)
    flow = np.zeros(len(arcs), dtype=np.int64)
    pooled = np.flatnonzero((straight < 0) & (targets >= 0))
    pool = _pool_of(network, owner[pooled], targets[pooled])
    leave, link = arc(owner[pooled], first[POOL] + pool), arc(first[POOL] + pool, node[pooled])
    there = (pool >= 0) & (leave >= 0) & (link >= 0)
    placed = np.concatenate([straight[straight >= 0], leave[there], link[there]])
    np.add.at(flow, placed, 1)
    _held_as_before(network, flow, targets)
    net = np.zeros(network.nodes, dtype=np.int64)
    np.add.at(net, arcs.tail, flow)
    np.subtract.at(net, arcs.head, flow)
    return flow, network.supply - net


def _pool_of(network: Network, owners: Array, targets: Array) -> Array:
    """The number of the pool by which a class reaches a place, -1 for none."""
    wide = len(set(network.board.areas)) + 1
    unit, position = network.class_unit[owners], network.board.place_position[targets]
    key = (unit * len(network.board.positions) + position) * wide + network.class_reach[owners] + 1
    if not len(network.pools):
        return np.full(len(owners), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(network.pools, key), len(network.pools) - 1)
    return np.asarray(np.where(network.pools[at] == key, at, -1))


def _held_as_before(network: Network, flow: Array, targets: Array) -> None:
    """Places, groups and units pass on what they did before, also for those whose own way is gone: then it is the
    place that misses one, and the prices still hold."""
    board, arcs = network.board, network.arcs
    placed = targets[targets >= 0]
    flow[arcs.kind == HOLD] = np.bincount(placed, minlength=len(board.places))
    groups = np.flatnonzero(arcs.kind == GROUP)
    into = np.zeros(network.nodes, dtype=np.int64)
    np.add.at(into, arcs.head, flow)
    flow[groups] = into[arcs.tail[groups]]
    after = np.where(targets >= 0, np.append(board.place_unit, 0)[targets], board.person_unit)
    flow[arcs.kind == OUT] = np.bincount(after, minlength=len(board.units))
