"""What pages of apps below show of figures: marks in a source, a panel and measures of a unit."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.indicators.display import counted
from thongsuot.indicators.models import Figure
from thongsuot.indicators.policies import scope
from thongsuot.indicators.queries import latest_figures, newest_stated, newest_values, stated_by
from thongsuot.sources.enums import MarkFamily
from thongsuot.sources.marks import Mark, register_marker
from thongsuot.sources.models import Source
from thongsuot.units.measures import MeasureQuery, register_measure
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.panels import register_panel

MANY = 60


def marks(source: Source, by: Mandate) -> Iterator[Mark]:
    cited = Figure.objects.filter(scope(by), citation__source=source)
    page = reverse("indicators:figures")
    for figure in cited.select_related("indicator", "unit", "citation"):
        url = f"{page}?unit={figure.unit_id}&indicator={figure.indicator_id}"
        label = f"{figure.unit}: {figure}"
        yield Mark(figure.citation.start, figure.citation.end, MarkFamily.FIGURES, label, url)


def panel(unit: Unit, by: Mandate) -> Mapping[str, object] | None:
    figures = list(latest_figures(by, unit)[:MANY])
    stated = list(stated_by(by, unit)[:MANY])
    return {"figures": figures, "stated": stated, "unit": unit} if figures or stated else None


def measure_of(indicator_code: str) -> MeasureQuery:
    """The newest value of one indicator in each commune, as a number to colour the map by: what a text gave, or what
    the commune itself stated since."""

    def values(province: Unit, by: Mandate) -> Mapping[int, float]:
        cited = newest_values(by, indicator_code, province)
        found = {unit: float(figure.value) for unit, figure in cited.items()}
        for unit, stated in newest_stated(by, indicator_code, province).items():
            number = counted(stated.value, stated.second, stated.indicator)
            if number is not None and (unit not in cited or stated.period.last_day >= cited[unit].on):
                found[unit] = float(number)
        return found

    return values


def show() -> None:
    register_marker(marks)
    register_panel(40, _("Số liệu mới nhất"), "indicators/unit_panel.html", panel)
    register_measure(
        "dan-so",
        _("Dân số theo báo cáo"),
        pgettext_lazy("unit of measure", "người"),
        measure_of("population"),
    )
    register_measure("dang-vien", _("Số đảng viên"), _("đảng viên"), measure_of("party_members"))
    register_measure("dung-han", _("Tỷ lệ hồ sơ đúng hạn"), "%", measure_of("on_time_rate"))
