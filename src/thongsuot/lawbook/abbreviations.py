"""Abbreviations of everyday papers and what they stand for."""

from dataclasses import dataclass
from functools import cache

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """All forms mean the same; the first short one names the meaning."""

    short: tuple[str, ...]
    long: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        return (*self.short, *self.long)


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    entries = open_rules("abbreviations")["abbreviations"]
    return tuple(Abbreviation(tuple(entry["short"]), tuple(entry["long"])) for entry in entries)
