"""What acts on a task begin and end with: the row as it is now, evidence both sides see, the clock, one event."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, Verdict, require
from thongsuot.lawbook.calendar import add_working_days, working_days_between
from thongsuot.matters.actions.moving import begin_leg, end_legs, locked, move, state_after
from thongsuot.matters.clocks import require_term, set_term
from thongsuot.matters.enums import Act, Acts, BodyPart, Decision, LegKind
from thongsuot.matters.models import Extension, Leg, Matter, MatterBody, Order
from thongsuot.matters.policies import may
from thongsuot.sources.actions import let_see
from thongsuot.sources.models import Source
from thongsuot.sources.policies import may as may_source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


def at_hand(by: Mandate, verb: Verb, task: Matter, act: Act) -> Matter:
    return with_leave(task, act, lambda row: may(by, verb, row))


def with_leave(task: Matter, act: Act, verdict: Callable[[Matter], Verdict]) -> Matter:
    """The row, locked; refused where the person may not, or where it stands elsewhere by now."""
    row = locked(task)
    require(verdict(row))
    state_after(row, act)
    return row


def require_words(text: str, refusal: str) -> None:
    if not text.strip():
        raise Refused(refusal)


def trace(by: Mandate, verb: Acts, task: Matter, **details: object) -> None:
    record(by=by, verb=verb, subject=Matter(pk=task.pk, number=task.number), details=details)


def share(by: Mandate, matter: Matter, sources: Sequence[Source]) -> None:
    """Evidence is seen by both sides; nobody attaches what they may not see themselves."""
    for source in sources:
        require(may_source(by, Verb.READ, source))
        concerned = (matter.holder_id, matter.issuer_id, by.unit_id)
        let_see(source=source, units=[unit for unit in concerned if unit])


def see_order(task: Matter) -> bool:
    """The holder has read the order as it stands; whether that is news. `move` saves the row."""
    if task.order_id is None:
        return False
    version = Order.objects.values_list("version", flat=True).get(pk=task.order_id)
    news = task.order_version_seen != version
    task.order_version_seen = version
    return news


def back_to_work(by: Mandate, task: Matter, act: Act, reason: str, due_on: date | None) -> None:
    """The holder's time runs again; the days the result lay with the issuing side are given back."""
    today = timezone.localdate()
    if due_on is not None:
        require_term(due_on, today)
    elif task.due_on and task.stopped_on:
        due_on = add_working_days(task.due_on, working_days_between(task.stopped_on, today))
    set_term(task, due_on)
    move(task, act, by=by, text=reason)
    end_legs([task], today)
    begin_leg(task, today, reason)


def begin_checking(tasks: Mapping[date, Sequence[Matter]]) -> None:
    """By the day each result came: from the holders' last legs to those of who check the results."""
    for day, those in tasks.items():
        end_legs(those, day)
    Leg.objects.bulk_create(
        Leg(
            matter=task,
            kind=LegKind.CHECKING,
            unit=task.issuer,
            body=task.issuer_body,
            name=str(task.issuer_body or task.issuer or ""),
            since=day,
            due_on=task.turn_due_on,
        )
        for day, those in tasks.items()
        for task in those
    )


def stop_waiting(tasks: Mapping[date, Sequence[Matter]]) -> int:
    """The working days waited until then move the holder's day on, and nobody is waited for any more; the rows are
    saved by who calls. Returns how many days they were."""
    waited, waiting = 0, []
    for day, those in tasks.items():
        if since_then := [task for task in those if task.waiting_since]:
            waited += sum(_give_back(task, day) for task in since_then)
            end_legs(since_then, day, LegKind.WAITING)
            waiting += since_then
    if waiting:
        MatterBody.objects.filter(matter__in=waiting, part=BodyPart.AWAITED).update(part=BodyPart.PAST)
    return waited


def _give_back(task: Matter, until: date) -> int:
    assert task.waiting_since is not None
    waited = working_days_between(task.waiting_since, max(until, task.waiting_since))
    if task.due_on:
        set_term(task, add_working_days(task.due_on, waited))
    task.waiting_since = None
    return waited


def lapse_wishes(tasks: Q) -> None:
    """Wishes for more time on tasks that need none any more."""
    Extension.objects.filter(tasks, decision=Decision.PENDING).update(decision=Decision.LAPSED)
