"""Rules by which figures of one unit contradict one another (data/figure_checks.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class FigureChecks:
    inexact: Decimal
    sums: tuple[tuple[str, tuple[str, ...]], ...]
    at_most: tuple[tuple[str, str], ...]
    bounded: Mapping[str, Decimal]
    shares: tuple[tuple[str, str, str, Decimal], ...]
    jumps: Mapping[str, Decimal]


@cache
def figure_checks() -> FigureChecks:
    rules = open_rules("figure_checks")
    return FigureChecks(
        inexact=Decimal(str(rules["inexact"])),
        sums=tuple((entry["total"], tuple(entry["parts"])) for entry in rules["sums"]),
        at_most=tuple((entry["part"], entry["whole"]) for entry in rules["at_most"]),
        bounded={entry["indicator"]: Decimal(str(entry["most"])) for entry in rules["bounded"]},
        shares=tuple(
            (entry["share"], entry["part"], entry["whole"], Decimal(str(entry["points"])))
            for entry in rules["shares"]
        ),
        jumps={
            code: Decimal(str(entry["factor"])) for entry in rules["jumps"] for code in entry["indicators"]
        },
    )
