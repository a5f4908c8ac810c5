"""The problem as arrays: units, places and distances by number, and people who are alike taken together.

People with the same unit, position, qualifications and bonds are one class: they can change roles in any plan, so the
solver only decides how many of a class do what. Built with NumPy, because a model built in plain Python costs more
than its solution.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from thongsuot.placement.distance import all_hectometres, all_kilometres
from thongsuot.placement.problem import STAGES, Person, Pin, Problem

Array = np.ndarray[Any, Any]

INSIDE, BETWEEN, BLOCKS, DEPARTMENTS, TRAINING = range(len(STAGES))


@dataclass(frozen=True, slots=True)
class Class:
    """People who differ in nothing a plan can see. `pin`, `forbids` and `before` are (unit, position) numbers, the
    position -1 where the whole unit is meant; `before` is where the previous plan put them, None for their own."""

    unit: int
    position: int
    locked: bool
    block: str = ""
    fits: tuple[tuple[int, bool], ...] = ()  # (position, whether only after training)
    origin: str | None = None
    prefers: tuple[int, ...] = ()
    secondment: bool = False
    forbids: tuple[tuple[int, int], ...] = ()
    pins: tuple[tuple[int, int], ...] = ()
    before: tuple[int, int] | None = None
    alone: str = ""  # the id of one who has relatives, else empty


class Board:
    """Numbers instead of codes. `place_at[unit, position]` is the number of a place, -1 where there is none."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.units = [unit.code for unit in problem.units]
        self.positions = [position.code for position in problem.positions]
        self.unit_number = {code: number for number, code in enumerate(self.units)}
        self.position_number = {code: number for number, code in enumerate(self.positions)}
        self.ids = [person.id for person in problem.people]
        self.person_number = {code: number for number, code in enumerate(self.ids)}
        self._measure()
        self._count()

    def _measure(self) -> None:
        units = self.problem.units
        self.km = all_kilometres(
            np.array([unit.lat for unit in units], dtype=float),
            np.array([unit.lon for unit in units], dtype=float),
        )
        self.hm = all_hectometres(self.km)
        limit = self.problem.rules.max_km
        self.near = np.ones_like(self.km, dtype=bool) if limit is None else self.km <= limit
        np.fill_diagonal(self.near, False)
        self.areas = [unit.area for unit in units]

    def _count(self) -> None:
        """Places, people present on them today, what must stay, and the ceilings of the units."""
        problem = self.problem
        frames = [frame for frame in problem.frames if frame.places > 0]
        self.place_unit = np.array([self.unit_number[one.unit] for one in frames], dtype=np.int64)
        self.place_position = np.array([self.position_number[one.position] for one in frames], dtype=np.int64)
        self.places = np.array([one.places for one in frames], dtype=np.int64)
        self.place_at = np.full((len(self.units), len(self.positions)), -1, dtype=np.int64)
        self.place_at[self.place_unit, self.place_position] = np.arange(len(frames))
        self.weight = np.array([one.weight for one in problem.positions], dtype=np.int64)
        self.person_unit = np.array([self.unit_number[one.unit] for one in problem.people], dtype=np.int64)
        self.person_position = np.array(
            [-1 if one.position is None else self.position_number[one.position] for one in problem.people],
            dtype=np.int64,
        )
        self.today = np.bincount(self.person_unit, minlength=len(self.units))
        present = np.zeros(len(frames), dtype=np.int64)
        holding = self.person_position >= 0
        at = self.place_at[self.person_unit[holding], self.person_position[holding]]
        np.add.at(present, at[at >= 0], 1)
        self.present = present
        self.cover = np.minimum(self.places, present)
        self.ceiling = np.array(
            [
                len(problem.people) if unit.quota is None else max(unit.quota, int(self.today[number]))
                for number, unit in enumerate(problem.units)
            ],
            dtype=np.int64,
        )
        self.departures = np.array(
            [-1 if unit.max_departures is None else unit.max_departures for unit in problem.units],
            dtype=np.int64,
        )

    def under(self, problem: Problem) -> "Board":
        """The same board for the same problem under other bonds (`Problem.rebound`)."""
        other = copy(self)
        other.problem = problem
        return other

    def reaching(self, kilometres: float) -> "Board":
        """The same board with another limit of distance."""
        other = copy(self)
        other.near = self.km <= kilometres
        np.fill_diagonal(other.near, False)
        return other

    def classes(self, pins: Iterable[Pin], forbids: Iterable[Any]) -> dict[Class, list[int]]:
        """Each class with the numbers of its people, in the order of their ids."""
        pinned, forbidden = self._by_person(pins), self._by_person(forbids)
        before = {self.person_number[pin.person]: pin for pin in self.problem.previous or ()}
        related = {self.person_number[person] for pair in self.problem.relatives for person in pair.people}
        found: dict[Class, list[int]] = {}
        for number, one in enumerate(self._free):
            bound = one
            if number in pinned or number in forbidden:
                bound = replace(bound, pins=pinned.get(number, ()), forbids=forbidden.get(number, ()))
            if number in before and not one.locked:
                place = self.place_of(before[number].unit, before[number].position)
                bound = replace(bound, before=place if place != (one.unit, one.position) else None)
            if number in related:
                bound = replace(bound, alone=self.ids[number])
            found.setdefault(bound, []).append(number)
        return found

    def place_of(self, unit: str, position: str | None) -> tuple[int, int]:
        return self.unit_number[unit], -1 if position is None else self.position_number[position]

    def _by_person(self, bonds: Iterable[Any]) -> dict[int, tuple[tuple[int, int], ...]]:
        found: dict[int, set[tuple[int, int]]] = {}
        for one in bonds:
            found.setdefault(self.person_number[one.person], set()).add(self.place_of(one.unit, one.position))
        return {number: tuple(sorted(places)) for number, places in found.items()}

    @cached_property
    def _free(self) -> list[Class]:
        """The class of each person without any bond; equal ones are one object."""
        known: dict[Class, Class] = {}
        return [known.setdefault(one, one) for one in map(self._class, self.problem.people)]

    def _class(self, person: Person) -> Class:
        position_number = self.position_number
        unit = self.unit_number[person.unit]
        position = -1 if person.position is None else position_number[person.position]
        if person.locked:
            return Class(unit, position, True)
        return Class(
            unit,
            position,
            False,
            person.block,
            tuple(
                sorted((position_number[code], level == "training") for code, level in person.fits.items())
            ),
            self._origin(person),
            tuple(self.unit_number[code] for code in person.prefers if code != person.unit),
            person.secondment,
        )

    def _origin(self, person: Person) -> str | None:
        """None where the origin opens nothing that the distance does not open anyway."""
        if person.origin in (None, person.unit) or self.problem.rules.max_km is None:
            return None
        return person.origin
