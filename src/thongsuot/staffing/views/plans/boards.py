"""Before and after: by position and by unit, one unit with its people, and the transfers on the map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.kernel.verdicts import Verdict
from thongsuot.staffing.actions.running import UNDER_WAY
from thongsuot.staffing.enums import MoveKind
from thongsuot.staffing.models import Person, Plan, PlanOpening
from thongsuot.staffing.planning.figures import Figures, Sums
from thongsuot.staffing.planning.sheets import Sheet, sheet_of
from thongsuot.staffing.policies import may, may_name
from thongsuot.staffing.queries.plans import moves_of, openings_of
from thongsuot.staffing.views.plans.frame import found_plan, plan_crumbs, plan_tabs, positions_of, units_of
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit

_NEAREST = 12


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    url: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class BoardPage:
    plan: Plan
    total: Sums
    others: Sums
    positions: Sequence[Line]
    units: Sequence[Line]


@needs(Verb.READ_STAFF)
def board(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = found_plan(request, pk)
    figures = _figures(plan)
    moves = reverse("staffing:plan-moves", args=[plan.pk])
    positions = {one.code: one for one in positions_of(plan)}
    units = _units(plan)
    page = BoardPage(
        plan,
        figures.total,
        figures.others,
        [
            Line(positions[code].brief, f"{moves}?to_position={positions[code].pk}", sums)
            for code, sums in figures.positions.items()
            if code in positions
        ],
        sorted(
            (
                Line(units[code].title, reverse("staffing:plan-unit", args=[plan.pk, code]), sums)
                for code, sums in figures.units.items()
                if code in units
            ),
            key=lambda line: (-line.sums.shortage - line.sums.surplus, line.name),
        ),
    )
    context = {
        "page": page,
        "plan": plan,
        "tabs": plan_tabs(plan, "plan-board"),
        "crumbs": plan_crumbs(plan, (_("Trước và sau"), "")),
    }
    return render(request, "staffing/plan_board.html", context)


@dataclass(frozen=True, slots=True)
class UnitPage:
    """`names` by number of the file, empty for those who see no names."""

    plan: Plan
    sheet: Sheet
    names: Mapping[str, str]
    near: Sequence[PlanOpening]
    may_change: Verdict | bool


@needs(Verb.READ_STAFF)
def unit(request: MandatedRequest, pk: int, code: str) -> HttpResponse:
    plan = found_plan(request, pk)
    here = _units(plan).get(code) or get_object_or_404(Unit, code="")
    moves = list(moves_of(plan).filter(from_unit=here) | moves_of(plan).filter(to_unit=here))
    sheet = sheet_of(plan, here, moves, {one.code: one for one in positions_of(plan)})
    named = may_name(request.mandate)
    rows = Person.objects.filter(number__in=sheet.numbers).values_list("number", "full_name") if named else ()
    page = UnitPage(
        plan=plan,
        sheet=sheet,
        names=dict(rows),
        near=_nearest_openings(plan, here),
        may_change=plan.state not in UNDER_WAY and may(request.mandate, Verb.PLAN_STAFF, plan),
    )
    above = (_("Trước và sau"), reverse("staffing:plan-board", args=[plan.pk]))
    context = {"page": page, "plan": plan, "crumbs": plan_crumbs(plan, above, (here.title, ""))}
    return render(request, "staffing/plan_unit.html", context)


def _nearest_openings(plan: Plan, here: Unit) -> list[PlanOpening]:
    """Where else somebody could be dropped: by plain distance on the map, good enough to order a list."""
    openings = openings_of(plan).exclude(unit=here)

    def away(opening: PlanOpening) -> float:
        there = opening.unit
        if None in (there.latitude, there.longitude, here.latitude, here.longitude):
            return float("inf")
        north, east = there.latitude - here.latitude, there.longitude - here.longitude  # type: ignore[operator]
        return float(north * north + east * east)

    return sorted(openings, key=lambda one: (away(one), one.pk))[:_NEAREST]


@needs(Verb.READ_STAFF)
def transfers_map(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = found_plan(request, pk)
    figures, units = _figures(plan), _units(plan)
    points = [_point(plan, units[code], sums) for code, sums in figures.units.items() if code in units]
    points.sort(key=lambda point: (-point["size"], point["name"]))
    flows = (
        plan.moves.filter(kind=MoveKind.TRANSFER)
        .values("from_unit__code", "to_unit__code")
        .annotate(people=Count("pk"), far=Sum("km"))
        .order_by("-people", "from_unit__code", "to_unit__code")
    )
    lines = [
        _flow(units, flow) for flow in flows if {flow["from_unit__code"], flow["to_unit__code"]} <= set(units)
    ]
    context = {
        "plan": plan,
        "points": points,
        "lines": lines,
        "far": sum(float(flow["far"]) for flow in flows),
        "people": sum(flow["people"] for flow in flows),
        "tabs": plan_tabs(plan, "plan-map"),
        "crumbs": plan_crumbs(plan, (_("Bản đồ"), "")),
    }
    return render(request, "staffing/plan_map.html", context)


def _point(plan: Plan, unit: Unit, sums: Sums) -> dict[str, Any]:
    words = ngettext("%(coming)s đến, %(leaving)s đi", "%(coming)s đến, %(leaving)s đi", sums.coming)
    return {
        "name": str(unit),
        "lon": unit.longitude,
        "lat": unit.latitude,
        "size": sums.coming + sums.leaving,
        "value": sums.gained,
        "text": words % {"coming": sums.coming, "leaving": sums.leaving},
        "url": reverse("staffing:plan-unit", args=[plan.pk, unit.code]),
    }


def _flow(units: Mapping[str, Unit], flow: Mapping[str, Any]) -> dict[str, Any]:
    start, end = units[flow["from_unit__code"]], units[flow["to_unit__code"]]
    return {
        "from": [start.longitude, start.latitude],
        "to": [end.longitude, end.latitude],
        "value": flow["people"],
        "start": str(start),
        "end": str(end),
        "km": float(flow["far"]) / flow["people"],
    }


def _figures(plan: Plan) -> Figures:
    kept = plan.findings.get("figures")
    return Figures.kept(kept) if kept else Figures(Sums(), Sums(), {}, {})


def _units(plan: Plan) -> dict[str, Unit]:
    found = {one.code: one for one in units_of(plan)}
    return {**found, plan.unit.code: plan.unit}
