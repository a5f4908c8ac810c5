from collections.abc import Mapping

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thongsuot.indicators.models import Figure, Indicator
from thongsuot.indicators.policies import scope
from thongsuot.lawbook.indicators import indicator_for
from thongsuot.units.models import Mandate, Unit


def indicator_for_measure(measure: str, context: str = "") -> Indicator | None:
    """The indicator a printed measure names; its sentence, `context`, tells dossiers received from resolved."""
    code = indicator_for(measure, context)
    if code:
        return Indicator.objects.filter(code=code).first()
    return Indicator.objects.filter(proposed=True, unit_of_measure=measure).order_by("pk").first()


def visible_figures(by: Mandate) -> QuerySet[Figure]:
    """With `rivals`, the number of other figures at the same address that say otherwise."""
    return (
        Figure.objects.filter(scope(by))
        .annotate(rivals=_rivals())
        .select_related("indicator", "unit", "unit__parent", "citation")
    )


def _rivals() -> Coalesce:
    others = (
        Figure.objects.filter(indicator=OuterRef("indicator"), unit=OuterRef("unit"), on=OuterRef("on"))
        .alias(end=Coalesce("second", "value"))
        .filter(
            ~Q(value=OuterRef("value"))
            | ~Q(qualifier=OuterRef("qualifier"))
            | ~Q(end=Coalesce(OuterRef("second"), OuterRef("value")))
        )
    )
    counted = others.order_by().values("indicator").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def _newest() -> Q:
    """Of each indicator in each unit, the figure of the last day; of several that day, the last recorded."""
    same = Figure.objects.filter(indicator=OuterRef("indicator"), unit=OuterRef("unit"))
    return Q(pk=Subquery(same.order_by("-on", "-pk").values("pk")[:1]))


def latest_figures(by: Mandate, unit: Unit) -> QuerySet[Figure]:
    """What is known of a unit today: the newest figure of each indicator, by name."""
    return visible_figures(by).filter(_newest(), unit=unit).order_by("indicator__pillar", "indicator__name")


def newest_values(by: Mandate, indicator_code: str, province: Unit) -> Mapping[int, Figure]:
    """For a map: the newest figure of one indicator in each commune of a province, by the key of the unit."""
    figures = Figure.objects.filter(
        scope(by), _newest(), indicator__code=indicator_code, unit__parent=province
    )
    return {figure.unit_id: figure for figure in figures}


def rivals_of(figure: Figure) -> QuerySet[Figure]:
    """The other figures at the same address."""
    same = Figure.objects.filter(indicator=figure.indicator_id, unit=figure.unit_id, on=figure.on)
    return same.exclude(pk=figure.pk).select_related("citation__source")
