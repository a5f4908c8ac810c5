"""Many proposals at once: which pairs are alike, and which of them form groups."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thongsuot.kernel.vietnamese import fold
from thongsuot.likeness.comparing import ALIKE, TOGETHER, Statement, Weighed, wording
from thongsuot.likeness.weights import Weights

if TYPE_CHECKING:
    from thongsuot.likeness.table import Array, Table

_SHARED_BY = 0.6  # of the members, to be named as the reason of a group


@dataclass(frozen=True)
class Pair:
    first: int | str
    second: int | str
    score: float


@dataclass(frozen=True)
class Grouping:
    """`members` begin with the one most like the others; `score` is the mean likeness to it."""

    members: tuple[int | str, ...]
    score: float
    shared_terms: tuple[str, ...]
    topics: tuple[str, ...]
    competences: tuple[str, ...]


def alike(statements: Iterable[Statement], weights: Weights, at_least: float = ALIKE) -> list[Pair]:
    """Every pair at least that alike, by falling likeness."""
    table = _table(statements, weights, at_least)
    pairs = [
        Pair(one, other, score)
        for row, column, score in table.pairs()
        for one in table.same[row]
        for other in table.same[column]
    ]
    for keys in table.same:
        pairs += [Pair(one, other, 1.0) for place, one in enumerate(keys) for other in keys[place + 1 :]]
    return sorted(pairs, key=lambda pair: (-pair.score, str(pair.first), str(pair.second)))


def groups(statements: Iterable[Statement], weights: Weights, at_least: float = TOGETHER) -> list[Grouping]:
    """Groups of two and more, the largest first; in each, every two are at least that alike.

    The statement with most alike ones becomes a centre and takes them; then the next of those left; each joins the
    centre it is most alike to. Then complete linkage parts what is not alike inside. So nothing is chained, and the
    memory needed grows with the pairs that are alike, not with the square of the register.
    """
    table = _table(statements, weights, at_least)
    made = [_grouping(table, places, inside) for places, inside in table.parts()]
    return sorted(
        (group for group in made if len(group.members) > 1),
        key=lambda group: (-len(group.members), -group.score, group.shared_terms, str(group.members[0])),
    )


def _table(statements: Iterable[Statement], weights: Weights, at_least: float) -> "Table":
    # Loaded here, so that a page that groups nothing does not pay for NumPy and SciPy.
    from thongsuot.likeness.table import Table  # noqa: PLC0415

    return Table.among(statements, weights, at_least)


def _grouping(table: "Table", places: list[int], inside: "Array") -> Grouping:
    many = [len(table.same[place]) for place in places]
    support = [round(float(near), 6) + own for near, own in zip(inside @ many, many, strict=True)]
    centre = support.index(max(support))
    near = [1.0 if one == centre else float(how) for one, how in enumerate(inside[centre])]
    order = sorted(range(len(places)), key=lambda one: (one != centre, -near[one], one))
    total = sum(how * times for how, times in zip(near, many, strict=True))
    members = [table.weighed[places[one]] for one in order]
    return Grouping(
        members=tuple(key for one in order for key in table.same[places[one]]),
        score=round(total / sum(many), 6),
        shared_terms=_reasons(members, [many[one] for one in order]),
        topics=_each(member.statement.topic for member in members),
        competences=_each(member.statement.competence for member in members),
    )


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _reasons(members: Sequence[Weighed], many: Sequence[int]) -> tuple[str, ...]:
    """What most members say, in the wording most of them use."""
    count: Counter[str] = Counter()
    for member, times in zip(members, many, strict=True):
        count.update(dict.fromkeys(member.weights, times))
    weight = {name: max(member.weights.get(name, 0.0) for member in members) for name in count}
    shared = [name for name, n in count.items() if n > 1 and n >= _SHARED_BY * sum(many)]
    kinds = {name: term.kind for member in members for name, term in member.words.terms.items()}
    pairs = {part for name in shared if kinds[name] == "pair" for part in name.split()}
    shown = [
        name
        for name in sorted(shared, key=lambda name: (-count[name] * weight[name], name))
        if kinds[name] not in ("way", "whole") and not (kinds[name] == "word" and name in pairs)
    ]
    return tuple(dict.fromkeys(_usual(name, members) for name in shown))


def _usual(name: str, members: Sequence[Weighed]) -> str:
    written = Counter(fold(wording(name, member)) for member in members if name in member.weights)
    return min(written, key=lambda one: (-written[one], one))
