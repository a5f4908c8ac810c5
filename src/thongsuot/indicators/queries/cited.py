from collections.abc import Iterable, Mapping

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thongsuot.indicators.contradictions import Given
from thongsuot.indicators.models import Figure, Indicator, StatedFigure
from thongsuot.indicators.policies import scope
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.lawbook.indicators import indicator_for
from thongsuot.units.models import Mandate, Unit, UnitName
from thongsuot.units.policies import reach


def indicator_for_measure(measure: str, context: str = "", at: int | None = None) -> Indicator | None:
    """The indicator a printed measure names; the sentence, and where in it the figure stands, help to tell."""
    code = indicator_for(measure, context, at)
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


def with_words(figures: QuerySet[Figure], typed: str) -> QuerySet[Figure]:
    """By name of the indicator or the unit, or by the words printed, with or without marks."""
    bare = strip_marks(typed)
    indicators = [
        row.pk for row in Indicator.objects.all() if bare in strip_marks(f"{row.name} {row.name_en}")
    ]
    units = UnitName.objects.filter(bare__contains=bare).values("unit")
    return figures.filter(
        Q(indicator__in=indicators) | Q(unit__in=units) | Q(as_printed__icontains=typed.strip())
    )


def differing(figures: QuerySet[Figure], wanted: bool = True) -> QuerySet[Figure]:
    """Those whose address holds another figure that says otherwise; or the others."""
    return figures.alias(others=_rivals()).filter(Q(others__gt=0) if wanted else Q(others=0))


def summary(figures: QuerySet[Figure]) -> Mapping[str, int]:
    """The first line of the list."""
    return Figure.objects.filter(pk__in=figures.order_by().values("pk")).aggregate(
        total=Count("pk"),
        indicators=Count("indicator", distinct=True),
        units=Count("unit", distinct=True),
        proposed=Count("pk", filter=Q(indicator__proposed=True)),
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


def newest_only() -> Q:
    """Of each indicator in each unit, the figure of the last day; of several that day, the last recorded."""
    same = Figure.objects.filter(indicator=OuterRef("indicator"), unit=OuterRef("unit"))
    return Q(pk=Subquery(same.order_by("-on", "-pk").values("pk")[:1]))


def latest_figures(by: Mandate, unit: Unit) -> QuerySet[Figure]:
    """What is known of a unit today: the newest figure of each indicator, by name."""
    return (
        visible_figures(by).filter(newest_only(), unit=unit).order_by("indicator__pillar", "indicator__name")
    )


def newest_values(by: Mandate, indicator_code: str, province: Unit) -> Mapping[int, Figure]:
    """For a map: the newest figure of one indicator in each commune of a province, by the key of the unit."""
    figures = Figure.objects.filter(
        scope(by), newest_only(), indicator__code=indicator_code, unit__parent=province
    )
    return {figure.unit_id: figure for figure in figures}


def newest_stated(by: Mandate, indicator_code: str, province: Unit) -> Mapping[int, StatedFigure]:
    """The same of what the communes state themselves: the newest figure that counts."""
    rows = StatedFigure.objects.filter(
        reach(by),
        in_force=True,
        applicable=True,
        value__isnull=False,
        indicator__code=indicator_code,
        unit__parent=province,
    )
    rows = rows.select_related("indicator", "period").order_by("period__last_day", "pk")
    return {figure.unit_id: figure for figure in rows}


def given(figures: Iterable[Figure]) -> list[Given]:
    """As the rules of contradiction read them."""
    return [
        Given(
            key=figure.pk,
            indicator=figure.indicator.code,
            name=str(figure.indicator),
            on=figure.on,
            value=figure.value,
            qualifier=figure.qualifier,
            second=figure.second,
        )
        for figure in figures
    ]


def rivals_of(figure: Figure) -> QuerySet[Figure]:
    """The other figures at the same address."""
    same = Figure.objects.filter(indicator=figure.indicator_id, unit=figure.unit_id, on=figure.on)
    return same.exclude(pk=figure.pk).select_related("citation__source")
