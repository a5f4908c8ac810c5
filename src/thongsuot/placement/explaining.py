"""Why each person goes where they go: what they fill, who follows, what else was open and what it would cost.

The cost of another choice is its reduced cost, tier by tier: no plan with that choice is better by less, so it is told
as "at least", and of the tiers the first that gets worse.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from thongsuot.placement.arcs import DIRECT, LEAVE, LINK, PLACE, POOL, STAY, SURPLUS, WITHIN
from thongsuot.placement.board import Board
from thongsuot.placement.network import Network
from thongsuot.placement.plan import Chain, Move
from thongsuot.placement.reasons import Reason
from thongsuot.placement.sides import SideRows
from thongsuot.placement.tiers import NAMES, Solved

Array = np.ndarray[Any, Any]
Cost = tuple[float, ...]


class Alternatives:
    """The reduced cost of every arc in each proven tier, and of every choice of a class."""

    def __init__(self, network: Network, rows: SideRows, solved: Solved) -> None:
        self.network = network
        arcs = network.arcs
        self.tiers: list[int] = []
        columns = []
        for proof in solved.proofs:
            if proof.price is None:
                break
            cost = arcs.costs[proof.tier].astype(np.int64) * proof.parts
            if proof.toll is not None:
                cost = cost + rows.charge(proof.toll[: len(rows)])
            columns.append((cost + proof.price[arcs.tail] - proof.price[arcs.head]) / proof.parts)
            self.tiers.append(proof.tier)
        self.reduced = np.stack(columns, axis=1) if columns else np.zeros((len(arcs), 0))
        own = np.flatnonzero(arcs.kind <= SURPLUS)
        own = own[arcs.kind[own] != LINK]
        order = own[np.argsort(arcs.tail[own], kind="stable")]
        bounds = np.searchsorted(arcs.tail[order], np.arange(len(network.classes) + 1))
        self._of_class = [
            order[bounds[number] : bounds[number + 1]] for number in range(len(network.classes))
        ]
        self._best_links()

    def _best_links(self) -> None:
        """For each pool its links, the cheapest first."""
        arcs = self.network.arcs
        links = np.flatnonzero(arcs.kind == LINK)
        keys = [self.reduced[links, column] for column in range(self.reduced.shape[1])]
        order = np.lexsort((arcs.head[links], *reversed(keys), arcs.tail[links]))
        self._links = links[order]
        first = int(self.network.first[POOL])
        pools = np.arange(len(self.network.pools) + 1) + first
        self._bounds = np.searchsorted(arcs.tail[self._links], pools)
        self._first_pool = first

    def staying(self, number: int) -> Cost | None:
        """None where the class may not stay."""
        kinds = self.network.arcs.kind
        for kind in (STAY, SURPLUS):
            for arc in self._of_class[number].tolist():
                if kinds[arc] == kind:
                    return tuple(self.reduced[arc].tolist())
        return None

    def others(self, number: int, target: int) -> tuple[int, int, Cost] | None:
        """How many other places are open to the class, the best of them, and what it would cost."""
        arcs, first = self.network.arcs, int(self.network.first[PLACE])
        found: list[tuple[Cost, int]] = []
        places: set[int] = set()
        for arc in self._of_class[number].tolist():
            kind = arcs.kind[arc]
            if kind in (WITHIN, DIRECT):
                found.append((tuple(self.reduced[arc].tolist()), int(arcs.head[arc]) - first))
                places.add(int(arcs.head[arc]) - first)
            elif kind == LEAVE:
                links = self._links_of(int(arcs.head[arc]))
                places.update((arcs.head[links] - first).tolist())
                for link in links[:2].tolist():
                    cost = tuple((self.reduced[arc] + self.reduced[link]).tolist())
                    found.append((cost, int(arcs.head[link]) - first))
        places.discard(target)
        found = [one for one in found if one[1] != target]
        if not found:
            return None
        cost, place = min(found)
        return len(places), place, cost

    def _links_of(self, pool: int) -> Array:
        number = pool - self._first_pool
        return self._links[self._bounds[number] : self._bounds[number + 1]]

    def told(self, cost: Cost | None) -> Reason:
        if cost is None:
            return Reason("cost.barred")
        for tier, amount in zip(self.tiers, cost, strict=False):
            if amount > 1e-9:
                worse = amount / 10 if NAMES[tier] == "distance_hm" else amount
                return Reason(f"cost.{NAMES[tier]}", {"amount": f"{worse:g}"})
            if amount < -1e-9:
                break  # better in a tier only because a used arc was freed: nothing certain can be said
        return Reason("cost.none")


def moves_with_reasons(
    network: Network, alternatives: Alternatives, moves: Sequence[Move], chains: Sequence[Chain]
) -> tuple[Move, ...]:
    follower = {first: after for chain in chains for first, after in _pairs(chain)}
    leader = {after: first for first, after in follower.items()}
    class_of = {number: index for index, members in enumerate(network.members) for number in members}
    moved = {move.person for move in moves}
    told = []
    for move in moves:
        number = network.board.person_number[move.person]
        why = [
            *_there(network.board, move, leader),
            *_person(network, move, follower, class_of[number], moved),
            *_choices(network, alternatives, move, class_of[number]),
        ]
        told.append(replace(move, why=tuple(why)))
    return tuple(told)


def _pairs(chain: Chain) -> list[tuple[str, str]]:
    """(who leaves a place, who takes it)."""
    people = chain.people
    pairs = list(pairwise(people))
    return pairs if chain.fills else [*pairs, (people[-1], people[0])]


def _names(board: Board, unit: str, position: str | None) -> dict[str, Any]:
    name = board.problem.positions[board.position_number[position]].name if position else ""
    return {"unit": board.problem.units[board.unit_number[unit]].name, "position": name}


def _there(board: Board, move: Move, leader: dict[str, str]) -> list[Reason]:
    """Why there."""
    person = board.problem.people[board.person_number[move.person]]
    place = _names(board, move.target.unit, move.target.position)
    before = leader.get(move.person)
    why = [Reason("move.replaces", {"person": before, **place}) if before else Reason("move.fills", place)]
    why.append(Reason(f"move.{move.level}"))
    if any(pin.person == move.person for pin in board.problem.bound_to):
        why.append(Reason("move.pinned"))
    if move.kind == "transfer":
        limit = board.problem.rules.max_km
        near = limit is None or bool(
            board.near[board.unit_number[move.origin.unit], board.unit_number[move.target.unit]]
        )
        kind = "move.far" if limit is None else "move.near" if near else "move.origin"
        why.append(Reason(kind, {"km": f"{move.km:g}", "limit": "" if limit is None else f"{limit:g}"}))
        if move.target.unit in person.prefers:
            why.append(Reason("move.preferred"))
        if move.secondment:
            why.append(Reason("move.lent"))
    return why


def _person(
    network: Network, move: Move, follower: dict[str, str], number: int, moved: set[str]
) -> list[Reason]:
    """Why this person."""
    board = network.board
    why = []
    unit = board.unit_number[move.origin.unit]
    place = -1
    if move.origin.position is not None:
        place = int(board.place_at[unit, board.position_number[move.origin.position]])
    present = int(board.present[place]) if place >= 0 else 0
    after = follower.get(move.person)
    if after:
        why.append(Reason("move.followed", {"person": after}))
    elif place < 0 or present > board.places[place]:
        places = int(board.places[place]) if place >= 0 else 0
        why.append(Reason("move.spare", {"present": max(present, 1), "places": places}))
    else:
        weights = [_weight(board, move.origin.position), _weight(board, move.target.position)]
        why.append(Reason("move.opens", {"left": weights[0], "taken": weights[1]}))
    alike = [other for other in network.members[number] if board.ids[other] not in moved]
    if alike:
        why.append(Reason("move.alike", {"count": len(alike)}))
    return why


def _weight(board: Board, position: str | None) -> int:
    return int(board.weight[board.position_number[position]]) if position else 0


def _choices(network: Network, alternatives: Alternatives, move: Move, number: int) -> list[Reason]:
    """What else was open and what it would cost."""
    board = network.board
    target = int(
        board.place_at[board.unit_number[move.target.unit], board.position_number[str(move.target.position)]]
    )
    why = [Reason("move.stay", {"cost": alternatives.told(alternatives.staying(number))})]
    others = alternatives.others(number, target)
    if others is None:
        return [*why, Reason("move.only")]
    count, place, cost = others
    names = _names(board, board.units[board.place_unit[place]], board.positions[board.place_position[place]])
    return [*why, Reason("move.other", {"count": count, "cost": alternatives.told(cost), **names})]
