"""Numbers a unit can be coloured by on the map. Apps above register their own when they are ready."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thongsuot.units.models import Mandate, Succession, Unit
from thongsuot.units.queries import Coloured
from thongsuot.web.links import link_to
from thongsuot.web.templatetags.web import number

# The value of each commune of a province, by primary key, in one query; communes without one are left out.
MeasureQuery = Callable[[Unit, Mandate], Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Measure:
    code: str
    title: str | Promise
    counted_in: str | Promise
    query: MeasureQuery


_MEASURES: dict[str, Measure] = {}


def register_measure(code: str, title: str | Promise, counted_in: str | Promise, query: MeasureQuery) -> None:
    """`code` stands in addresses; `counted_in` is the unit of measure, such as "người"."""
    _MEASURES[code] = Measure(code, title, counted_in, query)


def measures() -> list[Measure]:
    return list(_MEASURES.values())


def measure(code: str | None) -> Measure:
    """The measure of that code, else the first one."""
    return _MEASURES.get(code or "", measures()[0])


def points(communes: Iterable[Coloured], chosen: Measure) -> list[dict[str, object]]:
    """What the map draws of them: size by area, colour by the measure."""
    unknown, counted_in = gettext("chưa có"), str(chosen.counted_in)
    return [
        {
            "name": row.unit.title,
            "lon": row.unit.longitude,
            "lat": row.unit.latitude,
            "size": row.unit.area_km2 or 0,
            "value": (shown := _shown(row.value)),
            "url": link_to("units:page", row.unit.pk),
            "text": unknown if shown is None else f"{number(shown)} {counted_in}",
        }
        for row in communes
    ]


def _shown(value: float | None) -> float | None:
    return value if value is None else int(value) if value == int(value) else round(value, 2)


def _area(province: Unit, by: Mandate) -> Mapping[int, float]:
    areas = Unit.objects.filter(parent=province).values_list("pk", "area_km2")
    return {pk: area for pk, area in areas if area is not None}


def _predecessors(province: Unit, by: Mandate) -> Mapping[int, float]:
    counted = Succession.objects.filter(successor__parent=province).values("successor")
    return dict(counted.annotate(count=Count("predecessor")).values_list("successor", "count"))


register_measure("dien-tich", _("Diện tích"), _("km²"), _area)
register_measure(
    "don-vi-cu", _("Số đơn vị cũ hợp thành"), pgettext_lazy("unit of measure", "đơn vị"), _predecessors
)
