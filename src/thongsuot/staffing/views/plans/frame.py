"""What every page of a plan shares: who may open it, its faces, the way back."""

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thongsuot.staffing.enums import Block, PositionKind
from thongsuot.staffing.models import Plan, Position
from thongsuot.staffing.queries.plans import visible_plans
from thongsuot.units.access import MandatedRequest
from thongsuot.units.models import Unit
from thongsuot.units.queries import communes_of, holding_on


def found_plan(request: MandatedRequest, pk: int) -> Plan:
    """Also puts its units and positions on the request, for the filters of its lists."""
    plan: Plan = get_object_or_404(visible_plans(request.mandate), pk=pk)
    request.plan_units = units_of(plan)  # type: ignore[attr-defined]
    request.plan_positions = positions_of(plan)  # type: ignore[attr-defined]
    return plan


def units_of(plan: Plan) -> QuerySet[Unit]:
    return communes_of(plan.unit, plan.on).order_by("name")


def positions_of(plan: Plan) -> QuerySet[Position]:
    """As planning.registers.in_plan."""
    others = ~Q(block=Block.GOVERNMENT) & Q(kind=PositionKind.PROFESSIONAL)
    return Position.objects.filter(holding_on(plan.on)).filter(Q(counted=True) | others).order_by("code")


def plan_tabs(plan: Plan, active: str) -> list[dict[str, Any]]:
    """Ten of them stand in one line of a small screen: short words, no icons."""
    faces = [
        ("plan", _("Tổng hợp")),
        ("plan-moves", _("Đề xuất")),
        ("plan-chains", pgettext("several", "Chuỗi")),
        ("plan-board", _("Trước và sau")),
        ("plan-map", _("Bản đồ")),
        ("plan-surplus", _("Chưa có chỗ")),
        ("plan-openings", _("Chỗ trống")),
        ("plan-stages", pgettext("several", "Giải pháp")),
        ("plan-treatment", _("Đối xử")),
        ("plan-overrides", _("Ai đổi gì")),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"staffing:{name}", args=[plan.pk]),
            "active": name == active,
        }
        for name, label in faces
    ]


def plan_crumbs(plan: Plan, *here: tuple[str, str]) -> list[tuple[str, str]]:
    above = [(plan.unit.title, ""), (pgettext("several", "Phương án bố trí"), reverse("staffing:plans"))]
    own = version_name(plan)
    if not here:
        return [*above, (own, "")]
    return [*above, (own, plan.get_absolute_url()), *here]


def version_name(plan: Plan) -> str:
    return _("%(title)s, bản %(number)s") % {"title": plan.title, "number": plan.number}
