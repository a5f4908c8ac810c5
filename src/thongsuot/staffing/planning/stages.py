"""A plan as a city runs it by hand, one group of solutions after the other, beside the whole board solved at once.

Each stage takes what the stages before it have moved as given and adds its own kind of move; nothing is taken back.
That is why the last of them may place fewer people with more moves than the whole board does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from thongsuot.placement import Pin, problem_from, solve
from thongsuot.staffing.enums import Stage
from thongsuot.staffing.models import Plan
from thongsuot.staffing.planning.figures import figures_of


@dataclass(frozen=True, slots=True)
class StageLine:
    """What stands after the stage; `added` is what it brought. The last line is the plan itself."""

    name: str
    gained: int
    added: int
    transfers: int
    changes: int
    km: float
    whole: bool = False

    @property
    def km_each(self) -> float:
        return self.km / self.transfers if self.transfers else 0.0


def staged(problem: Mapping[str, Any], counted: frozenset[str]) -> list[dict[str, Any]]:
    """One entry a stage of the plan, in the order a city runs them."""
    frozen = problem_from({name: part for name, part in problem.items() if name != "previous"})
    agreed = frozen.agreed
    found: list[dict[str, Any]] = []
    for last, stage in enumerate(frozen.stages, 1):
        answer = solve(replace(frozen, stages=frozen.stages[:last], agreed=agreed), explain=False)
        if answer.status == "infeasible":
            return found
        told = answer.as_dict()
        agreed = tuple(Pin(move.person, move.target.unit, str(move.target.position)) for move in answer.moves)
        total = figures_of(problem, told["moves"], counted).total
        found.append({"stage": stage, "gained": total.gained, **_effort(told["objective"])})
    return found


def _effort(objective: Mapping[str, int]) -> dict[str, Any]:
    return {
        "transfers": objective["transfers"],
        "changes": objective["reassignments"],
        "km": objective["distance_hm"] / 10,
    }


def stage_lines(plan: Plan) -> list[StageLine]:
    """For the page; empty while they are not computed yet."""
    kept, figures = plan.findings.get("stages"), plan.findings.get("figures")
    if not kept or not figures:
        return []
    lines: list[StageLine] = []
    before = 0
    for one in kept:
        effort = (one["transfers"], one["changes"], one["km"])
        name = str(Stage(one["stage"]).label)
        lines.append(StageLine(name, one["gained"], one["gained"] - before, *effort))
        before = one["gained"]
    total = figures["total"]
    gained = total["filled_after"] - total["filled"]
    whole = _effort(plan.objective)
    return [*lines, StageLine("", gained, gained - before, *whole.values(), whole=True)]
