"""The texts of the demonstration (YAML beside this file), and what their places are filled with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from thongsuot.units.models import Unit


def written(name: str) -> Any:
    """Read once; nobody changes what it gives."""
    return _written(name)


@cache
def _written(name: str) -> Any:
    return yaml.safe_load(files("thongsuot.site.demo").joinpath(f"{name}.yaml").read_text("utf-8"))


def paper(name: str) -> str:
    return files("thongsuot.site.demo").joinpath("texts", f"{name}.txt").read_text("utf-8")


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """Something many wards ask."""

    key: str
    topic: str
    body: str
    title: str
    wordings: tuple[str, ...]
    answers: Mapping[str, str]
    kind: str = "request"
    competence: str = "province"
    centre: str = "Bộ Nội vụ"
    weight: int = 1
    grouped: bool = False
    document: Mapping[str, str] = field(default_factory=dict)
    task: Mapping[str, str] = field(default_factory=dict)


@cache
def themes() -> list[Theme]:
    return [
        Theme(**{**entry, "wordings": tuple(entry["wordings"])}) for entry in written("proposals")["themes"]
    ]


def filled(text: str, unit: Unit, chance: Random) -> str:
    """Every count is invented anew."""
    frame = chance.randint(38, 72)
    people = f"{chance.randint(24, 215)}.{chance.randint(0, 999):03}"
    quarter = "ấp" if unit.kind == "xã" else "khu phố"
    named = str(unit)
    said = text.format(
        ward=named,
        Ward=named[:1].upper() + named[1:],
        quarter=f"{quarter} {chance.randint(1, 19)}",
        people=people,
        few=chance.randint(2, 6),
        some=chance.randint(8, 40),
        many=chance.randint(120, 480),
        files=chance.randint(18, 90) * 10,
        area=chance.randint(12, 95) * 10,
        money=chance.randint(2, 18),
        present=frame - chance.randint(3, 14),
        frame=frame,
    )
    return said[:1].upper() + said[1:]
