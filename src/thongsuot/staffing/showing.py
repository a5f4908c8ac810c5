"""What units show of staffing: how people and places stand, who comes and who leaves; the same on the map."""

from collections import Counter
from collections.abc import Callable, Mapping

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.staffing.models import Frame, Holding
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.standing import cells
from thongsuot.staffing.queries.transfers import ball_of, visible_transfers, with_ball
from thongsuot.staffing.standing import together
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.measures import register_measure
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.panels import register_panel
from thongsuot.units.policies import reach

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


def _of_communes(what: str) -> Callable[[Unit, Mandate], Mapping[int, float]]:
    """Of every commune of the province within reach that has places or people: how many too many, or too few."""

    def values(province: Unit, by: Mandate) -> Mapping[int, float]:
        if not by.allows(Verb.READ_STAFF):
            return {}
        found: Counter[int] = Counter()
        for cell in cells(reach(by) & Q(unit__parent=province), timezone.localdate()):
            found[cell.unit] += getattr(cell.standing, what)
        return found

    return values


def show() -> None:
    register_measure("nhan-su-thua", _("Nhân sự: thừa"), _("người"), _of_communes("surplus"))
    register_measure("nhan-su-thieu", _("Nhân sự: thiếu"), _("chỗ"), _of_communes("shortage"))
    register_panel(15, _("Nhân sự"), "staffing/staff_panel.html", staff_panel)
    register_panel(50, _("Điều động đến, đi"), "staffing/unit_panel.html", panel)
