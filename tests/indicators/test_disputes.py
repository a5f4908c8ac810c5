"""A ward says of a figure held about it that it is not so; the city answers; both are told; the figure stays."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests import people
from tests.costs import queries_of_page
from tests.factories.figures import DisputeFactory, StatementFactory, quarter
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.units import WardFactory
from thongsuot.indicators.actions import dispute_figure, put_in_force
from thongsuot.indicators.models import Dispute, Indicator, StatedFigure
from thongsuot.kernel.verdicts import Refused
from thongsuot.notices.models import Notice
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Mandate:
    return people.clerk(WardFactory())


@pytest.fixture
def officer(clerk: Mandate) -> Mandate:
    assert clerk.unit.parent is not None
    return people.officer(clerk.unit.parent)


@pytest.fixture
def births(clerk: Mandate, officer: Mandate) -> Indicator:
    indicator: Indicator = IndicatorFactory(code="births")
    put_in_force(by=officer, statement=StatementFactory(unit=clerk.unit, figures={indicator: 12}))
    return indicator


def test_raised_told_answered_told_back(clerk: Mandate, officer: Mandate, births: Indicator) -> None:
    ward, city = people.signed_in(clerk), people.signed_in(officer)
    url = reverse("indicators:dispute", args=["births", clerk.unit_id, quarter().pk])
    assert ward.post(url, {"value": "15", "second": "", "reason": "Đếm thiếu khu phố 3"}).status_code == 302
    dispute = Dispute.objects.get()
    assert (dispute.held, dispute.proposed) == ("12 người", "15")
    assert Notice.objects.filter(user=officer.user).count() == 1
    assert "Đếm thiếu khu phố 3" in city.get(reverse("indicators:disputes")).content.decode()
    city.post(
        reverse("indicators:answer-dispute", args=[dispute.pk]), {"accept": "yes", "answer": "Mở lại báo cáo"}
    )
    dispute.refresh_from_db()
    assert (dispute.state, dispute.answer) == ("accepted", "Mở lại báo cáo")
    assert Notice.objects.filter(user=clerk.user).count() == 1
    assert StatedFigure.objects.get().value == 12


def test_it_waits_for_whoever_answers_and_the_ward_sees_that_it_waits(
    clerk: Mandate, officer: Mandate, births: Indicator
) -> None:
    dispute = dispute_figure(
        by=clerk, indicator=births, unit=clerk.unit, period=quarter(), value=Decimal(15), reason="Đếm thiếu"
    )
    answer = reverse("indicators:answer-dispute", args=[dispute.pk])
    ward, city = people.signed_in(clerk), people.signed_in(officer)
    assert answer in city.get("/").content.decode()
    own = ward.get("/").content.decode()
    assert answer not in own
    assert "chờ cấp trên trả lời" in own
    city.post(answer, {"accept": "no", "answer": "Số đã đối chiếu"})
    assert answer not in city.get("/").content.decode()
    assert "chờ cấp trên trả lời" not in ward.get("/").content.decode()


def test_the_figure_says_what_was_said_of_it(clerk: Mandate, births: Indicator) -> None:
    dispute_figure(
        by=clerk, indicator=births, unit=clerk.unit, period=quarter(), value=Decimal(15), reason="Đếm thiếu"
    )
    cell = reverse("indicators:cell", args=["births", clerk.unit_id, quarter().pk])
    assert "Đếm thiếu" in people.signed_in(clerk).get(cell).content.decode()


def test_one_at_a_time_and_only_of_what_is_held(clerk: Mandate, births: Indicator) -> None:
    told = {"by": clerk, "unit": clerk.unit, "period": quarter(), "value": Decimal(15), "reason": "Đếm thiếu"}
    dispute_figure(indicator=births, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="đang chờ trả lời"):
        dispute_figure(indicator=births, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Chưa có số liệu"):
        dispute_figure(indicator=IndicatorFactory(), **told)  # type: ignore[arg-type]


def test_a_figure_of_a_text_may_be_disputed_too(clerk: Mandate) -> None:
    deaths = IndicatorFactory()
    figure = FigureFactory(unit=clerk.unit, indicator=deaths, on="2026-08-01", value=3)
    dispute = dispute_figure(
        by=clerk, indicator=deaths, unit=clerk.unit, period=quarter(), value=Decimal(2), reason="Ghi nhầm"
    )
    assert dispute.cited == figure


def test_the_form_tells_the_figure_that_would_be_disputed(clerk: Mandate, births: Indicator) -> None:
    deaths, ward = IndicatorFactory(), people.signed_in(clerk)
    FigureFactory(unit=clerk.unit, indicator=births, on="2026-08-01", value=7)
    FigureFactory(unit=clerk.unit, indicator=deaths, on="2026-08-01", value=3)
    FigureFactory(unit=clerk.unit, indicator=deaths, on="2026-09-01", value=4)

    def form(indicator: Indicator) -> str:
        url = reverse("indicators:dispute", args=[indicator.code, clerk.unit_id, quarter().pk])
        return ward.get(url).content.decode()

    assert "đang có 12 người" in form(births)
    assert "đang có hơn 4" in form(deaths)
    assert "đang có" not in form(IndicatorFactory())


def test_nobody_disputes_or_answers_for_others(clerk: Mandate, births: Indicator) -> None:
    url = reverse("indicators:dispute", args=["births", clerk.unit_id, quarter().pk])
    assert people.signed_in(people.stranger()).get(url).status_code == 404
    dispute = dispute_figure(
        by=clerk, indicator=births, unit=clerk.unit, period=quarter(), value=Decimal(15), reason="Đếm thiếu"
    )
    answer = reverse("indicators:answer-dispute", args=[dispute.pk])
    assert people.signed_in(clerk).get(answer).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_three(officer: Mandate, clerk: Mandate) -> None:
    city, costs = people.signed_in(officer), []
    for more in (1, 2):
        for _ in range(more):
            DisputeFactory(unit=clerk.unit)
        city.get("/")
        costs.append([queries_of_page(city, url) for url in (reverse("indicators:disputes"), "/")])
    assert costs[0] == costs[1]
