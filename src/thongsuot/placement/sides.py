"""Rules that cut across the network: rows over its arcs that a flow alone cannot keep.

Departure caps count arcs of all positions of a unit; relatives tie two people; a secondment fills a chair here and
stays on the payroll there. Each is a row `coefficients . flow <= most`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array, vstack

from thongsuot.placement.arcs import DIRECT, OUT, PLACE, UNIT
from thongsuot.placement.network import Network

Array = np.ndarray[Any, Any]


@dataclass(slots=True)
class SideRows:
    """`matrix` rows x arcs; `tight` marks rows that hold with equality in every plan still considered."""

    matrix: Any
    most: Array
    tight: Array

    def __len__(self) -> int:
        return len(self.most)

    def sums(self, flow: Array) -> Array:
        return np.asarray(self.matrix @ flow, dtype=np.int64)

    def kept(self, flow: Array) -> bool:
        sums = self.sums(flow)
        return bool((sums <= self.most).all() and (sums == self.most)[self.tight].all())

    def charge(self, tolls: Array) -> Array:
        """What the tolls of the rows add to the cost of each arc."""
        return np.asarray(self.matrix.T @ tolls, dtype=np.int64)

    def with_tight(self, rows: Array) -> "SideRows":
        return SideRows(self.matrix, self.most, self.tight | rows)

    def with_row(self, coefficients: Array, value: int) -> "SideRows":
        """One more row that holds with equality."""
        matrix = csr_array(coefficients.astype(np.int64)[None, :])
        joined = csr_array(vstack([self.matrix, matrix]))
        return SideRows(joined, np.append(self.most, value), np.append(self.tight, True))


def side_rows(network: Network) -> SideRows:
    """The rows a flow could break; often none."""
    rows: list[tuple[Array, Array, int]] = [*_departures(network), *_payrolls(network), *_relatives(network)]
    arcs = len(network.arcs)
    starts = np.cumsum([0, *(len(each) for each, _, _ in rows)])
    matrix = csr_array(
        (
            np.concatenate([values for _, values, _ in rows] or [np.zeros(0, np.int64)]),
            np.concatenate([each for each, _, _ in rows] or [np.zeros(0, np.int64)]),
            starts,
        ),
        shape=(len(rows), arcs),
    )
    most = np.array([limit for _, _, limit in rows], dtype=np.int64)
    return SideRows(matrix, most, np.zeros(len(rows), dtype=bool))


def _departures(network: Network) -> list[tuple[Array, Array, int]]:
    arcs, caps = network.arcs, network.board.departures
    rows = []
    order = np.argsort(arcs.leaves, kind="stable")
    bounds = np.searchsorted(arcs.leaves[order], np.arange(len(caps) + 1))
    for unit in np.flatnonzero(caps >= 0).tolist():
        leaving = order[bounds[unit] : bounds[unit + 1]]
        people = int(network.board.today[unit])
        if len(leaving) and people > caps[unit]:
            rows.append((leaving, np.ones(len(leaving), np.int64), int(caps[unit])))
    return rows


def _payrolls(network: Network) -> list[tuple[Array, Array, int]]:
    """Ceilings of units where someone may be on secondment: who is there, less those lent to it, plus those it lends.
    The arc out of such a unit is opened wide by `Network`."""
    arcs = network.arcs
    lent = np.flatnonzero(network.lent_arcs())
    if not len(lent):
        return []
    first = int(network.first[PLACE])
    host = network.board.place_unit[arcs.head[lent] - first]
    home = arcs.leaves[lent]
    out = np.flatnonzero(arcs.kind == OUT)
    unit_of_out = arcs.tail[out] - int(network.first[UNIT])
    rows = []
    for unit in range(len(network.board.units)):
        parts = [out[unit_of_out == unit], lent[host == unit], lent[home == unit]]
        values = [np.full(len(part), sign, np.int64) for part, sign in zip(parts, (1, -1, 1), strict=True)]
        rows.append((np.concatenate(parts), np.concatenate(values), int(network.board.ceiling[unit])))
    return rows


def _relatives(network: Network) -> list[tuple[Array, Array, int]]:
    """In no unit both, where one of the two moves there; they have arcs of their own, being classes of one."""
    board, arcs = network.board, network.arcs
    class_of = {one.alone: number for number, one in enumerate(network.classes) if one.alone}
    rows = []
    for pair in board.problem.relatives:
        numbers = [class_of[person] for person in pair.people]
        positions = np.array([board.position_number[code] for code in pair.positions], dtype=np.int64)
        held = [_held(network, number, positions) for number in numbers]
        for unit in range(len(board.units)):
            here = [
                each[board.place_unit[arcs.head[each] - int(network.first[PLACE])] == unit] for each in held
            ]
            if all(len(each) for each in here):
                rows.extend(_apart(arcs.kind, here))
    return rows


def _held(network: Network, number: int, positions: Array) -> Array:
    """The arcs by which a class comes to hold a place of one of the positions (none given: any)."""
    arcs = network.arcs
    mine = np.flatnonzero((arcs.tail == number) & (arcs.kind <= DIRECT))
    mine = (
        mine[network.layer[arcs.head[mine]] == network.layer[int(network.first[PLACE])]]
        if len(mine)
        else mine
    )
    if len(positions):
        place = arcs.head[mine] - int(network.first[PLACE])
        mine = mine[np.isin(network.board.place_position[place], positions)]
    return mine


def _apart(kinds: Array, here: list[Array]) -> list[tuple[Array, Array, int]]:
    """Both may stay where both are today: then only a move of one to the other is barred."""
    stays = [each[kinds[each] == 0] for each in here]
    moves = [each[kinds[each] != 0] for each in here]
    pairs = (
        [(here[0], moves[1]), (moves[0], here[1])]
        if all(len(each) for each in stays)
        else [(here[0], here[1])]
    )
    rows = []
    for first, second in pairs:
        both = np.concatenate([first, second])
        if len(first) and len(second):
            rows.append((both, np.ones(len(both), np.int64), 1))
    return rows
