"""Periods, papers that state figures, and what they state."""

from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.units import WardFactory
from thongsuot.indicators.actions import period_for
from thongsuot.indicators.models import Dispute, Indicator, Period, StatedFigure, Statement
from thongsuot.kernel.periods import PeriodName


def quarter(number: int = 3, year: int = 2026, calendar: str = "party") -> Period:
    return period_for(calendar, PeriodName("quarter", year, number))


class StatementFactory(factory.django.DjangoModelFactory[Statement]):
    """Not in force; `figures={indicator: value}` states them."""

    class Meta:
        model = Statement
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"bao-cao-{n}")
    unit = factory.SubFactory(WardFactory)
    period = factory.LazyFunction(quarter)
    title = factory.Sequence(lambda n: f"Báo cáo thử {n}")
    path = "/"

    @factory.post_generation
    def figures(self, create: bool, extracted: dict[Indicator, Any] | None, **kwargs: Any) -> None:
        statement: Statement = self  # type: ignore[assignment]
        for indicator, value in (extracted or {}).items():
            StatedFigureFactory(statement=statement, indicator=indicator, **_parts(value))


def _parts(value: Any) -> dict[str, Any]:
    """12; (3, 4) for three of four; None for not applicable."""
    if value is None:
        return {"value": None, "applicable": False}
    if isinstance(value, tuple):
        return {"value": Decimal(value[0]), "second": Decimal(value[1]), "qualifier": "ratio"}
    return {"value": Decimal(value)}


class StatedFigureFactory(factory.django.DjangoModelFactory[StatedFigure]):
    class Meta:
        model = StatedFigure

    statement = factory.SubFactory(StatementFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    unit = factory.SelfAttribute("statement.unit")
    period = factory.SelfAttribute("statement.period")
    value = Decimal(12)


class DisputeFactory(factory.django.DjangoModelFactory[Dispute]):
    """Of a figure a text gave; closed ones are answered."""

    class Meta:
        model = Dispute

    indicator = factory.SubFactory(IndicatorFactory)
    unit = factory.SubFactory(WardFactory)
    period = factory.LazyFunction(quarter)
    cited = factory.SubFactory(
        FigureFactory, indicator=factory.SelfAttribute("..indicator"), unit=factory.SelfAttribute("..unit")
    )
    value = Decimal(15)
    reason = "Đếm thiếu"
    raised_by = "Người nêu thử"
    raised_at = factory.LazyFunction(timezone.now)
    answered_at = factory.LazyAttribute(lambda self: timezone.now() if self.answer else None)
    answer = ""
