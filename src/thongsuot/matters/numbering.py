"""Numbers of matters: KN-2025-000123 for a proposal, NV-2025-000045 for a task, never given twice."""

from thongsuot.matters.enums import Direction
from thongsuot.matters.models import MatterCounter

PREFIXES = {Direction.UP: "KN", Direction.DOWN: "NV"}


def next_number(direction: Direction, year: int) -> str:
    """Inside a transaction: whoever asks next waits until this one commits."""
    prefix = PREFIXES[direction]
    counter, _new = MatterCounter.objects.select_for_update().get_or_create(prefix=prefix, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}-{year}-{counter.last:06d}"
