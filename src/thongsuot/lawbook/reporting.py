"""Cut-off days of periodic reports and when they fall due (data/reporting.yaml)."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from thongsuot.kernel.periods import PeriodName
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.rulebook import open_rules

__all__ = [
    "PeriodName",
    "basis_of",
    "calendars",
    "cut_off",
    "due_day",
    "first_day",
    "least_working_days",
    "minutes_for",
]


def calendars() -> tuple[str, ...]:
    return tuple(open_rules("reporting")["calendars"])


def basis_of(calendar: str, language: str = "vi") -> str:
    names: Mapping[str, str] = open_rules("reporting")["calendars"][calendar]["basis"]
    return names.get(language, names["vi"])


def first_day(calendar: str, period: PeriodName) -> date:
    return _day(_rule(calendar)["first"], period.year, period.months[0])


def cut_off(calendar: str, period: PeriodName) -> date:
    """The last day whose figures count."""
    return _day(_rule(calendar)["last"], period.year, period.months[-1])


def due_day(calendar: str, period: PeriodName, working_days: int | None = None) -> date:
    """`working_days` after the cut-off, or as many as the rule of this kind of period gives."""
    if working_days is None:
        working_days = open_rules("reporting")["due_working_days"][period.kind]
    return add_working_days(cut_off(calendar, period), working_days)


def least_working_days() -> int:
    """That must lie between cut-off and due day."""
    days: int = open_rules("reporting")["least_working_days", "minutes_for"]
    return days


def _rule(calendar: str) -> Mapping[str, Any]:
    rule: Mapping[str, Any] = open_rules("reporting")["calendars"][calendar]
    return rule


def _day(rule: Mapping[str, Any], year: int, month: int) -> date:
    at = year * 12 + month - 1 + rule["month"]
    year, month = at // 12, at % 12 + 1
    day = monthrange(year, month)[1] if rule["day"] == "end" else rule["day"]
    return date(year, month, day)


def minutes_for(kind: str) -> int:
    """What it costs an officer to find, check and write one figure of that kind."""
    minutes: Mapping[str, int] = open_rules("reporting")["minutes_a_figure"]
    return minutes[kind]
