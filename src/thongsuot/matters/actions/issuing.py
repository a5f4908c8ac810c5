"""From an order to its tasks, however many: rows are written together, not one by one."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.bodies import body_kinds
from thongsuot.matters.actions.moving import give_turn, hold, leave_steps
from thongsuot.matters.actions.places import province_of, see_from
from thongsuot.matters.clocks import set_term
from thongsuot.matters.enums import Act, BodyPart, Direction, Kind, LegKind, OriginKind, State
from thongsuot.matters.models import Leg, Matter, MatterBody, MatterUnit, Order, Origin, Task
from thongsuot.matters.numbering import next_numbers
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.queries import holding_on


def origin_of(order: Order, units: Sequence[Unit]) -> Origin:
    """The document or conclusion the order rests on, where it did not come out of a recorded one."""
    if order.origin is not None:
        return order.origin
    origin = Origin.objects.create(
        kind=OriginKind.DOCUMENT,
        key=f"order:{order.pk}",
        title=order.basis,
        on=timezone.localdate(),
        path=order.get_absolute_url(),
    )
    origin.units.set(units)
    return origin


def give_tasks(
    *, by: Mandate, order: Order, units: Sequence[Unit], recorded: Matter | None = None
) -> list[Matter]:
    """One task to each unit; a recorded one becomes the task of the first of them."""
    today = timezone.localdate()
    leads = lead_bodies(order, units, today)
    tasks = [_task(order, unit, leads[unit.pk], today) for unit in units]
    if recorded is not None:
        tasks[0] = _take_over(recorded, tasks[0])
    fresh = [task for task in tasks if task.pk is None]
    for task, number in zip(
        fresh, next_numbers(Direction.DOWN, today.year, len(fresh)) if fresh else [], strict=True
    ):
        task.number = number
        task.citation = recorded.citation if recorded else None
    Task.objects.bulk_create(fresh)
    _place(order, tasks)
    Leg.objects.bulk_create([holding_leg(task, today) for task in tasks])
    leave_steps(tasks, Act.ISSUE, by=by)
    return tasks


def lead_bodies(order: Order, units: Sequence[Unit], on: date) -> Mapping[int, Body]:
    """The body that leads in each unit."""
    found = Body.objects.filter(holding_on(on), unit__in=units, code=order.lead_code)
    leads = {body.unit_id: body for body in found}
    if without := [str(unit) for unit in units if unit.pk not in leads]:
        raise Refused(
            _("Không có “%(body)s” tại: %(units)s. Chọn cơ quan chủ trì khác hoặc bỏ các đơn vị này.")
            % {"body": body_kinds().get(order.lead_code, order.lead_code), "units": ", ".join(without)}
        )
    return leads


def holding_leg(task: Matter, since: date, reason: str = "") -> Leg:
    return Leg(
        matter=task,
        kind=LegKind.HOLDING,
        unit=task.holder,
        body=task.body,
        name=task.holder_name,
        since=since,
        due_on=task.due_on,
        reason=reason[:500],
    )


def follow_order(task: Matter, order: Order) -> None:
    """What the order says of work, person, authority and product; time and responsibility have their own rules."""
    task.text, task.topic, task.priority = order.text, order.topic, order.priority
    task.person, task.product, task.basis = order.person, order.product, order.basis


def see_supporters(tasks: Sequence[Matter], supporters: Sequence[Body]) -> None:
    """The supporting bodies, and the units they are of, see the tasks; `bulk` leaves what is there."""
    parts = [
        MatterBody(matter=task, body=body, part=BodyPart.SUPPORTING)
        for task in tasks
        for body in supporters
        if body.pk != task.body_id
    ]
    MatterBody.objects.bulk_create(parts, ignore_conflicts=True)
    see_from(tasks, [body.unit for body in supporters])


def _task(order: Order, unit: Unit, lead: Body, today: date) -> Matter:
    task = Task(
        direction=Direction.DOWN,
        kind=Kind.DIRECTION,
        state=State.ISSUED,
        unit=unit,
        raised_on=today,
        origin=order.origin,
        order=order,
        order_version_seen=order.version,
        issuer=order.issuer,
        issuer_body=order.issuer_body,
        province=province_of(unit),
    )
    follow_order(task, order)
    hold(task, unit=unit, body=lead, name=str(lead), due_on=order.due_on)
    give_turn(task, today)
    return task


_TAKEN_OVER = (
    "order",
    "order_version_seen",
    "issuer",
    "issuer_body",
    "unit",
    "holder",
    "body",
    "holder_name",
    "person",
    "product",
    "basis",
    "priority",
    "turn_unit",
    "turn_body",
    "turn_due_on",
    "state",
)


def _take_over(recorded: Matter, task: Matter) -> Matter:
    """What was recorded keeps its number, its words and the day it was said."""
    for name in _TAKEN_OVER:
        setattr(recorded, name, getattr(task, name))
    set_term(recorded, task.due_on)
    recorded.version += 1
    recorded.save()
    MatterUnit.objects.filter(matter=recorded).exclude(unit=recorded.unit).update(named=False)
    return recorded


def _place(order: Order, tasks: Sequence[Matter]) -> None:
    """Who sees the tasks: the unit, its leading body, and the supporting ones."""
    MatterUnit.objects.bulk_create(
        [MatterUnit(matter=task, unit=task.unit) for task in tasks],
        update_conflicts=True,
        unique_fields=["unit", "matter"],
        update_fields=["named"],
    )
    MatterBody.objects.bulk_create(
        [MatterBody(matter=task, body=task.body, part=BodyPart.HOLDER) for task in tasks]
    )
    see_supporters(tasks, list(order.supporters.select_related("unit")))
