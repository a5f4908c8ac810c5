"""What the worker does for staffing by the clock."""

from datetime import date, time

from thongsuot.notices.schedule import Every, periodic
from thongsuot.staffing.actions.transfers import (
    end_secondments,
    escalate_silent,
    take_effects,
    warn_of_ends,
)


@periodic("transfers", Every.DAY, at=time(0, 10))
def follow_transfers_daily(period: str) -> None:
    """Decisions take effect and secondments end by their own day; days without service are made good."""
    on = date.fromisoformat(period)
    take_effects(on)
    end_secondments(on)
    escalate_silent(on)
    warn_of_ends(on)
