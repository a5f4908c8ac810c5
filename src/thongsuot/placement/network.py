"""The board as a network: class -> (place of the own unit | pool | one place) -> place -> unit -> out.

A pool (unit, position) gathers those of a unit who leave it for a position, since from there on it no longer matters
who they are: arcs grow with people x qualifications + positions x neighbouring units, not with people x places.
Whoever is not placed goes from their class to their own unit, which is what being surplus means; the arc out of a unit
carries its ceiling, the arc out of a place its number and the cover that must stay.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from thongsuot.placement.arcs import (
    CLASS,
    DIRECT,
    GROUP,
    GROUPED,
    HOLD,
    LEAVE,
    LINK,
    OUT,
    PLACE,
    POOL,
    STAY,
    SURPLUS,
    UNIT,
    WITHIN,
    Gathered,
)
from thongsuot.placement.board import BETWEEN, BLOCKS, DEPARTMENTS, INSIDE, TRAINING, Board, Class
from thongsuot.placement.problem import STAGES, Forbid, Pin

Array = np.ndarray[Any, Any]


class Network:
    """Nodes by layer in one numbering, arcs in columns. `unmet` lists pins that no arc can obey."""

    def __init__(self, board: Board, pins: Iterable[Pin], forbids: Iterable[Forbid]) -> None:
        self.board = board
        grouped = board.classes(pins, forbids)
        self.classes: list[Class] = sorted(grouped, key=lambda one: grouped[one][0])
        self.members = [grouped[one] for one in self.classes]
        self.sizes = np.array([len(each) for each in self.members], dtype=np.int64)
        self.unmet: list[int] = []
        self._gathered = Gathered()
        self._open = {STAGES.index(stage) for stage in board.problem.stages}
        self._build()

    # --- nodes -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._read_classes()
        self._from_classes()
        self._pool_nodes()
        board = self.board
        counts = [len(self.classes), len(self.pools), len(board.places), 0, len(board.units), 1]
        groups, place_group = self._groups()
        counts[GROUPED] = len(groups)
        self.first = np.concatenate([[0], np.cumsum(counts)])
        self.nodes = int(self.first[-1])
        self.layer = np.repeat(np.arange(6), counts)
        self.supply = np.zeros(self.nodes, dtype=np.int64)
        self.supply[: counts[CLASS]] = self.sizes
        self.supply[-1] = -int(self.sizes.sum())
        self._class_arcs()
        self._links()
        self._place_arcs(groups, place_group)
        self.arcs = self._gathered.arcs()

    def _read_classes(self) -> None:
        classes = self.classes
        self.class_unit = np.array([one.unit for one in classes], dtype=np.int64)
        self.class_position = np.array([one.position for one in classes], dtype=np.int64)
        department = np.array([one.block == "department" for one in classes], dtype=bool)
        owners = [number for number, one in enumerate(classes) for _ in one.fits]
        self.fit_bounds = (
            np.concatenate([[0], np.cumsum([len(one.fits) for one in classes])]).astype(int).tolist()
        )
        self.fit_class = np.array(owners, dtype=np.int64)
        self.fit_position = np.array([code for one in classes for code, _ in one.fits], dtype=np.int64)
        self.fit_training = np.array([low for one in classes for _, low in one.fits], dtype=bool)
        blocks = [position.block for position in self.board.problem.positions]
        same = np.array([blocks[code] == one.block for one in classes for code, _ in one.fits], dtype=bool)
        stage = np.where(same, INSIDE, BLOCKS)
        if len(owners):
            stage = np.where(department[self.fit_class], DEPARTMENTS, stage)
        stage = np.where(self.fit_training, TRAINING, stage)
        leaving = np.where(stage == INSIDE, BETWEEN, stage)
        opened = np.array(sorted(self._open), dtype=np.int64)
        self.fit_inside = np.isin(stage, opened)
        self.fit_leaving = np.isin(leaving, opened)

    def _from_classes(self) -> None:
        """Which classes go by pools, and which need arcs of their own to every place."""
        self.own_arcs = np.array(
            [
                bool(
                    one.pins
                    or one.secondment
                    or one.alone
                    or any(unit != one.unit for unit, _ in one.forbids)
                )
                for one in self.classes
            ],
            dtype=bool,
        )
        areas = sorted({area for area in self.board.areas if area})
        area_number = {area: number for number, area in enumerate(areas)}
        self.unit_area = np.array([area_number.get(area, -1) for area in self.board.areas], dtype=np.int64)
        self.class_home = np.array(
            [self.board.unit_number.get(one.origin or "", -1) for one in self.classes], dtype=np.int64
        )
        self.class_reach = np.array(
            [
                area_number.get(one.origin or "", -1) if one.origin not in self.board.unit_number else -1
                for one in ((one if one.origin else _NOWHERE) for one in self.classes)
            ],
            dtype=np.int64,
        )

    def _pool_nodes(self) -> None:
        by_pool = (
            self.fit_leaving & ~self.own_arcs[self.fit_class] if len(self.fit_class) else self.fit_leaving
        )
        self.pooled = np.flatnonzero(by_pool)
        owners = self.fit_class[self.pooled]
        wide = len(set(self.board.areas)) + 1
        key = (
            (self.class_unit[owners] * len(self.board.positions) + self.fit_position[self.pooled]) * wide
            + self.class_reach[owners]
            + 1
        )
        self.pools, self.pool_of_fit = np.unique(key, return_inverse=True)
        rest, reach = np.divmod(self.pools, wide)
        self.pool_reach = reach - 1
        self.pool_unit, self.pool_position = np.divmod(rest, max(1, len(self.board.positions)))

    def _groups(self) -> tuple[list[tuple[int, int]], Array]:
        """Limit groups as (unit, most), and the group of each place, -1 for none."""
        board = self.board
        groups: list[tuple[int, int]] = []
        of_place = np.full(len(board.places), -1, dtype=np.int64)
        for limit in board.problem.limits:
            positions = [board.position_number[code] for code in limit.positions]
            for unit in [board.unit_number[limit.unit]] if limit.unit else range(len(board.units)):
                places = board.place_at[unit, positions]
                places = places[places >= 0]
                if len(places):
                    of_place[places] = len(groups)
                    groups.append((unit, max(limit.most, int(board.cover[places].sum()))))
        return groups, of_place

    # --- arcs --------------------------------------------------------------------------------------------------

    def _node(self, layer: int, number: Any) -> Any:
        return self.first[layer] + number

    def _class_arcs(self) -> None:
        self._staying()
        self._within()
        owners = self.fit_class[self.pooled]
        changed = self.fit_position[self.pooled] != self.class_position[owners]
        self._gathered.add(
            LEAVE,
            owners,
            self._node(POOL, self.pool_of_fit),
            self.sizes[owners],
            c1=1,
            c2=changed,
            c3=self.fit_training[self.pooled],
            c6=1,
            leaves=self.class_unit[owners],
        )
        for number in np.flatnonzero(self.own_arcs).tolist():
            self._direct(number, self.classes[number])
        self._extra()

    def _staying(self) -> None:
        """Arcs to the own place and to being surplus; those with a pin have only the arc of the pin."""
        at = np.where(self.class_position >= 0, self.board.place_at[self.class_unit, self.class_position], -1)
        may = np.array(
            [_may_hold(one, (one.unit, one.position)) for one in self.classes], dtype=bool
        ).reshape(-1)
        free = np.array([not one.pins for one in self.classes], dtype=bool)
        moved = np.array([one.before is not None for one in self.classes], dtype=bool)
        stay = np.flatnonzero((at >= 0) & may)
        self._gathered.add(STAY, stay, self._node(PLACE, at[stay]), self.sizes[stay], c6=moved[stay])
        over = np.flatnonzero(free)
        self._gathered.add(
            SURPLUS, over, self._node(UNIT, self.class_unit[over]), self.sizes[over], c6=moved[over]
        )

    def _within(self) -> None:
        owners, positions = self.fit_class, self.fit_position
        if not len(owners):
            return
        at = self.board.place_at[self.class_unit[owners], positions]
        may = (at >= 0) & (positions != self.class_position[owners]) & self.fit_inside
        rows = np.flatnonzero(may)
        bound = np.array([bool(one.forbids or one.pins) for one in self.classes], dtype=bool)
        kept = [
            row
            for row in rows[bound[owners[rows]]].tolist()
            if _may_hold(one := self.classes[owners[row]], (one.unit, int(positions[row])))
        ]
        rows = np.union1d(rows[~bound[owners[rows]]], np.array(kept, dtype=np.int64))
        changed = np.array(
            [
                (one := self.classes[owner]).before != (one.unit, position)
                for owner, position in zip(owners[rows].tolist(), positions[rows].tolist(), strict=True)
            ],
            dtype=bool,
        )
        owner = owners[rows]
        training = self.fit_training[rows]
        self._gathered.add(
            WITHIN, owner, self._node(PLACE, at[rows]), self.sizes[owner], c2=1, c3=training, c6=changed
        )

    def outside(self, number: int) -> tuple[Array, Array]:
        """Places of other units that a class may go to by its qualifications and the distance, and whether only
        after training."""
        one, board = self.classes[number], self.board
        rows = np.flatnonzero((self.fit_class == number) & self.fit_leaving)
        open_units = board.near[one.unit].copy()
        if one.origin is not None:
            home = board.unit_number.get(one.origin)
            open_units |= (
                self.unit_area == self.class_reach[number]
                if home is None
                else np.arange(len(open_units)) == home
            )
            open_units[one.unit] = False
        grid = board.place_at[:, self.fit_position[rows]]
        units, columns = np.nonzero((grid >= 0) & open_units[:, None])
        return grid[units, columns], self.fit_training[rows][columns]

    def _direct(self, number: int, one: Class) -> None:
        """All arcs to other units of a class that may not go by pools."""
        places, training = self.outside(number)
        pairs = zip(
            self.board.place_unit[places].tolist(), self.board.place_position[places].tolist(), strict=True
        )
        rows = np.array([place for place, pair in enumerate(pairs) if _may_hold(one, pair)], dtype=np.int64)
        self._direct_arcs(np.full(len(rows), number), places[rows], training[rows])

    def _extra(self) -> None:
        """Beside the pools, arcs to units a class prefers, to their origin, and to where they were to go before."""
        triples = [triple for number in range(len(self.classes)) for triple in self._wished(number)]
        if not triples:
            return
        owners, fits, units = np.array(triples, dtype=np.int64).T
        board = self.board
        places = board.place_at[units, self.fit_position[fits]]
        home = self.class_home[owners]
        reach = self.class_reach[owners]
        within = board.near[self.class_unit[owners], units] | (home == units)
        within |= (reach >= 0) & (reach == self.unit_area[units])
        rows = np.flatnonzero(
            (places >= 0) & within & (units != self.class_unit[owners]) & self.fit_leaving[fits]
        )
        _, first = np.unique(owners[rows] * len(board.places) + places[rows], return_index=True)
        rows = rows[first]
        self._direct_arcs(owners[rows], places[rows], self.fit_training[fits[rows]])

    def _wished(self, number: int) -> list[tuple[int, int, int]]:
        """(class, qualification, unit) of wishes that may turn out to be within reach."""
        one, home = self.classes[number], int(self.class_home[number])
        if self.own_arcs[number] or not (one.prefers or one.before or home >= 0):
            return []
        fits = range(self.fit_bounds[number], self.fit_bounds[number + 1])
        units = {*one.prefers, home} if home >= 0 else set(one.prefers)
        found = [(number, fit, unit) for unit in sorted(units) for fit in fits]
        if one.before:
            position = one.before[1]
            found += [(number, fit, one.before[0]) for fit in fits if self.fit_position[fit] == position]
        return found

    def _direct_arcs(self, owners: Array, places: Array, training: Array) -> None:
        board = self.board
        units, positions = board.place_unit[places], board.place_position[places]
        used = sorted(set(owners.tolist()))
        wishes = {(number, unit) for number in used for unit in self.classes[number].prefers}
        before = {number: self.classes[number].before or (-1, -1) for number in used}
        pairs = list(zip(owners.tolist(), units.tolist(), positions.tolist(), strict=True))
        self._gathered.add(
            DIRECT,
            owners,
            self._node(PLACE, places),
            self.sizes[owners],
            c1=1,
            c2=positions != self.class_position[owners],
            c3=training,
            c4=board.hm[self.class_unit[owners], units],
            c5=np.array([-int((number, unit) in wishes) for number, unit, _ in pairs], dtype=np.int8),
            c6=np.array([before[number] != (unit, position) for number, unit, position in pairs], dtype=bool),
            leaves=self.class_unit[owners],
        )

    def _links(self) -> None:
        """From pools to the places of other units within reach, position by position."""
        board = self.board
        order = np.argsort(self.pool_position, kind="stable")
        bounds = np.searchsorted(self.pool_position[order], np.arange(len(board.positions) + 1))
        for position in range(len(board.positions)):
            pools = order[bounds[position] : bounds[position + 1]]
            places = np.flatnonzero(board.place_position == position)
            if not len(pools) or not len(places):
                continue
            origin, target = self.pool_unit[pools], board.place_unit[places]
            reach = self.pool_reach[pools]
            within = board.near[origin[:, None], target[None, :]]
            if (reach >= 0).any():
                home = (reach[:, None] == self.unit_area[target][None, :]) & (reach[:, None] >= 0)
                within |= home & (origin[:, None] != target[None, :])
            rows, columns = np.nonzero(within)
            self._gathered.add(
                LINK,
                self._node(POOL, pools[rows]),
                self._node(PLACE, places[columns]),
                board.places[places[columns]] + 1,  # never the limit: the place itself is
                c4=board.hm[origin[rows], target[columns]],
            )

    def _place_arcs(self, groups: Sequence[tuple[int, int]], of_place: Array) -> None:
        board = self.board
        numbers = np.arange(len(board.places))
        keep = board.problem.rules.keep_cover
        self._gathered.add(
            HOLD,
            self._node(PLACE, numbers),
            np.where(of_place >= 0, self._node(GROUPED, of_place), self._node(UNIT, board.place_unit)),
            board.places,
            lower=board.cover if keep else 0,
            c0=-board.weight[board.place_position],
        )
        units = np.array([unit for unit, _ in groups], dtype=np.int64)
        most = np.array([most for _, most in groups], dtype=np.int64)
        self._gathered.add(GROUP, self._node(GROUPED, np.arange(len(groups))), self._node(UNIT, units), most)
        every = np.arange(len(board.units))
        lending = any(one.secondment for one in self.classes)
        ceiling = (
            np.full_like(board.ceiling, len(board.ids)) if lending else board.ceiling
        )  # rows keep it instead
        self._gathered.add(OUT, self._node(UNIT, every), np.full(len(every), self.nodes - 1), ceiling)

    def lent_arcs(self) -> Array:
        """Which arcs are secondments: the chair is filled there, the payroll stays here."""
        lent = np.array([one.secondment for one in self.classes] + [False], dtype=bool)
        return np.asarray((self.arcs.kind == DIRECT) & lent[np.minimum(self.arcs.tail, len(lent) - 1)])


def _may_hold(one: Class, place: tuple[int, int]) -> bool:
    """Whether pins and forbids let a class hold a place."""
    if any(pin != place for pin in one.pins):
        return False
    return place not in one.forbids and (place[0], -1) not in one.forbids


_NOWHERE = Class(0, 0, False, origin="")
