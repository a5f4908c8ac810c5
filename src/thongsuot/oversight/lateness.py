"""Whether a visit is late, and by when its next step is due: working days after the day it was held."""

from datetime import date

from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.campaigns import visit_periods
from thongsuot.oversight.enums import Lateness, VisitState
from thongsuot.oversight.models import Visit

_LATE_AT = {
    VisitState.PLANNED: Lateness.NOT_HELD,
    VisitState.NOTIFIED: Lateness.NOT_HELD,
    VisitState.HELD: Lateness.NO_MINUTES,
    VisitState.MINUTES: Lateness.NO_REPORT,
}


def next_due(visit: Visit) -> date | None:
    """The last day on which the next step is in time; None where none is awaited."""
    match visit.state:
        case VisitState.PLANNED | VisitState.NOTIFIED:
            return visit.planned_on
        case VisitState.HELD:
            return add_working_days(visit.day, visit_periods(visit.day).minutes)
        case VisitState.MINUTES:
            return add_working_days(visit.day, visit_periods(visit.day).report)
    return None


def lateness(visit: Visit, today: date) -> Lateness | None:
    due = next_due(visit)
    return _LATE_AT[visit.state] if due and due < today else None


def wants_notice(visit: Visit, today: date) -> bool:
    """The day is near and nobody has written to the unit."""
    if visit.state != VisitState.PLANNED or visit.planned_on < today:
        return False
    return today >= add_working_days(visit.planned_on, -visit_periods(visit.planned_on).notice)
