"""How a position of a unit stands: the one rule by which surplus and shortage are counted everywhere.

Per unit and position: surplus is what is present beyond the places, shortage the places nobody is present on. A unit
may have both at once, on different positions, so neither is ever netted against the other before it is summed; over any
set of positions, present less places is surplus less shortage.

`queries.standing` says the same to the database; a test holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """Sums over one or many positions of one or many units."""

    places: int = 0
    present: int = 0
    surplus: int = 0
    shortage: int = 0
    unqualified: int = 0

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(
            self.places + other.places,
            self.present + other.present,
            self.surplus + other.surplus,
            self.shortage + other.shortage,
            self.unqualified + other.unqualified,
        )

    @property
    def net(self) -> int:
        return self.surplus - self.shortage

    @property
    def balanced(self) -> bool:
        return not (self.surplus or self.shortage)


NOTHING = Standing()


def standing(places: int, present: int, unqualified: int = 0) -> Standing:
    """Of one position in one unit."""
    return Standing(places, present, max(0, present - places), max(0, places - present), unqualified)


def together(standings: Iterable[Standing]) -> Standing:
    """Thousands are added for one page: number by number, not a Standing for each step."""
    places = present = surplus = shortage = unqualified = 0
    for one in standings:
        places += one.places
        present += one.present
        surplus += one.surplus
        shortage += one.shortage
        unqualified += one.unqualified
    return Standing(places, present, surplus, shortage, unqualified)
