"""The map of one day carried into the map of another: which units lie in which, by the register of changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from thongsuot.indicators.enums import Weight
from thongsuot.indicators.models import Figure, Indicator, Period, StatedFigure
from thongsuot.indicators.queries.totals import spans_of
from thongsuot.indicators.restating import WHOLE, Link, Restated, chained, restated, shares
from thongsuot.units.models import Succession, Unit
from thongsuot.units.queries import communes_of

POPULATION = "population"


def links_between(first: date, then: date, units: Sequence[Unit], weight: Weight = Weight.AREA) -> list[Link]:
    """From the units in force on `first` to those on `then`, earlier or later, that lead to these `units`.

    Weights are areas, where the register has them, or people, where a figure tells how many; a unit nothing happened to
    leads to itself.
    """
    forward = first <= then
    early, late = (first, then) if forward else (then, first)
    rows = list(
        Succession.objects.filter(event__on__gt=early, event__on__lte=late)
        .select_related("event", "predecessor", "successor")
        .order_by("event__on", "pk")
    )
    weights = _people(rows) if weight == Weight.PEOPLE else _areas(rows)
    partly = {(row.predecessor_id, row.successor_id) for row in rows if not row.whole}
    steps = [
        shares(
            [
                (row.predecessor_id, row.successor_id) if forward else (row.successor_id, row.predecessor_id)
                for row in group
            ],
            weights,
        )
        for _day, group in groupby(rows, key=lambda row: row.event.on)
    ]
    links: list[Link] = []
    for step in steps if forward else reversed(steps):
        if forward:  # the rest of such a unit is not in the register
            step = [
                replace(link, share=None)
                if link.share == WHOLE and (link.source, link.target) in partly
                else link
                for link in step
            ]
        links = chained(links, step) if links else step
    wanted = {unit.pk for unit in units}
    found = [link for link in links if link.target in wanted]
    reached = {link.target for link in found}
    return found + [Link(pk, pk, WHOLE) for pk in sorted(wanted - reached)]


def _areas(rows: Sequence[Succession]) -> Mapping[int, Decimal]:
    units = {unit.pk: unit for row in rows for unit in (row.predecessor, row.successor)}
    return {pk: Decimal(str(unit.area_km2)) for pk, unit in units.items() if unit.area_km2}


def _people(rows: Sequence[Succession]) -> Mapping[int, Decimal]:
    """What each unit itself stated last, else what a text gave last."""
    units = {key for row in rows for key in (row.predecessor_id, row.successor_id)}
    cited = Figure.objects.filter(unit__in=units, indicator__code=POPULATION).order_by("on", "pk")
    stated = StatedFigure.objects.filter(
        unit__in=units, indicator__code=POPULATION, in_force=True, value__gt=0
    ).order_by("period__last_day", "pk")
    known = (*cited.values_list("unit", "value"), *stated.values_list("unit", "value"))
    return {unit: value for unit, value in known if value is not None}


def in_the_map_of(
    day: date, period: Period, indicator: Indicator, province: Unit, weight: Weight = Weight.AREA
) -> Mapping[Unit, Restated]:
    """What was stated for the period, in the units that are in force on another day."""
    units = list(communes_of(province, day).order_by("name", "pk"))
    links = links_between(period.last_day, day, units, weight)
    spans = spans_of(sorted({link.source for link in links}), [period], [indicator])
    said = {unit: span for (unit, _indicator), span in spans.items()}
    found = restated(said, links, indicator.over_units)
    return {unit: found[unit.pk] for unit in units}
