"""What the worker does for matters by the clock."""

from datetime import date, time

from thongsuot.matters.actions import lapse_answers, suggest_groups
from thongsuot.matters.queries import provinces_that_are_asked
from thongsuot.notices.schedule import Every, periodic


@periodic("lapsing", Every.DAY, at=time(0, 30))
def lapse_daily(period: str) -> None:
    """Silence is agreement once the period has passed; days without service are made good by the next run."""
    lapse_answers(date.fromisoformat(period))


@periodic("suggesting", Every.DAY, at=time(3, 0))
def suggest_daily(period: str) -> None:
    """Which proposals of a province might be answered together."""
    for province in provinces_that_are_asked():
        suggest_groups(province)
