"""How alike two proposals are, and why."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from thongsuot.kernel.vietnamese import fold, strip_marks
from thongsuot.likeness.weights import Weights
from thongsuot.likeness.words import Words

# Chosen on the tuning half of tests/data/likeness.
ALIKE = 0.5  # from here on one proposal is worth showing beside another
TOGETHER = 0.42  # in a group, where each has to be alike to each, this much is enough


@dataclass(frozen=True)
class Measures:
    """What is taken off; chosen on the tuning half."""

    other_topic: float = 0.8
    other_competence: float = 0.92
    other_thing: float = 0.8  # each is about something, and nothing of it is the same
    unnamed_thing: float = 0.9  # one names a thing, the other none
    opposed: float = 0.3


MEASURES = Measures()


@dataclass(frozen=True)
class Statement:
    """A proposal as it is compared: its text and how it was filed. Empty topic or competence: not known."""

    key: int | str
    text: str
    topic: str = ""
    competence: str = ""


@dataclass(frozen=True)
class Likeness:
    """`shared_terms` are printed as written, the weightiest first; where the two word one thing
    differently both wordings stand ("máy quét / máy scan")."""

    first: int | str
    second: int | str
    score: float
    shared_terms: tuple[str, ...]
    differing_terms: tuple[str, ...]
    same_topic: bool
    same_competence: bool
    opposed: bool


@dataclass(frozen=True)
class Weighed:
    """A statement with its words weighed: made once, compared often."""

    statement: Statement
    words: Words
    weights: Mapping[str, float]
    square: float = field(default=0.0)

    @classmethod
    def of(cls, statement: Statement, weights: Weights) -> "Weighed":
        words = weights.words(statement.text)
        weighed = weights.of(words)
        return cls(statement, words, weighed, math.fsum(w * w for w in weighed.values()))


def compare(a: Statement, b: Statement, weights: Weights) -> Likeness:
    return likeness(Weighed.of(a, weights), Weighed.of(b, weights))


def likeness(a: Weighed, b: Weighed) -> Likeness:
    return _likeness(a, b) if _order(a) <= _order(b) else _swapped(_likeness(b, a))


def score(a: Weighed, b: Weighed) -> float:
    small, large = (a.weights, b.weights) if len(a.weights) <= len(b.weights) else (b.weights, a.weights)
    common = math.fsum(weight * large[name] for name, weight in small.items() if name in large)
    return settle(common, a.square, b.square, penalty(a, b))


def settle(common: float, square: float, other: float, factor: float) -> float:
    if common <= 0:
        return 0.0
    return round(min(1.0, common / math.sqrt(square * other)) * factor, 6)


def penalty(a: Weighed, b: Weighed) -> float:
    factor = 1.0
    if _differ(a.statement.topic, b.statement.topic):
        factor *= MEASURES.other_topic
    if _differ(a.statement.competence, b.statement.competence):
        factor *= MEASURES.other_competence
    mine, theirs = a.words.things, b.words.things
    if mine and theirs and not mine & theirs:
        factor *= MEASURES.other_thing
    elif bool(mine) != bool(theirs):
        factor *= MEASURES.unnamed_thing
    if opposed(a.words, b.words):
        factor *= MEASURES.opposed
    return factor


def opposed(a: Words, b: Words) -> bool:
    """One asks for more only, the other for less only."""
    return bool(a.ways and b.ways) and len(a.ways | b.ways) == 2 and not a.ways & b.ways


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _order(weighed: Weighed) -> tuple[bool, str, str]:
    """The text with its marks first: it is the one to print."""
    text = weighed.words.text
    return strip_marks(text) == fold(text), text, str(weighed.statement.key)


def _swapped(found: Likeness) -> Likeness:
    return Likeness(
        first=found.second,
        second=found.first,
        score=found.score,
        shared_terms=found.shared_terms,
        differing_terms=found.differing_terms,
        same_topic=found.same_topic,
        same_competence=found.same_competence,
        opposed=found.opposed,
    )


def _likeness(a: Weighed, b: Weighed) -> Likeness:
    shared = [name for name in a.weights if name in b.weights]
    return Likeness(
        first=a.statement.key,
        second=b.statement.key,
        score=score(a, b),
        shared_terms=printed(shared, [a, b]),
        differing_terms=tuple(
            sorted({*_own_things(a, b), *_own_things(b, a)}),
        ),
        same_topic=bool(a.statement.topic) and a.statement.topic == b.statement.topic,
        same_competence=bool(a.statement.competence) and a.statement.competence == b.statement.competence,
        opposed=opposed(a.words, b.words),
    )


def _own_things(a: Weighed, b: Weighed) -> Iterable[str]:
    return (wording(name, a) for name in a.words.things - b.words.things)


def wording(name: str, weighed: Weighed) -> str:
    term = weighed.words.terms[name]
    return " ".join(weighed.words.text[term.start : term.end].split())


def printed(names: Iterable[str], among: list[Weighed]) -> tuple[str, ...]:
    """The terms as written; single words that a printed pair holds are left out, and so are bare ways."""
    first = among[0]
    kept = sorted(names, key=lambda name: (-first.weights[name], first.words.terms[name].start, name))
    pairs = {part for name in kept if first.words.terms[name].kind == "pair" for part in name.split()}
    shown: dict[str, str] = {}
    for name in kept:
        kind = first.words.terms[name].kind
        if (kind == "word" and name in pairs) or kind in ("way", "whole"):
            continue
        wordings = {fold(wording(name, one)): wording(name, one) for one in reversed(among)}
        if kind in ("pair", "word", "reason"):
            shown[name] = wording(name, first)
        else:
            shown[name] = " / ".join(sorted(wordings.values(), key=fold))
    return tuple(dict.fromkeys(shown.values()))
