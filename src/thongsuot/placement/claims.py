"""What a plan says, read from the object or from its JSON, without believing any of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thongsuot.placement.faults import BadProblem, Fault, Faults
from thongsuot.placement.parsing import Reader
from thongsuot.placement.plan import SCHEMA, Plan


@dataclass(frozen=True, slots=True)
class ClaimedMove:
    """None where the plan does not say."""

    person: str
    origin: tuple[str, str | None] | None
    target: tuple[str, str]
    kind: str | None
    level: str | None
    km: float | None
    chain: int | None


@dataclass(frozen=True, slots=True)
class ClaimedChain:
    id: int
    people: tuple[str, ...]
    fills: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Claim:
    status: str
    objective: Mapping[str, int]
    moves: tuple[ClaimedMove, ...]
    surplus_listed: tuple[str, ...]
    surplus_units: Mapping[str, str]
    unfilled: Mapping[tuple[str, str], int] | None
    chains: tuple[ClaimedChain, ...]

    @property
    def surplus(self) -> frozenset[str]:
        return frozenset(self.surplus_listed)

    @classmethod
    def of(cls, plan: Plan | Mapping[str, Any]) -> "Claim":
        """Raises `BadProblem` with every fault of the shape."""
        data = plan.as_dict() if isinstance(plan, Plan) else plan
        if not isinstance(data, Mapping):
            raise BadProblem([Fault("", "phải là nhóm { … }", "must be an object { … }")])
        found = Faults()
        reader = Reader(found, "", data)
        if reader.text("schema", SCHEMA) not in (SCHEMA, ""):
            found.add("schema", f"phải là «{SCHEMA}»", f"must be '{SCHEMA}'")
        surplus = [one for _, one in reader.items("surplus", ())]
        claim = cls(
            reader.text("status", "feasible"),
            {key: value for key, value in reader.map("objective").items() if isinstance(value, int)},
            tuple(_move(one) for _, one in reader.items("moves")),
            tuple(one.text("person") for one in surplus),
            {one.text("person"): unit for one in surplus if (unit := one.text("unit", None)) is not None},
            _unfilled(reader),
            tuple(_chain(one) for _, one in reader.items("chains", ())),
        )
        found.refuse_if_any()
        return claim


def _place(reader: Reader) -> tuple[str, str]:
    return reader.text("unit"), reader.text("position")


def _move(one: Reader) -> ClaimedMove:
    origin = None
    if one.is_object("from"):
        was = one.inside("from")
        origin = (was.text("unit"), was.text("position", None))
    kilometres = one.number("km", None)
    return ClaimedMove(
        one.text("person"),
        origin,
        _place(one.inside("to")),
        one.text("kind", None),
        one.text("level", None),
        kilometres,
        one.whole("chain", None),
    )


def _unfilled(reader: Reader) -> dict[tuple[str, str], int] | None:
    if "unfilled" not in reader.keys:
        return None
    return {_place(one): one.whole("count") for _, one in reader.items("unfilled")}


def _chain(one: Reader) -> ClaimedChain:
    fills = _place(one.inside("fills")) if one.is_object("fills") else None
    return ClaimedChain(one.whole("id"), one.texts("people"), fills)
