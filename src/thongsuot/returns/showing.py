"""What the page of a unit shows of its returns."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from thongsuot.indicators.asking import Asked, register_asker
from thongsuot.indicators.enums import PeriodKind
from thongsuot.returns.enums import Audience, Prefill
from thongsuot.returns.models import Return, ReturnTemplate, TemplateLine
from thongsuot.returns.policies import scope
from thongsuot.returns.queries.rounds import Line
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.panels import register_panel
from thongsuot.units.queries import holding_on

NEWEST = 6
TIMES_A_YEAR = {
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF: 2,
    PeriodKind.NINE_MONTHS: 1,
    PeriodKind.YEAR: 1,
}


def panel(unit: Unit, by: Mandate) -> Mapping[str, object] | None:
    if unit.tier != Tier.COMMUNE:
        return None
    rows = (
        Return.objects.filter(scope(by), unit=unit)
        .select_related("round__template", "round__period", "unit")
        .order_by("-round__period__last_day", "-pk")
    )
    today = timezone.localdate()
    lines = [Line(row, today) for row in rows[:NEWEST]]
    return {"lines": lines} if lines else None


def asked(province: Unit, on: date) -> Iterator[Asked]:
    """Every line of the templates in use that are meant for communes of the province; two queries."""
    used = ReturnTemplate.objects.filter(holding_on(on), Q(issuer=province) | Q(issuer=None))
    chosen: dict[int, frozenset[int]] = {
        template.pk: frozenset(unit.pk for unit in template.chosen_units.all())
        for template in used.filter(audience=Audience.CHOSEN).prefetch_related("chosen_units")
    }
    lines = TemplateLine.objects.filter(template__in=used).select_related("template")
    for line in lines.order_by("template", "position"):
        template = line.template
        yield Asked(
            line.indicator_id,
            template.name,
            template.get_absolute_url(),
            TIMES_A_YEAR[PeriodKind(template.period_kind)],
            chosen.get(template.pk),
            line.prefill in (Prefill.HELD, Prefill.LOOP),
        )


def show() -> None:
    register_asker("returns", asked)
    register_panel(18, pgettext_lazy("returns", "Báo cáo"), "returns/unit_panel.html", panel)
