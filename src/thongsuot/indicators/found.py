"""Indicators of the catalogue as the search knows them."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, register_kind
from thongsuot.finding.models import Entry
from thongsuot.indicators.models import Indicator
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

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


def _bounds(mandate: Mandate) -> Sequence[Collection[object]]:
    """All who may read see all."""
    return [] if mandate.allows(Verb.READ) else [()]


def _url(entry: Entry) -> str:
    return reverse("indicators:indicator", args=[entry.code])


def show() -> None:
    register_kind(
        Kind(
            code=KIND,
            label=_("Chỉ tiêu"),
            icon="chart-line",
            rows=Indicator.objects.all,
            content=_content,
            scope=_seen,
            bounds=_bounds,
            url=_url,
            order=30,
        )
    )
