"""Reads around routing: which bodies there are, and which usually answers."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from thongsuot.lawbook.competences import usual_path
from thongsuot.matters.enums import Direction
from thongsuot.matters.models import Matter, MatterUnit
from thongsuot.matters.policies import scope
from thongsuot.units.enums import Reach
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.queries import holding_on

COMMITTEE = "peoples_committee"


def bodies_to_route_to(by: Mandate, on: date) -> QuerySet[Body]:
    """Those of the mandate's own unit and, for whoever follows its communes, their people's committees."""
    units, place = Q(pk=by.unit_id), Q(unit=by.unit_id)
    if by.role.reach == Reach.SUBTREE:
        units |= Q(parent=by.unit_id, valid_to__isnull=True)
        place |= Q(code=COMMITTEE)
    # The units stand by themselves, so that a database goes from them to their bodies and not through every body.
    bodies = Body.objects.filter(holding_on(on), place, unit__in=Unit.objects.filter(units))
    return bodies.select_related("unit").order_by("-unit__tier", "pk")


def usual_body(by: Mandate, topic: str, on: date) -> Body | None:
    return bodies_to_route_to(by, on).filter(code=usual_path(topic).body).first()


def chosen_proposals(by: Mandate, keys: Sequence[str]) -> QuerySet[Matter]:
    numbers = [int(key) for key in keys if key.isdigit()]
    return Matter.objects.filter(scope(by), Q(direction=Direction.UP), pk__in=numbers)


def tasks_numbered(numbers: Sequence[str], by: Mandate) -> list[Matter]:
    return list(Matter.objects.filter(scope(by), direction=Direction.DOWN, number__in=numbers))


def unit_count(matters: QuerySet[Matter]) -> int:
    """How many units ask them."""
    named = MatterUnit.objects.filter(named=True, matter__in=matters.order_by().values("pk"))
    return int(named.aggregate(count=Count("unit", distinct=True))["count"])


def unit_body(unit: int, code: str, on: date) -> Body | None:
    """The body of that kind in the unit."""
    return Body.objects.filter(holding_on(on), unit=unit, code=code).first()
