"""What pages of units and the search show of figures: of the newest, whoever said it."""

from datetime import date

import pytest
from django.urls import reverse

from tests import people
from tests.factories.figures import StatementFactory, quarter
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.actors import SYSTEM
from thongsuot.finding.queries import search
from thongsuot.indicators.actions import load_catalogue, put_in_force, suggest_indicator
from thongsuot.indicators.models import Indicator
from thongsuot.indicators.showing import measure_of
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Unit:
    return WardFactory(parent=ProvinceFactory())


@pytest.fixture
def officer(ward: Unit) -> Mandate:
    assert ward.parent is not None
    return people.officer(ward.parent)


def stated(officer: Mandate, ward: Unit, indicator: Indicator, value: object) -> None:
    statement = StatementFactory(unit=ward, period=quarter(), figures={indicator: value})
    put_in_force(by=officer, statement=statement)


@pytest.mark.parametrize(("on", "shown"), [(date(2026, 6, 1), 12), (date(2026, 12, 1), 9)])
def test_the_map_is_coloured_by_the_newer_of_what_was_cited_and_stated(
    officer: Mandate, ward: Unit, on: date, shown: int
) -> None:
    births = IndicatorFactory(code="births")
    FigureFactory(unit=ward, indicator=births, on=on, value=9)
    stated(officer, ward, births, 12)
    assert ward.parent is not None
    assert measure_of("births")(ward.parent, officer) == {ward.pk: shown}
    assert measure_of("births")(ward.parent, people.stranger()) == {}


def test_a_ratio_colours_by_its_share(officer: Mandate, ward: Unit) -> None:
    share = IndicatorFactory(code="share", kind="ratio", over_units="weighted", over_periods="weighted")
    stated(officer, ward, share, (3, 4))
    assert ward.parent is not None
    assert measure_of("share")(ward.parent, officer) == {ward.pk: 75.0}


def test_the_page_of_a_unit_shows_what_it_stated_with_the_way_to_each_figure(
    officer: Mandate, ward: Unit
) -> None:
    births = IndicatorFactory(code="births", name="Trẻ mới sinh")
    stated(officer, ward, births, 12)
    page = people.signed_in(officer).get(reverse("units:page", args=[ward.pk])).content.decode()
    assert "Trẻ mới sinh" in page
    assert reverse("indicators:cell", args=["births", ward.pk, quarter().pk]) in page
    assert reverse("indicators:scores", args=[ward.pk]) in page


class TestSearch:
    def found(self, by: Mandate, words: str) -> list[str]:
        return [hit.url for group in search(by, words) for hit in group.hits]

    def test_an_indicator_is_found_by_its_name_and_its_code(self, officer: Mandate) -> None:
        load_catalogue(by=SYSTEM)
        page = reverse("indicators:indicator", args=["party_members"])
        name = Indicator.objects.get(code="party_members").name
        assert page in self.found(officer, name)
        assert page in self.found(officer, "party_members")

    def test_one_that_was_suggested_is_found_too(self, officer: Mandate) -> None:
        suggest_indicator(by=officer, name="Số cầu dân sinh", unit_of_measure="cầu")
        assert len(self.found(officer, "cầu dân sinh")) == 1
