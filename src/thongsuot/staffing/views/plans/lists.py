from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_filters import FilterSet
from django_tables2 import Table

from thongsuot.staffing.models import Plan
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
        "crumbs": [(request.mandate.unit.title, ""), (pgettext("several", "Phương án bố trí"), "")],
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
    face = _Face("plan-moves", "staffing/plan_moves.html", _("Đề xuất"), "de-xuat")
    table = for_eyes_of(MoveTable, request.mandate)
    return _of_plan(request, plan, face, table, MoveFilter, moves_of(plan))


@needs(Verb.READ_STAFF)
def surplus(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = found_plan(request, pk)
    face = _Face("plan-surplus", "staffing/plan_surplus.html", _("Người chưa có chỗ"), "chua-co-cho")
    table = for_eyes_of(SurplusTable, request.mandate)
    return _of_plan(request, plan, face, table, SurplusFilter, surplus_of(plan))


@needs(Verb.READ_STAFF)
def openings(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = found_plan(request, pk)
    face = _Face("plan-openings", "staffing/plan_openings.html", _("Chỗ còn trống"), "cho-trong")
    return _of_plan(request, plan, face, OpeningTable, OpeningFilter, openings_of(plan))


@dataclass(frozen=True, slots=True)
class _Face:
    """One list of a plan: its tab, its template, what it is called on the page and as a file."""

    tab: str
    template: str
    title: str
    file: str


def _of_plan(
    request: MandatedRequest,
    plan: Plan,
    face: _Face,
    table: type[Table],
    filters: type[FilterSet],
    rows: QuerySet[Any],
) -> HttpResponse:
    return list_page(
        request,
        table_class=table,
        filterset=filters(request.GET, queryset=rows, request=request),
        template=face.template,
        context={
            "plan": plan,
            "tabs": plan_tabs(plan, face.tab),
            "crumbs": plan_crumbs(plan, (face.title, "")),
        },
        file_name=f"{face.file}-ban-{plan.number}",
    )
