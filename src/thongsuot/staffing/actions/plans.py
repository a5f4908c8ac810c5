"""Plans: started, changed into a next version, stopped, tried again; what an office makes of a proposed move.

- start_plan(by, unit, title, conditions) -> Plan
- change_plan(by, plan, conditions, change, reread=False) -> Plan, the next version; both stay
- cancel_plan(by, plan), retry_plan(by, plan)
- decline_move(by, move, reason): logged, and forbidden in the next version

Nothing here changes a register: an accepted move is a transfer file (actions.transfers).
"""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.staffing.actions.running import UNDER_WAY, compute_plan
from thongsuot.staffing.enums import Acts, MoveStanding, RunState
from thongsuot.staffing.models import Plan, PlanMove, PlanPaper
from thongsuot.staffing.planning.conditions import Bound, Conditions, as_rows
from thongsuot.staffing.planning.problem import Drawn, draw_up, redraw
from thongsuot.staffing.planning.registers import registers_of
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.transfers import refusals_of
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate, Unit


def start_plan(*, by: Mandate, unit: Unit, title: str, conditions: Conditions) -> Plan:
    """The first version. Raises `Unready` with every fault of the registers and conditions at once."""
    require(may(by, Verb.PLAN_STAFF, unit))
    if unit.tier != Tier.PROVINCE:
        raise Refused(
            _("Phương án bố trí lập cho cả tỉnh, thành phố; %(unit)s không phải cấp tỉnh.") % {"unit": unit}
        )
    title = " ".join(title.split())
    if not title:
        raise Refused(_("Chưa đặt tên phương án."))
    if same := _same_under_way(unit, title, conditions):
        return same  # a second click
    drawn = draw_up(
        registers_of(unit, conditions.on), conditions
    )  # before the lock: it reads the whole register
    return _queued(by, unit, title, conditions, drawn, Acts.PLAN_STARTED)


def change_plan(
    *, by: Mandate, plan: Plan, conditions: Conditions, change: str, reread: bool = False
) -> Plan:
    """The next version: solved with the least disturbance to `plan`. What was accepted stays, what was declined is
    forbidden. On the registers as they were read for `plan`, so that the two compare, unless `reread`."""
    require(may(by, Verb.PLAN_STAFF, plan))
    if not change.strip():
        raise Refused(_("Chưa ghi thay đổi gì và vì sao, để người xem sau hiểu."))
    if plan.state in UNDER_WAY:
        raise Refused(_("Bản này đang tính; chờ tính xong hoặc dừng lại rồi hãy đổi điều kiện."))
    conditions = with_standings(plan, conditions)
    if same := _same_under_way(plan.unit, plan.title, conditions):
        return same
    paper = PlanPaper.objects.get(plan=plan)
    before = conditions_of(plan)
    previous = [{"person": move["person"], **move["to"]} for move in paper.answer.get("moves", [])]
    if reread or conditions.on != plan.on or conditions.spare_retiring != before.spare_retiring:
        drawn = draw_up(registers_of(plan.unit, conditions.on), conditions, previous)
    else:
        drawn = redraw(paper.problem, before, conditions, previous, refusals_of(plan.unit))
        drawn = replace(drawn, left_out=plan.findings.get("left_out", ()))
    return _queued(
        by, plan.unit, plan.title, conditions, drawn, Acts.PLAN_CHANGED, parent=plan, change=change
    )


def conditions_of(plan: Plan) -> Conditions:
    return Conditions.kept(plan.on, plan.rules, plan.stages, plan.pins, plan.forbids)


def with_standings(plan: Plan, conditions: Conditions) -> Conditions:
    """What the office has made of the moves of this version and those before it. One whose file was refused since is
    accepted no more; the refusal itself comes with the registers."""
    refused = refusals_of(plan.unit)
    kept = {one.person for one in refused if one.keeps}
    places = {(one.person, one.unit, one.position) for one in refused}
    accepted: list[Bound] = []
    declined: list[Bound] = []
    rows = PlanMove.objects.filter(plan__in=line_of(plan)).exclude(standing=MoveStanding.PROPOSED)
    for move in rows.select_related("person", "to_unit", "to_position").order_by("pk"):
        bound = Bound(move.person.number, move.to_unit.code, move.to_position.code, why=move.declined_because)
        if move.standing == MoveStanding.DECLINED:
            declined.append(bound)
        elif bound.person not in kept and (bound.person, bound.unit, bound.position) not in places:
            accepted.append(bound)
    return replace(
        conditions.forbidden(*declined), agreed=tuple({one.person: one for one in accepted}.values())
    )


def line_of(plan: Plan) -> list[int]:
    """This version and those it came from."""
    found = [plan.pk]
    parents = dict(Plan.objects.filter(unit=plan.unit_id, title=plan.title).values_list("pk", "parent"))
    while (parent := parents.get(found[-1])) is not None:
        found.append(parent)
    return found


def _same_under_way(unit: Unit, title: str, conditions: Conditions) -> Plan | None:
    under_way = Plan.objects.filter(unit=unit, title=title, state__in=UNDER_WAY, on=conditions.on)
    wanted = _asked(conditions)
    return next(
        (plan for plan in under_way if {name: getattr(plan, name) for name in wanted} == wanted), None
    )


def _asked(conditions: Conditions) -> dict[str, Any]:
    return {
        "rules": conditions.rules,
        "stages": list(conditions.stages),
        "pins": as_rows(conditions.pins),
        "forbids": as_rows(conditions.forbids),
    }


@transaction.atomic
def _queued(
    by: Mandate,
    unit: Unit,
    title: str,
    conditions: Conditions,
    drawn: Drawn,
    act: Acts,
    *,
    parent: Plan | None = None,
    change: str = "",
) -> Plan:
    Unit.objects.select_for_update().get(pk=unit.pk)  # two who start at once take their numbers in turn
    if same := _same_under_way(unit, title, conditions):
        return same
    last = Plan.objects.filter(unit=unit, title=title).aggregate(last=Max("number"))["last"]
    if parent is None and last is not None:
        raise Refused(
            _(
                "Đã có phương án tên “%(title)s”; đặt tên khác, hoặc mở phương án ấy rồi đổi điều kiện để lập bản mới."
            )
            % {"title": title}
        )
    plan = Plan.objects.create(
        unit=unit,
        title=title,
        number=(last or 0) + 1,
        parent=parent,
        on=conditions.on,
        change=change.strip()[:500],
        findings={"left_out": list(drawn.left_out), "refused": list(drawn.refused)},
        started_by=by.actor.name,
        **_asked(conditions),
    )
    PlanPaper.objects.create(plan=plan, problem=drawn.problem)
    transaction.on_commit(partial(compute_plan.enqueue, plan.pk))
    people = len(drawn.problem["people"])
    details = {
        "on": plan.on,
        "people": people,
        "rules": plan.rules,
        "stages": plan.stages,
        "change": plan.change,
    }
    bounds = {"pins": plan.pins, "forbids": plan.forbids}
    record(by=by, verb=act, subject=plan, details={**details, **bounds})
    return plan


@transaction.atomic
def cancel_plan(*, by: Mandate, plan: Plan) -> Plan:
    plan = _locked(by, plan)
    if plan.state not in UNDER_WAY:
        raise Refused(_("Phương án không còn đang tính, không cần dừng."))
    plan.state, plan.progress = RunState.CANCELLED, ""
    plan.save(update_fields=["state", "progress"])
    record(by=by, verb=Acts.PLAN_CANCELLED, subject=plan)
    return plan


@transaction.atomic
def retry_plan(*, by: Mandate, plan: Plan) -> Plan:
    """The same problem once more, after a failure or a stop."""
    plan = _locked(by, plan)
    if plan.state not in (RunState.FAILED, RunState.CANCELLED):
        raise Refused(_("Chỉ tính lại phương án đã dừng hoặc không tính được."))
    plan.state, plan.attempts, plan.trouble = RunState.QUEUED, 0, ""
    plan.save(update_fields=["state", "attempts", "trouble"])
    transaction.on_commit(partial(compute_plan.enqueue, plan.pk))
    record(by=by, verb=Acts.PLAN_STARTED, subject=plan, details={"again": True})
    return plan


@transaction.atomic
def decline_move(*, by: Mandate, move: PlanMove, reason: str) -> PlanMove:
    plan = _locked(by, move.plan)
    move = PlanMove.objects.select_for_update().select_related("person", "plan").get(pk=move.pk)
    if move.standing == MoveStanding.ACCEPTED:
        raise Refused(_("Đề xuất đã lập hồ sơ điều động; xử lý tiếp trong hồ sơ ấy."))
    if not reason.strip():
        raise Refused(_("Chưa ghi lý do không theo đề xuất; lý do này được dùng khi tính bản sau."))
    move.standing, move.declined_because = MoveStanding.DECLINED, reason.strip()[:500]
    move.save(update_fields=["standing", "declined_because"])
    details = {"person": move.person.number, "move": str(move), "reason": move.declined_because}
    record(by=by, verb=Acts.MOVE_DECLINED, subject=plan, details=details)
    return move


@transaction.atomic
def note_plan_export(*, by: Mandate, plan: Plan, what: str, named: bool) -> None:
    """A plan that leaves the system leaves a trace, and whether names went with it."""
    require(may(by, Verb.READ_STAFF, plan))
    record(by=by, verb=Acts.PLAN_EXPORTED, subject=plan, details={"what": what, "named": named})


def _locked(by: Mandate, plan: Plan) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    require(may(by, Verb.PLAN_STAFF, plan))
    return plan
