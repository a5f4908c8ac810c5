"""What pages of apps below show of staffing: who comes to a unit and who leaves it."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.staffing.queries.transfers import ball_of, visible_transfers, with_ball
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.panels import register_panel

NEWEST = 5


def panel(unit: Unit, by: Mandate) -> Mapping[str, object] | None:
    rows = with_ball(visible_transfers(by), by)
    newest = (rows.filter(from_unit=unit) | rows.filter(to_unit=unit)).order_by("-opened_on", "-pk")
    today = timezone.localdate()
    moves = [{"transfer": one, "ball": ball_of(one, today)} for one in newest[:NEWEST]]
    return {"moves": moves, "unit": unit} if moves else None


def show() -> None:
    register_panel(50, _("Điều động đến, đi"), "staffing/unit_panel.html", panel)
