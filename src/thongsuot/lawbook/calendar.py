"""Working days: Monday to Friday, less public holidays, plus Saturdays worked in exchange (data/calendar.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from thongsuot.lawbook.rulebook import open_rules

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Year:
    """What one year adds to its weekends: closed days by name, and weekend days that are worked."""

    closed: Mapping[date, str]
    worked: frozenset[date]


@cache
def _year(year: int) -> Year:
    rules = open_rules("calendar")
    closed = {
        date(year, *map(int, entry["day"].split("-"))): entry["name"]
        for entry in rules["fixed"]
        if entry.get("from", year) <= year
    }
    announced = rules["years"].get(year, {})
    for period in announced.get("closed", ()):
        day = period["from"]
        while day <= period["to"]:
            closed[day] = period["name"]
            day += _DAY
    return Year(closed, frozenset(announced.get("worked", ())))


def holiday(on: date) -> str:
    """Why offices are closed that day; empty on days that are no public holiday."""
    return _year(on.year).closed.get(on, "")


def is_working_day(on: date) -> bool:
    year = _year(on.year)
    if on in year.worked:
        return True
    return on.weekday() < _SATURDAY and on not in year.closed


def add_working_days(on: date, days: int) -> date:
    """The working day that many working days after (or, if negative, before) `on`; with 0, `on` itself."""
    step = _DAY if days >= 0 else -_DAY
    left = abs(days)
    while left:
        on += step
        left -= is_working_day(on)
    return on


@lru_cache(maxsize=4096)
def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + _DAY * n) for n in range(1, (end - start).days + 1))
