"""What a statement holds, and what other statements in force say of the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery

from thongsuot.indicators.models import Indicator, StatedFigure, Statement
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach


def figures_of(statement: Statement) -> QuerySet[StatedFigure]:
    return StatedFigure.objects.filter(statement=statement).select_related("indicator").order_by("pk")


def stated_by(by: Mandate, unit: Unit) -> QuerySet[StatedFigure]:
    """What counts of the unit in the newest period it stated anything for."""
    counted = StatedFigure.objects.filter(reach(by), unit=unit, in_force=True)
    newest = counted.order_by("-period__last_day", "-period").values("period")[:1]
    return (
        counted.filter(period=Subquery(newest))
        .select_related("indicator", "period", "statement")
        .order_by("indicator__pillar", "indicator__name", "pk")
    )


def in_force_of(key: str) -> Statement | None:
    return Statement.objects.filter(key=key, in_force=True).select_related("unit", "period").first()


@dataclass(frozen=True, slots=True)
class Clashing:
    """Two statements that give one address two numbers; `other` counts already."""

    indicator: Indicator
    here: StatedFigure
    other: StatedFigure

    @property
    def statement(self) -> Statement:
        return self.other.statement


def held_otherwise(statement: Statement) -> list[Clashing]:
    """Figures of the statement that another one in force, for the same unit and period, gives differently."""
    return list(clashing(figures_of(statement), others_in_force(statement)))


def others_in_force(statement: Statement) -> QuerySet[StatedFigure]:
    """Of other papers of the unit in the period, whether or not the number counts through them."""
    return (
        StatedFigure.objects.filter(
            statement__in=Statement.objects.filter(
                unit=statement.unit_id, period=statement.period_id, in_force=True
            ).exclude(key=statement.key)
        )
        .select_related("indicator", "statement")
        .order_by("statement", "pk")
    )


def clashing(here: Iterable[StatedFigure], others: Iterable[StatedFigure]) -> Iterable[Clashing]:
    mine = {figure.indicator_id: figure for figure in here}
    for other in others:
        figure = mine.get(other.indicator_id)
        if figure is not None and _says(figure) != _says(other):
            yield Clashing(other.indicator, figure, other)


def _says(figure: StatedFigure) -> tuple[object, ...]:
    return figure.applicable, figure.value, figure.second, figure.qualifier, figure.words
