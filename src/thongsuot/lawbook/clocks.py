"""Periods of the loop, in working days (data/clocks.yaml)."""

from dataclasses import dataclass
from functools import cache

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class Periods:
    due_soon: int
    answer: int
    answer_next_level: int
    respond: int
    verify: int
    levels: int
    extensions_by_officer: int
    longest_extension: int


@cache
def periods() -> Periods:
    rules = open_rules("clocks")
    extensions = rules["extensions"]
    plain = {
        name: rules[name]
        for name in ("due_soon", "answer", "answer_next_level", "respond", "verify", "levels")
    }
    return Periods(
        **plain, extensions_by_officer=extensions["by_officer"], longest_extension=extensions["longest"]
    )
