"""The catalogue of job positions of the commune tier (data/positions.yaml)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class ListedPosition:
    """`suggested` majors are our own suggestion, no document sets them; `listed` names the document."""

    code: str
    name: Mapping[str, str]
    short: Mapping[str, str]
    kind: str
    block: str
    field: str
    bodies: Sequence[str]
    counted: bool
    combinable: bool
    rotates: bool
    weight: int
    standard: str
    degree: str
    suggested: Sequence[str]
    most: int | None  # holders in one body
    average: float | None  # holders a body or unit, over all units of the authority
    wording: str
    since: date
    listed: Mapping[str, str]


@cache
def positions() -> Mapping[str, ListedPosition]:
    """By code, leaders first, as the list of the ministry has them."""
    rules = open_rules("positions")
    sections = (("leadership", "leadership"), ("professional", "professional"), ("others", ""))
    found = (_listed(entry, kind, rules) for name, kind in sections for entry in rules[name])
    return {one.code: one for one in found}


def _listed(entry: Mapping[str, Any], kind: str, rules: Mapping[str, Any]) -> ListedPosition:
    kind = entry.get("kind", kind)
    return ListedPosition(
        code=entry["code"],
        name={"vi": entry["vi"], "en": entry["en"]},
        short=entry["short"],
        kind=kind,
        block=entry.get("block", "government"),
        field=entry["field"],
        bodies=tuple(entry["bodies"]),
        counted=kind == "professional" and "block" not in entry and entry.get("counted", True),
        combinable=entry.get("combinable", False),
        rotates=entry.get("rotates", False),
        weight=entry.get("weight", 1),
        standard=entry.get("standard", ""),
        degree=entry.get("degree", "bachelor"),
        suggested=tuple(entry.get("suggested", ())),
        most=entry.get("most"),
        average=entry.get("average"),
        wording=entry["wording"],
        since=entry.get("since", rules["since"]),
        listed=rules["documents"][entry.get("listed", "letter_7415")],
    )


@cache
def fields() -> Mapping[str, Mapping[str, str]]:
    """Fields of work by code, with their names."""
    found: Mapping[str, Mapping[str, str]] = open_rules("positions")["fields"]
    return found


def field_name(code: str, language: str = "vi") -> str:
    """What a field is called; a code the catalogue does not know stands for itself."""
    names = fields().get(code, {})
    return names.get(language) or names.get("vi") or code


def places_for_leaders(position: ListedPosition) -> int | None:
    """How many of a unit may hold it at once: one head for each of its bodies; None where nothing is set."""
    return None if position.most is None else position.most * max(len(position.bodies), 1)
