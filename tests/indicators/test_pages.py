from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import people
from tests.costs import queries_of_list, queries_of_page
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.units import WardFactory
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db
LIST = "indicators:figures"


@pytest.fixture
def ward() -> Unit:
    return WardFactory(name="Tân Khánh")


@pytest.fixture
def client(ward: Unit) -> Client:
    return people.signed_in(people.clerk(ward))


def shown(response: Any) -> list[int]:
    return [row.record.pk for row in response.context["table"].rows]


def test_a_row_more_costs_no_query_more(ward: Unit, client: Client) -> None:
    FigureFactory(unit=ward)
    list_cost, page_cost = queries_of_list(client, reverse(LIST)), queries_of_page(client, reverse(LIST))
    FigureFactory.create_batch(2, unit=ward)
    assert queries_of_list(client, reverse(LIST)) == list_cost == 6
    assert queries_of_page(client, reverse(LIST)) == page_cost


def test_a_stranger_finds_it_empty(ward: Unit) -> None:
    FigureFactory(unit=ward)
    assert shown(people.signed_in(people.stranger()).get(reverse(LIST))) == []


def test_more_than_is_never_shown_as_exact(ward: Unit, client: Client) -> None:
    FigureFactory(unit=ward)
    assert "hơn 152.000 dân" in client.get(reverse(LIST)).content.decode()


def test_a_conflict_is_marked(ward: Unit, client: Client) -> None:
    figure = FigureFactory(unit=ward)
    FigureFactory(unit=ward, indicator=figure.indicator, value=Decimal(7))
    assert client.get(reverse(LIST)).content.decode().count("có số khác</span>") == 2


@pytest.mark.parametrize(
    "ask",
    [
        {"q": "dân số"},
        {"q": "dan so"},
        {"q": "tân khánh"},
        {"q": "hơn 152.000"},
        {"pillar": "society"},
        {"on_after": "2025-10-01"},
        {"newest": "true"},
        {"rivals": "false"},
        {"proposed": "false"},
    ],
)
def test_filters(ward: Unit, ask: dict[str, str]) -> None:
    officer = people.signed_in(people.officer(ward.parent))
    wanted = FigureFactory(unit=ward, indicator=IndicatorFactory(name="Dân số"))
    aside = WardFactory(parent=ward.parent, name="Bình Đông")
    members = IndicatorFactory(name="Đảng viên", pillar="party", proposed=True)
    old = {
        "unit": aside,
        "indicator": members,
        "on": date(2025, 8, 1),
        "qualifier": "=",
        "as_printed": "1.553 đảng viên",
    }
    others = [FigureFactory(**old), FigureFactory(**old, value=Decimal(9))]
    found = shown(officer.get(reverse(LIST), ask))
    assert wanted.pk in found
    assert others[0].pk not in found


def test_excel_holds_the_filtered_rows_with_their_qualifier(ward: Unit, client: Client) -> None:
    figure = FigureFactory(unit=ward)
    FigureFactory(unit=ward, on=date(2025, 1, 1))
    ask = {
        "on_after": "2025-10-01",
        "columns": ["indicator", "unit", "on", "display", "value"],
        "export": "xlsx",
    }
    rows = list(
        load_workbook(BytesIO(b"".join(client.get(reverse(LIST), ask).streaming_content))).active.values
    )
    assert len(rows) == 2
    assert rows[1][:2] == (figure.indicator.name, "phường Tân Khánh")
    assert rows[1][3:5] == ("hơn 152.000 dân", 152000)


def test_the_first_line(ward: Unit, client: Client) -> None:
    FigureFactory.create_batch(2, unit=ward)
    FigureFactory(unit=ward, indicator=IndicatorFactory(proposed=True))
    assert client.get(reverse(LIST)).context["summary"] == {
        "total": 3,
        "indicators": 3,
        "units": 1,
        "proposed": 1,
    }


def test_the_unit_page_shows_what_is_known_today(ward: Unit, client: Client) -> None:
    FigureFactory(unit=ward)
    assert "hơn 152.000 dân" in client.get(reverse("units:page", args=[ward.pk])).content.decode()
