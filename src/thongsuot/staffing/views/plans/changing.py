"""Starting a plan, changing its conditions into a next version, stopping and trying again."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions.plans import cancel_plan, change_plan, conditions_of, retry_plan, start_plan
from thongsuot.staffing.forms.plans import ChangeForm, PlanForm, WishForm
from thongsuot.staffing.models import Plan, PlanPaper, Position
from thongsuot.staffing.planning.conditions import Bound
from thongsuot.staffing.planning.faults import Fault, Unready
from thongsuot.staffing.policies import may, may_name
from thongsuot.staffing.views.plans.bounds import names_for
from thongsuot.staffing.views.plans.frame import found_plan, plan_crumbs, positions_of, units_of
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Unit
from thongsuot.units.queries import holding_on
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@needs(Verb.PLAN_STAFF)
def start(request: MandatedRequest) -> HttpResponse:
    province = _province(request)
    today = timezone.localdate()
    positions = Position.objects.filter(holding_on(today), counted=True).order_by("code")
    form = PlanForm(list(positions), request.POST or None, initial={"on": today})
    faults: list[Fault] = []

    def act() -> HttpResponse:
        title = form.cleaned_data["title"]
        made = start_plan(by=request.mandate, unit=province, title=title, conditions=form.conditions())
        return redirect(made)

    context = {
        "province": province,
        "crumbs": [
            (province.title, ""),
            (pgettext("several", "Phương án bố trí"), reverse("staffing:plans")),
            (_("Lập phương án"), ""),
        ],
    }
    return _answered(request, form, act, "staffing/plan_start.html", context, faults)


@needs(Verb.PLAN_STAFF)
def change(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = _own_plan(request, pk)
    before = conditions_of(plan)
    positions = [one for one in positions_of(plan) if one.counted]
    names = names_for(plan, [*plan.pins, *plan.forbids], named=may_name(request.mandate))

    def words(kind: str, one: Bound) -> str:
        if kind == "cap":
            return names.cap(one.unit, int(one.position))
        told = names.pin(asdict(one)) if kind == "pin" else names.forbid(asdict(one))
        return f"{told} ({one.why})" if one.why else told

    form = ChangeForm(plan, before, positions, units_of(plan), words, request.POST or None)

    def act() -> HttpResponse:
        made = change_plan(
            by=request.mandate,
            plan=plan,
            conditions=form.conditions(),
            change=form.cleaned_data["change"],
            reread=form.cleaned_data["reread"],
        )
        return redirect(made)

    context = {"plan": plan, "crumbs": plan_crumbs(plan, (_("Đổi điều kiện"), ""))}
    return _answered(request, form, act, "staffing/plan_change.html", context, [])


@needs(Verb.PLAN_STAFF)
def wish(request: MandatedRequest, pk: int) -> HttpResponse:
    """One wish about one person makes the next version."""
    plan = _own_plan(request, pk)
    asked = request.method == "POST"
    people = _people(plan) if asked else frozenset()
    given = {name: request.GET.get(name, "") for name in ("kind", "person", "unit", "position", "why")}
    form = WishForm(units_of(plan), positions_of(plan), people, request.POST or None, initial=given)

    def act() -> HttpResponse:
        bound = form.bound(request.mandate.actor.name)
        conditions = conditions_of(plan)
        pinning = form.cleaned_data["kind"] == "pin"
        changed = conditions.pinned(bound) if pinning else conditions.forbidden(bound)
        made = change_plan(by=request.mandate, plan=plan, conditions=changed, change=form.cleaned_data["why"])
        return redirect(made)

    context = {"plan": plan, "crumbs": plan_crumbs(plan, (_("Xếp khác đi"), ""))}
    return _answered(request, form, act, "staffing/plan_wish.html", context, [])


@needs(Verb.PLAN_STAFF)
@require_POST
def withdraw(request: MandatedRequest, pk: int) -> HttpResponse:
    """Take one pin or forbid away: the way out of conditions that clash."""
    plan = _own_plan(request, pk)
    place = (
        request.POST.get("person", ""),
        request.POST.get("unit", ""),
        request.POST.get("position", ""),
    )
    words = _("Bỏ điều kiện %(person)s – %(unit)s/%(position)s") % dict(
        zip(("person", "unit", "position"), place, strict=True)
    )
    changed = conditions_of(plan).without(place)
    return _acted(
        request, plan, lambda: change_plan(by=request.mandate, plan=plan, conditions=changed, change=words)
    )


@needs(Verb.PLAN_STAFF)
@require_POST
def cancel(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = _own_plan(request, pk)
    return _acted(request, plan, lambda: cancel_plan(by=request.mandate, plan=plan), _("Đã dừng tính."))


@needs(Verb.PLAN_STAFF)
@require_POST
def retry(request: MandatedRequest, pk: int) -> HttpResponse:
    plan = _own_plan(request, pk)
    return _acted(request, plan, lambda: retry_plan(by=request.mandate, plan=plan))


def _acted(request: MandatedRequest, plan: Plan, act: Callable[[], Plan], words: str = "") -> HttpResponse:
    try:
        made = act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(plan)
    if words:
        done(request, words)
    return redirect(made)


def _answered(
    request: MandatedRequest,
    form: Form,
    act: Callable[[], HttpResponse],
    template: str,
    context: dict[str, Any],
    faults: list[Fault],
) -> HttpResponse:
    """Faults of the registers stand in a list of their own, each with where it is mended."""

    def tell() -> HttpResponse | None:
        try:
            return act()
        except Unready as unready:
            faults.extend(unready.faults)
            return None

    if request.method == "POST" and (answer := tried(form, tell)):
        return answer
    return show_form(request, template, {"form": form, "faults": faults, **context})


def _province(request: MandatedRequest) -> Unit:
    unit = request.mandate.unit
    if unit.tier != Tier.PROVINCE:
        raise Http404
    return unit


def _own_plan(request: MandatedRequest, pk: int) -> Plan:
    plan = found_plan(request, pk)
    if not may(request.mandate, Verb.PLAN_STAFF, plan):
        raise Http404
    return plan


def _people(plan: Plan) -> frozenset[str]:
    return frozenset(one["id"] for one in PlanPaper.objects.get(plan=plan).problem["people"])
