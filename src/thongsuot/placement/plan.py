"""A plan: who goes where, who is left over, what stays open, how good it is and how that is known."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from thongsuot.placement.reasons import Reason, sentence

SCHEMA = "thongsuot.placement.plan/1"
TIERS = ("filled_weight", "transfers", "reassignments", "training", "distance_hm", "preferences")
HIGHER_IS_BETTER = {"filled_weight", "preferences"}

Status = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True, slots=True)
class Objective:
    """The six tiers, in their strict order. `disturbance` counts people whose lot differs from the previous plan's
    and is None where there is none."""

    filled_weight: int = 0
    transfers: int = 0
    reassignments: int = 0
    training: int = 0
    distance_hm: int = 0
    preferences: int = 0
    disturbance: int | None = None

    def as_dict(self) -> dict[str, int]:
        return {name: value for name, value in asdict(self).items() if value is not None}

    @property
    def order(self) -> tuple[int, ...]:
        """Compares plans: the smaller is the better."""
        tiers = (-value if name in HIGHER_IS_BETTER else value for name, value in self.as_dict().items())
        return tuple(tiers)


@dataclass(frozen=True, slots=True)
class Place:
    """`position` is None only for one who holds no position."""

    unit: str
    position: str | None

    def as_dict(self) -> dict[str, str | None]:
        return {"unit": self.unit, "position": self.position}


@dataclass(frozen=True, slots=True)
class Move:
    """`why` holds structured reasons; the JSON carries their Vietnamese sentences."""

    person: str
    origin: Place
    target: Place
    kind: Literal["reassignment", "transfer"]
    level: Literal["full", "training"]
    km: float
    chain: int | None = None
    why: tuple[Reason, ...] = ()
    secondment: bool = False

    def as_dict(self) -> dict[str, Any]:
        told = {
            "person": self.person,
            "from": self.origin.as_dict(),
            "to": self.target.as_dict(),
            "kind": self.kind,
            "level": self.level,
            "km": self.km,
            "chain": self.chain,
            "why": [sentence(reason) for reason in self.why],
        }
        return {**told, "secondment": True} if self.secondment else told


@dataclass(frozen=True, slots=True)
class SurplusPerson:
    person: str
    unit: str
    why: tuple[Reason, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"person": self.person, "unit": self.unit, "why": [sentence(reason) for reason in self.why]}


@dataclass(frozen=True, slots=True)
class UnfilledPlace:
    """`why` begins with the summary, then one reason per rule that blocks; their counts add up to all people."""

    unit: str
    position: str
    count: int
    why: tuple[Reason, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        why = "; ".join(sentence(reason) for reason in self.why)
        return {"unit": self.unit, "position": self.position, "count": self.count, "why": why}


@dataclass(frozen=True, slots=True)
class Chain:
    """People in the order in which places come free: the first fills `fills`, each next one takes the place the one
    before leaves. `fills` is None for a cycle: all change places and none comes free."""

    id: int
    people: tuple[str, ...]
    fills: Place | None

    def as_dict(self) -> dict[str, Any]:
        fills = self.fills.as_dict() if self.fills else None
        return {"id": self.id, "people": list(self.people), "fills": fills}


@dataclass(frozen=True, slots=True)
class Price:
    """What one more qualified person is worth, in filled weight; `unit` None: at the best unit, of the `area` if one
    is named. `status` is `bound` where only so much is proven; `most` is then the most it can be, if that is known."""

    position: str
    unit: str | None
    marginal_weight: int
    why: Reason
    area: str | None = None
    status: Literal["exact", "bound"] = "exact"
    most: int | None = None

    def as_dict(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "position": self.position,
            "unit": self.unit,
            "marginal_weight": self.marginal_weight,
            "meaning": sentence(self.why),
            "status": self.status,
        }
        if self.area is not None:
            told["area"] = self.area
        return {**told, "at_most": self.most} if self.status == "bound" and self.most is not None else told


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One rule loosened: `fills` more places, `weight` more filled weight. `at` names the unit or position that it
    concerns. `status` is `bound` where only so much is proven; `most` is then the most weight it can add, if known."""

    rule: str
    origin: float | str | None
    target: float | str | None
    fills: int
    weight: int
    at: str | None = None
    status: Literal["exact", "bound"] = "exact"
    most: int | None = None

    def as_dict(self) -> dict[str, Any]:
        told = {
            "rule": self.rule,
            "from": self.origin,
            "to": self.target,
            "fills": self.fills,
            "weight": self.weight,
            "status": self.status,
        }
        if self.at is not None:
            told["at"] = self.at
        return {**told, "at_most": self.most} if self.status == "bound" and self.most is not None else told


@dataclass(frozen=True, slots=True)
class Clash:
    """What cannot hold together. `smallest`: proven that no smaller set clashes; else only that no part of it does."""

    pins: tuple[Any, ...]
    forbids: tuple[Any, ...]
    rules: tuple[str, ...]
    smallest: bool
    why: tuple[Reason, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "pins": [asdict(pin) for pin in self.pins],
            "forbids": [asdict(forbid) for forbid in self.forbids],
            "rules": list(self.rules),
            "smallest": self.smallest,
            "why": [sentence(reason) for reason in self.why],
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """`bound`: for each tier the best value any plan could reach given the tiers before it, as far as proven.
    `proof`: tier by tier how that is known."""

    status: Status
    objective: Objective = Objective()
    bound: Mapping[str, int] = field(default_factory=dict)
    proof: tuple[Reason, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    surplus: tuple[SurplusPerson, ...] = ()
    unfilled: tuple[UnfilledPlace, ...] = ()
    chains: tuple[Chain, ...] = ()
    prices: tuple[Price, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    clash: Clash | None = None

    def as_dict(self) -> dict[str, Any]:
        """Exactly the contract's plan."""
        told: dict[str, Any] = {
            "schema": SCHEMA,
            "status": self.status,
            "objective": self.objective.as_dict(),
            "bound": dict(self.bound),
            "proof": "; ".join(sentence(reason) for reason in self.proof),
            "seconds": dict(self.seconds),
        }
        for name in ("moves", "surplus", "unfilled", "chains", "prices", "relaxations"):
            told[name] = [one.as_dict() for one in getattr(self, name)]
        return {**told, "clash": self.clash.as_dict()} if self.clash else told

    def with_seconds(self, **seconds: float) -> "Plan":
        rounded = {name: round(value, 4) for name, value in seconds.items()}
        return replace(self, seconds={**self.seconds, **rounded})
