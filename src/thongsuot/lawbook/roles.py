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


@cache
def roles() -> Mapping[str, Role]:
    return {
        code: Role(code, entry["name"], entry["description"], entry["reach"], frozenset(entry["verbs"]))
        for code, entry in open_rules("roles")["roles"].items()
    }
