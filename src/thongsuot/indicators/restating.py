"""Figures of one map shown in another: after a merger, a split or a renaming, forwards and back. Pure.

The figures stay where they were stated; a restatement is reckoned, never stored, so a past report reprints as it was.
A *share* says how much of a unit lies in another: all of it, a weighed part (by area or by people), or nobody
knows. What lies wholly in the target is carried exactly. What lies in it partly is carried by weight, and the answer
then has a band that is certain for anything that cannot be negative: at least none of it lies there, at most all.
Where a share is not known, or the rule has no total, the answer is that it cannot be restated.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from thongsuot.indicators.aggregation import Span
from thongsuot.indicators.enums import Aggregation, Unrestated

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Link:
    """Some of the ground of `source` is ground of `target`; without share nobody knows how much."""

    source: int
    target: int
    share: Fraction | None = WHOLE


@dataclass(frozen=True, slots=True)
class Restated:
    """`low` and `high` bound what is only weighed; `missing` sources said nothing; `why` it cannot be restated."""

    value: Fraction | None = None
    second: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    sources: tuple[int, ...] = ()
    missing: int = 0
    not_applicable: int = 0
    why: str = ""

    @property
    def is_exact(self) -> bool:
        return not self.why and self.low == self.high


def shares(passed: Iterable[tuple[int, int]], weights: Mapping[int, Decimal] | None = None) -> list[Link]:
    """Links of one event, from pairs of source and target; turned round, the same pairs lead back.

    A unit with one counterpart lies wholly in it. One with several that came of nothing else is dealt out among them by
    their own weights, where every one of them is weighed; otherwise nobody knows.
    """
    pairs = sorted(set(passed))
    targets: dict[int, list[int]] = defaultdict(list)
    sources: dict[int, list[int]] = defaultdict(list)
    for source, target in pairs:
        targets[source].append(target)
        sources[target].append(source)
    return [
        Link(source, target, _share(source, target, targets, sources, weights or {}))
        for source, target in pairs
    ]


def _share(
    source: int,
    target: int,
    targets: Mapping[int, Sequence[int]],
    sources: Mapping[int, Sequence[int]],
    weights: Mapping[int, Decimal],
) -> Fraction | None:
    parts = targets[source]
    if len(parts) == 1:
        return WHOLE
    if any(sources[part] != [source] for part in parts) or any(not weights.get(part) for part in parts):
        return None
    return Fraction(weights[target]) / sum((Fraction(weights[part]) for part in parts), Fraction(0))


def chained(first: Sequence[Link], then: Sequence[Link]) -> list[Link]:
    """One event after the other. A unit the second does not touch goes on as it is."""
    onward: dict[int, list[Link]] = defaultdict(list)
    for link in then:
        onward[link.source].append(link)
    reached = {link.target for link in first}
    found: dict[tuple[int, int], Fraction | None] = {}
    for link in first:
        for step in onward.get(link.target, [Link(link.target, link.target)]):
            _put(found, (link.source, step.target), _times(link.share, step.share))
    for link in then:
        if link.source not in reached:
            _put(found, (link.source, link.target), link.share)
    return [Link(source, target, share) for (source, target), share in sorted(found.items())]


def _put(
    found: dict[tuple[int, int], Fraction | None], pair: tuple[int, int], share: Fraction | None
) -> None:
    if pair not in found:
        found[pair] = share
    else:
        before = found[pair]
        found[pair] = None if before is None or share is None else before + share


def _times(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one * other


def restated(said: Mapping[int, Span], links: Iterable[Link], over_units: str) -> dict[int, Restated]:
    """Every target of the links, out of what its sources said."""
    into: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        into[link.target].append(link)
    return {target: _restated(said, parts, over_units) for target, parts in sorted(into.items())}


def _restated(said: Mapping[int, Span], links: Sequence[Link], over_units: str) -> Restated:
    sources = tuple(sorted(link.source for link in links))
    there = [(link, said[link.source]) for link in links if link.source in said]
    missing = len(links) - len(there)
    none = sum(1 for _link, span in there if not span.applicable)
    numbers = [(link, span) for link, span in there if span.applicable]
    if not numbers:
        return Restated(sources=sources, missing=missing, not_applicable=none)
    if why := _why_not(links, numbers, over_units):
        return Restated(sources=sources, missing=missing, not_applicable=none, why=why)
    if over_units == Aggregation.MAX or len(links) == 1:
        _link, best = max(numbers, key=lambda pair: pair[1].value or Decimal(0))
        value, second = _fraction(best.value), _fraction(best.second)
        if links[0].share != WHOLE:
            return _weighed(numbers, sources, missing, none)
        return Restated(value, second, value, value, sources, missing, none)
    return _weighed(numbers, sources, missing, none)


def _weighed(
    numbers: Sequence[tuple[Link, Span]], sources: tuple[int, ...], missing: int, none: int
) -> Restated:
    value = sum((_part(link, span.value) for link, span in numbers), Fraction(0))
    pairs = [span.second for _link, span in numbers if span.second is not None]
    second = sum((_part(link, span.second) for link, span in numbers), Fraction(0)) if pairs else None
    partial = [_fraction(span.value) or Fraction(0) for link, span in numbers if link.share != WHOLE]
    whole = sum((_part(link, span.value) for link, span in numbers if link.share == WHOLE), Fraction(0))
    return Restated(
        value,
        second,
        whole + sum((min(Fraction(0), number) for number in partial), Fraction(0)),
        whole + sum((max(Fraction(0), number) for number in partial), Fraction(0)),
        sources,
        missing,
        none,
    )


def _why_not(links: Sequence[Link], numbers: Sequence[tuple[Link, Span]], over_units: str) -> str:
    if any(span.several or span.value is None for _link, span in numbers):
        return Unrestated.NO_NUMBER
    if any(link.share is None for link in links):
        return Unrestated.UNKNOWN_SHARE
    alone = len(links) == 1 and links[0].share == WHOLE
    if over_units in (Aggregation.SUM, Aggregation.WEIGHTED) or alone:
        return ""
    if over_units == Aggregation.MAX and all(link.share == WHOLE for link in links):
        return ""
    return Unrestated.NO_RULE


def _part(link: Link, number: Decimal | None) -> Fraction:
    return (link.share or Fraction(0)) * (_fraction(number) or Fraction(0))


def _fraction(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)
