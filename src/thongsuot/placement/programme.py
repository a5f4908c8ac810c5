"""The linear programme over some arcs of the network: it sets the tolls of the side rows.

Solved again and again with a few more arcs, so it begins each time from the basis of the time before, and the first
time from the tree of a flow: from nothing it would take several times as long.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import (
    solver,
)  # the arrays as they are; the layer above makes objects of them
from scipy.sparse import csr_array, hstack, vstack
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from thongsuot.placement.network import Network
from thongsuot.placement.sides import SideRows

Array = np.ndarray[Any, Any]

LOW, HIGH, FIXED, BASIC = 2, 3, 4, 5  # as the solver numbers where a column or row stands
LONGEST = 3600.0  # seconds, where nobody set a limit


@dataclass(slots=True)
class Bounds:
    """What arcs may carry: narrower than the network's once earlier tiers are settled."""

    lower: Array
    upper: Array


@dataclass(frozen=True, slots=True)
class Answer:
    """`tolls` a side row; `flow` None where it is not whole or breaks a row; `excess`: by how much rows are broken."""

    tolls: Array
    flow: Array | None
    excess: float


@dataclass(slots=True)
class _Basis:
    """Where each arc stands, then the slacks (over, under) and the rows (nodes, sides)."""

    arcs: Array
    slacks: Array
    rows: Array


class Programme:
    """`penalty` for each unit by which a side row is broken, more than any unit can be worth."""

    def __init__(
        self,
        network: Network,
        cost: Array,
        rows: SideRows,
        bounds: Bounds,
        penalty: int,
        left: Callable[[], float],
    ) -> None:
        self.network, self.cost, self.rows, self.bounds = network, cost, rows, bounds
        self.penalty, self.left = penalty, left
        self._basis: _Basis | None = None

    def begin(self, flow: Array, reduced: Array, offered: Array) -> None:
        """Take the tree of a flow as the first basis, if there is none yet."""
        if self._basis is None:
            self._basis = self._tree(flow, reduced, np.flatnonzero(offered))

    def solve(self, offered: Array) -> Answer | None:
        """The best over the arcs offered; None when the time was not enough."""
        columns = np.flatnonzero(offered)
        result = self._asked(columns)
        if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            return None
        best = result.solutions[0]
        self._keep(columns, best.basis)
        values = _dense(best.primal_solution.variable_values, len(columns) + self._slacks)
        duals = _dense(best.dual_solution.dual_values, self.network.nodes + len(self.rows))
        tolls = np.round(-duals[self.network.nodes :]).astype(np.int64)
        tolls = np.where(self.rows.tight, tolls, np.maximum(tolls, 0))
        excess = float(values[len(columns) :].sum())
        whole = np.round(values[: len(columns)])
        if excess > 1e-6 or np.abs(whole - values[: len(columns)]).max(initial=0) > 1e-6:
            return Answer(tolls, None, excess)
        flow = np.zeros(len(self.cost), dtype=np.int64)
        flow[columns] = whole.astype(np.int64)
        return Answer(tolls, flow, excess)

    @property
    def _slacks(self) -> int:
        return len(self.rows) + int(self.rows.tight.sum())

    def _asked(self, columns: Array) -> Any:
        asked = parameters_pb2.SolveParametersProto()
        asked.time_limit.FromTimedelta(timedelta(seconds=min(LONGEST, max(0.05, self.left()))))
        asked.glop.use_dual_simplex = True
        start = model_parameters_pb2.ModelSolveParametersProto()
        if self._basis is not None:
            asked.presolve = (
                parameters_pb2.EMPHASIS_OFF
            )  # it would make another programme, to which no basis fits
            _put(start.initial_basis.variable_status, [self._basis.arcs[columns], self._basis.slacks])
            _put(start.initial_basis.constraint_status, [self._basis.rows])
        return solver.solve(
            self._model(columns),
            parameters_pb2.SOLVER_TYPE_GLOP,
            parameters_pb2.SolverInitializerProto(),
            asked,
            start,
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            None,
        )

    def _model(self, columns: Array) -> model_pb2.ModelProto:
        """Conservation at the nodes, then the side rows with a slack each (two where they are tight)."""
        bounds, slack = self.bounds, self._slacks
        matrix = self._matrix(columns)
        model = model_pb2.ModelProto()
        model.variables.ids.extend(range(matrix.shape[1]))
        model.variables.lower_bounds.extend([*bounds.lower[columns].astype(float).tolist(), *[0.0] * slack])
        model.variables.upper_bounds.extend(
            [*bounds.upper[columns].astype(float).tolist(), *[np.inf] * slack]
        )
        model.variables.integers.extend([False] * matrix.shape[1])
        price = np.append(self.cost[columns], np.full(slack, self.penalty)).astype(float)
        priced = np.flatnonzero(price)
        model.objective.linear_coefficients.ids.extend(priced.tolist())
        model.objective.linear_coefficients.values.extend(price[priced].tolist())
        supply, most = self.network.supply.astype(float), self.rows.most.astype(float)
        rows = model.linear_constraints
        rows.ids.extend(range(matrix.shape[0]))
        rows.lower_bounds.extend([*supply.tolist(), *np.where(self.rows.tight, most, -np.inf).tolist()])
        rows.upper_bounds.extend([*supply.tolist(), *most.tolist()])
        entries = model.linear_constraint_matrix
        entries.row_ids.extend(np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)).tolist())
        entries.column_ids.extend(matrix.indices.tolist())
        entries.coefficients.extend(matrix.data.tolist())
        return model

    def _matrix(self, columns: Array) -> Any:
        arcs, nodes, count, rows = self.network.arcs, self.network.nodes, len(columns), self.rows
        ends = np.concatenate([arcs.tail[columns], arcs.head[columns]])
        signs = np.repeat([1.0, -1.0], count)
        flow = csr_array((signs, (ends, np.tile(np.arange(count), 2))), shape=(nodes, count))
        over = csr_array(-np.eye(len(rows)))
        under = csr_array(np.eye(len(rows))[:, rows.tight])
        sides = hstack([rows.matrix[:, columns].astype(float), over, under])
        matrix = vstack([hstack([flow, csr_array((nodes, self._slacks))]), sides]).tocsr()
        matrix.sort_indices()
        return matrix

    # --- the basis -------------------------------------------------------------------------------------------------

    def _keep(self, columns: Array, basis: Any) -> None:
        """For the next time; arcs offered only then begin at their lower bound."""
        standing = np.array(basis.variable_status.values, dtype=np.int64)
        arcs = np.where(self.bounds.lower == self.bounds.upper, FIXED, LOW)
        arcs[columns] = standing[: len(columns)]
        rows = np.array(basis.constraint_status.values, dtype=np.int64)
        self._basis = _Basis(arcs, standing[len(columns) :], rows)

    def _tree(self, flow: Array, reduced: Array, columns: Array) -> _Basis:
        """A forest over the arcs offered, first those between their bounds, then those worth exactly their price;
        of each of its trees one node, and of each side row what its sum leaves open."""
        arcs, nodes = self.network.arcs, self.network.nodes
        lower, upper, carried = self.bounds.lower, self.bounds.upper, flow
        standing = np.where(carried >= upper, HIGH, LOW)
        standing = np.where(lower == upper, FIXED, standing)
        tail, head = arcs.tail[columns].astype(np.int64), arcs.head[columns].astype(np.int64)
        inner = (carried > lower)[columns] & (carried < upper)[columns]
        wanted = np.where(inner, 1.0, np.where(reduced[columns] == 0, 2.0, 3.0))
        pair = np.minimum(tail, head) * nodes + np.maximum(tail, head)
        order = np.lexsort((wanted, pair))
        first = order[np.append(True, np.diff(pair[order]) != 0)] if len(order) else order
        graph = csr_array((wanted[first], (tail[first], head[first])), shape=(nodes, nodes))
        tree = minimum_spanning_tree(graph).tocoo()
        low, high = np.minimum(*tree.coords), np.maximum(*tree.coords)
        standing[columns[first[np.isin(pair[first], low.astype(np.int64) * nodes + high)]]] = BASIC
        _, part = connected_components(tree, directed=False)
        _, roots = np.unique(part[::-1], return_index=True)
        at_nodes = np.full(nodes, FIXED)
        at_nodes[nodes - 1 - roots] = BASIC
        return _Basis(standing, *self._open(flow, at_nodes))

    def _open(self, flow: Array, at_nodes: Array) -> tuple[Array, Array]:
        """The slacks and rows: what is broken stands on its slack, what is kept on the row itself."""
        sums, rows = self.rows.sums(flow), self.rows
        over, under = sums > rows.most, (sums < rows.most) & rows.tight
        slacks = np.append(np.where(over, BASIC, LOW), np.where(under, BASIC, LOW)[rows.tight])
        sides = np.where(over | under, np.where(rows.tight, FIXED, HIGH), BASIC)
        return slacks, np.append(at_nodes, sides)


def _put(status: Any, parts: list[Array]) -> None:
    values = np.concatenate(parts)
    status.ids.extend(range(len(values)))
    status.values.extend(values.tolist())


def _dense(found: Any, length: int) -> Array:
    dense = np.zeros(length)
    dense[np.array(found.ids, dtype=np.int64)] = np.array(found.values, dtype=float)
    return dense
