"""What the pages of totals show: places by indicators, one indicator through time, and what a cell is made of.

A place is a commune, an area of a province (the former province its communes lay in) or a province. What is read
follows what is shown: a few indicators of one province, or one line for each province of the country.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from thongsuot.indicators.aggregation import EMPTY, Span, Total, together
from thongsuot.indicators.display import counted, in_figures
from thongsuot.indicators.models import (
    Dispute,
    Figure,
    Indicator,
    Period,
    StatedFigure,
    Statement,
    Subtotal,
    Target,
)
from thongsuot.indicators.policies import scope
from thongsuot.indicators.queries.disputes import disputes_of
from thongsuot.indicators.queries.totals import Address, rolled_up, series, spans_of, subtotals
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries import communes_of, former_provinces, province_of, provinces_on

TREND = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """What a place says of an indicator; `level` shades it by fifths among its peers."""

    unit: Unit
    indicator: Indicator
    total: Total
    level: int = 0
    rank: int | None = None

    @property
    def value(self) -> Decimal | None:
        return self.total.value_by(self.indicator.over_units)

    @property
    def second(self) -> Decimal | None:
        return self.total.second_by(self.indicator.over_units)

    @property
    def counted(self) -> Decimal | None:
        return counted(self.value, self.second, self.indicator)

    @property
    def text(self) -> str:
        return in_figures(self.value, self.second, self.indicator)

    @property
    def is_missing(self) -> bool:
        return not self.total.stated

    @property
    def is_not_applicable(self) -> bool:
        return bool(self.total.not_applicable) and not self.total.units and not self.total.several


@dataclass(frozen=True, slots=True)
class Line:
    """One place and its cells, in the order of the columns; `units` is how many communes it holds."""

    unit: Unit
    cells: Sequence[Cell]
    units: int = 1


@dataclass(frozen=True, slots=True)
class Consolidated:
    """`lines` are the places; `areas` what they add up to by area, `whole` all together."""

    place: Unit | None
    indicators: Sequence[Indicator]
    lines: Sequence[Line]
    areas: Sequence[Line]
    whole: Line | None

    @property
    def said(self) -> int:
        return sum(1 for line in self.lines if any(not cell.is_missing for cell in line.cells))


def periods_with_figures(province: Unit | None) -> QuerySet[Period]:
    """Newest first."""
    lines = Subtotal.objects.filter(period=OuterRef("pk"))
    if province is not None:
        lines = lines.filter(province=province)
    return Period.objects.filter(Exists(lines)).order_by("-last_day", "-first_day", "-pk")


def indicators_in(period: Period, province: Unit | None, pillar: str = "") -> QuerySet[Indicator]:
    """Those anything counts of in the period, by pillar and name."""
    lines = Subtotal.objects.filter(period=period, indicator=OuterRef("pk"))
    if province is not None:
        lines = lines.filter(province=province)
    found = Indicator.objects.filter(Exists(lines))
    return (found.filter(pillar=pillar) if pillar else found).order_by("pillar", "name", "code")


def since_new_year(period: Period) -> list[Period]:
    """The periods of the same kind from the first of the year up to it."""
    return list(
        Period.objects.filter(
            calendar=period.calendar, kind=period.kind, year=period.year, number__lte=period.number
        ).order_by("last_day")
    )


def of_a_province(
    by: Mandate,
    province: Unit,
    periods: Sequence[Period],
    indicators: Sequence[Indicator],
    areas: Mapping[int, Unit],
    area: str = "",
) -> Consolidated:
    """The communes within reach. The total is of the whole province, for it is kept and names nobody. `areas` are its
    former provinces by key of the commune."""
    last = periods[-1]
    every = communes_of(province, last.last_day)
    units = list(every.filter(reach(by, "")).order_by("name", "pk"))
    spans = spans_of(list(every.values_list("pk", flat=True)), periods, indicators)
    if len(periods) == 1:
        kept = subtotals(last, indicators, [province.pk])
    else:
        kept = {(province.pk, one.pk): _folded(spans, one) for one in indicators}
    by_area = _areas(units, areas, spans, indicators)
    if area:
        units = [unit for unit in units if unit.pk in areas and areas[unit.pk].code == area]
    return Consolidated(
        province,
        indicators,
        _lines(units, {address: Total.of(span) for address, span in spans.items()}, indicators),
        by_area if len(by_area) > 1 else [],
        Line(province, [Cell(province, one, kept.get((province.pk, one.pk), EMPTY)) for one in indicators]),
    )


def _folded(spans: Mapping[Address, Span], indicator: Indicator) -> Total:
    return together(Total.of(span) for (_unit, key), span in spans.items() if key == indicator.pk)


def _areas(
    units: Sequence[Unit],
    areas: Mapping[int, Unit],
    spans: Mapping[Address, Span],
    indicators: Sequence[Indicator],
) -> list[Line]:
    inside: dict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.pk in areas:
            inside[areas[unit.pk].pk].append(unit)
    found = {area.pk: area for area in areas.values()}
    return [
        Line(
            found[pk],
            [
                Cell(
                    found[pk],
                    one,
                    together(
                        Total.of(spans[unit.pk, one.pk]) for unit in members if (unit.pk, one.pk) in spans
                    ),
                )
                for one in indicators
            ],
            len(members),
        )
        for pk, members in sorted(inside.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]


def of_the_country(periods: Sequence[Period], indicators: Sequence[Indicator]) -> Consolidated:
    """A line for each province, as it was kept when figures came into force; totals name no commune."""
    period = periods[-1]
    kept = subtotals(period, indicators) if len(periods) == 1 else rolled_up(periods, indicators)
    provinces = list(provinces_on(period.last_day).order_by("name"))
    former = {pk for pk, _indicator in kept} - {unit.pk for unit in provinces}
    provinces += list(Unit.objects.filter(pk__in=former).order_by("name"))
    whole = [together(kept.get((unit.pk, one.pk), EMPTY) for unit in provinces) for one in indicators]
    lines = _lines(provinces, kept, indicators)
    return Consolidated(
        None,
        indicators,
        lines,
        [],
        Line(
            provinces[0],
            [Cell(provinces[0], one, total) for one, total in zip(indicators, whole, strict=True)],
        )
        if provinces
        else None,
    )


def _lines(
    units: Sequence[Unit], totals: Mapping[Address, Total], indicators: Sequence[Indicator]
) -> list[Line]:
    columns = [
        ranked([Cell(unit, one, totals.get((unit.pk, one.pk), EMPTY)) for unit in units])
        for one in indicators
    ]
    return [Line(unit, [column[number] for column in columns]) for number, unit in enumerate(units)]


def ranked(cells: Sequence[Cell]) -> list[Cell]:
    """In the order given, with rank (equals share one, the next goes on after them) and shade; best first where the
    indicator says which way is good, else the highest first. Missing and not applicable have no rank."""
    numbers = [cell.counted for cell in cells if cell.counted is not None]
    order = sorted(numbers, reverse=not cells or cells[0].indicator.direction != "down")
    place: dict[Decimal, int] = {}
    for number, counted_as in enumerate(order, 1):
        place.setdefault(counted_as, number)
    many = len(order)
    return [
        Cell(
            cell.unit,
            cell.indicator,
            cell.total,
            0 if (value := cell.counted) is None else 1 + min(4, (many - place[value]) * 5 // many),
            None if value is None else place[value],
        )
        for cell in cells
    ]


@dataclass(frozen=True, slots=True)
class Through:
    """One indicator of one province through periods of one kind, and its communes in the last."""

    indicator: Indicator
    province: Unit
    period: Period
    periods: Sequence[Period]
    totals: Sequence[Total]
    ranking: Sequence[Cell]
    areas: Mapping[Unit, Sequence[Total]]
    units: Mapping[int, Sequence[Total]]


def through_time(by: Mandate, indicator: Indicator, province: Unit, period: Period) -> Through:
    periods = list(
        Period.objects.filter(
            calendar=period.calendar, kind=period.kind, last_day__lte=period.last_day
        ).order_by("-last_day")[:TREND]
    )[::-1]
    kept = series(indicator, periods, province.pk)
    units = list(communes_of(province, period.last_day).filter(reach(by, "")).order_by("name", "pk"))
    rows = StatedFigure.objects.filter(
        in_force=True,
        indicator=indicator,
        period__in=[one.pk for one in periods],
        unit__in=[u.pk for u in units],
    ).values_list("unit", "period", "value", "second", "applicable")
    said = {
        (unit, at): Total.of(Span(0, applicable, value, second))
        for unit, at, value, second, applicable in rows
    }
    cells = ranked([Cell(unit, indicator, said.get((unit.pk, period.pk), EMPTY)) for unit in units])
    areas = former_provinces(province)
    by_area = {
        area: [
            together(
                said[unit.pk, one.pk]
                for unit in units
                if areas.get(unit.pk) == area and (unit.pk, one.pk) in said
            )
            for one in periods
        ]
        for area in sorted(set(areas.values()), key=lambda unit: unit.name)
    }
    return Through(
        indicator,
        province,
        period,
        periods,
        [kept.get(one.pk, EMPTY) for one in periods],
        sorted(cells, key=lambda cell: (cell.rank is None, cell.rank or 0, cell.is_missing, cell.unit.name)),
        by_area if len(by_area) > 1 else {},
        {unit.pk: [said.get((unit.pk, one.pk), EMPTY) for one in periods] for unit in units},
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """One cell. Of a commune: what counts, every version that said it, what texts say; of a province: its parts."""

    indicator: Indicator
    unit: Unit
    period: Period
    total: Total
    figure: StatedFigure | None
    versions: Sequence[StatedFigure]
    cited: Sequence[Figure]
    before: Sequence[StatedFigure]
    target: Target | None
    parts: Sequence[Cell]
    disputes: Sequence[Dispute] = ()

    @property
    def cell(self) -> Cell:
        return Cell(self.unit, self.indicator, self.total)

    @property
    def silent(self) -> int:
        return sum(1 for part in self.parts if part.is_missing)


def opened(by: Mandate, indicator: Indicator, unit: Unit, period: Period) -> Opened:
    if unit.tier == "commune":
        return _opened_commune(by, indicator, unit, period)
    kept = subtotals(period, [indicator], [unit.pk])
    units = list(communes_of(unit, period.last_day).filter(reach(by, "")).order_by("name", "pk"))
    spans = spans_of([one.pk for one in units], [period], [indicator])
    cells = ranked(
        [
            Cell(
                one,
                indicator,
                Total.of(spans[one.pk, indicator.pk]) if (one.pk, indicator.pk) in spans else EMPTY,
            )
            for one in units
        ]
    )
    return Opened(
        indicator, unit, period, kept.get((unit.pk, indicator.pk), EMPTY), None, [], [], [], None, cells
    )


def _opened_commune(by: Mandate, indicator: Indicator, unit: Unit, period: Period) -> Opened:
    said = StatedFigure.objects.filter(unit=unit, indicator=indicator).select_related(
        "statement", "period", "indicator"
    )
    papers = Statement.objects.filter(unit=unit, period=period, in_force_since__isnull=False)
    versions = list(
        said.filter(statement__in=papers).order_by("-in_force", "-statement__in_force_since", "-pk")
    )
    figure = next((one for one in versions if one.in_force), None)
    cited = Figure.objects.filter(
        scope(by), unit=unit, indicator=indicator, on__range=(period.first_day, period.last_day)
    ).select_related("indicator", "citation__source")
    before = said.filter(
        in_force=True,
        period__calendar=period.calendar,
        period__kind=period.kind,
        period__last_day__lte=period.last_day,
    ).order_by("-period__last_day")[:TREND]
    target = (
        Target.objects.filter(indicator=indicator, unit__in=[unit.pk, province_of(unit).pk], period=period)
        .order_by("unit__tier")
        .first()
    )
    total = Total.of(Span(0, figure.applicable, figure.value, figure.second)) if figure else EMPTY
    return Opened(
        indicator,
        unit,
        period,
        total,
        figure,
        versions,
        list(cited.order_by("on", "pk")),
        list(before)[::-1],
        target,
        [],
        disputes_of(by, indicator, unit, period),
    )


def catalogue() -> QuerySet[Indicator]:
    return Indicator.objects.filter(~Q(pillar="") | Q(proposed=True)).order_by("pillar", "name", "code")
