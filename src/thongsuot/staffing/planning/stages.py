"""A plan as a city runs it by hand, one group of solutions after the other, beside the whole board solved at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thongsuot.placement import problem_from, stages
from thongsuot.placement.plan import Plan as Answer
from thongsuot.staffing.enums import Stage
from thongsuot.staffing.models import Plan
from thongsuot.staffing.planning.figures import figures_of

TIME_LIMIT = 300.0  # seconds for each of the solves


@dataclass(frozen=True, slots=True)
class StageLine:
    """What stands after the stage: places gained in all, and `added` by this one; people moved, kilometres."""

    name: str
    gained: int
    added: int
    transfers: int
    changes: int
    km: float

    @property
    def km_each(self) -> float:
        return self.km / self.transfers if self.transfers else 0.0


@dataclass(frozen=True, slots=True)
class Stages:
    """`one_by_one`: each stage keeps what those before it placed. `together`: the same stages, each time decided
    anew; the last of them is the whole board."""

    one_by_one: Sequence[StageLine]
    together: Sequence[StageLine]

    @property
    def more(self) -> int:
        """Places the whole board fills beyond the last stage done one by one."""
        return self.together[-1].gained - self.one_by_one[-1].gained

    @property
    def fewer(self) -> int:
        """People the whole board moves to another unit fewer."""
        return self.one_by_one[-1].transfers - self.together[-1].transfers


def staged(problem: Mapping[str, Any], counted: frozenset[str]) -> dict[str, list[dict[str, Any]]]:
    """As a plan keeps it. Without the previous version: it has no part in what a stage brings."""
    found = stages(
        problem_from({name: part for name, part in problem.items() if name != "previous"}),
        time_limit=TIME_LIMIT,
    )
    return {
        "one_by_one": [_kept(problem, counted, one.name, one.plan) for one in found.one_by_one],
        "together": [_kept(problem, counted, one.name, one.plan) for one in found.together],
    }


def _kept(problem: Mapping[str, Any], counted: frozenset[str], stage: str, answer: Answer) -> dict[str, Any]:
    told = answer.as_dict()
    return {
        "stage": stage,
        "gained": figures_of(problem, told["moves"], counted).total.gained,
        "transfers": answer.objective.transfers,
        "changes": answer.objective.reassignments,
        "km": answer.objective.distance_hm / 10,
    }


def stages_of(plan: Plan) -> Stages | None:
    """For the page; None while they are not computed yet."""
    kept = plan.findings.get("stages")
    return Stages(_lines(kept["one_by_one"]), _lines(kept["together"])) if kept else None


def _lines(kept: Sequence[Mapping[str, Any]]) -> list[StageLine]:
    before = 0
    lines: list[StageLine] = []
    for one in kept:
        name = str(Stage(one["stage"]).label)
        added = one["gained"] - before
        lines.append(StageLine(name, one["gained"], added, one["transfers"], one["changes"], one["km"]))
        before = one["gained"]
    return lines
