"""What the page of a unit shows of its returns."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.returns.models import Return
from thongsuot.returns.policies import scope
from thongsuot.returns.queries.rounds import Line
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.panels import register_panel

NEWEST = 6


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


def show() -> None:
    register_panel(18, _("Báo cáo"), "returns/unit_panel.html", panel)
