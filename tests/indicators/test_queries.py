"""The newest is shown, the others are kept, and a disagreement can be seen."""

from datetime import date
from decimal import Decimal

import pytest

from tests import people
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.units import WardFactory
from thongsuot.indicators.models import Figure
from thongsuot.indicators.policies import may, scope
from thongsuot.indicators.queries import differing, latest_figures, newest_values, visible_figures
from thongsuot.indicators.showing import measure_of
from thongsuot.units.enums import Verb

pytestmark = pytest.mark.django_db
AUGUST, OCTOBER = date(2025, 8, 1), date(2025, 10, 1)


def test_scope_and_may_agree() -> None:
    ward = WardFactory()
    neighbour = WardFactory(parent=ward.parent)
    for unit in (ward, neighbour, ward.parent, WardFactory()):
        FigureFactory(unit=unit)
    mandates = [
        people.clerk(ward),
        people.officer(ward.parent),
        people.group_member(ward.parent, [neighbour]),
        people.administrator(ward.parent),
        people.stranger(),
    ]
    for mandate in mandates:
        seen = set(Figure.objects.filter(scope(mandate)))
        for figure in Figure.objects.all():
            assert may(mandate, Verb.READ, figure).ok == (figure in seen)
    assert [Figure.objects.filter(scope(mandate)).count() for mandate in mandates] == [1, 3, 1, 0, 0]


def test_the_newest_of_each_indicator_is_what_is_known_today() -> None:
    ward, people_counted, members = WardFactory(), IndicatorFactory(), IndicatorFactory()
    FigureFactory(unit=ward, indicator=people_counted, on=AUGUST, value=Decimal(227817))
    newest = FigureFactory(unit=ward, indicator=people_counted, on=OCTOBER, value=Decimal(234000))
    other = FigureFactory(unit=ward, indicator=members, on=AUGUST)
    FigureFactory(indicator=members, on=OCTOBER)
    assert set(latest_figures(people.clerk(ward), ward)) == {newest, other}


def test_of_two_on_one_day_the_last_recorded_is_shown_and_the_conflict_with_it() -> None:
    ward, indicator = WardFactory(), IndicatorFactory()
    FigureFactory(unit=ward, indicator=indicator, value=Decimal(5979))
    last = FigureFactory(unit=ward, indicator=indicator, value=Decimal(6061))
    shown = list(latest_figures(people.clerk(ward), ward))
    assert shown == [last]
    assert shown[0].rivals == 1  # type: ignore[attr-defined]


def test_the_same_number_from_two_sources_is_no_conflict() -> None:
    ward, indicator = WardFactory(), IndicatorFactory()
    FigureFactory.create_batch(2, unit=ward, indicator=indicator)
    assert {figure.rivals for figure in visible_figures(people.clerk(ward))} == {0}


@pytest.mark.parametrize(
    "other",
    [
        {"qualifier": "="},
        {"value": Decimal(1)},
        {"qualifier": "range", "second": Decimal(160000)},
    ],
)
def test_what_says_otherwise_is_a_rival(other: dict[str, object]) -> None:
    ward, indicator = WardFactory(), IndicatorFactory()
    FigureFactory(unit=ward, indicator=indicator)
    FigureFactory(unit=ward, indicator=indicator, **other)
    FigureFactory(unit=ward, indicator=indicator, on=AUGUST, value=Decimal(7))
    figures = visible_figures(people.clerk(ward))
    assert differing(figures).count() == 2
    assert differing(figures, wanted=False).count() == 1


def test_a_map_takes_one_number_a_commune() -> None:
    ward = WardFactory()
    neighbour = WardFactory(parent=ward.parent)
    population = IndicatorFactory(code="population")
    FigureFactory(unit=ward, indicator=population, on=AUGUST, value=Decimal(1))
    FigureFactory(unit=ward, indicator=population, on=OCTOBER, value=Decimal(2))
    FigureFactory(unit=neighbour, indicator=population, value=Decimal(3))
    officer = people.officer(ward.parent)
    assert measure_of("population")(ward.parent, officer) == {ward.pk: 2.0, neighbour.pk: 3.0}
    assert set(newest_values(people.clerk(ward), "population", ward.parent)) == {ward.pk}
