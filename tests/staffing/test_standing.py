"""Surplus and shortage: one rule, said once in plain values and once to the database."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import Q, Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories.staffing import (
    FrameFactory,
    HoldingFactory,
    PositionFactory,
)
from tests.factories.units import WardFactory
from thongsuot.staffing.enums import HoldingKind
from thongsuot.staffing.models import PositionStandard, Qualification, Training
from thongsuot.staffing.queries.standing import (
    by_cell,
    cells,
    framed,
    helping,
    present,
    unqualified,
    where_there_is_surplus,
)
from thongsuot.staffing.standing import Standing, standing, together

TODAY = date(2026, 11, 18)
EVERYWHERE = Q()
counts = st.integers(min_value=0, max_value=60)


@given(counts, counts)
def test_a_position_has_too_many_or_too_few_never_both(places: int, present: int) -> None:
    one = standing(places, present)
    assert one.surplus >= 0
    assert one.shortage >= 0
    assert not (one.surplus and one.shortage)
    assert one.present - one.places == one.surplus - one.shortage


@given(st.lists(st.tuples(counts, counts)))
def test_over_any_positions_present_less_places_is_surplus_less_shortage(
    pairs: list[tuple[int, int]],
) -> None:
    total = together(standing(*pair) for pair in pairs)
    assert total.present - total.places == total.net


@given(st.permutations([standing(2, 3, 1), standing(4, 1), standing(0, 2, 2), standing(5, 5)]))
def test_the_order_of_adding_changes_nothing(standings: list[Standing]) -> None:
    assert together(standings) == Standing(places=11, present=11, surplus=3, shortage=3, unqualified=3)


@pytest.mark.django_db(transaction=False)
class TestTheRuleInTheDatabase(TestCase):
    @settings(max_examples=25)
    @given(
        st.lists(
            st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 4), st.integers(0, 4)), max_size=4
        )
    )
    def test_is_the_same_rule(self, drawn: list[tuple[int, int, int, int]]) -> None:
        units, positions = [WardFactory(), WardFactory()], [PositionFactory(), PositionFactory()]
        wanted: Counter[tuple[int, str]] = Counter()
        there: Counter[tuple[int, str]] = Counter()
        for unit, position, places, many in {one[:2]: one for one in drawn}.values():
            if places:
                FrameFactory(unit=units[unit], position=positions[position], places=places)
            for _one in range(many):
                HoldingFactory(unit=units[unit], position=positions[position])
            key = (units[unit].pk, positions[position].code)
            wanted[key], there[key] = places, many

        found = by_cell(Q(unit__in=units), TODAY)
        for key in found:
            assert found[key] == standing(wanted[key], there[key])
        total = together(found.values())
        here = Q(unit__in=units)
        sums = framed(TODAY).filter(here).aggregate(over=Sum("surplus"), short=Sum("shortage"))
        unframed = sum(there[key] for key in there if not wanted[key])
        assert (sums["over"] or 0) + unframed == total.surplus
        assert (sums["short"] or 0) == total.shortage
        crowded = {key for key in there if there[key] > wanted[key]}
        rows = where_there_is_surplus(TODAY).filter(here).values_list("unit", "position__code")
        assert Counter(rows) == Counter({key: there[key] for key in crowded})


@pytest.mark.django_db
class TestWhoIsPresent:
    def test_a_secondment_closes_no_gap_and_opens_none(self) -> None:
        home = HoldingFactory()
        away = HoldingFactory(
            person=home.person,
            position=home.position,
            kind=HoldingKind.SECONDMENT,
            payroll=home.unit,
            valid_from=date(2026, 1, 1),
            valid_to=date(2027, 1, 1),
        )
        assert list(present(TODAY)) == [home]
        assert list(helping(TODAY)) == [away]
        assert not helping(date(2027, 1, 1)).exists()

    def test_a_combined_post_is_help_as_well(self) -> None:
        own = HoldingFactory()
        second = HoldingFactory(person=own.person, unit=own.unit, kind=HoldingKind.COMBINED)
        assert list(present(TODAY)) == [own]
        assert list(helping(TODAY)) == [second]

    def test_who_left_or_comes_later_is_not_there(self) -> None:
        HoldingFactory(valid_to=TODAY)
        HoldingFactory(valid_from=date(2026, 12, 1))
        assert not present(TODAY).exists()

    def test_positions_outside_the_count_are_left_out(self) -> None:
        HoldingFactory(position=PositionFactory(counted=False))
        assert not list(cells(EVERYWHERE, TODAY))

    def test_a_position_written_anew_keeps_its_people_together(self) -> None:
        old = PositionFactory(code="VP02", valid_to=date(2026, 1, 1))
        new = PositionFactory(code="VP02", valid_from=date(2026, 1, 1))
        unit = FrameFactory(position=new, places=2).unit
        HoldingFactory(unit=unit, position=old)
        assert by_cell(EVERYWHERE, TODAY)[unit.pk, "VP02"] == standing(2, 1)


@pytest.mark.django_db
class TestWhoMeetsTheStandard:
    def setup_method(self) -> None:
        self.holding = HoldingFactory()
        self.standard = PositionStandard.objects.create(
            position=self.holding.position, degree="bachelor", majors=["Luật"], valid_from=date(2025, 7, 1)
        )

    def fails(self) -> bool:
        return unqualified(TODAY).filter(pk=self.holding.pk).exists()

    def studied(self, degree: str, major: str) -> None:
        Qualification.objects.create(person=self.holding.person, degree=degree, major=major)

    def test_nothing_studied_meets_no_standard(self) -> None:
        assert self.fails()

    def test_the_major_is_compared_as_words(self) -> None:
        self.studied("master", "LUẬT")
        assert not self.fails()

    def test_the_degree_must_be_reached_by_the_right_major(self) -> None:
        self.studied("college", "luật")
        self.studied("bachelor", "ngữ văn")
        assert self.fails()

    def test_a_finished_course_meets_it_from_its_day(self) -> None:
        self.studied("bachelor", "ngữ văn")
        Training.objects.create(
            person=self.holding.person, position=self.holding.position, course="Lớp", finished_on=TODAY
        )
        assert not self.fails()
        assert unqualified(date(2026, 11, 17)).exists()

    def test_what_the_commune_has_set_stands_instead(self) -> None:
        PositionStandard.objects.create(
            position=self.holding.position,
            unit=self.holding.unit,
            majors=["ngữ văn"],
            valid_from=date(2025, 7, 1),
        )
        self.studied("bachelor", "ngữ văn")
        assert not self.fails()
        elsewhere = HoldingFactory(position=self.holding.position)
        Qualification.objects.create(person=elsewhere.person, degree="bachelor", major="ngữ văn")
        assert unqualified(TODAY).filter(pk=elsewhere.pk).exists()

    def test_a_position_without_a_standard_asks_nothing(self) -> None:
        other = HoldingFactory()
        assert not unqualified(TODAY).filter(pk=other.pk).exists()
