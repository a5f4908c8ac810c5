"""What keeps a surplus person from the open places, and an open place from all people: by rule and by count.

Every pair is put under the first rule of a fixed order that bars it, so the counts of one person add up to all open
places and those of one place to all people.
"""

from typing import Any

import numpy as np

from thongsuot.placement.board import BETWEEN, BLOCKS, DEPARTMENTS, INSIDE, TRAINING, Board
from thongsuot.placement.plan import SurplusPerson, UnfilledPlace
from thongsuot.placement.problem import STAGES
from thongsuot.placement.reasons import Reason

Array = np.ndarray[Any, Any]


class Blocks:
    """`target[person]` is the place each holds after the plan, -1 for surplus."""

    def __init__(self, board: Board, target: Array) -> None:
        self.board = board
        self.target = target
        people, problem = board.problem.people, board.problem
        placed = target >= 0
        self.unit_after = np.where(placed, np.append(board.place_unit, 0)[target], board.person_unit)
        lent = np.array([person.secondment for person in people], dtype=bool)
        payroll = np.bincount(np.where(lent, board.person_unit, self.unit_after), minlength=len(board.units))
        self.full_units = payroll >= board.ceiling
        left = np.bincount(
            board.person_unit[self.unit_after != board.person_unit], minlength=len(board.units)
        )
        self.spent_units = (board.departures >= 0) & (left >= board.departures)
        self.filled = np.bincount(target[placed], minlength=len(board.places))
        self.open = board.places - self.filled
        self.open_places = np.flatnonzero(self.open)
        self.locked = np.array([person.locked is not None for person in people], dtype=bool)
        self.lent = lent
        self.pinned = {pin.person: board.place_of(pin.unit, pin.position) for pin in problem.bound_to}
        self.forbidden: dict[int, set[tuple[int, int]]] = {}
        for one in problem.forbids:
            self.forbidden.setdefault(board.person_number[one.person], set()).add(
                board.place_of(one.unit, one.position)
            )
        self._qualify()
        self._limit()

    def _qualify(self) -> None:
        """Per position: who may hold it, and by which stage if they stay in their unit or leave it."""
        board = self.board
        people = board.problem.people
        self.stage = np.full((len(board.positions), len(people)), -1, dtype=np.int8)  # -1: not qualified
        for number, person in enumerate(people):
            for code, level in person.fits.items():
                position = board.position_number[code]
                if level == "training":
                    stage = TRAINING
                elif person.block == "department":
                    stage = DEPARTMENTS
                else:
                    stage = INSIDE if board.problem.positions[position].block == person.block else BLOCKS
                self.stage[position, number] = stage
        opened = {STAGES.index(stage) for stage in board.problem.stages}
        self.inside = np.array([stage in opened for stage in range(len(STAGES))])
        self.leaving = self.inside.copy()
        self.leaving[INSIDE] = BETWEEN in opened

    def _limit(self) -> None:
        board = self.board
        self.limited = np.zeros(len(board.places), dtype=bool)
        for limit in board.problem.limits:
            positions = [board.position_number[code] for code in limit.positions]
            for unit in [board.unit_number[limit.unit]] if limit.unit else range(len(board.units)):
                places = board.place_at[unit, positions]
                places = places[places >= 0]
                if len(places) and self.filled[places].sum() >= max(
                    limit.most, int(board.cover[places].sum())
                ):
                    self.limited[places] = True

    # --- one surplus person against the open places --------------------------------------------------------------

    def of_person(self, number: int) -> dict[str, int]:
        """Open places by the rule that bars the person from them."""
        board, places = self.board, self.open_places
        units, positions = board.place_unit[places], board.place_position[places]
        own = int(board.person_unit[number])
        stage = self.stage[positions, number]
        away = units != own
        opened = np.where(away, self.leaving[stage], self.inside[stage])
        barred = {
            "locked": np.full(len(places), bool(self.locked[number])),
            "fits": stage < 0,
            "forbidden": self._barred(number, units, positions),
            "stages": ~opened,
            "max_km": away & ~self._reach(number)[units],
            "limits": self.limited[places],
            "quota": away & self.full_units[units] & ~self.lent[number],
            "max_departures": away & self.spent_units[own],
        }
        return _first(barred, self.open[places])

    def _reach(self, number: int) -> Array:
        board = self.board
        near: Array = board.near[board.person_unit[number]]
        origin = board.problem.people[number].origin
        if origin is None:
            return near
        home = [origin in (code, area) for code, area in zip(board.units, board.areas, strict=True)]
        return np.asarray(near | np.array(home, dtype=bool))

    def _barred(self, number: int, units: Array, positions: Array) -> Array:
        barred = np.zeros(len(units), dtype=bool)
        for unit, position in self.forbidden.get(number, ()):
            barred |= (units == unit) & ((positions == position) | (position < 0))
        pin = self.pinned.get(self.board.ids[number])
        return barred if pin is None else barred | (units != pin[0]) | (positions != pin[1])

    # --- one open place against all people -----------------------------------------------------------------------

    def of_place(self, place: int) -> dict[str, int]:
        """People by the rule that keeps them from the place."""
        board = self.board
        unit, position = int(board.place_unit[place]), int(board.place_position[place])
        stage = self.stage[position]
        own = (board.person_unit == unit) & (board.person_position == position)
        away = board.person_unit != unit
        opened = np.where(away, self.leaving[stage], self.inside[stage]) | own
        at = self.target
        held = np.maximum(at, 0)
        barred = {
            "there": at == place,
            "fits": (stage < 0) & ~own,
            "locked": self.locked & ~own,
            "forbidden": self._bound(unit, position),
            "stages": ~opened,
            "max_km": away & ~self._near(unit),
            "limits": np.full(len(at), bool(self.limited[place])),
            "quota": away & bool(self.full_units[unit]) & ~self.lent & (self.unit_after != unit),
            "max_departures": away
            & self.spent_units[board.person_unit]
            & (self.unit_after == board.person_unit),
            "cover": (at >= 0) & (self.filled[held] <= board.cover[held]) & board.problem.rules.keep_cover,
            "needed": at >= 0,
        }
        return _first(barred, np.ones(len(at), dtype=np.int64))

    def _near(self, unit: int) -> Array:
        board = self.board
        near: Array = board.near[board.person_unit, unit].copy()
        names = (board.units[unit], board.areas[unit])
        for number, person in enumerate(board.problem.people):
            if person.origin is not None and person.origin in names:
                near[number] = True
        return near

    def _bound(self, unit: int, position: int) -> Array:
        bound = np.zeros(len(self.board.ids), dtype=bool)
        for number, places in self.forbidden.items():
            bound[number] = (unit, position) in places or (unit, -1) in places
        for person, place in self.pinned.items():
            bound[self.board.person_number[person]] |= place != (unit, position)
        return bound


def _first(barred: dict[str, Array], counts: Array) -> dict[str, int]:
    """Each item counted under the first rule that bars it, what none bars under `other`."""
    left = np.ones(len(counts), dtype=bool)
    found = {}
    for name, rows in barred.items():
        found[name] = int(counts[left & rows].sum())
        left &= ~rows
    return {name: count for name, count in {**found, "other": int(counts[left].sum())}.items() if count}


def surplus_with_reasons(blocks: Blocks) -> tuple[SurplusPerson, ...]:
    board = blocks.board
    told = []
    known: dict[tuple[Any, ...], dict[str, int]] = {}
    for number in np.flatnonzero(blocks.target < 0).tolist():
        person = board.problem.people[number]
        alike = (person.unit, person.block, person.locked is not None, person.origin, person.secondment)
        fits = tuple(sorted(person.fits.items()))
        bound = number if number in blocks.forbidden or person.id in blocks.pinned else -1
        counts = known.setdefault((*alike, fits, bound), {}) or blocks.of_person(number)
        known[*alike, fits, bound] = counts
        told.append(
            SurplusPerson(person.id, person.unit, (*_own(board, number), *_surplus(board, number, counts)))
        )
    return tuple(told)


def _own(board: Board, number: int) -> tuple[Reason, ...]:
    position, unit = int(board.person_position[number]), int(board.person_unit[number])
    if position < 0:
        return ()
    place = int(board.place_at[unit, position])
    present = int(((board.person_unit == unit) & (board.person_position == position)).sum())
    values = {
        "unit": board.problem.units[unit].name,
        "position": board.problem.positions[position].name,
        "present": present,
        "places": int(board.places[place]) if place >= 0 else 0,
    }
    return (Reason("surplus.present", values),)


def _surplus(board: Board, number: int, counts: dict[str, int]) -> tuple[Reason, ...]:
    if not counts:
        return (Reason("surplus.none"),)
    extra = {"lock": board.problem.people[number].locked, "limit": _shown(board.problem.rules.max_km)}
    return tuple(Reason(f"surplus.{name}", {"count": count, **extra}) for name, count in counts.items())


def unfilled_with_reasons(blocks: Blocks) -> tuple[UnfilledPlace, ...]:
    board = blocks.board
    limit = board.problem.rules.max_km
    where = Reason("open.anywhere") if limit is None else Reason("open.within", {"km": _shown(limit)})
    told = []
    for place in blocks.open_places.tolist():
        counts = blocks.of_place(place)
        position = int(board.place_position[place])
        summary = Reason("open.nobody", {"limit": where})
        if not board.weight[position]:
            summary = Reason("open.worthless")
        why = (summary, *(Reason(f"open.{name}", {"count": count}) for name, count in counts.items()))
        unit = board.units[board.place_unit[place]]
        told.append(UnfilledPlace(unit, board.positions[position], int(blocks.open[place]), why))
    return tuple(told)


def _shown(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
