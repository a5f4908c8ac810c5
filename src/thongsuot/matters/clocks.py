"""The clock of a matter: in which of its states it is on a day, as a rule for one row and as a condition for many.

The states exclude one another and leave nothing out, so their counts always add up to the total. Where two would fit,
the one that asks for action is told: a task that was extended and is due tomorrow is due soon.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.calendar import add_working_days, holiday, is_working_day, working_days_between
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.enums import ClockState, State

if TYPE_CHECKING:
    from thongsuot.matters.models import Matter


def set_term(matter: "Matter", due_on: date | None) -> None:
    """Give the holder until that day (or no day); the row is not saved."""
    matter.due_on = due_on
    matter.due_soon_on = add_working_days(due_on, -periods().due_soon) if due_on else None


def require_term(due_on: date | None, on: date) -> None:
    """A day one can be given until: a working day, and not one gone by."""
    if due_on is None:
        raise Refused(
            _("Chưa đặt hạn. Nhập ngày, ví dụ %(day)s.") % {"day": f"{add_working_days(on, 10):%d-%m-%Y}"}
        )
    if due_on < on:
        raise Refused(
            _("Hạn %(day)s đã qua. Chọn một ngày từ hôm nay trở đi.") % {"day": f"{due_on:%d-%m-%Y}"}
        )
    if not is_working_day(due_on):
        why = holiday(due_on) or _("thứ bảy, chủ nhật")
        after = add_working_days(due_on, 1)
        raise Refused(
            _("Hạn %(day)s không phải ngày làm việc (%(why)s). Ngày làm việc kế tiếp là %(next)s.")
            % {"day": f"{due_on:%d-%m-%Y}", "why": why, "next": f"{after:%d-%m-%Y}"}
        )


def clock_state(matter: "Matter", on: date) -> ClockState:
    if matter.state == State.WITHDRAWN:
        return ClockState.STOPPED
    if matter.due_on is None or matter.due_soon_on is None:
        return ClockState.NO_TERM
    day = matter.stopped_on or on
    if not matter.open:
        return ClockState.DONE_IN_TIME if day <= matter.due_on else ClockState.DONE_LATE
    if matter.waiting_since:
        return ClockState.WAITING
    if day > matter.due_on:
        return ClockState.OVERDUE
    if day >= matter.due_soon_on:
        return ClockState.DUE_SOON
    return ClockState.EXTENDED if matter.extensions else ClockState.IN_TERM


def _rules(on: date) -> Mapping[ClockState, Q]:
    """In the order in which they are asked; each holds only where none before it does."""
    stopped = Coalesce(F("stopped_on"), Value(on))
    return {
        ClockState.STOPPED: Q(state=State.WITHDRAWN),
        ClockState.NO_TERM: Q(due_on__isnull=True),
        ClockState.DONE_IN_TIME: Q(open=False, due_on__gte=stopped),
        ClockState.DONE_LATE: Q(open=False),
        ClockState.WAITING: Q(waiting_since__isnull=False),
        ClockState.OVERDUE: Q(due_on__lt=stopped),
        ClockState.DUE_SOON: Q(due_soon_on__lte=stopped),
        ClockState.EXTENDED: Q(extensions__gt=0),
        ClockState.IN_TERM: Q(),
    }


def clock_column(on: date) -> Case:
    """The state as a column, for counting."""
    cases = [When(rule, then=Value(state.value)) for state, rule in _rules(on).items() if rule]
    return Case(*cases, default=Value(ClockState.IN_TERM.value), output_field=CharField())


def in_clock_state(state: str, on: date) -> Q:
    """Rows in that state, written so that an index on the open ones by day can serve.

    What is open is none of the closed ones: to say it once more for each of their rules made PostgreSQL expect a
    hundredth of the rows there are.
    """
    open_one = state in OPEN_STATES
    wanted = Q(open=True) if open_one else Q()
    for asked, rule in _rules(on).items():
        if asked == state:
            return wanted & rule
        if not (open_one and asked in CLOSED_STATES):
            wanted &= ~rule
    raise ValueError(state)


CLOSED_STATES = (ClockState.STOPPED, ClockState.DONE_IN_TIME, ClockState.DONE_LATE)
OPEN_STATES = (
    ClockState.OVERDUE,
    ClockState.DUE_SOON,
    ClockState.WAITING,
    ClockState.EXTENDED,
    ClockState.IN_TERM,
)


def clock_counts(
    matters: "QuerySet[Any]", on: date, each: Count | None = None
) -> "QuerySet[Any, tuple[str, int]]":
    """How many are in each state that occurs; `each` counts rows where a matter may have several."""
    rows = matters.order_by().annotate(clock=clock_column(on)).values_list("clock")
    counts: QuerySet[Any, tuple[str, int]] = rows.annotate(count=each or Count("pk"))
    return counts


def counted_by_clock(matters: "QuerySet[Matter]", on: date) -> dict[str, int]:
    """How many are in each state; every state is named, and they add up to the total."""
    return all_states(clock_counts(matters, on))


def all_states(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found = dict(counts)
    return {state.value: found.get(state.value, 0) for state in ClockState}


def days_left(matter: "Matter", on: date) -> int | None:
    """Working days until the holder's day, negative when it has passed; None without a day or when stopped."""
    if matter.due_on is None or matter.stopped_on or not matter.open:
        return None
    return working_days_between(on, matter.due_on)
