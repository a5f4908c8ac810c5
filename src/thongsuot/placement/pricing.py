"""Side rows priced: a flow that pays tolls proposes arcs, a small linear programme over them sets the tolls.

The full flow with tolls is a Lagrangian relaxation, so its cost less the tolls' worth bounds every plan from below, in
whole numbers. The linear programme over the arcs that were nearly worth their price gives a plan from above and the
next tolls. When both meet, the plan is optimal; measured on a city this takes three to six rounds, where the whole
linear programme takes minutes.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper
from scipy.sparse import csr_array, hstack, vstack

from thongsuot.placement.faces import Residual, potentials
from thongsuot.placement.flow import Infeasible, cheapest
from thongsuot.placement.network import HOLD, OUT, STAY, SURPLUS, Network
from thongsuot.placement.sides import SideRows

Array = np.ndarray[Any, Any]

MOST_ROUNDS = 60


@dataclass(slots=True)
class Bounds:
    """What arcs may carry: narrower than the network's once earlier tiers are settled."""

    lower: Array
    upper: Array


@dataclass(slots=True)
class Priced:
    """`flow` is None while only fractional or rule-breaking ones were found. `bound` holds for every plan; `columns`
    are the arcs that the linear programme knew, `excess` how far it had to break side rows."""

    flow: Array | None
    value: int
    bound: int
    tolls: Array
    columns: Array
    excess: float


def priced(
    network: Network, cost: Array, rows: SideRows, bounds: Bounds, near: int, penalty: int, left: Any
) -> Priced:
    """Least cost under the side rows, as far as linear programming proves it. `cost` in whole numbers; `near` how
    much above its price an arc is still offered; `penalty` for each unit by which a row is broken, more than any
    unit can be worth; `left()` the seconds left. Raises `Infeasible` when the network alone has no flow."""
    arcs = network.arcs
    tolls = np.zeros(len(rows), dtype=np.int64)
    offered = np.isin(arcs.kind, (STAY, SURPLUS, HOLD, OUT)) | (bounds.lower > 0)
    best = Priced(None, 0, -(2**62), tolls, offered, 0.0)
    for _ in range(MOST_ROUNDS):
        charged = cost + rows.charge(tolls)
        flow = cheapest(arcs.tail, arcs.head, bounds.lower, bounds.upper, charged, network.supply)
        if flow is None:
            raise Infeasible
        bound = int((charged * flow).sum()) - int((tolls * rows.most).sum())
        if bound > best.bound:
            best.bound, best.tolls = bound, tolls
        if rows.kept(flow):
            _take(best, flow, int((cost * flow).sum()))
        if best.flow is not None and best.value <= best.bound:
            break
        before = int(offered.sum())
        offered |= _reduced(network, bounds, charged, flow) <= near
        following, found, best.excess = _programme(
            network, cost, rows, bounds, np.flatnonzero(offered), penalty
        )
        if found is not None:
            _take(best, found, int((cost * found).sum()))
        if best.flow is not None and best.value <= best.bound:
            break
        if left() <= 0 or (int(offered.sum()) == before and (following == tolls).all()):
            break
        tolls = following
    best.columns = offered
    return best


def _take(best: Priced, flow: Array, value: int) -> None:
    if best.flow is None or value < best.value:
        best.flow, best.value = flow, value


def _reduced(network: Network, bounds: Bounds, cost: Array, flow: Array) -> Array:
    arcs = network.arcs
    residual = Residual.of(arcs.tail, arcs.head, bounds.lower, bounds.upper, flow)
    price = potentials(residual, residual.costs(cost), network.layer, network.nodes, network.nodes)
    if price is None:
        raise ArithmeticError("a flow of least cost has no prices")
    return np.asarray(cost + price[arcs.tail] - price[arcs.head])


def _programme(
    network: Network, cost: Array, rows: SideRows, bounds: Bounds, columns: Array, penalty: int
) -> tuple[Array, Array | None, float]:
    """Tolls, the flow if it is whole and breaks nothing, and by how much rows had to be broken."""
    matrix, low, high = _matrix(network, rows, columns)
    slack = matrix.shape[1] - len(columns)
    builder = model_builder_helper.ModelBuilderHelper()
    builder.fill_model_from_sparse_data(
        _floats(bounds.lower[columns], np.zeros(slack)),
        _floats(bounds.upper[columns], np.full(slack, np.inf)),
        _floats(cost[columns], np.full(slack, penalty)),
        low,
        high,
        matrix,
    )
    solver = model_builder_helper.ModelSolverHelper("glop")
    solver.solve(builder)
    duals, values = np.array(solver.dual_values()), np.array(solver.variable_values())
    if not len(values):
        return np.zeros(len(rows), dtype=np.int64), None, float("inf")
    tolls = np.round(-duals[network.nodes :]).astype(np.int64)
    tolls = np.where(rows.tight, tolls, np.maximum(tolls, 0))
    excess = float(values[len(columns) :].sum())
    whole = np.round(values[: len(columns)])
    if excess > 1e-6 or np.abs(whole - values[: len(columns)]).max(initial=0) > 1e-6:
        return tolls, None, excess
    flow = np.zeros(len(cost), dtype=np.int64)
    flow[columns] = whole.astype(np.int64)
    return tolls, flow, excess


def _floats(first: Array, second: Array) -> Any:
    return np.concatenate([first.astype(float), second.astype(float)])


def _matrix(network: Network, rows: SideRows, columns: Array) -> tuple[Any, Array, Array]:
    """Conservation at the nodes, then the side rows with a slack each (two where they are tight)."""
    arcs, count = network.arcs, len(columns)
    order = np.arange(count)
    nodes = csr_array(
        (
            np.concatenate([np.ones(count), -np.ones(count)]),
            (np.concatenate([arcs.tail[columns], arcs.head[columns]]), np.concatenate([order, order])),
        ),
        shape=(network.nodes, count),
    )
    over = csr_array(-np.eye(len(rows)))
    under = csr_array(np.eye(len(rows))[:, rows.tight])
    sides = hstack([rows.matrix[:, columns].astype(float), over, under])
    empty = csr_array((network.nodes, len(rows) + int(rows.tight.sum())))
    matrix = vstack([hstack([nodes, empty]), sides]).tocsr()
    supply = network.supply.astype(float)
    most = rows.most.astype(float)
    low = np.concatenate([supply, np.where(rows.tight, most, -np.inf)])
    return _plain(matrix), low, np.concatenate([supply, most])


def _plain(matrix: Any) -> Any:
    """OR-Tools takes the older class of SciPy's sparse matrices."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  # named here only

    return csr_matrix(matrix)
