"""How much a post carries, and how many posts a unit's share of the work would ask for.

After the idea of WISN (workload indicators of staffing need, WHO): need is reckoned from the work, and the ratio of
present to need says where pressure is. No standard time for a dossier is set for communes, so need is a share: the
people there are, spread by each unit's share of the residents and of the dossiers, with a weight that is shown and may
be changed. A ratio below 1 is a unit with fewer people than its share of the work.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Load:
    """What a unit serves, and with how many."""

    population: int
    dossiers: int | None
    present: int
    posts: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Over all units whose dossiers are known; the share of one is reckoned of these."""

    population: int
    dossiers: int
    present: int

    @classmethod
    def of(cls, loads: Mapping[Key, Load]) -> "Totals":
        known = [one for one in loads.values() if one.dossiers is not None]
        return cls(
            sum(one.population for one in known),
            sum(one.dossiers or 0 for one in known),
            sum(one.present for one in known),
        )


@dataclass(frozen=True, slots=True)
class Pressure(Generic[Key]):
    key: Key
    load: Load
    needed: float | None

    @property
    def people_a_post(self) -> float | None:
        return self.load.population / self.load.present if self.load.present else None

    @property
    def dossiers_a_post(self) -> float | None:
        if self.load.dossiers is None or not self.load.present:
            return None
        return self.load.dossiers / self.load.present

    @property
    def ratio(self) -> float | None:
        return self.load.present / self.needed if self.needed else None


def needed(load: Load, totals: Totals, weight: float) -> float | None:
    """`weight` is that of residents, what is left that of dossiers; None where the dossiers are not known."""
    if load.dossiers is None or not totals.population or not totals.dossiers:
        return None
    share = weight * load.population / totals.population + (1 - weight) * load.dossiers / totals.dossiers
    return totals.present * share


def pressures(loads: Mapping[Key, Load], totals: Totals, weight: float) -> list[Pressure[Key]]:
    return [Pressure(key, load, needed(load, totals, weight)) for key, load in loads.items()]
