"""How figures become one: pure, over the rule of their indicator.

Two steps, each a monoid. *Over periods, inside each unit*, figures become a `Span`; *over units*, spans become a
`Total`. In this order, because the periods of a unit are its own: a ward that has not reported its population this
quarter still has the people of the last one, and they belong in the latest total of the city. Adding up each period
first and then taking the latest would lose them, and the total would fall with every late report.

Both joins are associative and commutative, so the order of the rows, how they are grouped (ward by ward, area by
area) and how they are dealt out over pages or servers never change a total. A ratio is carried as its two parts and
divided once, at the end: no percentage is ever averaged.

*Not applicable* was said and counts as none; *missing* was never said. A total tells both beside its number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Self

from thongsuot.indicators.enums import Aggregation


@dataclass(frozen=True, slots=True)
class Rule:
    over_units: str
    over_periods: str


@dataclass(frozen=True, slots=True)
class Point:
    """What counts at one address. Periods are numbered in the order of time."""

    unit: int
    period: int
    value: Decimal | None = None
    second: Decimal | None = None
    applicable: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """One unit over some periods. `several`: they cannot be made one, for the rule has no total over periods."""

    last: int
    applicable: bool
    value: Decimal | None = None
    second: Decimal | None = None
    several: bool = False

    @classmethod
    def of(cls, point: Point) -> Self:
        return cls(point.period, point.applicable, point.value, point.second)

    def joined(self, other: "Span", over_periods: str) -> "Span":
        match over_periods:
            case Aggregation.SUM | Aggregation.WEIGHTED:
                return self._added(other)
            case Aggregation.MAX:
                return max(self, other, key=_height)._until(max(self.last, other.last))
            case Aggregation.LATEST:
                return max(self, other, key=lambda span: (span.last, *_height(span)))
            case _:
                return Span(max(self.last, other.last), self.applicable or other.applicable, several=True)

    def _added(self, other: "Span") -> "Span":
        return Span(
            max(self.last, other.last),
            self.applicable or other.applicable,
            _plus(self.value, other.value),
            _plus(self.second, other.second),
        )

    def _until(self, last: int) -> "Span":
        return Span(last, self.applicable, self.value, self.second)


@dataclass(frozen=True, slots=True)
class Several:
    """One unit over some periods by every rule at once: what can be kept before anybody asks by one of them."""

    said: int
    added: Span
    latest: Span
    highest: Span

    @classmethod
    def of(cls, point: Point) -> Self:
        span = Span.of(point)
        return cls(1, span, span, span)

    def __add__(self, other: "Several") -> "Several":
        return Several(
            self.said + other.said,
            self.added.joined(other.added, Aggregation.SUM),
            self.latest.joined(other.latest, Aggregation.LATEST),
            self.highest.joined(other.highest, Aggregation.MAX),
        )

    def by(self, over_periods: str) -> Span:
        match over_periods:
            case Aggregation.SUM | Aggregation.WEIGHTED:
                return self.added
            case Aggregation.LATEST:
                return self.latest
            case Aggregation.MAX:
                return self.highest
        if self.said == 1:
            return self.added
        return Span(self.added.last, self.added.applicable, several=True)


@dataclass(frozen=True, slots=True)
class Total:
    """`units` said a number (or words), `not_applicable` that there is none, `several` gave what cannot be made one.

    Sums, highest and lowest are all kept: `value_by` reads off what the rule asks for.
    """

    units: int = 0
    not_applicable: int = 0
    several: int = 0
    value: Decimal | None = None
    second: Decimal | None = None
    highest: Decimal | None = None
    lowest: Decimal | None = None

    @classmethod
    def of(cls, span: Span) -> Self:
        if span.several:
            return cls(several=1)
        if not span.applicable:
            return cls(not_applicable=1)
        return cls(1, 0, 0, span.value, span.second, span.value, span.value)

    def __add__(self, other: "Total") -> "Total":
        return Total(
            self.units + other.units,
            self.not_applicable + other.not_applicable,
            self.several + other.several,
            _plus(self.value, other.value),
            _plus(self.second, other.second),
            _most(self.highest, other.highest),
            _least(self.lowest, other.lowest),
        )

    @property
    def stated(self) -> int:
        return self.units + self.not_applicable + self.several

    def missing(self, expected: int) -> int:
        return max(0, expected - self.stated)

    def value_by(self, over_units: str) -> Decimal | None:
        """The number of the total; of a ratio its first part. One unit alone needs no rule."""
        if self.units == 1 and not self.several:
            return self.value
        match over_units:
            case Aggregation.SUM | Aggregation.WEIGHTED if not self.several:
                return self.value
            case Aggregation.MAX if not self.several:
                return self.highest
        return None

    def second_by(self, over_units: str) -> Decimal | None:
        return self.second if self.value_by(over_units) is not None else None


EMPTY = Total()


def spans(points: Iterable[Point], rule: Rule) -> dict[int, Span]:
    """By unit."""
    found: dict[int, Span] = {}
    for point in points:
        span, before = Span.of(point), found.get(point.unit)
        found[point.unit] = span if before is None else before.joined(span, rule.over_periods)
    return found


def total(points: Iterable[Point], rule: Rule) -> Total:
    return together(Total.of(span) for span in spans(points, rule).values())


def together(totals: Iterable[Total]) -> Total:
    return reduce(Total.__add__, totals, EMPTY)


def quotient(value: Decimal | None, second: Decimal | None) -> Decimal | None:
    """A ratio as per cent, divided once."""
    if value is None or not second:
        return None
    return value * 100 / second


def _height(span: Span) -> tuple[bool, bool, Decimal, Decimal]:
    """Not applicable lies under every number; the rest makes the choice between equals one and the same."""
    return (
        span.applicable,
        span.value is not None,
        span.value if span.value is not None else Decimal(0),
        span.second if span.second is not None else Decimal(0),
    )


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _most(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


def _least(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)
