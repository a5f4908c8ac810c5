"""Every figure asked of a commune, by whom, how often, what it costs; what is asked twice stands first."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests import people
from tests.costs import queries_of_page
from tests.factories.indicators import IndicatorFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.indicators import asking
from thongsuot.indicators.asking import Asked, already_asked, ledger, register_asker

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_ASKERS", {})


def test_the_burden_is_what_is_typed_not_what_stands_there_already() -> None:
    city, births, words = (
        ProvinceFactory(),
        IndicatorFactory(),
        IndicatorFactory(kind="text", over_units="none", over_periods="latest"),
    )
    register_asker(
        "ours",
        lambda _province, _on: [
            Asked(births.pk, "Báo cáo quý", "/q", 4),
            Asked(births.pk, "Báo cáo tháng", "/m", 12, filled=True),
            Asked(words.pk, "Báo cáo quý", "/q", 4),
        ],
    )
    found = ledger(city, TODAY)
    by_indicator = {line.indicator: line for line in found.lines}
    assert round(by_indicator[births].burden.items, 2) == Decimal("1.33")
    assert round(by_indicator[births].burden.minutes, 2) == Decimal("1.33")
    assert not by_indicator[births].is_twice
    assert found.whole.minutes == sum(line.burden.minutes for line in found.lines)


def test_what_two_papers_ask_stands_first_and_a_third_is_warned() -> None:
    city, births, deaths = ProvinceFactory(), IndicatorFactory(), IndicatorFactory()
    register_asker(
        "ours",
        lambda _province, _on: [
            Asked(deaths.pk, "Báo cáo tháng", "/m", 12),
            Asked(births.pk, "Báo cáo quý", "/q", 4),
            Asked(births.pk, "Báo cáo năm", "/n", 1),
        ],
    )
    found = ledger(city, TODAY)
    assert [(line.indicator, line.is_twice) for line in found.lines] == [(births, True), (deaths, False)]
    assert [one.url for one in already_asked(city, TODAY, [births.pk], url="/q")] == ["/n"]


def test_a_ward_is_shown_what_is_asked_of_it() -> None:
    ward = WardFactory()
    other = WardFactory(parent=ward.parent)
    births, deaths = IndicatorFactory(name="Trẻ mới sinh"), IndicatorFactory(name="Số người mất")
    register_asker(
        "ours",
        lambda _province, _on: [
            Asked(births.pk, "Báo cáo quý", "/q", 4, frozenset({ward.pk})),
            Asked(deaths.pk, "Báo cáo quý", "/q", 4, frozenset({other.pk})),
        ],
    )
    page = people.signed_in(people.clerk(ward)).get(reverse("indicators:asked")).content.decode()
    assert "Trẻ mới sinh" in page
    assert "Số người mất" not in page


def test_it_costs_the_same_for_one_figure_and_for_three() -> None:
    city = ProvinceFactory()
    client, costs = people.signed_in(people.officer(city)), []
    for many in (1, 3):
        asks = [Asked(IndicatorFactory().pk, "Báo cáo quý", "/q", 4) for _ in range(many)]
        register_asker("ours", lambda _province, _on, asks=asks: asks)
        costs.append(queries_of_page(client, reverse("indicators:asked")))
    assert costs[0] == costs[1]
