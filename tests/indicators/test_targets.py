"""What a unit is to reach is set by who keeps the catalogue, once for each unit and period, by a paper."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import people
from tests.costs import queries_of_page
from tests.factories.figures import quarter
from tests.factories.indicators import IndicatorFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.indicators.actions import set_target
from thongsuot.indicators.models import Indicator, Period, Target
from thongsuot.indicators.queries.scores import scorecard
from thongsuot.kernel.verdicts import Refused
from thongsuot.units.models import Mandate, Unit

PERIOD = "party 2026-Q3"
pytestmark = pytest.mark.django_db
BASIS = "Nghị quyết 12-NQ/TU ngày 05-01-2026"


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory()


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def ward(city: Unit) -> Unit:
    return WardFactory(parent=city)


@pytest.fixture
def births() -> Indicator:
    return IndicatorFactory(code="births", name="Trẻ mới sinh")


def test_it_is_set_changed_and_taken_away(officer: Mandate, ward: Unit, births: Indicator) -> None:
    client, url = people.signed_in(officer), reverse("indicators:targets", args=["births"])
    assert url in client.get(reverse("indicators:indicator", args=["births"])).content.decode()
    told = {"period": PERIOD, "unit": ward.pk, "basis": BASIS}
    for value in ("1,5530", "1.500"):
        assert client.post(url, {**told, "value": value}).status_code == 302
        target = Target.objects.get()
        assert f'value="{value}"' in client.get(url, {"muc-tieu": target.pk}).content.decode()
    assert (target.value, target.basis) == (1500, BASIS)
    assert scorecard(ward, quarter(), [births])[0].target == target
    page = client.get(url, {"muc-tieu": target.pk}).content.decode()
    assert page.count(BASIS) == 2, "in the list, and in the form to be changed"
    assert client.post(url, {**told, "value": ""}).status_code == 302
    assert not Target.objects.exists()
    acts = Event.objects.filter(verb__startswith="target.").order_by("number")
    assert [act.verb for act in acts] == ["target.set", "target.set", "target.removed"]
    assert acts[1].details["before"].startswith("1.553")


def test_one_of_the_city_is_that_of_each_ward_without_its_own(
    officer: Mandate, city: Unit, ward: Unit, births: Indicator
) -> None:
    told = {"by": officer, "indicator": births, "period": quarter(), "basis": BASIS}
    set_target(unit=city, value=Decimal(10), **told)  # type: ignore[arg-type]
    set_target(unit=ward, value=Decimal(8), **told)  # type: ignore[arg-type]
    aims = [scorecard(unit, quarter(), [births])[0].target for unit in (ward, WardFactory(parent=city))]
    assert [aim and aim.value for aim in aims] == [8, 10]


def test_what_makes_no_sense_is_refused_in_words(officer: Mandate, ward: Unit, births: Indicator) -> None:
    client, url = people.signed_in(officer), reverse("indicators:targets", args=["births"])
    told = {"period": PERIOD, "unit": ward.pk}
    for value, basis, says in (("5", " ", "chưa có căn cứ"), ("", BASIS, "chưa có mục tiêu")):
        answer = client.post(url, {**told, "value": value, "basis": basis})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    rating = IndicatorFactory(kind="rating", over_units="none", over_periods="latest")
    with pytest.raises(Refused, match="không phải là số"):
        set_target(by=officer, indicator=rating, unit=ward, period=quarter(), value=Decimal(1), basis=BASIS)
    assert not Target.objects.exists()


def test_nobody_sets_it_for_himself_or_elsewhere(officer: Mandate, ward: Unit, births: Indicator) -> None:
    told = {"indicator": births, "period": quarter(), "value": Decimal(1), "basis": BASIS}
    clerk = people.clerk(ward)
    for by, unit in ((clerk, ward), (officer, WardFactory())):
        with pytest.raises(Refused):
            set_target(by=by, unit=unit, **told)  # type: ignore[arg-type]
    url = reverse("indicators:targets", args=["births"])
    assert people.signed_in(clerk).get(url).status_code == 404
    elsewhere = WardFactory()
    answer = people.signed_in(officer).post(
        url, {"period": PERIOD, "unit": elsewhere.pk, "value": "1", "basis": BASIS}
    )
    assert answer.status_code == 422
    assert not Target.objects.exists()


def test_a_target_more_costs_no_query_more(officer: Mandate, city: Unit, births: Indicator) -> None:
    client, url = people.signed_in(officer), reverse("indicators:targets", args=["births"])
    told = {"by": officer, "indicator": births, "period": quarter(), "value": Decimal(1), "basis": BASIS}
    set_target(unit=WardFactory(parent=city), **told)  # type: ignore[arg-type]
    cost = queries_of_page(client, url)
    for _more in range(2):
        set_target(unit=WardFactory(parent=city), **told)  # type: ignore[arg-type]
    assert queries_of_page(client, url) == cost


def test_a_period_nobody_reported_for_can_be_aimed_at(officer: Mandate, births: Indicator) -> None:
    page = people.signed_in(officer)
    url = reverse("indicators:targets", args=[births.code])
    today = timezone.localdate()
    shown = page.get(url).content.decode()
    assert f"state {today.year}-Y" in shown
    assert f"state {today.year + 1}-Q1" in shown
    assert not Period.objects.filter(calendar="state", kind="year").exists()
    told = {"period": f"state {today.year}-Y", "unit": officer.unit_id, "value": "12", "basis": BASIS}
    assert page.post(url, told).status_code == 302
    assert Target.objects.get().period == Period.objects.get(calendar="state", kind="year", year=today.year)


def test_periods_in_which_it_is_not_in_use_are_not_offered(officer: Mandate) -> None:
    ended = IndicatorFactory(valid_from="2020-01-01", valid_to="2024-01-01")
    page = people.signed_in(officer).get(reverse("indicators:targets", args=[ended.code])).content.decode()
    assert f"state {timezone.localdate().year}-Y" not in page
