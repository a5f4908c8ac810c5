"""What the page of a unit shows of staffing: how people and places stand, who comes and who leaves."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.staffing.models import Frame, Holding
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.standing import cells
from thongsuot.staffing.queries.transfers import ball_of, visible_transfers, with_ball
from thongsuot.staffing.standing import together
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.panels import register_panel

NEWEST = 5


def panel(unit: Unit, by: Mandate) -> Mapping[str, object] | None:
    rows = with_ball(visible_transfers(by), by)
    newest = (rows.filter(from_unit=unit) | rows.filter(to_unit=unit)).order_by("-opened_on", "-pk")
    today = timezone.localdate()
    moves = [{"transfer": one, "ball": ball_of(one, today)} for one in newest[:NEWEST]]
    return {"moves": moves, "unit": unit} if moves else None


def staff_panel(unit: Unit, by: Mandate) -> Mapping[str, object] | None:
    if unit.tier != Tier.COMMUNE or not may(by, Verb.READ_STAFF, unit):
        return None
    if not (Frame.objects.filter(unit=unit).exists() or Holding.objects.filter(unit=unit).exists()):
        return None
    total = together(cell.standing for cell in cells(Q(unit=unit), timezone.localdate()))
    return {"total": total, "unit": unit}


def show() -> None:
    register_panel(15, _("Nhân sự"), "staffing/staff_panel.html", staff_panel)
    register_panel(50, _("Điều động đến, đi"), "staffing/unit_panel.html", panel)
