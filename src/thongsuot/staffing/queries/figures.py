"""Places and people of one unit, position by position, as a snapshot keeps them.

`present` counts full posts, wherever their holders are seconded to: a secondment fills a chair, not a place. So
surplus and shortage are of full posts, over the positions the count knows (Position.counted); those who help out on
secondment or combine posts stand beside them as `helping`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thongsuot.staffing.enums import Fit, HoldingKind
from thongsuot.staffing.models import Holding, Position
from thongsuot.staffing.queries.registers import frames_on, holdings_on
from thongsuot.staffing.queries.standards import Schooling, schooling_of, standards_on
from thongsuot.units.models import Unit


@dataclass(frozen=True, slots=True)
class PositionFigures:
    """One position of one unit."""

    position: Position
    places: int
    numbers: tuple[str, ...]  # of those on a full post
    unqualified: tuple[str, ...]
    helping: tuple[str, ...]

    @property
    def present(self) -> int:
        return len(self.numbers)

    @property
    def surplus(self) -> int:
        return max(self.present - self.places, 0)

    @property
    def shortage(self) -> int:
        return max(self.places - self.present, 0)

    def as_kept(self) -> dict[str, Any]:
        return {
            "places": self.places,
            "present": self.present,
            "unqualified": sorted(self.unqualified),
            "helping": sorted(self.helping),
            "numbers": sorted(self.numbers),
            "counted": self.position.counted,
        }


def figures_of(unit: Unit, on: date) -> list[PositionFigures]:
    """Every position that has a place or a holder that day, in the order of codes; five queries."""
    held: dict[str, list[Holding]] = defaultdict(list)
    positions: dict[str, Position] = {}
    for holding in holdings_on(unit, on):
        held[holding.position.code].append(holding)
        positions[holding.position.code] = holding.position
    places: dict[str, int] = {}
    for frame in frames_on(unit, on):
        places[frame.position.code] = frame.places
        positions[frame.position.code] = frame.position
    standards = standards_on(on, [unit])
    schooling = schooling_of({one.person_id for posts in held.values() for one in posts}, on)
    nothing = Schooling()
    found = []
    for code in sorted(positions):
        full = [one for one in held.get(code, ()) if one.kind == HoldingKind.FULL]
        unfit = [
            one.person.number
            for one in full
            if standards.fit(schooling.get(one.person_id, nothing), code, unit.pk) == Fit.TRAINING
        ]
        helping = [one.person.number for one in held.get(code, ()) if one.kind != HoldingKind.FULL]
        numbers = tuple(one.person.number for one in full)
        found.append(
            PositionFigures(positions[code], places.get(code, 0), numbers, tuple(unfit), tuple(helping))
        )
    return found


def totals_of(content: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Sums over what a snapshot keeps; surplus and shortage over the counted positions."""
    counted = [one for one in content.values() if one["counted"]]
    gaps = [one["present"] - one["places"] for one in counted]
    return {
        "places": sum(one["places"] for one in counted),
        "present": sum(one["present"] for one in counted),
        "surplus": sum(gap for gap in gaps if gap > 0),
        "shortage": -sum(gap for gap in gaps if gap < 0),
        "unqualified": sum(len(one["unqualified"]) for one in counted),
        "all_places": sum(one["places"] for one in content.values()),
        "all_present": sum(one["present"] for one in content.values()),
    }
