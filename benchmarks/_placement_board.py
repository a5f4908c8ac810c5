"""A placement problem as plain ways read it, independent of the engine: what is open to whom, and what it counts."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Json = dict[str, Any]
Cell = tuple[str, str]  # unit, position
Chosen = dict[int, Cell | None]  # by person; None: surplus in their own unit

RADIUS_KM = 6371.0088
# The order of the objective, and whether more of it is better.
TIERS = {
    "filled_weight": True,
    "transfers": False,
    "reassignments": False,
    "training": False,
    "distance_hm": False,
    "preferences": True,
}


class Board:
    """A problem as the plain models read it; nothing of the engine."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.people: list[Json] = data["people"]
        self.rules: Json = data["rules"]
        self.units: dict[str, Json] = {one["code"]: one for one in data["units"]}
        self.weight = {one["code"]: one["weight"] for one in data["positions"]}
        self.places: dict[Cell, int] = {
            (one["unit"], one["position"]): one["places"] for one in data["frames"] if one["places"]
        }
        self.present = Counter((one["unit"], one["position"]) for one in self.people)
        self.headcount = Counter(one["unit"] for one in self.people)
        self.pins = {one["person"]: (one["unit"], one["position"]) for one in data["pins"]}
        self.named = {one["person"] for one in (*data["pins"], *data["forbids"])}
        self.forbidden = {(one["person"], one["unit"], one["position"]) for one in data["forbids"]}
        self._at = {code: number for number, code in enumerate(self.units)}
        self.kilometres = self._distances()

    # Its own great circle: a peer that measured with the engine's could not show that the engine measures wrong.
    def _distances(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        lat = np.radians([one["lat"] for one in self.units.values()])
        lon = np.radians([one["lon"] for one in self.units.values()])
        half = (
            np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
            + np.cos(lat[:, None]) * np.cos(lat[None, :]) * np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
        )
        found: np.ndarray[Any, np.dtype[np.float64]] = 2 * RADIUS_KM * np.arcsin(np.minimum(1, np.sqrt(half)))
        return found

    def km(self, a: str, b: str) -> float:
        return float(self.kilometres[self._at[a], self._at[b]])

    def cover(self, cell: Cell) -> int:
        return min(self.places.get(cell, 0), self.present[cell]) if self.rules["keep_cover"] else 0

    def ceiling(self, unit: str) -> int:
        quota = self.units[unit]["quota"]
        return self.headcount[unit] if quota is None else max(quota, self.headcount[unit])

    def reaches(self, person: Json, unit: str) -> bool:
        if unit == person["unit"] or person["origin"] in (unit, self.units[unit].get("area") or unit):
            return True
        return bool(self.km(person["unit"], unit) <= self.rules["max_km"])

    def bound(self, person: Json) -> bool:
        """Whether a pin or a refusal speaks of this person."""
        return person["id"] in self.named

    def may(self, person: Json, cell: Cell) -> bool:
        pin = self.pins.get(person["id"])
        return pin in (None, cell) and not self.forbids(person["id"], cell)

    def forbids(self, person: str, cell: Cell) -> bool:
        return (person, *cell) in self.forbidden or (person, cell[0], None) in self.forbidden

    def counts(self, number: int, cell: Cell) -> tuple[int, ...]:
        """What one choice adds to each tier."""
        person = self.people[number]
        unit, position = cell
        left, changed = unit != person["unit"], position != person["position"]
        return (
            self.weight[position],
            left,
            changed,
            (left or changed) and person["fits"].get(position) == "training",
            int(10 * self.km(person["unit"], unit) + 0.5) if left else 0,
            left and unit in person["prefers"],
        )

    def today(self) -> Chosen:
        """Everybody stays; where there are more people than places, the last of the list are surplus."""
        taken: Counter[Cell] = Counter()
        chosen: Chosen = {}
        for number, person in enumerate(self.people):
            cell = (person["unit"], person["position"])
            taken[cell] += 1
            chosen[number] = cell if taken[cell] <= self.places.get(cell, 0) else None
        return chosen

    def objective(self, chosen: Chosen) -> dict[str, int]:
        rows = [self.counts(number, cell) for number, cell in chosen.items() if cell]
        return dict(zip(TIERS, (int(sum(column)) for column in zip(*rows, strict=True)), strict=True))

    def plan(self, chosen: Chosen, status: str, bound: Mapping[str, int]) -> Json:
        """The plan of the contract, for the independent checker."""
        moves, surplus = [], []
        for number, cell in sorted(chosen.items()):
            person = self.people[number]
            own = (person["unit"], person["position"])
            if cell is None:
                surplus.append({"person": person["id"], "unit": own[0], "why": []})
            elif cell != own:
                moves.append(
                    {
                        "person": person["id"],
                        "from": {"unit": own[0], "position": own[1]},
                        "to": {"unit": cell[0], "position": cell[1]},
                        "kind": "transfer" if cell[0] != own[0] else "reassignment",
                        "level": person["fits"][cell[1]],
                        "km": round(self.km(own[0], cell[0]), 1),
                        "chain": None,
                        "why": [],
                    }
                )
        held = Counter(chosen.values())
        unfilled = [
            {"unit": cell[0], "position": cell[1], "count": places - held[cell], "why": ""}
            for cell, places in self.places.items()
            if places > held[cell]
        ]
        return {
            "schema": "thongsuot.placement.plan/1",
            "status": status,
            "objective": self.objective(chosen),
            "bound": dict(bound),
            "proof": "",
            "seconds": {},
            "moves": moves,
            "surplus": surplus,
            "unfilled": unfilled,
            "chains": [],
            "prices": [],
            "relaxations": [],
        }


@dataclass
class Found:
    """What one way came to so far, and how much of the objective it proved: `optimal` when all six tiers."""

    status: str
    chosen: Chosen
    proven: list[str] = field(default_factory=list)
    bound: dict[str, int] = field(default_factory=dict)
    facts: Json = field(default_factory=dict)


# Told of every step, so that one who must be stopped has still said what it had.
Keep = Callable[[Found], None]


def nowhere(found: Found) -> None:
    """Nobody listens."""
