from datetime import date
from decimal import Decimal

import factory

from tests.factories.sources import CitationFactory
from tests.factories.units import WardFactory
from thongsuot.indicators.models import Figure, Indicator


class IndicatorFactory(factory.django.DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator

    code = factory.Sequence(lambda n: f"chi-tieu-{n}")
    name = factory.Sequence(lambda n: f"Chỉ tiêu {n}")
    unit_of_measure = "người"
    pillar = "society"
    kind = "count"
    over_units = "sum"


class FigureFactory(factory.django.DjangoModelFactory[Figure]):
    class Meta:
        model = Figure

    indicator = factory.SubFactory(IndicatorFactory)
    unit = factory.SubFactory(WardFactory)
    on = date(2025, 10, 30)
    value = Decimal(152000)
    qualifier = ">"
    unit_of_measure = "dân"
    as_printed = "hơn 152.000 dân"
    citation = factory.SubFactory(CitationFactory)
    confirmed_by = "Người Xác Nhận"
