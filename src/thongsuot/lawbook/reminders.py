"""The ladder of reminders around a due date, from data/reminders.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.rulebook import open_rules

_DUE_DATES_IN_MIND = 4096  # a year of due dates many times over


@dataclass(frozen=True, slots=True)
class Rung:
    code: str
    working: int
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A rung at the day it falls on for one due date."""

    code: str
    on: date
    levels: tuple[int, ...]


@cache
def _versions() -> tuple[tuple[date, tuple[Rung, ...]], ...]:
    entries = sorted(open_rules("reminders")["versions"], key=lambda entry: entry["valid_from"])
    return tuple(
        (
            entry["valid_from"],
            tuple(Rung(r["code"], r["working"], tuple(r["levels"])) for r in entry["rungs"]),
        )
        for entry in entries
    )


def ladder(due_on: date) -> tuple[Rung, ...]:
    """The rungs for what falls due that day; before the first version, those of the first."""
    first = _versions()[0][1]
    return next((rungs for since, rungs in reversed(_versions()) if since <= due_on), first)


@lru_cache(maxsize=_DUE_DATES_IN_MIND)
def steps(due_on: date) -> tuple[Step, ...]:
    """All rungs of a due date, earliest first."""
    found = (Step(r.code, add_working_days(due_on, r.working), r.levels) for r in ladder(due_on))
    return tuple(sorted(found, key=lambda step: step.on))


def rungs(due_on: date, on: date) -> tuple[Step, ...]:
    """Those whose day has come by `on`."""
    return tuple(step for step in steps(due_on) if step.on <= on)


def due_between(first: date, last: date) -> tuple[date, date]:
    """From which to which due date a rung may fall on the days from `first` to `last`."""
    offsets = [rung.working for _since, version in _versions() for rung in version]
    # One day more at either end: a due date on a day off leans on the working days around it.
    return add_working_days(first, -max(offsets) - 1), add_working_days(last, 1 - min(offsets))


def keep_days() -> Mapping[str, int]:
    """How many days notices and the traces of jobs are kept."""
    days: Mapping[str, int] = open_rules("reminders")["keep_days"]
    return days
