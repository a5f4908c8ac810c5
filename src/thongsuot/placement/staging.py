"""The stages as a city runs them, one after another, beside the whole board solved at once.

Each kind of move belongs to one stage: `training` if the person must first be trained; else `departments` if they come
from a department; else `blocks` if the position belongs to another block than they do; else `between` if they change
unit and `inside` if they do not. Staying belongs to none.
"""

from dataclasses import dataclass, replace

from thongsuot.placement.plan import Objective, Plan
from thongsuot.placement.problem import STAGES, Pin, Problem
from thongsuot.placement.session import solve
from thongsuot.placement.tiers import Progress


@dataclass(frozen=True, slots=True)
class Stage:
    """`opened`: the stages that were open. `plan`: the best plan with them. `filled` places in all, `added` how many
    more than the stage before. `kept` True: what earlier stages placed stayed as it was."""

    name: str
    opened: tuple[str, ...]
    kept: bool
    plan: Plan
    filled: int
    added: int

    @property
    def objective(self) -> Objective:
        return self.plan.objective


@dataclass(frozen=True, slots=True)
class Staged:
    """`one_by_one`: each stage on top of what the stages before decided, as letters between offices do it.
    `together`: the same stages opened one by one, but each time everything is decided anew; its last is the whole
    board. `whole` is that last plan."""

    one_by_one: tuple[Stage, ...]
    together: tuple[Stage, ...]

    @property
    def whole(self) -> Stage:
        return self.together[-1]

    @property
    def gained(self) -> int:
        """Places the whole board fills beyond the stages done one by one."""
        return self.whole.filled - self.one_by_one[-1].filled

    @property
    def moves_saved(self) -> int:
        """Moves the whole board needs fewer than the stages done one by one; negative if it needs more."""
        return len(self.one_by_one[-1].plan.moves) - len(self.whole.plan.moves)


def stages(problem: Problem, *, time_limit: float | None = None, progress: Progress | None = None) -> Staged:
    """Every open stage of the problem in order, cumulatively, both ways. `time_limit` in seconds for each solve.
    Plans carry no explanations."""
    opened = [stage for stage in STAGES if stage in problem.stages]
    steps = [(kept, number) for kept in (True, False) for number in range(1, len(opened) + 1)]
    done: dict[bool, list[Stage]] = {True: [], False: []}
    for place, (kept, number) in enumerate(steps):
        if progress is not None:
            progress(opened[number - 1], place / len(steps))
        before = done[kept][-1] if done[kept] else None
        agreed = _agreed(before.plan) if kept and before is not None else ()
        part = replace(problem, stages=tuple(opened[:number]), agreed=(*problem.agreed, *agreed))
        plan = solve(part, time_limit=time_limit, explain=False)
        filled = filled_places(problem, plan)
        first = filled_places(problem, None)
        added = filled - (before.filled if before is not None else first)
        done[kept].append(Stage(opened[number - 1], tuple(opened[:number]), kept, plan, filled, added))
    return Staged(tuple(done[True]), tuple(done[False]))


def _agreed(plan: Plan) -> tuple[Pin, ...]:
    return tuple(Pin(move.person, move.target.unit, str(move.target.position)) for move in plan.moves)


def filled_places(problem: Problem, plan: Plan | None) -> int:
    """Places filled by a plan; None: those filled today."""
    places = sum(frame.places for frame in problem.frames)
    if plan is not None:
        return places - sum(place.count for place in plan.unfilled)
    present: dict[tuple[str, str | None], int] = {}
    for person in problem.people:
        key = (person.unit, person.position)
        present[key] = present.get(key, 0) + 1
    return sum(min(frame.places, present.get((frame.unit, frame.position), 0)) for frame in problem.frames)
