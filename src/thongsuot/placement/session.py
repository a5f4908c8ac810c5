"""Solving one problem, and solving it again after a small change."""

import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from thongsuot.placement.blocking import Blocks, surplus_with_reasons, unfilled_with_reasons
from thongsuot.placement.board import Board
from thongsuot.placement.capped import Begun, solve_capped
from thongsuot.placement.chains import chained
from thongsuot.placement.checker import check
from thongsuot.placement.clash import clash_of
from thongsuot.placement.explaining import Alternatives, moves_with_reasons
from thongsuot.placement.flow import Infeasible
from thongsuot.placement.network import Network
from thongsuot.placement.outcome import targets
from thongsuot.placement.plan import Move, Objective, Place, Plan, SurplusPerson, UnfilledPlace
from thongsuot.placement.prices import prices
from thongsuot.placement.problem import Forbid, Pin, Problem
from thongsuot.placement.reasons import Reason
from thongsuot.placement.relaxing import relaxations
from thongsuot.placement.sides import SideRows, side_rows
from thongsuot.placement.tiers import NAMES, Clock, Progress, Solved, solve_flow, tiers_of
from thongsuot.placement.unproven import settle
from thongsuot.placement.warm import Warm
from thongsuot.placement.ways import ways

Array = np.ndarray[Any, Any]

CLASH_SECONDS = 30.0


def _silent(what: str, share: float) -> None:
    """Nobody watches."""


class WrongPlan(AssertionError):
    """The solver made a plan that breaks a rule; it is never given out."""


class Session:
    """One problem kept in memory, so that a second question about it is answered faster.

    `resolve` returns the plan of the same problem with more pins and forbids; the session itself does not change, so
    alternatives can be compared. Not safe for use by two threads at once.
    """

    def __init__(self, problem: Problem, *, previous: Plan | None = None) -> None:
        kept = problem.previous if previous is None else _kept(previous)
        self.problem = problem.rebound(problem.pins, problem.forbids, kept)
        self._board: Board | None = None
        self._warm: Warm | None = None
        self._begun: Begun | None = None

    def solve(
        self,
        *,
        time_limit: float | None = None,
        progress: Progress | None = None,
        explain: bool = True,
    ) -> Plan:
        """The best plan. `time_limit` in seconds bounds the solving; what is not proven by then is not called
        optimal. `progress` is told a word and a share from 0 to 1. `explain` False leaves out reasons, prices and
        relaxations. Pins that cannot hold give a plan with status `infeasible` and its `clash`."""
        return self._solved(self.problem, Clock(time_limit), progress or _silent, explain=explain)

    def resolve(
        self,
        *,
        pins: Iterable[Pin] = (),
        forbids: Iterable[Forbid] = (),
        previous: Plan | None = None,
        time_limit: float | None = None,
        progress: Progress | None = None,
        explain: bool = True,
    ) -> Plan:
        """The best plan with these pins and forbids added. With `previous`, of all best plans the one that changes
        the fewest of its moves. Raises `BadProblem` for codes the problem does not have."""
        changed = self.problem.rebound(
            (*self.problem.pins, *pins),
            (*self.problem.forbids, *forbids),
            self.problem.previous if previous is None else _kept(previous),
        )
        return self._solved(changed, Clock(time_limit), progress or _silent, explain=explain)

    def _solved(self, problem: Problem, clock: Clock, progress: Progress, *, explain: bool) -> Plan:
        began = time.perf_counter()
        progress("build", 0.0)
        self._board = Board(problem) if self._board is None else self._board.under(problem)
        network = Network(self._board, problem.bound_to, problem.forbids)
        rows = side_rows(network)
        built = time.perf_counter()
        try:
            solved = self._by_rules(network, rows, clock, progress)
        except Infeasible:
            return _infeasible(problem, built - began, time.perf_counter() - built)
        target = targets(network, solved.flow)
        plan = plan_of(network, solved, target)
        done = time.perf_counter()
        progress("check", 0.9)
        report = check(problem, plan)
        if not report.ok:
            raise WrongPlan("; ".join(str(broken) for broken in report.broken[:10]))
        checked = time.perf_counter()
        if explain:
            progress("explain", 0.95)
            plan = explained(network, rows, solved, target, plan)
        took = time.perf_counter() - checked
        return plan.with_seconds(build=built - began, solve=done - built, check=checked - done, explain=took)

    def _by_rules(self, network: Network, rows: SideRows, clock: Clock, progress: Progress) -> Solved:
        """By flow alone where no rule cuts across it. Raises `Infeasible`."""
        if len(rows):
            solved = solve_capped(network, rows, clock, progress, self._begun)
            if self._begun is None and solved.optimal and len(solved.proofs) == len(tiers_of(network)):
                self._begun = Begun.of(rows, solved)
        elif self._warm is not None:
            solved = solve_flow(network, clock, progress, self._warm.proposal(network))
        else:
            solved = solve_flow(network, clock, progress)
            if solved.optimal and len(solved.proofs) == len(tiers_of(network)):
                self._warm = Warm.of(network, solved.flow, targets(network, solved.flow))
        if len(solved.proofs) < len(tiers_of(network)):
            settle(network, rows, solved)
        return solved


def _infeasible(problem: Problem, build: float, solving: float) -> Plan:
    search = Clock(CLASH_SECONDS)
    began = time.perf_counter()
    plan = Plan("infeasible", clash=clash_of(problem, lambda: search.left))
    return plan.with_seconds(build=build, solve=solving, check=0.0, explain=time.perf_counter() - began)


def _kept(previous: Plan) -> tuple[Pin, ...]:
    return tuple(Pin(move.person, move.target.unit, str(move.target.position)) for move in previous.moves)


def explained(network: Network, rows: SideRows, solved: Solved, target: Array, plan: Plan) -> Plan:
    """The same plan with its reasons, prices and relaxations."""
    both = ways(network, rows, solved)
    alternatives = Alternatives(network, rows, solved)
    blocks = Blocks(network.board, target)
    return replace(
        plan,
        moves=moves_with_reasons(network, alternatives, plan.moves, plan.chains),
        surplus=surplus_with_reasons(blocks),
        unfilled=unfilled_with_reasons(blocks),
        prices=prices(network, both),
        relaxations=relaxations(network, rows, solved, target, both),
    )


def plan_of(network: Network, solved: Solved, target: Array) -> Plan:
    """The plan that a flow stands for, not yet explained."""
    board = network.board
    moves, surplus = [], []
    for number, person in enumerate(board.problem.people):
        place = int(target[number])
        if place < 0:
            surplus.append(SurplusPerson(person.id, person.unit))
        elif place != _own_place(board, number):
            moves.append(_move(board, number, place))
    chained_moves, chains = chained(moves)
    open_places = board.places - np.bincount(target[target >= 0], minlength=len(board.places))
    values = {NAMES[proof.tier]: proof.value for proof in solved.proofs}
    return Plan(
        "optimal" if solved.optimal else "feasible",
        Objective(**values),
        {NAMES[proof.tier]: proof.bound for proof in solved.proofs if proof.bound is not None},
        tuple(
            Reason(proof.how, {"tier": proof.tier + 1, "name": NAMES[proof.tier]}) for proof in solved.proofs
        ),
        moves=chained_moves,
        surplus=tuple(surplus),
        unfilled=tuple(
            UnfilledPlace(
                board.units[board.place_unit[place]],
                board.positions[board.place_position[place]],
                int(open_places[place]),
            )
            for place in np.flatnonzero(open_places).tolist()
        ),
        chains=chains,
    )


def _own_place(board: Board, number: int) -> int:
    position = int(board.person_position[number])
    return -1 if position < 0 else int(board.place_at[board.person_unit[number], position])


def _move(board: Board, number: int, place: int) -> Move:
    person = board.problem.people[number]
    unit = int(board.place_unit[place])
    position = board.positions[board.place_position[place]]
    own = int(board.person_unit[number])
    return Move(
        person.id,
        Place(person.unit, person.position),
        Place(board.units[unit], position),
        "reassignment" if unit == own else "transfer",
        person.fits[position],
        int(board.hm[own, unit]) / 10,
        secondment=person.secondment and unit != own,
    )


def solve(
    problem: Problem,
    *,
    time_limit: float | None = None,
    previous: Plan | None = None,
    progress: Progress | None = None,
    explain: bool = True,
) -> Plan:
    """The best plan, checked by independent code before it is given out. See `Session.solve`."""
    return Session(problem, previous=previous).solve(
        time_limit=time_limit, progress=progress, explain=explain
    )
