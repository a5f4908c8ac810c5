"""What stands beside the moves: chains, how people are treated, what each stage adds, who overrode what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from thongsuot.audit.history import in_runs
from thongsuot.staffing.enums import MoveKind, MoveStanding
from thongsuot.staffing.models import Plan, PlanMove
from thongsuot.staffing.planning.comparing import Comparison, MovePair, compare
from thongsuot.staffing.planning.stages import stages_of
from thongsuot.staffing.planning.treatment import read
from thongsuot.staffing.policies import may_name
from thongsuot.staffing.queries.plans import moves_of, overrides_of, versions_of, visible_plans
from thongsuot.staffing.tables.plans import called
from thongsuot.staffing.views.plans.bounds import bound_lines
from thongsuot.staffing.views.plans.frame import found_plan, plan_crumbs, plan_tabs
from thongsuot.staffing.views.plans.page import tier_names
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb

_A_PAGE = 50


@needs(Verb.READ_STAFF)
def chains(request: MandatedRequest, pk: int) -> HttpResponse:
    """Longest first: those are the ones no letter between two wards would have found."""
    plan = found_plan(request, pk)
    rows = (
        plan.moves.filter(chain__isnull=False)
        .values("chain")
        .annotate(
            people=Count("pk"),
            total_km=Sum("km"),
            far=Max("km"),
            units=Count("to_unit", distinct=True, filter=Q(kind=MoveKind.TRANSFER)),
            accepted=Count("pk", filter=Q(standing=MoveStanding.ACCEPTED)),
            declined=Count("pk", filter=Q(standing=MoveStanding.DECLINED)),
        )
        .order_by("-people", "chain")
    )
    shown = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    ends = moves_of(plan).filter(chain__in=[row["chain"] for row in shown], step=1)
    fills = {move.chain: move for move in ends}
    return _face(
        request,
        plan,
        "plan-chains",
        _("Chuỗi"),
        rows=[(row, fills.get(row["chain"])) for row in shown],
        shown=shown,
        several=sum(1 for people in rows.values_list("people", flat=True) if people > 1),
    )


@needs(Verb.READ_STAFF)
def treatment(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = found_plan(request, pk)
    kinds = read(plan.findings.get("treatment", {}))
    return _face(request, plan, "plan-treatment", _("Đối xử như nhau"), kinds=kinds)


@needs(Verb.READ_STAFF)
def stages(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = found_plan(request, pk)
    return _face(request, plan, "plan-stages", _("Từng giải pháp"), page=stages_of(plan))


def _face(request: MandatedRequest, plan: Plan, name: str, title: str, **more: object) -> HttpResponse:
    """A page of the plan under the tab of that name; its template bears it too."""
    context = {
        "plan": plan,
        "tabs": plan_tabs(plan, name),
        "crumbs": plan_crumbs(plan, (title, "")),
        **more,
    }
    return render(request, f"staffing/{name.replace('-', '_')}.html", context)


@needs(Verb.READ_STAFF)
def overrides(request: MandatedRequest, pk: int) -> HttpResponse:
    """Who set, declined or stopped what, and why, over all versions of the plan."""
    plan = found_plan(request, pk)
    versions = list(versions_of(plan))
    declined = (
        PlanMove.objects.filter(plan__in=versions, standing=MoveStanding.DECLINED)
        .select_related("plan", "person", "to_unit", "to_position")
        .order_by("-plan__number", "pk")
    )
    named = may_name(request.mandate)
    return _face(
        request,
        plan,
        "plan-overrides",
        _("Ai đổi gì"),
        versions=[(one, bound_lines(one, named=named)) for one in versions],
        declined=[(move, called(move.person, named=named)) for move in declined],
        events=in_runs(overrides_of([one.pk for one in versions])),
    )


@dataclass(frozen=True, slots=True)
class ComparePage:
    comparison: Comparison
    tiers: Sequence[tuple[str, object]]
    parts: Sequence[tuple[str, str, Sequence[tuple[str, MovePair]]]]


@needs(Verb.READ_STAFF)
def comparison(request: MandatedRequest, pk: int, other: int) -> HttpResponse:
    """`pk` beside `other`, of the same plan."""
    plan = found_plan(request, pk)
    before = get_object_or_404(visible_plans(request.mandate), pk=other, title=plan.title, unit=plan.unit_id)
    if before.pk == plan.pk:
        raise Http404
    found = compare(before, plan, moves_of(before), moves_of(plan))
    named, names = may_name(request.mandate), tier_names()

    def told(pairs: Sequence[MovePair]) -> list[tuple[str, MovePair]]:
        lines = ((called(pair.one.person, named=named), pair) for pair in pairs)
        return sorted(lines, key=lambda line: line[0])

    page = ComparePage(
        found,
        [(names[tier.key], tier) for tier in found.tiers if tier.key in names],
        [
            ("added", _("Đề xuất thêm"), told(found.added)),
            ("dropped", _("Đề xuất bỏ đi"), told(found.dropped)),
            ("changed", _("Đổi nơi đến"), told(found.changed)),
        ],
    )
    words = _("So bản %(after)s với bản %(before)s") % {"after": plan.number, "before": before.number}
    context = {"page": page, "plan": plan, "before": before, "crumbs": plan_crumbs(plan, (words, ""))}
    return render(request, "staffing/plan_compare.html", context)
