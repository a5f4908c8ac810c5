"""One staffing problem, frozen and checked at birth.

Lists may come in any order: they are sorted here, so the same problem always gives the same plan.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Literal

from thongsuot.placement.faults import Faults

SCHEMA = "thongsuot.placement.problem/1"
BLOCKS = ("government", "party", "front", "department")
LEVELS = ("full", "training")
STAGES = ("inside", "between", "blocks", "departments", "training")  # in the order a city runs them

Level = Literal["full", "training"]
NO_FITS: Mapping[str, Level] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Unit:
    """`lat`, `lon` in degrees. `quota` is the payroll ceiling, None for none; `max_departures` None for no cap."""

    code: str
    name: str
    lat: float
    lon: float
    area: str = ""
    quota: int | None = None
    max_departures: int | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """`weight`: what one filled place is worth. `block`: whose staff the position belongs to (for `stages`)."""

    code: str
    name: str
    field: str = ""
    weight: int = 1
    block: str = "government"


@dataclass(frozen=True, slots=True)
class Frame:
    unit: str
    position: str
    places: int


@dataclass(frozen=True, slots=True)
class Person:
    """`fits`: positions they may hold besides the one they hold. `origin`: a unit, or an area, to which no
    distance applies. `position` None: holds none today. `secondment`: may go elsewhere only on secondment."""

    id: str
    unit: str
    position: str | None
    block: str = "government"
    fits: Mapping[str, Level] = field(default_factory=lambda: NO_FITS, hash=False)
    locked: str | None = None
    origin: str | None = None
    home: tuple[float, float] | str | None = None
    prefers: tuple[str, ...] = ()
    secondment: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """`max_km`: great-circle kilometres from the present unit; None for no limit."""

    max_km: float | None
    keep_cover: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    person: str
    unit: str
    position: str


@dataclass(frozen=True, slots=True)
class Forbid:
    """`position` None forbids every place of the unit."""

    person: str
    unit: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` filled places of these positions in the unit (None: in each), or as many as are held today."""

    unit: str | None
    positions: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Relatives:
    """Two people whom no move may bring into one unit (`positions` empty: on any two places of it)."""

    people: tuple[str, str]
    positions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """See docs/placement.md for what each part means. Raises `BadProblem` with every fault at once."""

    units: tuple[Unit, ...]
    positions: tuple[Position, ...]
    frames: tuple[Frame, ...]
    people: tuple[Person, ...]
    rules: Rules
    pins: tuple[Pin, ...] = ()
    forbids: tuple[Forbid, ...] = ()
    on: str | None = None
    stages: tuple[str, ...] = STAGES
    limits: tuple[Limit, ...] = ()
    relatives: tuple[Relatives, ...] = ()
    previous: tuple[Pin, ...] | None = None
    agreed: tuple[Pin, ...] = ()

    def __post_init__(self) -> None:
        from thongsuot.placement.consistency import consistent  # noqa: PLC0415  # it reads the classes above

        found = Faults()
        consistent(found, {part.name: _numbered(getattr(self, part.name)) for part in fields(self)})
        found.refuse_if_any()
        for name, key in _ORDER.items():
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, tuple(sorted(value, key=key)))

    def rebound(
        self, pins: tuple[Pin, ...], forbids: tuple[Forbid, ...], previous: tuple[Pin, ...] | None
    ) -> "Problem":
        """The same problem under other bonds; only these are checked. Raises `BadProblem`."""
        from thongsuot.placement.consistency import places_known  # noqa: PLC0415  # it reads the classes above

        bonds = {"pins": pins, "forbids": forbids, "previous": previous}
        found = Faults()
        places_known(found, self, {name: _numbered(value) for name, value in bonds.items()})
        found.refuse_if_any()
        changed = copy(self)
        for name, value in bonds.items():
            kept = None if value is None else tuple(sorted({*value}, key=_ORDER[name]))
            object.__setattr__(changed, name, kept)
        return changed

    @property
    def bound_to(self) -> tuple[Pin, ...]:
        """Where people must be: the pins of the file and the moves already agreed."""
        return tuple(sorted({*self.pins, *self.agreed}))


def _numbered(value: object) -> list[tuple[int, object]]:
    return list(enumerate(value)) if isinstance(value, tuple) else [(0, value)]


_ORDER = {
    "units": lambda one: one.code,
    "positions": lambda one: one.code,
    "frames": lambda one: (one.unit, one.position),
    "people": lambda one: one.id,
    "pins": lambda one: one,
    "forbids": lambda one: (one.person, one.unit, one.position or ""),
    "stages": STAGES.index,
    "limits": lambda one: (one.unit or "", one.positions),
    "relatives": lambda one: (one.people, one.positions),
    "previous": lambda one: one,
    "agreed": lambda one: one,
}
