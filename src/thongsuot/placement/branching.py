"""Whole numbers where the linear programme gives fractions: CP-SAT over the arcs that can matter, exact."""

from collections.abc import Callable
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from thongsuot.placement.network import Network
from thongsuot.placement.programme import Bounds
from thongsuot.placement.sides import SideRows

Array = np.ndarray[Any, Any]

BUILD_SECONDS = 2e-5  # a column, to write the model alone


class TimeIsUp(Exception):
    """Nothing was found in the time given."""


def whole(
    network: Network,
    cost: Array,
    rows: SideRows,
    bounds: Bounds,
    columns: Array,
    left: Callable[[], float],
) -> tuple[Array, bool] | None:
    """The cheapest whole flow over the columns and whether that is proven; None if there is proven to be none.
    Arcs outside the columns carry nothing. Raises `TimeIsUp` when the seconds left were too few."""
    if left() < len(columns) * BUILD_SECONDS:
        raise TimeIsUp
    model, variables = _model(network, rows, bounds, columns)
    model.minimize(
        sum(int(price) * variables[place] for place, price in enumerate(cost[columns].tolist()) if price)
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    if np.isfinite(seconds := left()):
        solver.parameters.max_time_in_seconds = max(0.05, seconds)
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise TimeIsUp
    flow = np.zeros(len(cost), dtype=np.int64)
    flow[columns] = [solver.value(variable) for variable in variables]
    return flow, status == cp_model.OPTIMAL


def _model(
    network: Network, rows: SideRows, bounds: Bounds, columns: Array
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    arcs = network.arcs
    pairs = zip(bounds.lower[columns].tolist(), bounds.upper[columns].tolist(), strict=True)
    variables = [model.new_int_var(low, high, "") for low, high in pairs]
    net: list[list[Any]] = [[] for _ in range(network.nodes)]
    ends = zip(variables, arcs.tail[columns].tolist(), arcs.head[columns].tolist(), strict=True)
    for variable, tail, head in ends:
        net[tail].append(variable)
        net[head].append(-variable)
    for node, terms in enumerate(net):
        model.add(sum(terms) == int(network.supply[node]))
    matrix = rows.matrix[:, columns]
    for row in range(len(rows)):
        inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
        pairs_of_row = zip(matrix.indices[inside].tolist(), matrix.data[inside].tolist(), strict=True)
        total = sum(int(factor) * variables[place] for place, factor in pairs_of_row)
        most = int(rows.most[row])
        model.add(total == most if rows.tight[row] else total <= most)
    return model, variables
