"""A third peer of the placement engine: an office that places its surplus people stage by stage, by hand."""

import math
from collections import Counter

from _placement_board import Board, Cell, Chosen, Found, Json, Keep, nowhere


def greedy(board: Board, limit: float = 0, keep: Keep = nowhere) -> Found:
    """First inside each commune, then ward by ward through the list: the nearest surplus person who qualifies.

    Nobody goes back on what was settled, nobody makes room for another, nobody who is needed where they are goes.
    """
    office = Office(board)
    for cell in office.in_turn():
        office.fill_from_inside(cell)
    for cell in office.in_turn():
        office.fill_from_outside(cell)
    return Found("feasible", office.outcome())


class Office:
    def __init__(self, board: Board) -> None:
        self.board = board
        self.too_many = {
            cell: count - board.places.get(cell, 0)
            for cell, count in board.present.items()
            if count > board.places.get(cell, 0)
        }
        self.open = {
            cell: count - board.present[cell]
            for cell, count in board.places.items()
            if count > board.present[cell]
        }
        self.free = {
            number: person
            for number, person in enumerate(board.people)
            if (person["unit"], person["position"]) in self.too_many
            and not person["locked"]
            and person["id"] not in board.pins
        }
        self.room = {unit: board.ceiling(unit) - board.headcount[unit] for unit in board.units}
        self.may_leave = {
            unit: math.inf if one["max_departures"] is None else one["max_departures"]
            for unit, one in board.units.items()
        }
        self.settled: Chosen = {}

    def in_turn(self) -> list[Cell]:
        """Ward by ward, the weightiest position first."""
        return sorted(self.open, key=lambda one: (one[0], -self.board.weight[one[1]], one[1]))

    def fill_from_inside(self, cell: Cell) -> None:
        while self.open[cell] and self._take(cell, [n for n in self._able(cell) if self._at(n, cell[0])]):
            pass

    def fill_from_outside(self, cell: Cell) -> None:
        while self.open[cell] and self.room[cell[0]] > 0:
            if not self._take(cell, [n for n in self._able(cell) if self._may_come(self.free[n], cell[0])]):
                return

    def _able(self, cell: Cell) -> list[int]:
        return [
            number
            for number, person in self.free.items()
            if cell[1] in person["fits"] and not self.board.forbids(person["id"], cell)
        ]

    def _at(self, number: int, unit: str) -> bool:
        return bool(self.free[number]["unit"] == unit)

    def _may_come(self, person: Json, unit: str) -> bool:
        home = person["unit"]
        return home != unit and self.may_leave[home] > 0 and self.board.reaches(person, unit)

    def _take(self, cell: Cell, able: list[int]) -> bool:
        if not able:
            return False
        unit, position = cell
        number = min(
            able,
            key=lambda n: (
                self.board.km(self.free[n]["unit"], unit),
                self.free[n]["fits"][position] != "full",
                n,
            ),
        )
        person = self.free.pop(number)
        self.settled[number] = cell
        self.open[cell] -= 1
        if unit != person["unit"]:
            self.room[unit] -= 1
            self.room[person["unit"]] += 1
            self.may_leave[person["unit"]] -= 1
        own = (person["unit"], person["position"])
        self.too_many[own] -= 1
        if not self.too_many[own]:  # the rest are needed there
            for one in [n for n, other in self.free.items() if (other["unit"], other["position"]) == own]:
                del self.free[one]
        return True

    def outcome(self) -> Chosen:
        """Those who did not move stay; those for whom there is no place there are surplus."""
        held = Counter(cell for cell in self.settled.values() if cell)
        chosen: Chosen = dict(self.settled)
        for number, person in enumerate(self.board.people):
            if number not in self.settled:
                cell = (person["unit"], person["position"])
                held[cell] += 1
                chosen[number] = cell if held[cell] <= self.board.places.get(cell, 0) else None
        return chosen
