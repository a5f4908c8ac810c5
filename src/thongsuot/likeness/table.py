"""Who is how alike to whom, for a whole register: sparse products and linkage.

The only file that needs NumPy and SciPy; `grouping` loads it when it is asked. scikit-learn is left out: its
vectoriser rests on the same products and adds 54 MB on disk and a second to the start (measured: 1.8 s, SciPy 0.7 s).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.spatial.distance import squareform

from thongsuot.kernel.vietnamese import fold
from thongsuot.likeness.comparing import MEASURES, Statement, Weighed
from thongsuot.likeness.weights import Weights

Array = np.ndarray[Any, Any]

_ROWS = 500  # of the product at once: bounds the memory
_WIDE = 64  # bits of a word of the masks
_MOST_LINKED = 3000  # statements; linkage needs the square of them
_SLACK = 1e-6  # scores are rounded to this


class Table:
    """The pairs at least so alike among statements put in an order of their own; equal ones stand once."""

    def __init__(self, weighed: list[Weighed], same: list[tuple[int | str, ...]], at_least: float) -> None:
        self.weighed = weighed
        self.same = same  # the keys of all that read the same, under the one that is compared
        self._at_least = at_least

    @classmethod
    def among(cls, statements: Iterable[Statement], weights: Weights, at_least: float) -> "Table":
        equal: dict[tuple[object, ...], list[Weighed]] = {}
        for statement in statements:
            one = Weighed.of(statement, weights)
            if not one.weights:
                continue  # an empty text is like nothing
            filed = (statement.topic, statement.competence, one.words.ways, one.words.things)
            equal.setdefault((frozenset(one.weights.items()), *filed), []).append(one)
        sets = sorted((sorted(each, key=_order) for each in equal.values()), key=lambda each: _order(each[0]))
        keys = [tuple(one.statement.key for one in each) for each in sets]
        return cls([each[0] for each in sets], keys, at_least)

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        for rows, columns, scores in self._blocks():
            above = rows < columns
            yield from zip(rows[above].tolist(), columns[above].tolist(), scores[above].tolist(), strict=True)

    def parts(self) -> Iterator[tuple[list[int], Array]]:
        """The places of statements that are all alike, with their likenesses to one another."""
        if self.weighed:
            yield from self._split(self._near(), np.arange(len(self.weighed)), self._at_least)

    def _split(self, near: Any, places: Array, bar: float) -> Iterator[tuple[list[int], Array]]:
        """A centre and its neighbours at a time; where they are too many to link, by a higher bar."""
        many = np.array([len(self.same[place]) for place in places])
        centre_of = _centres(near, many)
        for centre in np.unique(centre_of):
            chosen = np.flatnonzero(centre_of == centre)
            around = near[chosen][:, chosen]
            if len(chosen) > _MOST_LINKED:
                around.data[around.data < bar + 0.1] = 0
                around.eliminate_zeros()
                yield from self._split(around, places[chosen], bar + 0.1)
                continue
            inside = around.toarray()
            for part in _linked(inside, self._at_least):
                yield places[chosen[part]].tolist(), inside[np.ix_(part, part)]

    def _near(self) -> Any:
        blocks = list(self._blocks())
        rows, columns, scores = (np.concatenate([block[part] for block in blocks]) for part in range(3))
        size = len(self.weighed)
        return csr_array((scores, columns, np.searchsorted(rows, np.arange(size + 1))), shape=(size, size))

    def _blocks(self) -> Iterator[tuple[Array, Array, Array]]:
        """Rows, columns and scores, some rows at a time."""
        if not self.weighed:
            return
        matrix = self._matrix()
        turned, taken_off = matrix.T.tocsr(), _TakenOff(self.weighed)
        for start in range(0, len(self.weighed), _ROWS):
            product = (matrix[start : start + _ROWS] @ turned).tocoo()
            enough = product.data >= self._at_least - _SLACK
            rows, columns = product.row[enough] + start, product.col[enough]
            scores = np.round(np.minimum(product.data[enough], 1.0) * taken_off(rows, columns), 6)
            kept = (scores >= self._at_least) & (rows != columns)
            rows, columns, scores = rows[kept], columns[kept], scores[kept]
            order = np.lexsort((columns, rows))
            yield rows[order], columns[order], scores[order]

    def _matrix(self) -> Any:
        """One row a statement, one column a word, every row of length one."""
        names = sorted({name for one in self.weighed for name in one.weights})
        column = {name: place for place, name in enumerate(names)}
        counts = [len(one.weights) for one in self.weighed]
        length = np.sqrt(np.repeat([one.square for one in self.weighed], counts))
        data = np.array([weight for one in self.weighed for weight in one.weights.values()]) / length
        places = np.array([column[name] for one in self.weighed for name in one.weights])
        starts = np.concatenate([[0], np.cumsum(counts)])
        return csr_array((data, places, starts), shape=(len(counts), len(names)))


def _centres(near: Any, many: Array) -> Array:
    """The centre of each statement; itself where it stands alone."""
    # Rounded, so that the order in which a sum was made cannot decide.
    support = np.round(near @ many + many, 6)
    centre_of, how_near = np.full(len(many), -1), np.zeros(len(many))
    for centre in np.lexsort((np.arange(len(many)), -support)):
        if centre_of[centre] >= 0:
            continue
        around = slice(near.indptr[centre], near.indptr[centre + 1])
        others, how = near.indices[around], near.data[around]
        better = (centre_of[others] != others) & (how > how_near[others])  # a centre stays one
        centre_of[centre] = centre
        centre_of[others[better]], how_near[others[better]] = centre, how[better]
    return centre_of


def _linked(inside: Array, at_least: float) -> Iterator[Array]:
    """Complete linkage: in each part every two are alike."""
    if len(inside) < 2:
        yield np.arange(len(inside))
        return
    apart = 1 - inside
    np.fill_diagonal(apart, 0)
    part = fcluster(
        linkage(squareform(apart, checks=False), "complete"), 1 - at_least + _SLACK / 2, "distance"
    )
    for number in np.unique(part):
        yield np.flatnonzero(part == number)


class _TakenOff:
    """What `comparing.penalty` says, for many pairs at once."""

    def __init__(self, weighed: Sequence[Weighed]) -> None:
        self._topic = _codes([one.statement.topic for one in weighed])
        self._competence = _codes([one.statement.competence for one in weighed])
        self._ways = np.array([(1 in one.words.ways) + 2 * (-1 in one.words.ways) for one in weighed])
        things = sorted({thing for one in weighed for thing in one.words.things})
        bit = {thing: divmod(place, _WIDE) for place, thing in enumerate(things)}
        self._things = np.zeros((len(things) // _WIDE + 1, len(weighed)), np.uint64)
        for place, one in enumerate(weighed):
            for thing in one.words.things:
                word, shift = bit[thing]
                self._things[word, place] |= np.uint64(1 << shift)

    def __call__(self, rows: Array, columns: Array) -> Array:
        factor = np.ones(len(rows))
        for codes, measure in (
            (self._topic, MEASURES.other_topic),
            (self._competence, MEASURES.other_competence),
        ):
            one, other = codes[rows], codes[columns]
            factor[(one != other) & (one > 0) & (other > 0)] *= measure
        mine, theirs = self._things[:, rows], self._things[:, columns]
        some, others = mine.any(axis=0), theirs.any(axis=0)
        factor[some & others & ~(mine & theirs).any(axis=0)] *= MEASURES.other_thing
        factor[some != others] *= MEASURES.unnamed_thing
        ways, against = self._ways[rows], self._ways[columns]
        factor[((ways == 1) & (against == 2)) | ((ways == 2) & (against == 1))] *= MEASURES.opposed
        return factor


def _codes(values: Sequence[str]) -> Array:
    """A number for each value; 0 where it is not known."""
    numbers = {value: place + 1 for place, value in enumerate(sorted({value for value in values if value}))}
    return np.array([numbers.get(value, 0) for value in values])


def _order(one: Weighed) -> tuple[str, str]:
    return fold(one.words.text), str(one.statement.key)
