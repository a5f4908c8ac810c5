"""What the pages of units show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import asin, cos, radians, sin, sqrt

from django.db.models import Prefetch, QuerySet

from thongsuot.units.enums import Tier
from thongsuot.units.models import Body, ChangeEvent, Succession, Unit, UnitName
from thongsuot.units.queries.dated import (
    communes_of,
    communes_on_the_ground_of,
    holding_on,
    predecessors,
    successors,
)
from thongsuot.web.worded import asked

_EARTH_RADIUS_KM = 6371.0
_NEIGHBOURS = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """One event in which ground passed from or to a unit, with the units on the other side."""

    event: ChangeEvent
    links: Sequence[Succession]


@dataclass(frozen=True, slots=True)
class Neighbour:
    unit: Unit
    kilometres: float


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: Unit
    names: Sequence[UnitName]
    came_from: Sequence[Passage]
    passed_to: Sequence[Passage]
    on_the_ground: Sequence[Unit]
    under_it: Sequence[Unit]
    bodies: Sequence[Body]
    neighbours: Sequence[Neighbour]

    @property
    def above(self) -> list[Unit]:
        """The units above, highest first."""
        chain: list[Unit] = []
        unit = self.unit.parent
        while unit is not None:
            chain.insert(0, unit)
            unit = unit.parent
        return chain


def commune_rows(province: Unit, on: date) -> QuerySet[Unit]:
    """Communes of the province on that day: `called` is the name borne then, `made_of` the units before."""
    names = UnitName.objects.filter(holding_on(on))
    before = Succession.objects.select_related("predecessor").order_by("predecessor__name", "pk")
    return (
        communes_of(province, on)
        .prefetch_related(Prefetch("names", names, to_attr="called"))
        .prefetch_related(Prefetch("came_from", before, to_attr="made_of"))
        .order_by("name", "pk")
    )


def unit_page(unit: Unit, on: date) -> UnitPage:
    return UnitPage(
        unit=unit,
        names=list(unit.names.order_by("-valid_from")),
        came_from=_passages(predecessors(unit).order_by("-event__on", "event", "predecessor__name")),
        passed_to=_passages(successors(unit).order_by("event__on", "event", "successor__name")),
        on_the_ground=list(communes_on_the_ground_of(unit)) if unit.tier == Tier.DISTRICT else [],
        under_it=list(_under(unit)),
        bodies=list(unit.bodies.filter(holding_on(_day_of(unit, on)))),
        neighbours=neighbours(unit, on),
    )


def _passages(links: QuerySet[Succession]) -> list[Passage]:
    return [Passage(event, list(group)) for event, group in groupby(links, key=lambda link: link.event)]


def _under(unit: Unit) -> QuerySet[Unit]:
    """What belonged to an ended unit; the communes of a province in force have a list of their own."""
    if unit.is_former:
        return unit.children.order_by("name", "pk")
    return unit.children.none()


def _day_of(unit: Unit, on: date) -> date:
    """The day asked about, or the last day of a unit that had ended by then."""
    return min(on, unit.valid_to - timedelta(days=1)) if unit.valid_to else on


@dataclass(frozen=True, slots=True)
class Coloured:
    """A commune on the map with its value of the measure, None where nothing is known."""

    unit: Unit
    value: float | None


def coloured_communes(province: Unit, on: date, values: Mapping[int, float]) -> list[Coloured]:
    """The largest value first, those without one last."""
    units = asked(
        ("communes on the map", province.pk),
        lambda on: communes_of(province, on).select_related(None),
        on=on,
    )
    communes = [Coloured(unit, values.get(unit.pk)) for unit in units]
    return sorted(communes, key=lambda row: (row.value is None, -(row.value or 0), row.unit.name))


def by_distance(unit: Unit, others: Iterable[Unit]) -> list[Unit]:
    return sorted(others, key=lambda other: kilometres_between(unit, other))


def neighbours(unit: Unit, on: date) -> list[Neighbour]:
    """The nearest units in force of the same tier under the same unit above."""
    if unit.parent_id is None or unit.latitude is None or unit.is_former:
        return []
    others = Unit.objects.filter(
        holding_on(on), parent=unit.parent_id, tier=unit.tier, latitude__isnull=False
    )
    near = [Neighbour(other, kilometres_between(unit, other)) for other in others.exclude(pk=unit.pk)]
    return sorted(near, key=lambda neighbour: neighbour.kilometres)[:_NEIGHBOURS]


def kilometres_between(one: Unit, other: Unit) -> float:
    """Great-circle distance between two units that have a point."""
    lat_a, lon_a, lat_b, lon_b = (
        radians(value or 0.0) for value in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(half))
