"""What the worker does for matters by the clock."""

from datetime import date, time

from thongsuot.matters.actions import lapse_answers
from thongsuot.notices.schedule import Every, periodic


@periodic("lapsing", Every.DAY, at=time(0, 30))
def lapse_daily(period: str) -> None:
    """Silence is agreement once the period has passed; days without service are made good by the next run."""
    lapse_answers(date.fromisoformat(period))
