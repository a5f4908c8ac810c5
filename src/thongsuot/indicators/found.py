"""Indicators of the catalogue as the search knows them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, page_by_code, register_kind
from thongsuot.indicators.models import Indicator
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import bounds_of_readers

KIND = "indicator"


def index_indicators(*indicators: Indicator) -> None:
    finding.index_many(KIND, [one.pk for one in indicators])


def forget_indicator(indicator: Indicator) -> None:
    finding.forget(KIND, indicator.pk)


def _content(indicator: Indicator) -> Content:
    return Content(
        title=indicator.name,
        text=indicator.definition,
        note=indicator.unit_of_measure,
        also=f"{indicator.code}\n{indicator.name_en}",
        code=indicator.code,
        names=[indicator.code, indicator.name],
        day=indicator.valid_from,
    )


def _seen(mandate: Mandate) -> QuerySet[Indicator]:
    return Indicator.objects.all() if mandate.allows(Verb.READ) else Indicator.objects.none()


def show() -> None:
    register_kind(
        Kind(
            code=KIND,
            label=_("Chỉ tiêu"),
            icon="chart-line",
            rows=Indicator.objects.all,
            content=_content,
            scope=_seen,
            bounds=bounds_of_readers,
            url=page_by_code("indicators:indicator"),
            order=30,
        )
    )
