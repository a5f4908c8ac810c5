"""A plan in sums: before and after, by unit and by position, from the problem and the plan alone.

Surplus and shortage are counted as everywhere (staffing.standing): per unit and position, never netted.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

Cell = tuple[str, str]


@dataclass(slots=True)
class Sums:
    places: int = 0
    present: int = 0
    filled: int = 0
    surplus: int = 0
    shortage: int = 0
    coming: int = 0
    leaving: int = 0
    changing: int = 0
    present_after: int = 0
    filled_after: int = 0
    surplus_after: int = 0
    shortage_after: int = 0

    def add(self, other: "Sums") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def gained(self) -> int:
        return self.filled_after - self.filled


@dataclass(frozen=True, slots=True)
class Figures:
    """`total` over the positions that count as surplus and shortage, `others` over the posts of other blocks from
    which people may come; `units` and `positions` over both."""

    total: Sums
    others: Sums
    units: Mapping[str, Sums]
    positions: Mapping[str, Sums]

    def as_dict(self) -> dict[str, Any]:
        return {
            "total": asdict(self.total),
            "others": asdict(self.others),
            "units": {code: asdict(sums) for code, sums in self.units.items()},
            "positions": {code: asdict(sums) for code, sums in self.positions.items()},
        }

    @classmethod
    def kept(cls, figures: Mapping[str, Any]) -> "Figures":
        return cls(
            Sums(**figures["total"]),
            Sums(**figures["others"]),
            {code: Sums(**sums) for code, sums in figures["units"].items()},
            {code: Sums(**sums) for code, sums in figures["positions"].items()},
        )


def figures_of(
    problem: Mapping[str, Any], moves: Iterable[Mapping[str, Any]], counted: Collection[str]
) -> Figures:
    """`problem` and `moves` as in the contract's JSON; `counted` are codes of positions."""
    total, others = Sums(), Sums()
    units: dict[str, Sums] = defaultdict(Sums)
    positions: dict[str, Sums] = defaultdict(Sums)
    for (unit, position), sums in cells(problem, moves).items():
        (total if position in counted else others).add(sums)
        units[unit].add(sums)
        positions[position].add(sums)
    return Figures(total, others, dict(sorted(units.items())), dict(sorted(positions.items())))


def cells(problem: Mapping[str, Any], moves: Iterable[Mapping[str, Any]]) -> dict[Cell, Sums]:
    """By unit and position."""
    places = {(one["unit"], one["position"]): one["places"] for one in problem["frames"]}
    present = Counter((one["unit"], one["position"]) for one in problem["people"])
    after = Counter(present)
    found: dict[Cell, Sums] = {}
    for cell in sorted({*places, *present}):
        found[cell] = _before(places.get(cell, 0), present[cell])
    for start, end in _steps(moves):
        after[start] -= 1
        after[end] += 1
        if start[0] == end[0]:
            found[start].changing += 1
        else:
            found[start].leaving += 1
            found[end].coming += 1
    for cell, sums in found.items():
        sums.present_after = after[cell]
        sums.filled_after = min(after[cell], sums.places)
        sums.surplus_after = max(after[cell] - sums.places, 0)
        sums.shortage_after = max(sums.places - after[cell], 0)
    return found


def _steps(moves: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Cell, Cell]]:
    for move in moves:
        start, end = move["from"], move["to"]
        yield (start["unit"], start["position"]), (end["unit"], end["position"])


def _before(places: int, present: int) -> Sums:
    return Sums(
        places=places,
        present=present,
        filled=min(places, present),
        surplus=max(present - places, 0),
        shortage=max(places - present, 0),
    )
