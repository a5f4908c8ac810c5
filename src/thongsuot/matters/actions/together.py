"""The same act on many matters at once, in a number of queries that grows slowly.

What `moving` says of one matter holds for each; rows are locked in one order, so that two people wait instead of
blocking each other.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from thongsuot.audit.actors import HasActor
from thongsuot.matters.actions.moving import bring, end_legs, hold, leave_steps
from thongsuot.matters.actions.places import see_from
from thongsuot.matters.enums import Act, BodyPart, LegKind
from thongsuot.matters.models import Leg, Matter, MatterBody
from thongsuot.units.models import Body, Unit


def locked_all(matters: Iterable[Matter]) -> list[Matter]:
    rows = Matter.objects.select_for_update(of=("self",)).filter(pk__in={matter.pk for matter in matters})
    return list(rows.select_related("unit__parent", "holder", "body", "origin").order_by("pk"))


def move_all(matters: Sequence[Matter], act: Act, *, by: HasActor, text: str = "") -> None:
    for matter in matters:
        bring(matter, act)
        matter.save()
    leave_steps(matters, act, by=by, text=text)


def hand_over_all(
    matters: Sequence[Matter],
    *,
    unit: Unit | None,
    body: Body | None,
    name: str,
    since: date,
    due_on: date | None = None,
    reason: str = "",
) -> None:
    """From `since` on they lie with another, each until its own day unless one is given. `move_all` saves the rows."""
    end_legs(matters, since, LegKind.HOLDING)
    MatterBody.objects.filter(matter__in=matters, part=BodyPart.HOLDER).update(part=BodyPart.PAST)
    for matter in matters:
        hold(matter, unit=unit, body=body, name=name, due_on=due_on or matter.due_on)
    if body:
        MatterBody.objects.bulk_create(
            [MatterBody(matter=matter, body=body, part=BodyPart.HOLDER) for matter in matters],
            update_conflicts=True,
            unique_fields=["body", "matter"],
            update_fields=["part"],
        )
    if unit:
        see_from(matters, [unit])
    Leg.objects.bulk_create(
        Leg(
            matter=matter,
            kind=LegKind.HOLDING,
            unit=unit,
            body=body,
            name=matter.holder_name,
            since=since,
            due_on=matter.due_on,
            reason=reason[:500],
        )
        for matter in matters
    )
