"""Periods of supervision campaigns, in working days (data/campaigns.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class VisitPeriods:
    """What holds for visits from `since` on."""

    since: date
    source: Mapping[str, str]
    notice: int
    minutes: int
    report: int


@cache
def _all() -> tuple[VisitPeriods, ...]:
    """The latest first; before the first day written, the first set holds as well."""
    entries = open_rules("campaigns")["periods"]
    sets = [
        VisitPeriods(entry["from"], entry["source"], entry["notice"], entry["minutes"], entry["report"])
        for entry in entries
    ]
    return tuple(sorted(sets, key=lambda one: one.since, reverse=True))


def visit_periods(on: date) -> VisitPeriods:
    return next((one for one in _all() if one.since <= on), _all()[-1])
