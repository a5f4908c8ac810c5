"""Who goes to which place of the board: a frozen problem in; a plan, its proof and its explanation out.

problem = problem_from(load(text))     # BadProblem with every fault at once
plan = solve(problem)                  # Plan; as_dict() is the contract's JSON
check(problem, plan).ok                # scored anew by code that shares nothing with the solver
"""

from thongsuot.placement.checker import Broken, Report, check
from thongsuot.placement.faults import BadProblem, Fault
from thongsuot.placement.parsing import load, problem_from
from thongsuot.placement.plan import (
    Chain,
    Clash,
    Move,
    Objective,
    Place,
    Plan,
    Price,
    Relaxation,
    SurplusPerson,
    UnfilledPlace,
)
from thongsuot.placement.problem import (
    STAGES,
    Forbid,
    Frame,
    Limit,
    Person,
    Pin,
    Position,
    Problem,
    Relatives,
    Rules,
    Unit,
)
from thongsuot.placement.reasons import Reason, sentence
from thongsuot.placement.session import Session, WrongPlan, solve
from thongsuot.placement.staging import Stage, Staged, filled_places, stages

__all__ = [
    "STAGES",
    "BadProblem",
    "Broken",
    "Chain",
    "Clash",
    "Fault",
    "Forbid",
    "Frame",
    "Limit",
    "Move",
    "Objective",
    "Person",
    "Pin",
    "Place",
    "Plan",
    "Position",
    "Price",
    "Problem",
    "Reason",
    "Relatives",
    "Relaxation",
    "Report",
    "Rules",
    "Session",
    "Stage",
    "Staged",
    "SurplusPerson",
    "UnfilledPlace",
    "Unit",
    "WrongPlan",
    "check",
    "filled_places",
    "load",
    "problem_from",
    "sentence",
    "solve",
    "stages",
]
