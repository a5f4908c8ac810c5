"""Hours as people write them in files."""

import re
from datetime import datetime, time, timedelta

_HOUR = re.compile(r"(\d{1,2})(?:\s*(?::|h|giờ)\s*(\d{2})?)?(?::00)?")
_DAY_SECONDS = 86_400


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
