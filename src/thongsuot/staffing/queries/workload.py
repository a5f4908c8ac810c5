"""Workload beside headcount, unit by unit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Sum

from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.staffing.enums import Block
from thongsuot.staffing.models import Frame, Quota, Workload
from thongsuot.staffing.queries.board import communes_reached
from thongsuot.staffing.queries.standing import present
from thongsuot.staffing.workload import Load, Pressure, Totals, pressures
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on, province_of

# Ascending is the heavier first; what is not known stands last.
SORTS: Mapping[str, Callable[["LoadLine"], tuple[Any, ...]]] = {
    "ty-so": lambda line: _last(line.pressure.ratio),
    "dan": lambda line: _last(line.pressure.people_a_post, -1),
    "ho-so": lambda line: _last(line.pressure.dossiers_a_post, -1),
    "dan-so": lambda line: (-line.pressure.load.population,),
    "co-mat": lambda line: (-line.pressure.load.present,),
    "ten": lambda line: (strip_marks(line.unit.name),),
}


def _last(value: float | None, sign: int = 1) -> tuple[bool, float]:
    return value is None, sign * (value or 0)


@dataclass(frozen=True, slots=True)
class LoadLine:
    unit: Unit
    quota: int | None
    pressure: Pressure[int]


@dataclass(frozen=True, slots=True)
class LoadPage:
    on: date
    weight: float
    totals: Totals
    lines: Sequence[LoadLine]
    unknown: int

    @property
    def rest(self) -> int:
        """The weight of dossiers, in percent."""
        return 100 - round(self.weight * 100)

    @property
    def pressed(self) -> int:
        """Units with fewer people than nine tenths of their share of the work."""
        return sum(1 for line in self.lines if (line.pressure.ratio or 1) < 0.9)


def load_page(by: Mandate, on: date, weight: float, sort: str) -> LoadPage:
    """Shares are of the whole province, of which only the sums are shown to who does not reach it all."""
    units = communes_reached(by, on)
    loads = _loads(province_of(by.unit), on)
    totals = Totals.of(loads)
    mine = {unit.pk: loads[unit.pk] for unit in units if unit.pk in loads}
    reckoned = {one.key: one for one in pressures(mine, totals, weight)}
    quotas = dict(
        Quota.objects.filter(holding_on(on), unit__in=list(mine), block=Block.GOVERNMENT).values_list(
            "unit", "posts"
        )
    )
    lines = [LoadLine(unit, quotas.get(unit.pk), reckoned[unit.pk]) for unit in units if unit.pk in reckoned]
    order = SORTS.get(sort, SORTS["ty-so"])
    lines.sort(key=lambda line: (*order(line), strip_marks(line.unit.name), line.unit.pk))
    return LoadPage(on, weight, totals, lines, len(units) - len(lines))


def _loads(province: Unit, on: date) -> dict[int, Load]:
    """Of the newest figures known that day; three queries for all units."""
    newest = Workload.objects.filter(unit=OuterRef("unit"), on__lte=on).order_by("-on").values("pk")[:1]
    here = {"unit__parent": province, "unit__tier": Tier.COMMUNE}
    rows = Workload.objects.filter(**here, pk=Subquery(newest)).order_by()
    held = present(on).filter(**here, position__block=Block.GOVERNMENT).order_by().values_list("unit")
    framed = (
        Frame.objects.filter(holding_on(on), **here, position__block=Block.GOVERNMENT)
        .order_by()
        .values_list("unit")
    )
    people = dict(held.annotate(many=Count("pk")))
    places = dict(framed.annotate(many=Sum("places")))
    return {
        unit: Load(population, dossiers, people.get(unit, 0), places.get(unit, 0))
        for unit, population, dossiers in rows.values_list("unit", "population", "dossiers")
    }
