"""From a paper's problem to rows of a plan: solved by the engine, scored anew by its checker before it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from thongsuot.placement import check, problem_from, solve
from thongsuot.placement.plan import Plan as Answer
from thongsuot.staffing.models import Person, Plan, PlanMove, PlanOpening, PlanSurplus, Position
from thongsuot.staffing.planning.figures import figures_of
from thongsuot.staffing.planning.treatment import treatment_of
from thongsuot.staffing.planning.words import kept
from thongsuot.units.models import Unit
from thongsuot.units.queries import holding_on

TIME_LIMIT = 600.0  # seconds; what is not proven by then is not called optimal
Progress = Callable[[str, float], None]


class WrongPlan(Exception):
    """The independent checker found a broken rule: the plan is not kept."""


@dataclass(frozen=True, slots=True)
class Rows:
    moves: list[PlanMove] = field(default_factory=list)
    surplus: list[PlanSurplus] = field(default_factory=list)
    openings: list[PlanOpening] = field(default_factory=list)


def solved(plan: Plan, problem: Mapping[str, Any], progress: Progress) -> tuple[Answer, dict[str, Any]]:
    """The engine's plan, and what its pages show of it."""
    frozen = problem_from(problem)
    answer = solve(frozen, time_limit=TIME_LIMIT, progress=progress)
    report = check(frozen, answer)
    if not report.ok:
        raise WrongPlan("; ".join(broken.vi for broken in report.broken[:3]))
    told = answer.as_dict()
    return answer, {
        "checked": {"rules": 7, "moves": len(answer.moves), "objective": report.objective.as_dict()},
        "figures": figures_of(problem, told["moves"], counted_on(plan.on)).as_dict(),
        "proof": kept(answer.proof),
        "prices": [
            {**price.as_dict(), "why": kept([price.why])} for price in answer.prices if price.marginal_weight
        ],
        "relaxations": [one.as_dict() for one in answer.relaxations],
        "clash": {**answer.clash.as_dict(), "why": kept(answer.clash.why)} if answer.clash else None,
        "treatment": treatment_of(problem, told, plan.on),
        "chains": [one.as_dict() for one in answer.chains],
    }


def counted_on(on: date) -> frozenset[str]:
    """Codes of the positions that count as surplus and shortage."""
    return frozenset(Position.objects.filter(holding_on(on), counted=True).values_list("code", flat=True))


def rows_of(plan: Plan, problem: Mapping[str, Any], answer: Answer) -> Rows:
    """Not yet saved. Codes and numbers are found again among the units and positions of that day."""
    held = {one["id"]: one["position"] for one in problem["people"]}
    numbers = {move.person for move in answer.moves} | {one.person for one in answer.surplus}
    people = dict(Person.objects.filter(number__in=numbers).values_list("number", "pk"))
    units = _units(plan, {one["code"] for one in problem["units"]})
    positions = _positions(plan, {one["code"] for one in problem["positions"]})
    steps = {person: step for chain in answer.chains for step, person in enumerate(chain.people, 1)}
    moves = [
        PlanMove(
            plan=plan,
            person_id=people[move.person],
            from_unit_id=units[move.origin.unit],
            from_position_id=positions[str(move.origin.position)],
            to_unit_id=units[move.target.unit],
            to_position_id=positions[str(move.target.position)],
            kind=move.kind,
            level=move.level,
            km=move.km,
            secondment=move.secondment,
            chain=move.chain,
            step=steps.get(move.person),
            why=kept(move.why),
        )
        for move in answer.moves
    ]
    surplus = [
        PlanSurplus(
            plan=plan,
            person_id=people[one.person],
            unit_id=units[one.unit],
            position_id=positions[held[one.person]],
            why=kept(one.why),
        )
        for one in answer.surplus
    ]
    openings = [
        PlanOpening(
            plan=plan,
            unit_id=units[one.unit],
            position_id=positions[one.position],
            count=one.count,
            why=kept(one.why),
        )
        for one in answer.unfilled
    ]
    return Rows(moves, surplus, openings)


def _units(plan: Plan, codes: set[str]) -> dict[str, int]:
    """One code may have served several units one after another: the one of the plan's day counts."""
    rows = Unit.objects.filter(code__in=codes)
    return {unit.code: unit.pk for unit in rows if unit.holds_on(plan.on)}


def _positions(plan: Plan, codes: set[str]) -> dict[str, int]:
    rows = Position.objects.filter(code__in=codes)
    return {one.code: one.pk for one in rows if one.holds_on(plan.on)}
