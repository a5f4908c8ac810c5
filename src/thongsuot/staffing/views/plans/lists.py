from django.http import HttpResponse
from django.utils.translation import gettext as _

from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.plans import moves_of, openings_of, plans_with_counts, surplus_of
from thongsuot.staffing.tables.plans import (
    MoveFilter,
    MoveTable,
    OpeningFilter,
    OpeningTable,
    PlanFilter,
    PlanTable,
    SurplusFilter,
    SurplusTable,
    for_eyes_of,
)
from thongsuot.staffing.views.plans.frame import found_plan, plan_crumbs, plan_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.lists import list_page


@needs(Verb.READ_STAFF)
def plans(request: MandatedRequest) -> HttpResponse:
    rows = plans_with_counts(request.mandate)
    context = {
        "may_start": may(request.mandate, Verb.PLAN_STAFF),
        "crumbs": [(request.mandate.unit.title, ""), (_("Phương án bố trí"), "")],
    }
    return list_page(
        request,
        table_class=PlanTable,
        filterset=PlanFilter(request.GET, queryset=rows, request=request),
        template="staffing/plan_list.html",
        context=context,
        file_name="phuong-an-bo-tri",
    )


@needs(Verb.READ_STAFF)
def moves(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = found_plan(request, pk)
    return list_page(
        request,
        table_class=for_eyes_of(MoveTable, request.mandate),
        filterset=MoveFilter(request.GET, queryset=moves_of(plan), request=request),
        template="staffing/plan_moves.html",
        context={
            "plan": plan,
            "figures": plan.findings.get("figures"),
            "tabs": plan_tabs(plan, "plan-moves"),
            "crumbs": plan_crumbs(plan, (_("Đề xuất"), "")),
        },
        file_name=f"de-xuat-ban-{plan.number}",
    )


@needs(Verb.READ_STAFF)
def surplus(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = found_plan(request, pk)
    return list_page(
        request,
        table_class=for_eyes_of(SurplusTable, request.mandate),
        filterset=SurplusFilter(request.GET, queryset=surplus_of(plan), request=request),
        template="staffing/plan_surplus.html",
        context={
            "plan": plan,
            "tabs": plan_tabs(plan, "plan-surplus"),
            "crumbs": plan_crumbs(plan, (_("Người chưa có chỗ"), "")),
        },
        file_name=f"chua-co-cho-ban-{plan.number}",
    )


@needs(Verb.READ_STAFF)
def openings(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = found_plan(request, pk)
    return list_page(
        request,
        table_class=OpeningTable,
        filterset=OpeningFilter(request.GET, queryset=openings_of(plan), request=request),
        template="staffing/plan_openings.html",
        context={
            "plan": plan,
            "tabs": plan_tabs(plan, "plan-openings"),
            "crumbs": plan_crumbs(plan, (_("Chỗ còn trống"), "")),
        },
        file_name=f"cho-trong-ban-{plan.number}",
    )
