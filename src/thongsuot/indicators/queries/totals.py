"""What figures add up to, asked of the database; gives what `aggregation` gives of the same rows (a test compares)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Max, QuerySet, Value, When, Window
from django.db.models.functions import Cast, RowNumber

from thongsuot.indicators.aggregation import Rule, Span, Total
from thongsuot.indicators.enums import Aggregation
from thongsuot.indicators.models import Indicator, Period, StatedFigure, Subtotal
from thongsuot.indicators.queries.exact import ExactSum

ADDED = (Aggregation.SUM, Aggregation.WEIGHTED)
Address = tuple[int, int]  # unit (or province), indicator


def rule_of(indicator: Indicator) -> Rule:
    return Rule(indicator.over_units, indicator.over_periods)


def in_force(periods: Collection[Period], indicators: Collection[Indicator]) -> QuerySet[StatedFigure]:
    return StatedFigure.objects.filter(
        in_force=True,
        period__in=[period.pk for period in periods],
        indicator__in=[indicator.pk for indicator in indicators],
    ).order_by()


def spans_of(
    units: Collection[int], periods: Sequence[Period], indicators: Collection[Indicator]
) -> dict[Address, Span]:
    """Each indicator of each unit over the periods; one query for one period, one for each rule otherwise."""
    order = {period.pk: number for number, period in enumerate(_in_time(periods))}
    by_rule: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        by_rule["" if len(order) == 1 else indicator.over_periods].append(indicator)
    found: dict[Address, Span] = {}
    for rule, chosen in sorted(by_rule.items()):
        rows = in_force(periods, chosen).filter(unit__in=units)
        found |= dict(_spans(rule, rows, order))
    return found


def _in_time(periods: Iterable[Period]) -> list[Period]:
    return sorted(periods, key=lambda period: (period.last_day, period.first_day, period.pk))


def _spans(
    rule: str, rows: QuerySet[StatedFigure], order: Mapping[int, int]
) -> Iterator[tuple[Address, Span]]:
    if rule in ADDED:
        yield from _added(rows, order)
    elif rule == Aggregation.NONE:
        yield from _left_apart(rows, order)
    else:
        if rule:
            rows = _chosen(rule, rows, order)
        for unit, indicator, period, value, second, applicable in rows.values_list(
            "unit", "indicator", "period", "value", "second", "applicable"
        ):
            yield (unit, indicator), Span(order[period], applicable, value, second)


def _added(rows: QuerySet[StatedFigure], order: Mapping[int, int]) -> Iterator[tuple[Address, Span]]:
    grouped = rows.values("unit_id", "indicator_id").annotate(
        last=Max(_ordinal(order)),
        said=Max(Cast("applicable", IntegerField())),
        denominators=ExactSum("second"),
        numbers=ExactSum("value"),
    )
    for row in grouped.values_list("unit_id", "indicator_id", "last", "said", "numbers", "denominators"):
        unit, indicator, last, said, value, second = row
        yield (unit, indicator), Span(last, bool(said), value, second)


def _chosen(rule: str, rows: QuerySet[StatedFigure], order: Mapping[int, int]) -> QuerySet[StatedFigure]:
    """Of each unit the row of the latest period, or with the highest number."""
    latest = [F("ordinal").desc()]
    highest = [F("applicable").desc(), F("value").desc(nulls_last=True), F("second").desc(nulls_last=True)]
    return (
        rows.annotate(ordinal=_ordinal(order))
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=[F("unit_id"), F("indicator_id")],
                order_by=latest if rule == Aggregation.LATEST else highest,
            )
        )
        .filter(place=1)
    )


def _left_apart(rows: QuerySet[StatedFigure], order: Mapping[int, int]) -> Iterator[tuple[Address, Span]]:
    """Where a unit stated one period alone, that is its span."""
    grouped = rows.values("unit_id", "indicator_id").annotate(
        last=Max(_ordinal(order)),
        said=Max(Cast("applicable", IntegerField())),
        count=Count("pk"),
        denominators=ExactSum("second"),
        numbers=ExactSum("value"),
    )
    for row in grouped.values_list(
        "unit_id", "indicator_id", "last", "said", "count", "numbers", "denominators"
    ):
        unit, indicator, last, said, count, value, second = row
        yield (
            (unit, indicator),
            Span(last, bool(said), value, second) if count == 1 else Span(last, bool(said), several=True),
        )


def _ordinal(order: Mapping[int, int]) -> Case:
    return Case(
        *(When(period=pk, then=Value(number)) for pk, number in order.items()), output_field=IntegerField()
    )


def subtotals(
    period: Period, indicators: Collection[Indicator], provinces: Collection[int] | None = None
) -> dict[Address, Total]:
    """What every province adds up to in one period: one line for each, kept when its figures came into force."""
    lines = Subtotal.objects.filter(period=period, indicator__in=[one.pk for one in indicators])
    if provinces is not None:
        lines = lines.filter(province__in=provinces)
    return {(line.province_id, line.indicator_id): _total(line) for line in lines}


def _total(line: Subtotal) -> Total:
    return Total(line.units, line.not_applicable, 0, line.value, line.second, line.highest, line.lowest)


def series(indicator: Indicator, periods: Collection[Period], province: int) -> dict[int, Total]:
    """One indicator of one province, by key of the period."""
    lines = Subtotal.objects.filter(
        province=province, indicator=indicator, period__in=[p.pk for p in periods]
    )
    return {line.period_id: _total(line) for line in lines}


def rolled_up(periods: Sequence[Period], indicators: Collection[Indicator]) -> dict[Address, Total]:
    """By province and indicator, over several periods: inside each commune first, then over communes.

    The country is `together` of these. One statement for each rule over periods, grouped by the database; a whole year
    is read as it was kept when figures came into force.
    """
    kept = _whole_year(periods)
    order = {period.pk: number for number, period in enumerate(_in_time(periods))}
    by_rule: dict[str, list[int]] = defaultdict(list)
    for indicator in indicators:
        by_rule[indicator.over_periods].append(indicator.pk)
    found: dict[Address, Total] = {}
    for rule, chosen in sorted(by_rule.items()):
        for row in _rolled_up(rule, order, chosen) if kept is None else _of_the_year(rule, kept, chosen):
            province, indicator_id, units, none, several, *numbers = row
            value, second, highest, lowest = (ExactSum.read(number) for number in numbers)
            found[province, indicator_id] = Total(units, none, several, value, second, highest, lowest)
    return found


def _whole_year(periods: Collection[Period]) -> tuple[str, str, int] | None:
    """The calendar, kind and year these are all counted periods of."""
    years = {(period.calendar, period.kind, period.year) for period in periods}
    if len(years) != 1:
        return None
    calendar, kind, year = years.pop()
    others = Subtotal.objects.filter(period__calendar=calendar, period__kind=kind, period__year=year)
    if others.exclude(period__in=[period.pk for period in periods]).exists():
        return None
    return calendar, kind, year


def _of_the_year(rule: str, year: tuple[str, str, int], indicators: Sequence[int]) -> list[tuple[Any, ...]]:
    columns = {
        Aggregation.LATEST: ("last_applicable", "last_value", "last_second"),
        Aggregation.MAX: ("applicable", "highest", "highest_second"),
    }.get(Aggregation(rule), ("applicable", "value", "second"))
    wanted = {
        "add": ExactSum.name_on(connection),
        "several": _SEVERAL if rule == Aggregation.NONE else "0",
        "spans": _KEPT.format(
            applies=columns[0],
            value=columns[1],
            second=columns[2],
            indicators=", ".join(["%s"] * len(indicators)),
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(_OUTER.format(**wanted), [*year, *indicators])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _rolled_up(rule: str, order: Mapping[int, int], indicators: Sequence[int]) -> list[tuple[Any, ...]]:
    add = ExactSum.name_on(connection)
    inside = {
        Aggregation.LATEST: _LAST,
        Aggregation.MAX: _HIGHEST,
    }.get(Aggregation(rule), _TOGETHER)
    several = _SEVERAL if rule == Aggregation.NONE else "0"
    wanted = {
        "periods": ", ".join(["%s"] * len(order)),
        "indicators": ", ".join(["%s"] * len(indicators)),
        "ordinal": "CASE period_id " + " ".join("WHEN %s THEN %s" for _ in order) + " END",
        "add": add,
        "several": several,
    }
    parameters: list[int] = []
    if inside is _LAST:
        parameters += [number for pair in order.items() for number in pair]
    parameters += [*order, *indicators]
    with connection.cursor() as cursor:
        cursor.execute(_OUTER.format(spans=inside.format(**wanted), **wanted), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


# Only names of columns and functions are put into these; every value is a parameter.
_WHERE = "WHERE in_force AND period_id IN ({periods}) AND indicator_id IN ({indicators})"
_TOGETHER = (
    "SELECT unit_id, indicator_id, MAX(CASE WHEN applicable THEN 1 ELSE 0 END) AS applies, COUNT(*) AS said, "  # noqa: S608
    "{add}(value) AS value, {add}(second) AS second FROM indicators_statedfigure "
    + _WHERE
    + " GROUP BY unit_id, indicator_id"
)
_LAST = (
    "SELECT unit_id, indicator_id, CASE WHEN applicable THEN 1 ELSE 0 END AS applies, 1 AS said, value, second "  # noqa: S608
    "FROM (SELECT unit_id, indicator_id, applicable, value, second, ROW_NUMBER() OVER "
    "(PARTITION BY unit_id, indicator_id ORDER BY {ordinal} DESC) AS place FROM indicators_statedfigure "
    + _WHERE
    + ") AS ordered WHERE place = 1"
)
_HIGHEST = (
    "SELECT unit_id, indicator_id, MAX(CASE WHEN applicable THEN 1 ELSE 0 END) AS applies, 1 AS said, "  # noqa: S608
    "MAX(value) AS value, MAX(second) AS second FROM indicators_statedfigure "
    + _WHERE
    + " GROUP BY unit_id, indicator_id"
)
_KEPT = (
    "SELECT unit_id, indicator_id, CASE WHEN {applies} THEN 1 ELSE 0 END AS applies, said, {value} AS value, "
    "{second} AS second FROM indicators_unityear "
    "WHERE calendar = %s AND kind = %s AND year = %s AND indicator_id IN ({indicators})"
)
_SEVERAL = "CASE WHEN said > 1 THEN 1 ELSE 0 END"
_OUTER = (
    "SELECT COALESCE(above.parent_id, above.id), indicator_id, "
    "SUM(CASE WHEN applies = 1 AND {several} = 0 THEN 1 ELSE 0 END), "
    "SUM(CASE WHEN applies = 0 AND {several} = 0 THEN 1 ELSE 0 END), SUM({several}), "
    "{add}(CASE WHEN {several} = 0 THEN value END), {add}(CASE WHEN {several} = 0 THEN second END), "
    "MAX(CASE WHEN {several} = 0 THEN CAST(value AS NUMERIC) END), "
    "MIN(CASE WHEN {several} = 0 THEN CAST(value AS NUMERIC) END) "
    "FROM ({spans}) AS spans JOIN units_unit AS unit ON unit.id = unit_id JOIN units_unit AS above "
    "ON above.id = unit.parent_id WHERE unit.tier = 'commune' "
    "GROUP BY COALESCE(above.parent_id, above.id), indicator_id"
)
