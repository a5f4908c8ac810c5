"""Totals: order, grouping and dealing out never change them, and the database gives the same ones."""

import random
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories.figures import StatementFactory, quarter
from tests.factories.indicators import IndicatorFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.indicators.actions import rebuild_subtotals
from thongsuot.indicators.aggregation import (
    EMPTY,
    Point,
    Rule,
    Several,
    Span,
    Total,
    quotient,
    spans,
    together,
    total,
)
from thongsuot.indicators.enums import Aggregation
from thongsuot.indicators.models import StatedFigure
from thongsuot.indicators.queries.totals import rolled_up, rule_of, spans_of, subtotals

OVER_PERIODS = [*Aggregation]
OVER_UNITS = [Aggregation.SUM, Aggregation.WEIGHTED, Aggregation.MAX, Aggregation.NONE]
rules = st.builds(Rule, st.sampled_from(OVER_UNITS), st.sampled_from(OVER_PERIODS))
numbers = st.decimals(-1000, 1000, places=2)


@st.composite
def points(draw: st.DrawFn) -> list[Point]:
    """At most one at each address, as the register holds them."""
    addresses = draw(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 4)), unique=True, max_size=20))
    found = []
    for unit, period in addresses:
        if draw(st.booleans()):
            found.append(Point(unit, period, draw(numbers), draw(numbers)))
        else:
            found.append(Point(unit, period, applicable=False))
    return found


class TestNothingButTheFiguresMatters:
    @given(points(), rules, st.randoms(use_true_random=False))
    def test_the_order_does_not(self, given_: list[Point], rule: Rule, chance: random.Random) -> None:
        shuffled = list(given_)
        chance.shuffle(shuffled)
        assert total(given_, rule) == total(shuffled, rule)

    @given(points(), rules, st.data())
    def test_how_units_are_grouped_does_not(self, given_: list[Point], rule: Rule, data: Any) -> None:
        area = {point.unit: data.draw(st.integers(1, 3)) for point in given_}
        parts: dict[int, list[Point]] = defaultdict(list)
        for point in given_:
            parts[area[point.unit]].append(point)
        assert together(total(part, rule) for part in parts.values()) == total(given_, rule)

    @given(points(), rules, st.randoms(use_true_random=False))
    def test_what_is_kept_for_every_rule_does_not(
        self, given_: list[Point], rule: Rule, chance: random.Random
    ) -> None:
        chance.shuffle(given_)
        kept: dict[int, Several] = {}
        for point in given_:
            said = Several.of(point)
            kept[point.unit] = kept[point.unit] + said if point.unit in kept else said
        assert {unit: several.by(rule.over_periods) for unit, several in kept.items()} == spans(given_, rule)

    @given(points(), rules, st.data())
    def test_how_they_are_dealt_out_does_not(self, given_: list[Point], rule: Rule, data: Any) -> None:
        """Any two heaps, though they share units: each unit's periods are put together first."""
        one = [point for point in given_ if data.draw(st.booleans())]
        other = [point for point in given_ if point not in one]
        left, right = spans(one, rule), spans(other, rule)
        joined = {
            unit: left[unit].joined(right[unit], rule.over_periods)
            if unit in left and unit in right
            else left.get(unit) or right[unit]
            for unit in left.keys() | right.keys()
        }
        assert together(map(Total.of, joined.values())) == total(given_, rule)

    @given(
        st.lists(
            st.builds(Total, st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), numbers), max_size=6
        )
    )
    def test_nothing_added_is_nothing_changed(self, totals: list[Total]) -> None:
        assert together([EMPTY, *totals]) == together([*totals, EMPTY]) == together(totals)

    @given(points(), rules)
    def test_everyone_who_said_something_is_counted_once(self, given_: list[Point], rule: Rule) -> None:
        assert total(given_, rule).stated == len({point.unit for point in given_})


class TestWhatATotalSays:
    def test_a_share_is_reckoned_from_its_parts(self) -> None:
        rule = Rule(Aggregation.WEIGHTED, Aggregation.WEIGHTED)
        found = total([Point(1, 1, Decimal(1), Decimal(2)), Point(2, 1, Decimal(90), Decimal(98))], rule)
        assert quotient(found.value, found.second) == 91  # the mean of 50 % and 91,8 % would be 70,9 %

    def test_no_total_where_the_rule_has_none(self) -> None:
        rule = Rule(Aggregation.NONE, Aggregation.LATEST)
        two = total([Point(1, 1, Decimal(50)), Point(2, 1, Decimal(90))], rule)
        assert (two.value_by(Aggregation.NONE), two.units) == (None, 2)
        assert total([Point(1, 1, Decimal(50))], rule).value_by(Aggregation.NONE) == 50

    def test_a_stock_takes_the_last_of_each_unit_not_the_last_period(self) -> None:
        """The ward that is late this quarter still has its people."""
        rule = Rule(Aggregation.SUM, Aggregation.LATEST)
        found = total([Point(1, 1, Decimal(10)), Point(2, 1, Decimal(20)), Point(1, 2, Decimal(11))], rule)
        assert found.value == 31

    def test_not_applicable_counts_as_none_and_is_not_missing(self) -> None:
        rule = Rule(Aggregation.SUM, Aggregation.SUM)
        found = total([Point(1, 1, Decimal(3)), Point(2, 1, applicable=False)], rule)
        assert (found.value, found.units, found.not_applicable, found.missing(3)) == (3, 1, 1, 1)

    def test_periods_that_cannot_be_made_one_are_said_to_be_several(self) -> None:
        rule = Rule(Aggregation.SUM, Aggregation.NONE)
        found = total([Point(1, 1, Decimal(3)), Point(1, 2, Decimal(4)), Point(2, 1, Decimal(5))], rule)
        assert (found.several, found.units, found.value_by(Aggregation.SUM)) == (1, 1, None)

    def test_nothing_is_divided_by_nothing(self) -> None:
        assert quotient(Decimal(0), Decimal(0)) is None


KINDS = [
    ("count", Aggregation.SUM, Aggregation.SUM),
    ("count", Aggregation.SUM, Aggregation.LATEST),
    ("count", Aggregation.MAX, Aggregation.MAX),
    ("amount", Aggregation.SUM, Aggregation.NONE),
    ("ratio", Aggregation.WEIGHTED, Aggregation.WEIGHTED),
    ("ratio", Aggregation.WEIGHTED, Aggregation.LATEST),
]


@pytest.mark.django_db
class TestTheDatabaseGivesTheSame:
    @settings(
        max_examples=10,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.integers(0, 10**6), st.integers(1, 3))
    def test_as_the_engine(self, seed: int, many: int) -> None:
        chance = random.Random(seed)
        periods = [quarter(number) for number in range(1, many + 1)]
        provinces = [ProvinceFactory(), ProvinceFactory()]
        wards = [WardFactory(parent=chance.choice(provinces)) for _ in range(5)]
        indicators = [
            IndicatorFactory(kind=kind, over_units=units, over_periods=over) for kind, units, over in KINDS
        ]
        for ward in wards:
            for period in periods:
                if chance.random() < 0.8:
                    figures = {one: _any(one.kind, chance) for one in indicators if chance.random() < 0.8}
                    StatementFactory(
                        unit=ward,
                        period=period,
                        figures=figures,
                        in_force=True,
                        in_force_since="2026-10-01T00:00Z",
                    )
        StatedFigure.objects.filter(unit__in=wards).update(in_force=True)
        rebuild_subtotals(periods=periods)

        found_spans = spans_of([ward.pk for ward in wards], periods, indicators)
        found_totals = rolled_up(periods, indicators)  # as it was kept
        in_part = rolled_up(periods[:-1], indicators) if many > 1 else {}  # added up now
        one_period = subtotals(periods[0], indicators)
        for indicator in indicators:
            rule = rule_of(indicator)
            rows = StatedFigure.objects.filter(indicator=indicator, unit__in=wards)
            wanted = [
                Point(row.unit_id, periods.index(row.period), row.value, row.second, row.applicable)
                for row in rows.select_related("period")
            ]
            spans_wanted = spans(wanted, rule)
            spans_found = {unit: span for (unit, key), span in found_spans.items() if key == indicator.pk}
            assert {unit: _shown(span) for unit, span in spans_found.items()} == {
                unit: _shown(span) for unit, span in spans_wanted.items()
            }
            for province in provinces:
                inside = {ward.pk for ward in wards if ward.parent == province}
                of_it = [point for point in wanted if point.unit in inside]
                assert found_totals.get((province.pk, indicator.pk), EMPTY) == total(of_it, rule)
                before = [point for point in of_it if point.period < many - 1]
                assert in_part.get((province.pk, indicator.pk), EMPTY) == total(before, rule)
                first = [point for point in of_it if point.period == 0]
                assert one_period.get((province.pk, indicator.pk), EMPTY) == total(first, rule)


def _any(kind: str, chance: random.Random) -> Any:
    if chance.random() < 0.2:
        return None
    if kind == "ratio":
        return chance.randint(0, 9), chance.randint(10, 19)
    if kind == "amount":
        return Decimal(chance.randint(1, 10**9)) / 100
    return chance.randint(0, 1000)


def _shown(span: Span) -> tuple[Any, ...]:
    return (span.applicable, span.value, span.second, span.several)
