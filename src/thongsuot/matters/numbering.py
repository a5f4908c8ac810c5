"""Numbers: KN-2025-000123 for a proposal, NV-… for a task, TL-… for an answer, NH-… for a group; never given twice."""

from thongsuot.matters.enums import Direction
from thongsuot.matters.models import MatterCounter

PREFIXES = {Direction.UP: "KN", Direction.DOWN: "NV"}
ANSWERS, GROUPS = "TL", "NH"


def next_number(direction: Direction, year: int) -> str:
    return next_in_series(PREFIXES[direction], year)


def next_in_series(prefix: str, year: int) -> str:
    return _next(prefix, year, 1)[0]


def next_numbers(direction: Direction, year: int, count: int) -> list[str]:
    return _next(PREFIXES[direction], year, count)


def _next(prefix: str, year: int, count: int) -> list[str]:
    """Inside a transaction: whoever asks next waits until this one commits."""
    counter, _new = MatterCounter.objects.select_for_update().get_or_create(prefix=prefix, year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [f"{prefix}-{year}-{number:06d}" for number in range(first, first + count)]
