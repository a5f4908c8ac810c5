"""Roles as data: how far each sees and what it may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    name: Mapping[str, str]
    description: Mapping[str, str]
    reach: str
    verbs: frozenset[str]
    tiers: tuple[str, ...] = ()  # of the unit it is held at; none named means any
    by_field: bool = False  # may be limited to fields of work


@cache
def roles() -> Mapping[str, Role]:
    return {
        code: Role(
            code,
            entry["name"],
            entry["description"],
            entry["reach"],
            frozenset(entry["verbs"]),
            tuple(entry.get("tiers", ())),
            entry.get("by_field", False),
        )
        for code, entry in open_rules("roles")["roles"].items()
    }
