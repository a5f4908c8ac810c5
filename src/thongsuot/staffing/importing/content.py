"""What one unit's staff is on a day, as plain values: workbooks are read into it, the demonstration city is made of it,
the registers are written from it (actions.apply_unit_staff) and drawn up into it (queries.staff_of).

People, units and positions go by number and code. None means "not said, leave it as it stands"; empty means none.
"""

import hashlib
import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, cast

UNSAID = {"unsaid": ""}  # left out where it says nothing, so that a list of before has the digest it had


@dataclass(frozen=True, slots=True, order=True)
class QualificationRow:
    degree: str
    major: str


@dataclass(frozen=True, slots=True, order=True)
class ExperienceRow:
    position: str
    years: Decimal


@dataclass(frozen=True, slots=True)
class TrainingRow:
    position: str
    course: str
    planned_on: date | None = None
    finished_on: date | None = None


@dataclass(frozen=True, slots=True)
class LockRow:
    """A case of lawbook/data/locks.yaml."""

    reason: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post of the unit: the full one, a combined one, or one held on secondment from `payroll` until `until`."""

    position: str
    kind: str = "full"
    since: date | None = None  # None: since the day of the figures
    until: date | None = None  # the first day no longer held
    payroll: str = ""
    body: str = field(default="", metadata=UNSAID)  # the department a head or a deputy leads; "": not said


@dataclass(frozen=True, slots=True)
class HomeRow:
    latitude: float
    longitude: float
    given_on: date


@dataclass(frozen=True, slots=True)
class PersonRow:
    number: str
    full_name: str
    category: str
    posts: Sequence[PostRow]
    sex: str = ""
    born_on: date | None = None
    rank: str = ""
    joined_on: date | None = None
    origin: str | None = None  # code of a unit in force; "" for none
    synthetic: bool = False
    qualifications: Sequence[QualificationRow] | None = None
    experiences: Sequence[ExperienceRow] | None = None
    trainings: Sequence[TrainingRow] | None = None
    locks: Sequence[LockRow] | None = None
    wishes: Sequence[str] | None = None  # codes of units
    wished_on: date | None = None
    home: HomeRow | None = None  # None: not said; it is taken back on the person's page, not by a list

    @property
    def main_post(self) -> PostRow | None:
        """The full post, or the one held on secondment."""
        return next((post for post in self.posts if post.kind != "combined"), None)


@dataclass(frozen=True, slots=True)
class WorkloadRow:
    population: int
    dossiers: int | None = None
    upland: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class UnitStaff:
    """`frames` by code of position, `quotas` by block."""

    unit_code: str
    on: date
    people: Sequence[PersonRow]
    frames: Mapping[str, int] | None = None
    quotas: Mapping[str, int] | None = None
    workload: WorkloadRow | None = None
    basis: str = field(default="")

    @property
    def posts(self) -> Iterator[tuple[PersonRow, PostRow]]:
        return ((person, post) for person in self.people for post in person.posts)

    @property
    def digest(self) -> str:
        """The same for the same content, in whatever order it was listed."""
        return digest_of(self.to_json())

    def to_json(self) -> dict[str, Any]:
        """As a JSON column keeps it; people in the order of their numbers."""
        told: dict[str, Any] = _plain(self)
        told["people"].sort(key=lambda person: person["number"])
        return told


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast(Any, kind)))


@cache
def _unsaid(kind: Hashable) -> frozenset[str]:
    return frozenset(field.name for field in fields(cast(Any, kind)) if "unsaid" in field.metadata)


def _plain(value: Any) -> Any:
    """As JSON gives it back. `dataclasses.asdict` with a round through JSON takes ten times as long, and a city of
    people is told 168 times."""
    match value:
        case None | bool() | int() | float():
            return value
        case str() | date() | Decimal():
            return str(value)
        case tuple() | list():
            return [_plain(one) for one in value]
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case _:
            kind: Any = type(value)
            told = {name: _plain(getattr(value, name)) for name in _names(kind)}
            return {name: said for name, said in told.items() if said != "" or name not in _unsaid(kind)}


def digest_of(told: object) -> str:
    return hashlib.sha256(
        json.dumps(told, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()
