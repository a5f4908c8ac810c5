"""Templates, rounds and returns, without asking what the actions ask."""

from datetime import UTC, date, datetime
from typing import Any

import factory

from tests.factories.figures import StatementFactory, quarter
from tests.factories.indicators import IndicatorFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.returns.models import (
    Passage,
    Return,
    ReturnTemplate,
    ReturnVersion,
    Round,
    TemplateLine,
    TemplateSection,
)

OPENED_AT = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)


class ReturnTemplateFactory(factory.django.DjangoModelFactory[ReturnTemplate]):
    """With one line and one section."""

    class Meta:
        model = ReturnTemplate
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"mau-{n}")
    name = factory.Sequence(lambda n: f"Mẫu báo cáo thử {n}")
    issuer = factory.SubFactory(ProvinceFactory)
    calendar = "party"
    period_kind = "quarter"
    layout = "party"
    valid_from = date(2026, 1, 1)

    @factory.post_generation
    def asked(self, create: bool, extracted: int | None, **kwargs: Any) -> None:
        template: ReturnTemplate = self  # type: ignore[assignment]
        for position in range(1, (extracted or 1) + 1):
            TemplateLine.objects.create(template=template, indicator=IndicatorFactory(), position=position)
        TemplateSection.objects.create(template=template, kind="results", position=1, title="Kết quả")


class RoundFactory(factory.django.DjangoModelFactory[Round]):
    class Meta:
        model = Round

    template = factory.SubFactory(ReturnTemplateFactory)
    unit = factory.SelfAttribute("template.issuer")
    period = factory.LazyFunction(quarter)
    due = date(2026, 10, 8)
    opened_at = OPENED_AT
    opened_by = "Lan"


class ReturnFactory(factory.django.DjangoModelFactory[Return]):
    """Not begun, unless `words` are given: then a draft with them."""

    class Meta:
        model = Return
        skip_postgeneration_save = True

    round = factory.SubFactory(RoundFactory)
    unit = factory.SubFactory(WardFactory)
    due = factory.SelfAttribute("round.due")

    @factory.post_generation
    def words(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        row: Return = self  # type: ignore[assignment]
        if extracted is None:
            return
        row.state, row.number = "draft", 1
        row.save()
        statement = StatementFactory(unit=row.unit, period=row.round.period, key=f"return-{row.pk}")
        version = ReturnVersion.objects.create(
            parent=row, number=1, statement=statement, begun_at=OPENED_AT, begun_by="Lan"
        )
        section = row.round.template.sections.get()
        Passage.objects.create(version=version, section=section, text=extracted)
