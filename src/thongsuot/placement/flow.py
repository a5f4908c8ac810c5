"""Minimum-cost flow with lower bounds, through OR-Tools' cost-scaling solver."""

from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

Array = np.ndarray[Any, Any]


class Infeasible(Exception):
    """No plan obeys all pins, forbids and rules."""


class CostsTooLarge(ArithmeticError):
    """The costs do not fit the 64 bits of the solver."""


def cheapest(
    tail: Array, head: Array, lower: Array, upper: Array, cost: Array, supply: Array
) -> Array | None:
    """The flow of least cost, one number an arc; None where no flow meets all bounds. Raises `CostsTooLarge`."""
    needed = supply.astype(np.int64).copy()
    if lower.any():
        np.subtract.at(needed, tail, lower)
        np.add.at(needed, head, lower)
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tail, head, upper - lower, cost)
    solver.set_nodes_supplies(np.arange(len(supply)), needed)
    status = solver.solve()
    if status == solver.OPTIMAL:
        return np.asarray(solver.flows(np.arange(len(tail)))) + lower
    if status == solver.BAD_COST_RANGE:
        raise CostsTooLarge
    return None
