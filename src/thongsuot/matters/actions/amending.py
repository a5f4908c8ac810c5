"""What a change of an order does to the tasks given by it, and how its versions are kept."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import F
from django.utils import timezone

from thongsuot.matters.actions.issuing import follow_order, holding_leg, lead_bodies, see_supporters
from thongsuot.matters.actions.moving import author, give_turn, hand_over, leave_steps
from thongsuot.matters.clocks import set_term
from thongsuot.matters.enums import Act, BodyPart, LegKind
from thongsuot.matters.models import Leg, Matter, MatterBody, Order, OrderVersion
from thongsuot.units.models import Mandate

# What an amendment may change; units are added on their own.
AMENDABLE = ("text", "person", "product", "basis", "due_on", "lead_code", "topic", "priority")


def keep_version(order: Order, by: Mandate, reason: str = "") -> OrderVersion:
    """The order as it stands, in words that can still be read when names have changed."""
    content = {
        **{name: getattr(order, name) for name in AMENDABLE},
        "due_on": order.due_on.isoformat() if order.due_on else "",
        "supporters": [str(body) for body in order.supporters.order_by("name", "pk")],
    }
    return OrderVersion.objects.create(
        order=order, version=order.version, content=content, reason=reason.strip()[:500], author=author(by)
    )


def open_tasks(order: Order) -> list[Matter]:
    """Locked until the act is over."""
    rows = Matter.objects.select_for_update(of=("self",)).filter(order=order, open=True)
    return list(rows.select_related("holder", "body", "unit", "issuer", "issuer_body").order_by("pk"))


def amend_tasks(
    *, by: Mandate, order: Order, before: date | None, changed: Sequence[str], reason: str
) -> list[Matter]:
    """Open tasks say what the order says now; `before` is the day it was due. Written together where they agree."""
    tasks, today = open_tasks(order), timezone.localdate()
    if "lead_code" in changed:
        _change_lead(order, tasks, today, reason)
    _follow_together(tasks, order)
    _change_terms(tasks, before, order.due_on, today, reason)
    if "supporters" in changed:
        _change_supporters(order, tasks)
    leave_steps(tasks, Act.AMEND, by=by, text=reason)
    return tasks


def _follow_together(tasks: Sequence[Matter], order: Order) -> None:
    Matter.objects.filter(pk__in=[task.pk for task in tasks]).update(
        text=order.text,
        topic=order.topic,
        priority=order.priority,
        person=order.person,
        product=order.product,
        basis=order.basis,
        version=F("version") + 1,
    )
    for task in tasks:
        follow_order(task, order)
        task.version += 1


def _change_terms(
    tasks: Sequence[Matter], before: date | None, now: date | None, today: date, reason: str
) -> None:
    """Few days are set, however many tasks: each is written once for all it is set for."""
    moved = [task for task in tasks if _change_term(task, before, now)]
    running = [task for task in moved if not task.stopped_on and not task.waiting_since]
    for task in running:
        give_turn(task, today)
    by_day: dict[tuple[date | None, date | None, date | None], list[int]] = defaultdict(list)
    for task in moved:
        by_day[task.due_on, task.due_soon_on, task.turn_due_on].append(task.pk)
    for (due_on, soon, turn), keys in by_day.items():
        rows = Matter.objects.filter(pk__in=keys)
        rows.update(due_on=due_on, due_soon_on=soon, turn_due_on=turn)
    _change_legs(running, today, reason)


def _change_term(task: Matter, before: date | None, now: date | None) -> bool:
    """The day of the order, unless the task has its own by then: extended, split or done it only moves further off."""
    if now is None or now == before:
        return False
    own = task.due_on is not None and (task.due_on != before or task.stopped_on is not None)
    day = max(task.due_on, now) if own and task.due_on else now
    changed = day != task.due_on
    set_term(task, day)
    return changed


def _change_legs(tasks: Sequence[Matter], today: date, reason: str) -> None:
    Leg.objects.filter(matter__in=tasks, kind=LegKind.HOLDING, ended_on__isnull=True).update(ended_on=today)
    Leg.objects.bulk_create([holding_leg(task, today, reason) for task in tasks])


def _change_lead(order: Order, tasks: Sequence[Matter], today: date, reason: str) -> None:
    """Those still at work hand over to the body that leads from now on."""
    at_work = [task for task in tasks if not task.stopped_on and not task.waiting_since and task.holder]
    leads = lead_bodies(order, [task.holder for task in at_work if task.holder], today)
    for task in at_work:
        body = leads[task.holder_id or 0]
        if task.body_id != body.pk:
            hand_over(
                task,
                unit=task.holder,
                body=body,
                name=str(body),
                since=today,
                due_on=task.due_on,
                reason=reason,
            )
            give_turn(task, today)
    fields = ["holder", "body", "holder_name", "turn_unit", "turn_body", "turn_due_on"]
    Matter.objects.bulk_update(at_work, fields, batch_size=200)


def _change_supporters(order: Order, tasks: Sequence[Matter]) -> None:
    parts = MatterBody.objects.filter(matter__in=tasks, part=BodyPart.SUPPORTING)
    supporters = list(order.supporters.all())
    parts.exclude(body__in=supporters).update(part=BodyPart.PAST)
    MatterBody.objects.filter(matter__in=tasks, part=BodyPart.PAST, body__in=supporters).update(
        part=BodyPart.SUPPORTING
    )
    see_supporters(tasks, supporters)
