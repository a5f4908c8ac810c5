"""Which bodies a unit has, from a dated template."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from thongsuot.lawbook.rulebook import open_rules

_PLACEHOLDER = re.compile(r"\s*\{\w+\}")


@dataclass(frozen=True, slots=True)
class BodyTemplate:
    code: str
    name: str


def bodies_valid_from() -> date:
    valid_from: date = open_rules("bodies")["valid_from"]
    return valid_from


@cache
def body_templates(tier: str, kind: str) -> tuple[BodyTemplate, ...]:
    entries = open_rules("bodies").get(tier, [])
    return tuple(
        BodyTemplate(entry["code"], entry["name"])
        for entry in entries
        if kind in entry.get("kinds", [kind]) and not entry.get("optional")
    )


def bodies_of(tier: str, kind: str, unit: str, place: str) -> Iterator[tuple[str, str]]:
    """(code, full name) of every body; `unit` is "phường X", `place` the bare name."""
    committee = "Thành ủy" if kind == "thành phố" else "Tỉnh ủy"
    for template in body_templates(tier, kind):
        yield template.code, template.name.format(unit=unit, place=place, committee=committee)


def body_called(code: str, tier: str, kind: str) -> str:
    """What such a unit calls a body of its own, without the unit: "Phòng Kinh tế, Hạ tầng và Đô thị" of a ward."""
    named = {template.code: template.name for template in body_templates(tier, kind)}
    return _PLACEHOLDER.sub("", named[code]).strip() if code in named else body_kinds().get(code, code)


@cache
def body_names(code: str) -> frozenset[str]:
    """Every name a body goes by, whatever the kind of unit."""
    rules = open_rules("bodies")
    return frozenset(
        _PLACEHOLDER.sub("", entry["name"]).strip()
        for tier in ("commune", "province")
        for entry in rules[tier]
        if entry["code"] == code
    )


@cache
def body_kinds() -> Mapping[str, str]:
    """What a body is called whatever its unit, by code: "Đảng ủy", "Sở Nội vụ"."""
    rules = open_rules("bodies")
    names: dict[str, str] = {}
    for tier in ("commune", "province"):
        for entry in rules[tier]:
            names.setdefault(entry["code"], _PLACEHOLDER.sub("", entry["name"]).strip())
    return names
