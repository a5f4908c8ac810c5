"""Two peers of the placement engine: the plain integer programme through HiGHS and the plain CP-SAT model.

Both have one yes-or-no per person and place open to them and nothing clever: what anybody writes down who reads the
contract of `thongsuot place`. They go through the tiers of the objective one after the other, each begun from the plan
before, the first from everybody staying where they are.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import numpy as np
from _placement_board import TIERS, Board, Chosen, Found, Keep, nowhere

Numbers = np.ndarray[Any, np.dtype[np.int64]]
ENDLESS = 1 << 40


@dataclass
class Plain:
    """Columns, rows and six objectives; shared by both plain models, so that they solve the very same thing."""

    board: Board
    person: Numbers  # of each column
    unit: Numbers
    position: Numbers
    tiers: Numbers  # columns x tiers
    low: Numbers  # of each row
    high: Numbers
    entries: tuple[Numbers, Numbers, Numbers]  # row, column, coefficient; by row

    def chosen(self, taken: Sequence[bool]) -> Chosen:
        result: Chosen = dict.fromkeys(range(len(self.board.people)))
        units, positions = list(self.board.units), list(self.board.weight)
        for column in np.flatnonzero(taken).tolist():
            result[int(self.person[column])] = units[self.unit[column]], positions[self.position[column]]
        return result

    def taken(self, chosen: Chosen) -> list[bool]:
        units = {one: number for number, one in enumerate(self.board.units)}
        positions = {one: number for number, one in enumerate(self.board.weight)}
        wanted = {(n, units[cell[0]], positions[cell[1]]) for n, cell in chosen.items() if cell}
        columns = zip(self.person.tolist(), self.unit.tolist(), self.position.tolist(), strict=True)
        return [one in wanted for one in columns]


def plain(board: Board) -> Plain:
    person, unit, position, tiers = _columns(board)
    units, positions = list(board.units), list(board.weight)
    here = np.array([units.index(one["unit"]) for one in board.people])[person]
    column = np.arange(len(person))
    moved = here != unit
    one = np.ones(len(person), np.int64)
    parts: list[tuple[Numbers, Numbers, Numbers]] = []
    limits: list[tuple[int, int]] = []

    def rows(of: Numbers, columns: Numbers, sizes: Numbers, bounds: list[tuple[int, int]]) -> None:
        parts.append((of + len(limits), columns, sizes))
        limits.extend(bounds)

    rows(person, column, one, [(int(who["id"] in board.pins), 1) for who in board.people])
    cells = [(a, b) for a in units for b in positions]
    bounds = [(board.cover(cell), board.places.get(cell, 0)) for cell in cells]
    rows(unit * len(positions) + position, column, one, bounds)
    room = [(-ENDLESS, board.ceiling(a) - board.headcount[a]) for a in units]
    rows(unit[moved], column[moved], one[moved], room)
    parts.append((parts[-1][0] - unit[moved] + here[moved], column[moved], -one[moved]))
    caps = [board.units[a]["max_departures"] for a in units]
    rows(
        here[moved], column[moved], one[moved], [(-ENDLESS, ENDLESS if cap is None else cap) for cap in caps]
    )
    row, columns, sizes = (np.concatenate([part[n] for part in parts]) for n in range(3))
    order = np.lexsort((columns, row))
    low, high = np.array(limits, np.int64).T
    return Plain(board, person, unit, position, tiers, low, high, (row[order], columns[order], sizes[order]))


def _columns(board: Board) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Who may hold what, and what it adds to each tier."""
    units, positions = list(board.units), list(board.weight)
    at = {one: number for number, one in enumerate(units)}
    open_at = {
        number: np.array([at[a] for a, b in board.places if b == code], np.int64)
        for number, code in enumerate(positions)
    }
    number_of = {one: number for number, one in enumerate(positions)}
    weight = list(board.weight.values())
    near = board.kilometres <= board.rules["max_km"]
    hectometres = np.floor(board.kilometres * 10 + 0.5).astype(np.int64)
    areas = np.array([one["area"] for one in board.units.values()])
    codes = np.array(units)
    parts: list[Numbers] = []
    for number, who in enumerate(board.people):
        home, own = at[who["unit"]], number_of[who["position"]]
        reached = near[home].copy()
        if who["origin"]:
            reached |= (areas == who["origin"]) | (codes == who["origin"])
        wishes = np.isin(codes, who["prefers"])
        stays = np.arange(len(units)) == home
        for code in {who["position"]: "full", **who["fits"]}:
            q = number_of[code]
            free = not who["locked"] and code in who["fits"]
            to = open_at[q]
            to = to[reached[to] if free else stays[to] & (q == own)]
            to = to[[board.may(who, (units[one], code)) for one in to.tolist()]] if board.bound(who) else to
            part = np.empty((len(to), 9), np.int64)
            left = to != home
            moved = left | (q != own)
            part[:, 0], part[:, 1], part[:, 2], part[:, 3] = number, to, q, weight[q]
            part[:, 4], part[:, 5] = left, q != own
            part[:, 6] = moved & (who["fits"].get(code) == "training")
            part[:, 7], part[:, 8] = np.where(left, hectometres[home, to], 0), left & wishes[to]
            parts.append(part)
    table = np.concatenate(parts)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3:]


@dataclass
class Answer:
    """One tier solved: the choice of columns, its value, a bound on it, and whether the two meet."""

    taken: list[bool] | None
    bound: int | None
    proven: bool


class Solver(Protocol):
    def solve(self, tier: str, start: list[bool], seconds: float) -> Answer: ...

    def hold(self, tier: str, value: int) -> None: ...


def by_tiers(model: Plain, solver: Solver, ends: float, found: Found, keep: Keep) -> Found:
    """Each tier in turn, with at most half of the time that is left; what one reached, the next ones hold."""
    taken = model.taken(model.board.today())
    for number, name in enumerate(TIERS):
        last = number == len(TIERS) - 1
        seconds = (ends - time.perf_counter()) / (1 if last else 2)
        if seconds < 0.1:
            break
        answer = solver.solve(name, taken, seconds)
        if answer.taken is None:
            break
        taken, found.chosen = answer.taken, model.chosen(answer.taken)
        if (
            len(found.proven) == number
        ):  # once one is open, a bound of the next ones says nothing of the whole
            if answer.bound is not None:
                found.bound[name] = answer.bound
            if answer.proven:
                found.proven.append(name)
        keep(found)
        solver.hold(name, int(model.tiers[taken, number].sum()))
    if len(found.proven) == len(TIERS):
        found.status = "optimal"
    return found


def whole(bound: float, more: bool) -> int | None:
    """A bound on a whole number, tightened to one."""
    if not math.isfinite(bound):
        return None
    return math.floor(bound + 1e-6) if more else math.ceil(bound - 1e-6)


# The plain integer programme -----------------------------------------------------------------------------------


class HiGHS:
    """As OR-Tools carries it."""

    def __init__(self, model: Plain) -> None:
        from ortools.math_opt import model_pb2
        from ortools.math_opt.python import mathopt

        row, column, size = model.entries
        proto = model_pb2.ModelProto()
        count = len(model.person)
        proto.variables.ids.extend(range(count))
        proto.variables.lower_bounds.extend([0.0] * count)
        proto.variables.upper_bounds.extend([1.0] * count)
        proto.variables.integers.extend([True] * count)
        proto.linear_constraints.ids.extend(range(len(model.low)))
        proto.linear_constraints.lower_bounds.extend(
            np.where(model.low > -ENDLESS, model.low, -np.inf).tolist()
        )
        proto.linear_constraints.upper_bounds.extend(
            np.where(model.high < ENDLESS, model.high, np.inf).tolist()
        )
        proto.linear_constraint_matrix.row_ids.extend(row.tolist())
        proto.linear_constraint_matrix.column_ids.extend(column.tolist())
        proto.linear_constraint_matrix.coefficients.extend(size.astype(float).tolist())
        self.tiers = model.tiers
        self.model = mathopt.Model.from_model_proto(proto)
        self.variables = list(self.model.variables())

    def _total(self, tier: str) -> Any:
        from ortools.math_opt.python import mathopt

        counts = self.tiers[:, list(TIERS).index(tier)].tolist()
        return mathopt.LinearSum(
            mathopt.LinearTerm(variable, float(one))
            for variable, one in zip(self.variables, counts, strict=True)
            if one
        )

    def solve(self, tier: str, start: list[bool], seconds: float) -> Answer:
        from ortools.math_opt.python import mathopt

        self.model.set_objective(self._total(tier), is_maximize=TIERS[tier])
        hint = dict(zip(self.variables, map(float, start), strict=True))
        result = mathopt.solve(
            self.model,
            mathopt.SolverType.HIGHS,
            params=mathopt.SolveParameters(
                time_limit=timedelta(seconds=seconds),
                relative_gap_tolerance=0.0,
                absolute_gap_tolerance=0.9,
                presolve=mathopt.Emphasis.OFF,  # it finds nothing here and takes most of the time
            ),
            model_params=mathopt.ModelSolveParameters(
                solution_hints=[mathopt.SolutionHint(variable_values=hint)]
            ),
        )
        bound = whole(result.termination.objective_bounds.dual_bound, TIERS[tier])
        if not result.has_primal_feasible_solution():
            return Answer(None, bound, False)
        taken = [value > 0.5 for value in result.variable_values(self.variables)]
        return Answer(taken, bound, result.termination.reason == mathopt.TerminationReason.OPTIMAL)

    def hold(self, tier: str, value: int) -> None:
        low, high = (value, math.inf) if TIERS[tier] else (-math.inf, value)
        self.model.add_linear_constraint(lb=low, expr=self._total(tier), ub=high)


# The plain CP-SAT model ----------------------------------------------------------------------------------------


class CpSat:
    def __init__(self, model: Plain, workers: int = 2) -> None:
        from ortools.sat.python import cp_model

        self.workers = workers
        self.tiers = model.tiers
        self.model = cp_model.CpModel()
        self.variables = [self.model.new_bool_var("") for _column in model.person]
        row, column, size = model.entries
        starts = np.searchsorted(row, np.arange(len(model.low) + 1)).tolist()
        columns, sizes = column.tolist(), size.tolist()
        for number, (low, high) in enumerate(zip(model.low.tolist(), model.high.tolist(), strict=True)):
            mine = slice(starts[number], starts[number + 1])
            total = cp_model.LinearExpr.weighted_sum([self.variables[n] for n in columns[mine]], sizes[mine])
            self.model.add_linear_constraint(total, low, high)

    def _total(self, tier: str) -> Any:
        from ortools.sat.python import cp_model

        counts = self.tiers[:, list(TIERS).index(tier)].tolist()
        wanted = [(variable, one) for variable, one in zip(self.variables, counts, strict=True) if one]
        return cp_model.LinearExpr.weighted_sum([one for one, _n in wanted], [n for _one, n in wanted])

    def solve(self, tier: str, start: list[bool], seconds: float) -> Answer:
        from ortools.sat.python import cp_model

        (self.model.maximize if TIERS[tier] else self.model.minimize)(self._total(tier))
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, yes in zip(self.variables, start, strict=True):
            self.model.add_hint(variable, yes)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = self.workers
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(None, None, False)
        bound = whole(solver.best_objective_bound, TIERS[tier])
        return Answer([bool(solver.value(one)) for one in self.variables], bound, status == cp_model.OPTIMAL)

    def hold(self, tier: str, value: int) -> None:
        total = self._total(tier)
        self.model.add(total >= value if TIERS[tier] else total <= value)


def _run(board: Board, limit: float, keep: Keep, solver: Callable[[Plain], Solver]) -> Found:
    began = time.perf_counter()
    found = Found("feasible", board.today())  # what it begins from
    keep(found)
    model = plain(board)
    built = solver(model)
    found.facts = {
        "columns": len(model.person),
        "rows": len(model.low),
        "build_seconds": round(time.perf_counter() - began, 2),
    }
    keep(found)
    return by_tiers(model, built, time.perf_counter() + limit, found, keep)


def mip(board: Board, limit: float, keep: Keep = nowhere) -> Found:
    return _run(board, limit, keep, HiGHS)


def cpsat(board: Board, limit: float, keep: Keep = nowhere) -> Found:
    return _run(board, limit, keep, CpSat)
