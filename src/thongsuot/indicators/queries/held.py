"""What is known already of a unit in a period: nobody is asked twice."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thongsuot.indicators.display import printed_value
from thongsuot.indicators.models import Figure, Indicator, Period, StatedFigure
from thongsuot.sources.queries import citation_url
from thongsuot.units.models import Unit


@dataclass(frozen=True, slots=True)
class Held:
    """`where` says which paper it stands in and `url` leads there."""

    indicator: Indicator
    value: Decimal | None
    second: Decimal | None
    qualifier: str
    words: str
    applicable: bool
    on: date
    where: str
    url: str

    def display(self) -> str:
        if self.value is None:
            return self.words
        return printed_value(self.value, self.second, self.qualifier, self.indicator.unit_of_measure)


def held_figures(unit: Unit, period: Period, indicators: Collection[Indicator]) -> Mapping[int, Held]:
    """By key of the indicator: what is stated and counts, else the newest a text gave within the period."""
    wanted = [indicator.pk for indicator in indicators]
    cited = Figure.objects.filter(
        unit=unit, indicator__in=wanted, on__range=(period.first_day, period.last_day)
    ).select_related("indicator", "citation__source")
    stated = StatedFigure.objects.filter(
        unit=unit, period=period, indicator__in=wanted, in_force=True
    ).select_related("indicator", "statement")
    known = {one.indicator_id: _of_a_text(one) for one in cited.order_by("on", "pk")}
    return known | {one.indicator_id: _of_a_statement(one, period) for one in stated}


def _of_a_text(figure: Figure) -> Held:
    return Held(
        figure.indicator,
        figure.value,
        figure.second,
        figure.qualifier,
        "",
        True,
        figure.on,
        str(figure.citation.source),
        citation_url(figure.citation),
    )


def _of_a_statement(figure: StatedFigure, period: Period) -> Held:
    return Held(
        figure.indicator,
        figure.value,
        figure.second,
        figure.qualifier,
        figure.words,
        figure.applicable,
        period.last_day,
        figure.statement.title,
        figure.statement.path,
    )


def figures_at(
    units: Iterable[Unit], periods: Iterable[Period], indicators: Iterable[Indicator]
) -> Mapping[tuple[int, int, int], StatedFigure]:
    """What counts, by the keys of unit, period and indicator; one query."""
    found = StatedFigure.objects.filter(
        unit__in=[unit.pk for unit in units],
        period__in=[period.pk for period in periods],
        indicator__in=[indicator.pk for indicator in indicators],
        in_force=True,
    ).select_related("indicator", "statement")
    return {(one.unit_id, one.period_id, one.indicator_id): one for one in found}


@dataclass(frozen=True, slots=True)
class SaidThen:
    value: Decimal | None
    second: Decimal | None
    words: str
    applicable: bool


def said_at(unit: Unit, period: Period) -> Mapping[int, SaidThen]:
    """All that counts of the unit in the period, by key of the indicator, without its papers; one query."""
    rows = StatedFigure.objects.filter(unit=unit, period=period, in_force=True).order_by()
    return {
        indicator: SaidThen(value, second, words, applicable)
        for indicator, value, second, words, applicable in rows.values_list(
            "indicator", "value", "second", "words", "applicable"
        )
    }
