"""Old figures in today's map and today's in the old one: by rule, with a band, or not at all."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import people
from tests.factories.figures import StatementFactory
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.indicators.actions import period_for, put_in_force
from thongsuot.indicators.aggregation import Span
from thongsuot.indicators.enums import Aggregation, Unrestated, Weight
from thongsuot.indicators.models import StatedFigure
from thongsuot.indicators.queries.succession import in_the_map_of
from thongsuot.indicators.restating import Link, chained, restated, shares
from thongsuot.kernel.periods import PeriodName
from thongsuot.units.models import ChangeEvent, Succession, Unit

SUM = Aggregation.SUM
numbers = st.decimals(0, 10**6, places=2)


def said(**units: object) -> dict[int, Span]:
    return {
        int(name.removeprefix("u")): Span(
            0, value is not None, None if value is None else Decimal(str(value))
        )
        for name, value in units.items()
    }


class TestMergers:
    @given(st.dictionaries(st.integers(1, 20), numbers, min_size=1), st.data())
    def test_whole_units_add_up_exactly_however_they_merge(
        self, given_: dict[int, Decimal], data: st.DataObject
    ) -> None:
        into = {unit: 100 + data.draw(st.integers(1, 4)) for unit in given_}
        found = restated({u: Span(0, True, v) for u, v in given_.items()}, shares(into.items()), SUM)
        assert sum(one.value or 0 for one in found.values()) == sum(map(Fraction, given_.values()))
        assert all(one.is_exact for one in found.values())

    @given(st.dictionaries(st.integers(1, 9), numbers, min_size=1))
    def test_a_renaming_changes_nothing_there_and_back(self, given_: dict[int, Decimal]) -> None:
        spans = {unit: Span(0, True, value) for unit, value in given_.items()}
        pairs = [(unit, unit + 100) for unit in given_]
        there = restated(spans, shares(pairs), Aggregation.NONE)
        back = restated(
            {unit: Span(0, True, Decimal(str(float(one.value or 0)))) for unit, one in there.items()},
            shares([(new, old) for old, new in pairs]),
            Aggregation.NONE,
        )
        assert {unit: one.value for unit, one in back.items()} == {
            unit: Fraction(value) for unit, value in given_.items()
        }

    def test_a_share_is_added_by_its_parts(self) -> None:
        spans = {1: Span(0, True, Decimal(1), Decimal(2)), 2: Span(0, True, Decimal(90), Decimal(98))}
        (found,) = restated(spans, shares([(1, 9), (2, 9)]), Aggregation.WEIGHTED).values()
        assert (found.value, found.second) == (91, 100)

    def test_what_has_no_total_is_not_restated_but_by_name(self) -> None:
        (found,) = restated(said(u1=50, u2=90), shares([(1, 9), (2, 9)]), Aggregation.NONE).values()
        assert (found.value, found.why) == (None, Unrestated.NO_RULE)

    def test_missing_and_not_applicable_are_told(self) -> None:
        (found,) = restated(said(u1=5, u2=None), shares([(1, 9), (2, 9), (3, 9)]), SUM).values()
        assert (found.value, found.missing, found.not_applicable) == (5, 1, 1)


class TestSplits:
    @given(numbers, st.lists(st.integers(1, 500), min_size=2, max_size=5))
    def test_weights_deal_a_unit_out_without_losing_any(self, value: Decimal, weights: list[int]) -> None:
        parts = {100 + n: Decimal(weight) for n, weight in enumerate(weights)}
        found = restated({1: Span(0, True, value)}, shares([(1, part) for part in parts], parts), SUM)
        assert sum(one.value or 0 for one in found.values()) == Fraction(value)
        for one in found.values():
            assert one.low is not None
            assert one.high is not None
            assert one.value is not None
            assert one.low <= one.value <= one.high

    def test_without_a_weight_it_cannot_be(self) -> None:
        found = restated(said(u1=10), shares([(1, 8), (1, 9)]), SUM)
        assert {one.why for one in found.values()} == {Unrestated.UNKNOWN_SHARE}

    def test_a_part_given_to_a_unit_that_had_ground_before_is_not_guessed(self) -> None:
        found = restated(
            said(u1=10, u2=4), shares([(1, 8), (1, 9), (2, 9)], {8: Decimal(1), 9: Decimal(1)}), SUM
        )
        assert found[9].why == Unrestated.UNKNOWN_SHARE

    def test_merging_back_what_was_split_gives_the_whole(self) -> None:
        out = shares([(1, 8), (1, 9)], {8: Decimal(1), 9: Decimal(2)})
        (link,) = chained(out, shares([(8, 5), (9, 5)]))
        assert link == Link(1, 5, Fraction(1))


@pytest.mark.django_db
class TestTheRegister:
    def merged(self) -> tuple[Unit, list[Unit], Unit]:
        city = ProvinceFactory()
        day = date(2026, 4, 1)
        old = [
            WardFactory(parent=city, valid_from="2020-01-01", valid_to=day, area_km2=area)
            for area in (1.0, 3.0)
        ]
        new = WardFactory(parent=city, valid_from=day, area_km2=4.0)
        event = ChangeEvent.objects.create(kind="merger", on=day, title="Nhập", basis="Nghị quyết")
        for unit in old:
            Succession.objects.create(event=event, predecessor=unit, successor=new)
        return city, old, new

    def test_both_directions_and_the_old_figures_stay(self) -> None:
        city, old, new = self.merged()
        births, officer = IndicatorFactory(), people.officer(city)
        before = period_for("party", PeriodName("quarter", 2026, 1))
        after = period_for("party", PeriodName("quarter", 2026, 2))
        for unit, value in zip(old, (10, 20), strict=True):
            put_in_force(
                by=officer, statement=StatementFactory(unit=unit, period=before, figures={births: value})
            )
        kept = list(StatedFigure.objects.order_by("pk").values())
        today = in_the_map_of(date(2026, 6, 30), before, births, city)
        assert {unit: (one.value, one.is_exact) for unit, one in today.items()} == {new: (30, True)}
        put_in_force(by=officer, statement=StatementFactory(unit=new, period=after, figures={births: 40}))
        then = in_the_map_of(date(2026, 3, 31), after, births, city)
        assert {unit: one.value for unit, one in then.items()} == {old[0]: 10, old[1]: 30}
        assert {(one.low, one.high) for one in then.values()} == {(0, 40)}
        assert list(StatedFigure.objects.order_by("pk").values())[: len(kept)] == kept

    def test_people_weigh_where_their_number_is_known_of_every_part(self) -> None:
        city, old, new = self.merged()
        births, people_ = IndicatorFactory(), IndicatorFactory(code="population")
        officer = people.officer(city)
        before = period_for("party", PeriodName("quarter", 2026, 1))
        after = period_for("party", PeriodName("quarter", 2026, 2))
        put_in_force(by=officer, statement=StatementFactory(unit=new, period=after, figures={births: 40}))

        def then() -> dict[Unit, tuple[object, str]]:
            found = in_the_map_of(date(2026, 3, 31), after, births, city, Weight.PEOPLE)
            return {unit: (one.value, one.why) for unit, one in found.items()}

        FigureFactory(unit=old[0], indicator=people_, on="2026-01-01", value=9_000)
        assert then() == dict.fromkeys(old, (None, Unrestated.UNKNOWN_SHARE))
        put_in_force(
            by=officer, statement=StatementFactory(unit=old[1], period=before, figures={people_: 3_000})
        )
        assert then() == {old[0]: (30, ""), old[1]: (10, "")}

    def test_a_unit_nothing_happened_to_is_itself(self) -> None:
        city = ProvinceFactory()
        ward = WardFactory(parent=city, valid_from="2020-01-01")
        births = IndicatorFactory()
        period = period_for("party", PeriodName("quarter", 2026, 1))
        put_in_force(
            by=people.officer(city), statement=StatementFactory(unit=ward, period=period, figures={births: 7})
        )
        assert in_the_map_of(date(2026, 9, 30), period, births, city)[ward].value == 7

    def test_the_page_says_what_is_exact_and_what_is_weighed(self) -> None:
        city, old, new = self.merged()
        births, officer = IndicatorFactory(code="births"), people.officer(city)
        period = period_for("party", PeriodName("quarter", 2026, 2))
        put_in_force(by=officer, statement=StatementFactory(unit=new, period=period, figures={births: 40}))
        page = people.signed_in(officer).get(
            reverse("indicators:restated", args=["births"]), {"on": "31-03-2026"}
        )
        assert [(line["unit"], line["text"], line["high"]) for line in page.context["lines"]] == [
            (old[0], "10", "40"),
            (old[1], "30", "40"),
        ]
        assert "ước theo diện tích" in page.content.decode()
