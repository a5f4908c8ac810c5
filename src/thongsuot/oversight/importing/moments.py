"""Days and hours as people write them in files."""

import re
from datetime import date, datetime, time, timedelta

_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?::|h|giờ)\s*(\d{2})?)?(?::00)?")
_DAY_SECONDS = 86_400


def day_of(said: object) -> date | None:
    """None where it is no day."""
    if isinstance(said, datetime):
        return said.date()
    if isinstance(said, date):
        return said
    text = str(said).strip()
    try:
        if match := _DAY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return None


def hour_of(said: object) -> time | None:
    if isinstance(said, datetime):
        return said.time().replace(second=0, microsecond=0)
    if isinstance(said, time):
        return said.replace(second=0, microsecond=0)
    if isinstance(said, timedelta):
        return _in_a_day(int(said.total_seconds()))
    if isinstance(said, float) and 0 <= said < 1:  # how Excel keeps an hour
        return _in_a_day(round(said * _DAY_SECONDS))
    match = _HOUR.fullmatch(str(said).strip().lower())
    if not match:
        return None
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError:
        return None


def _in_a_day(seconds: int) -> time | None:
    return time(seconds // 3600, seconds // 60 % 60) if 0 <= seconds < _DAY_SECONDS else None
