"""The plan as Excel and Word."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from thongsuot.staffing.actions.plans import note_plan_export
from thongsuot.staffing.models import Plan, PlanMove
from thongsuot.staffing.planning.outputs import TITLES, Output, as_paper, as_workbook, output_of
from thongsuot.staffing.policies import may_name
from thongsuot.staffing.tables.plans import called
from thongsuot.staffing.views.plans.frame import found_plan, units_of
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web import excel, papers
from thongsuot.web.downloads import download


@needs(Verb.READ_STAFF)
@require_GET
def workbook(request: MandatedRequest, pk: int) -> HttpResponse:
    """All tables in one file."""
    plan = _solved(request, pk)
    data = as_workbook(plan, [_output(request, plan, which) for which in TITLES])
    note_plan_export(by=request.mandate, plan=plan, what="xlsx", named=may_name(request.mandate))
    return download(data, excel.TYPE, f"phuong-an-ban-{plan.number}.xlsx")


@needs(Verb.READ_STAFF)
@require_GET
def paper(request: MandatedRequest, pk: int, which: str) -> HttpResponse:
    plan = _solved(request, pk)
    if which not in TITLES:
        raise Http404
    output = _output(request, plan, which)
    data = as_paper(plan, output, timezone.localdate())
    note_plan_export(by=request.mandate, plan=plan, what=f"{which}.docx", named=may_name(request.mandate))
    return download(data, papers.TYPE, f"{which}-ban-{plan.number}.docx")


def _output(request: MandatedRequest, plan: Plan, which: str) -> Output:
    named = may_name(request.mandate)

    def name(move: PlanMove) -> str:
        return called(move.person, named=named)

    code = request.GET.get("don_vi", "")
    unit = get_object_or_404(units_of(plan), code=code) if code and which == "danh-sach" else None
    return output_of(plan, which, name, unit)


def _solved(request: MandatedRequest, pk: int) -> Plan:
    plan = found_plan(request, pk)
    if not plan.findings.get("figures"):
        raise Http404
    return plan
