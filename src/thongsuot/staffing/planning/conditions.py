"""What a plan is asked to obey, as the office sets it and the plan keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from thongsuot.staffing.enums import Stage

DISTANCE = 30  # kilometres; no document sets one, so it is an own rule and stands on the form
ALL_STAGES = tuple(Stage.values)


@dataclass(frozen=True, slots=True)
class Bound:
    """A person bound to a place, or kept from one (`position` empty: from the whole unit); who asked, and why."""

    person: str
    unit: str
    position: str = ""
    by: str = ""
    why: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        return self.person, self.unit, self.position


@dataclass(frozen=True, slots=True)
class Conditions:
    """`most_leave`: how many may leave any one unit, None for no cap; `caps` for single units. `weights`: of positions
    where they differ from the catalogue. `spare_retiring`: nobody close to retirement changes posts."""

    on: date
    max_km: float | None = DISTANCE
    keep_cover: bool = True
    most_leave: int | None = None
    caps: Mapping[str, int] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    spare_retiring: bool = True
    stages: Sequence[str] = ALL_STAGES
    pins: Sequence[Bound] = ()
    forbids: Sequence[Bound] = ()
    agreed: Sequence[Bound] = ()

    @classmethod
    def kept(
        cls,
        on: date,
        rules: Mapping[str, Any],
        stages: Sequence[str],
        pins: Sequence[Mapping[str, str]],
        forbids: Sequence[Mapping[str, str]],
    ) -> "Conditions":
        """From what a plan keeps of them."""
        return cls(
            on=on,
            stages=tuple(stages),
            pins=tuple(Bound(**one) for one in pins),
            forbids=tuple(Bound(**one) for one in forbids),
            **rules,
        )

    @property
    def rules(self) -> dict[str, Any]:
        """As a plan keeps them."""
        return {
            "max_km": self.max_km,
            "keep_cover": self.keep_cover,
            "most_leave": self.most_leave,
            "caps": dict(self.caps),
            "weights": dict(self.weights),
            "spare_retiring": self.spare_retiring,
        }

    def cap(self, unit: str) -> int | None:
        return self.caps.get(unit, self.most_leave)

    def pinned(self, *bounds: Bound) -> "Conditions":
        """A later wish about a person takes the place of the earlier one."""
        about = {one.person for one in bounds}
        return replace(self, pins=(*(pin for pin in self.pins if pin.person not in about), *bounds))

    def forbidden(self, *bounds: Bound) -> "Conditions":
        known = {one.place for one in self.forbids}
        return replace(self, forbids=(*self.forbids, *(one for one in bounds if one.place not in known)))

    def without(self, *places: tuple[str, str, str]) -> "Conditions":
        gone = set(places)
        return replace(
            self,
            pins=tuple(one for one in self.pins if one.place not in gone),
            forbids=tuple(one for one in self.forbids if one.place not in gone),
        )


def as_rows(bounds: Sequence[Bound]) -> list[dict[str, str]]:
    return [asdict(one) for one in bounds]
