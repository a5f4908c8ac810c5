"""Which proposals ask the same thing, and why. Nothing here decides: a person groups.

    weights = Weights.learn(texts)                   # or Weights.usual(), or Weights.from_dict(kept)
    found = compare(a, b, weights)                   # Likeness: score 0..1 with its reasons
    index = Index(weights, statements)               # while one is typed: add, remove, near
    groups(statements, weights)                      # the whole register at once

`Statement(key, text, topic, competence)` is all it needs of a proposal. From `ALIKE` on a pair is worth showing. The
same texts always give the same answer, whatever their order. Only `groups` and `alike` load NumPy and SciPy.
"""

from thongsuot.likeness.comparing import ALIKE, Likeness, Statement, compare
from thongsuot.likeness.grouping import Grouping, Pair, alike, groups
from thongsuot.likeness.index import Index
from thongsuot.likeness.weights import Weights

__all__ = [
    "ALIKE",
    "Grouping",
    "Index",
    "Likeness",
    "Pair",
    "Statement",
    "Weights",
    "alike",
    "compare",
    "groups",
]
