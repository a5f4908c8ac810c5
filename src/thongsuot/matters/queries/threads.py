"""The thread of a matter, the legs of its clock, and its clock in words: what pages of both kinds show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.lawbook.calendar import working_days_between
from thongsuot.matters.clocks import clock_state, days_left
from thongsuot.matters.enums import Act, ClockState, LegKind, State
from thongsuot.matters.models import Leg, Matter
from thongsuot.sources.models import Source
from thongsuot.sources.policies import scope as source_scope
from thongsuot.units.models import Mandate

CLOCK_TONES: dict[str, tuple[str, str]] = {
    ClockState.NO_TERM: ("plain", "calendar-off"),
    ClockState.IN_TERM: ("calm", "clock"),
    ClockState.DUE_SOON: ("due", "clock-exclamation"),
    ClockState.OVERDUE: ("late", "alert-triangle"),
    ClockState.EXTENDED: ("calm", "clock-plus"),
    ClockState.WAITING: ("due", "hourglass"),
    ClockState.DONE_IN_TIME: ("done", "check"),
    ClockState.DONE_LATE: ("done", "clock-x"),
    ClockState.STOPPED: ("done", "ban"),
}
STATE_TONES: dict[str, tuple[str, str]] = {
    State.RECORDED: ("plain", "pencil"),
    State.ISSUED: ("calm", "send"),
    State.RECEIVED: ("calm", "inbox"),
    State.IN_PROGRESS: ("calm", "progress"),
    State.SUBMITTED: ("due", "eye-check"),
    State.RETURNED: ("late", "arrow-back-up"),
    State.VERIFIED: ("done", "check"),
    State.ROUTED: ("calm", "send"),
    State.ANSWERED: ("due", "message-check"),
    State.CONTESTED: ("late", "message-x"),
    State.SETTLED: ("done", "check"),
    State.WITHDRAWN: ("done", "ban"),
}
_LATE_ACTS = {Act.RETURN, Act.REOPEN, Act.CONTEST, Act.REFUSE_EXTENSION}
_DONE_ACTS = {Act.VERIFY, Act.AGREE, Act.LAPSE, Act.WITHDRAW}


@dataclass(frozen=True, slots=True)
class Clock:
    """`words` say how long is left, or since when it is over; `held` who has it, since and until when."""

    state: ClockState
    tone: str
    icon: str
    words: str
    holder: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class File:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class StepLine:
    at: datetime
    act: str
    state: str
    who: str
    text: str
    tone: str
    files: Sequence[File]


@dataclass(frozen=True, slots=True)
class LegLine:
    """`left` and `width` place it on a bar of a hundred; `days` are working days, `late` those past its day."""

    kind: str
    label: str
    name: str
    since: date
    until: date | None
    due_on: date | None
    reason: str
    days: int
    late: int
    left: float
    width: float
    running: bool


def thread_of(matter: Matter, by: Mandate) -> list[StepLine]:
    """What was done, newest first; files the reader may not see are named without a way to them."""
    seen = Source.objects.filter(source_scope(by)).only("pk")
    steps = list(matter.steps.prefetch_related(Prefetch("sources", to_attr="files")))
    keys = {source.pk for step in steps for source in step.files}
    visible = set(seen.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return [
        StepLine(
            at=step.at,
            act=step.get_act_display(),
            state=step.get_state_display(),
            who=step.author,
            text=step.text,
            tone=_tone(step.act),
            files=[_file(source, visible) for source in step.files],
        )
        for step in reversed(steps)
    ]


def _tone(act: str) -> str:
    return "late" if act in _LATE_ACTS else "done" if act in _DONE_ACTS else ""


def _file(source: Source, visible: set[int]) -> File:
    return File(source.name, reverse("sources:file", args=[source.pk]) if source.pk in visible else "")


def legs_of(matter: Matter, on: date) -> list[LegLine]:
    """Side by side on one bar, by calendar days; a leg of a single day still shows."""
    legs = list(matter.legs.all())
    if not legs:
        return []
    first = legs[0].since
    last = max([leg.ended_on or on for leg in legs] + [leg.due_on for leg in legs[-1:] if leg.due_on])
    whole = max(1, (last - first).days)
    return [_leg(leg, on, first, whole) for leg in legs if not _fleeting(leg, legs)]


def _fleeting(leg: Leg, legs: Sequence[Leg]) -> bool:
    """Begun and ended on one day while another went on: it took nobody's time."""
    return leg.ended_on == leg.since and len(legs) > 1


def _leg(leg: Leg, on: date, first: date, whole: int) -> LegLine:
    until = leg.ended_on or on
    late = working_days_between(leg.due_on, until) if leg.due_on and until > leg.due_on else 0
    return LegLine(
        kind=leg.kind,
        label=str(LegKind(leg.kind).label),
        name=leg.name,
        since=leg.since,
        until=leg.ended_on,
        due_on=leg.due_on,
        reason=leg.reason,
        days=working_days_between(leg.since, until),
        late=late,
        left=round(100 * (leg.since - first).days / whole, 2),
        width=max(1.0, round(100 * (until - leg.since).days / whole, 2)),
        running=leg.ended_on is None,
    )


def clock_of(matter: Matter, on: date) -> Clock:
    state = clock_state(matter, on)
    tone, icon = CLOCK_TONES[state]
    leg = matter.legs.filter(ended_on__isnull=True).last() if matter.open else None
    return Clock(
        state=state,
        tone=tone,
        icon=icon,
        words=words_of_clock(matter, on),
        holder=leg.name if leg else matter.holder_name if matter.open else "",
        since=leg.since if leg else None,
        until=leg.due_on if leg else matter.due_on if matter.open else None,
    )


def words_of_clock(matter: Matter, on: date) -> str:
    """In working days, as terms are set."""
    left = days_left(matter, on)
    if left is None:
        return ""
    if left == 0:
        return _("đến hạn hôm nay") if matter.due_on == on else _("quá hạn")
    if left > 0:
        return ngettext("còn %(days)s ngày làm việc", "còn %(days)s ngày làm việc", left) % {"days": left}
    return ngettext("quá hạn %(days)s ngày làm việc", "quá hạn %(days)s ngày làm việc", -left) % {
        "days": -left
    }
