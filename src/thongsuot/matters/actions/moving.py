"""The one way a matter moves: by an act its state allows, leaving a step in its thread.

Actions lock the row (`locked`), ask the policy, change what is theirs to change, and end with `move`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actors import HasActor
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.actions.places import see_from
from thongsuot.matters.clocks import set_term
from thongsuot.matters.enums import (
    CLOSED,
    FOUND_ANEW,
    PROPOSAL_STEPS,
    TASK_STAYS,
    TASK_STEPS,
    TURN_OF_ISSUER,
    TURN_OF_RAISER,
    Act,
    BodyPart,
    LegKind,
    State,
)
from thongsuot.matters.following import follow
from thongsuot.matters.found import index_matters
from thongsuot.matters.models import Leg, Matter, MatterBody, Step
from thongsuot.matters.reminders import announce
from thongsuot.sources.models import Source
from thongsuot.units.models import Body, Unit


def locked(matter: Matter) -> Matter:
    """The row as it is now, held until the act is over: two people act one after the other."""
    return Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)


def state_after(matter: Matter, act: Act) -> State:
    """Where the act leads from here; Refused when the state does not allow it."""
    after = led_to(matter, act)
    if after is None:
        raise Refused(
            _(
                "%(number)s đang ở trạng thái “%(state)s”, không thể “%(act)s”. Tải lại trang để xem bản mới nhất."
            )
            % {"number": matter.number, "state": matter.get_state_display(), "act": act.label}
        )
    return after


def led_to(matter: Matter, act: Act) -> State | None:
    """The state after the act; None where the tables do not allow it now."""
    steps = PROPOSAL_STEPS if matter.is_proposal else TASK_STEPS
    if act in steps:
        allowed, after = steps[act]
        return after if matter.state in allowed else None
    stays = matter.open if matter.is_proposal else matter.state in TASK_STAYS.get(act, ())
    return State(matter.state) if stays else None


def move(matter: Matter, act: Act, *, by: HasActor, text: str = "", sources: Iterable[Source] = ()) -> Step:
    """Bring the matter where the act leads, give the turn to whose it is, save it, and leave a step."""
    bring(matter, act)
    matter.save()
    return leave_step(matter, act, by=by, text=text, sources=sources)


def bring(matter: Matter, act: Act) -> None:
    """Where the act leads, on the row alone; nothing is saved."""
    today = timezone.localdate()
    matter.state = state_after(matter, act)
    if matter.state in CLOSED:
        _close(matter, today)
    elif matter.state in (*TURN_OF_ISSUER, *TURN_OF_RAISER):
        matter.stopped_on = matter.stopped_on or today
        matter.open, matter.closed_on = True, None
    elif act in (Act.RETURN, Act.REOPEN, Act.CONTEST):
        matter.stopped_on, matter.open, matter.closed_on = None, True, None
    give_turn(matter, today)
    matter.version += 1


def leave_step(
    matter: Matter, act: Act, *, by: HasActor, text: str = "", sources: Iterable[Source] = ()
) -> Step:
    step = _step(matter, act, by, text)
    step.save(force_insert=True)
    if sources := list(sources):
        step.sources.set(sources)
    _find_anew(act, [matter])
    follow([step])
    announce(act, [(matter, step)], by=by)
    return step


def leave_steps(
    matters: Iterable[Matter], act: Act, *, by: HasActor, text: str | Mapping[int, str] = ""
) -> list[Step]:
    """One act on many matters at once; its words are the same for all, or told by key of the matter."""
    matters = list(matters)
    words = {matter.pk: text for matter in matters} if isinstance(text, str) else text
    steps = Step.objects.bulk_create([_step(matter, act, by, words[matter.pk]) for matter in matters])
    _find_anew(act, matters)
    follow(steps)
    announce(act, list(zip(matters, steps, strict=True)), by=by)
    return steps


def _find_anew(act: Act, matters: Sequence[Matter]) -> None:
    if act in FOUND_ANEW:
        index_matters(matters)


def _step(matter: Matter, act: Act, by: HasActor, text: str) -> Step:
    return Step(
        matter=matter,
        act=act,
        state=matter.state,
        text=text.strip(),
        at=timezone.now(),
        author=author(by),
        author_username=by.actor.username,
    )


def author(by: HasActor) -> str:
    """Name, role and unit of that day."""
    actor = by.actor
    return ", ".join(part for part in (actor.name, actor.role, actor.unit) if part)[:300]


def _close(matter: Matter, today: date) -> None:
    matter.open, matter.closed_on = False, today
    matter.stopped_on = matter.stopped_on or today
    matter.waiting_since = None
    end_legs([matter], today)


def give_turn(matter: Matter, today: date) -> None:
    """Who must act next, and until when."""
    if not matter.open:
        matter.turn_unit = matter.turn_body = matter.turn_due_on = None
    elif matter.state in TURN_OF_ISSUER:
        matter.turn_unit, matter.turn_body = matter.issuer, matter.issuer_body
        matter.turn_due_on = add_working_days(matter.stopped_on or today, periods().verify)
    elif matter.state in TURN_OF_RAISER:
        matter.turn_unit, matter.turn_body = matter.unit, None
        matter.turn_due_on = add_working_days(matter.stopped_on or today, periods().respond)
    elif matter.state == State.RECORDED and not matter.is_proposal:
        matter.turn_unit, matter.turn_body, matter.turn_due_on = matter.issuer, matter.issuer_body, None
    elif matter.waiting_since and (leg := open_leg(matter, LegKind.WAITING)):
        awaited = leg.unit is not None
        matter.turn_unit = leg.unit if awaited else matter.holder
        matter.turn_body = leg.body if awaited else matter.body
        matter.turn_due_on = leg.due_on
    else:
        matter.turn_unit, matter.turn_body, matter.turn_due_on = matter.holder, matter.body, matter.due_on


def open_leg(matter: Matter, kind: LegKind) -> Leg | None:
    legs = Leg.objects.filter(matter=matter, kind=kind, ended_on__isnull=True)
    return legs.select_related("unit", "body").first()


def hold(matter: Matter, *, unit: Unit | None, body: Body | None, name: str, due_on: date | None) -> None:
    """Say on the row who has it and until when; nothing is saved."""
    matter.holder, matter.body, matter.holder_name = unit, body, name[:300]
    set_term(matter, due_on)


def begin_leg(matter: Matter, since: date, reason: str = "") -> None:
    """The holder's time runs from now on, and they see the matter. The matter is saved already."""
    if matter.body:
        MatterBody.objects.update_or_create(
            matter=matter, body=matter.body, defaults={"part": BodyPart.HOLDER}
        )
    if matter.holder:
        see_from([matter], [matter.holder])
    Leg.objects.create(
        matter=matter,
        kind=LegKind.HOLDING,
        unit=matter.holder,
        body=matter.body,
        name=matter.holder_name,
        since=since,
        due_on=matter.due_on,
        reason=reason[:500],
    )


def hand_over(
    matter: Matter,
    *,
    unit: Unit | None,
    body: Body | None,
    name: str,
    since: date,
    due_on: date | None,
    reason: str = "",
) -> None:
    """From `since` on it lies with another: the leg before ends, a new one begins. `move` saves the row."""
    end_legs([matter], since, LegKind.HOLDING)
    MatterBody.objects.filter(matter=matter, part=BodyPart.HOLDER).update(part=BodyPart.PAST)
    hold(matter, unit=unit, body=body, name=name, due_on=due_on)
    begin_leg(matter, since, reason)


def end_legs(matters: Sequence[Matter], on: date, *kinds: LegKind) -> None:
    """Those of these kinds, or all; one that began after that day ends the day it began."""
    legs = Leg.objects.filter(matter__in=matters, kind__in=kinds or tuple(LegKind), ended_on__isnull=True)
    legs.update(ended_on=Greatest(F("since"), Value(on)))
