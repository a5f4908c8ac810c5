"""One proposed move and the chain it belongs to: why, what else, and what the office makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Refused, Verdict
from thongsuot.staffing.actions.plans import decline_move
from thongsuot.staffing.actions.transfers import open_chain
from thongsuot.staffing.enums import MoveStanding
from thongsuot.staffing.models import Plan, PlanMove
from thongsuot.staffing.planning.chains import drawn
from thongsuot.staffing.planning.words import said
from thongsuot.staffing.policies import may, may_name
from thongsuot.staffing.queries.plans import moves_of
from thongsuot.staffing.tables.plans import called
from thongsuot.staffing.views.plans.frame import found_plan, plan_crumbs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.flow import Edge, Node
from thongsuot.web.toasts import done


@dataclass(frozen=True, slots=True)
class Step:
    move: PlanMove
    name: str
    why: Sequence[str]


@dataclass(frozen=True, slots=True)
class ChainPage:
    plan: Plan
    steps: Sequence[Step]
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    may_plan: Verdict

    @property
    def open_steps(self) -> list[Step]:
        return [step for step in self.steps if step.move.standing == MoveStanding.PROPOSED]

    @property
    def whole(self) -> bool:
        """Nothing of it has been settled, so it can be accepted as one."""
        return len(self.open_steps) == len(self.steps)

    @property
    def km(self) -> float:
        return float(sum(step.move.km for step in self.steps))


@needs(Verb.READ_STAFF)
def move(request: MandatedRequest, pk: int, move: int) -> HttpResponse:
    plan = found_plan(request, pk)
    shown = get_object_or_404(moves_of(plan), pk=move)
    page = _chain_page(request, plan, _together(plan, shown), shown.pk)
    step = next(step for step in page.steps if step.move.pk == shown.pk)
    above = (_("Đề xuất"), reverse("staffing:plan-moves", args=[plan.pk]))
    context = {"page": page, "plan": plan, "step": step, "crumbs": plan_crumbs(plan, above, (step.name, ""))}
    return render(request, "staffing/plan_move.html", context)


@needs(Verb.READ_STAFF)
def chain(request: MandatedRequest, pk: int, number: int) -> HttpResponse:
    plan = found_plan(request, pk)
    moves = list(moves_of(plan).filter(chain=number).order_by("step", "pk"))
    if not moves:
        raise Http404
    page = _chain_page(request, plan, moves)
    above = (_("Đề xuất"), reverse("staffing:plan-moves", args=[plan.pk]))
    words = _("Chuỗi %(number)s") % {"number": number}
    context = {"page": page, "plan": plan, "number": number, "crumbs": plan_crumbs(plan, above, (words, ""))}
    return render(request, "staffing/plan_chain.html", context)


@needs(Verb.PLAN_STAFF)
@require_POST
def decline(request: MandatedRequest, pk: int, move: int) -> HttpResponse:
    plan = found_plan(request, pk)
    shown = get_object_or_404(moves_of(plan), pk=move)
    try:
        decline_move(by=request.mandate, move=shown, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, _("Đã ghi không theo đề xuất; bản sau sẽ không xếp như vậy nữa."))
    return redirect("staffing:plan-move", pk=plan.pk, move=shown.pk)


@needs(Verb.PLAN_STAFF)
@require_POST
def accept(request: MandatedRequest, pk: int) -> HttpResponse:
    """Opens the transfer files of one move, or of a whole chain at once; all of them or none."""
    plan = found_plan(request, pk)
    number, single = request.POST.get("chain", ""), request.POST.get("move", "")
    rows = moves_of(plan).order_by("step", "pk")
    moves = list(
        rows.filter(chain=number)
        if number.isdigit()
        else rows.filter(pk=int(single) if single.isdigit() else 0)
    )
    back = (
        redirect("staffing:plan-chain", pk=plan.pk, number=int(number))
        if number.isdigit()
        else redirect("staffing:plan-moves", pk=plan.pk)
    )
    try:
        files = open_chain(by=request.mandate, moves=moves, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return back
    done(
        request,
        ngettext("Đã lập %(count)s hồ sơ điều động.", "Đã lập %(count)s hồ sơ điều động.", len(files))
        % {"count": len(files)},
    )
    return redirect(files[0]) if len(files) == 1 else back


def _together(plan: Plan, shown: PlanMove) -> list[PlanMove]:
    if shown.chain is None:
        return [shown]
    return list(moves_of(plan).filter(chain=shown.chain).order_by("step", "pk"))


def _chain_page(
    request: MandatedRequest, plan: Plan, moves: Sequence[PlanMove], here: int | None = None
) -> ChainPage:
    named = may_name(request.mandate)
    names = [called(move.person, named=named) for move in moves]
    nodes, edges = drawn(moves, names, here)
    by_number = {move.person.number: move.person.full_name for move in moves} if named else {}
    steps = [Step(move, name, said(move.why, by_number)) for move, name in zip(moves, names, strict=True)]
    return ChainPage(plan, steps, nodes, edges, may(request.mandate, Verb.PLAN_STAFF, plan))
