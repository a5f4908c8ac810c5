from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import people
from tests.costs import queries_of_list, queries_of_page
from tests.factories.documents import DocumentCitationFactory, DocumentFactory
from tests.factories.sources import CitationFactory, SourceFactory
from tests.factories.units import WardFactory
from tests.searching import index_all
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db
LIST = "documents:list"


@pytest.fixture
def ward() -> Unit:
    return WardFactory()


@pytest.fixture
def client(ward: Unit) -> Client:
    return people.signed_in(people.clerk(ward))


def printed(response: Any) -> list[str]:
    return [row.record.printed for row in response.context["table"].rows]


def test_a_row_more_costs_no_query_more(ward: Unit, client: Client) -> None:
    DocumentCitationFactory(citation=CitationFactory(source=SourceFactory(concerns=[ward])))
    list_cost, page_cost = queries_of_list(client, reverse(LIST)), queries_of_page(client, reverse(LIST))
    DocumentCitationFactory.create_batch(2)
    assert queries_of_list(client, reverse(LIST)) == list_cost == 6
    assert queries_of_page(client, reverse(LIST)) == page_cost


def test_the_count_of_citations_stops_at_what_one_may_see(ward: Unit, client: Client) -> None:
    document = DocumentFactory()
    DocumentCitationFactory(
        document=document, citation=CitationFactory(source=SourceFactory(concerns=[ward]))
    )
    DocumentCitationFactory(document=document)
    row = next(iter(client.get(reverse(LIST)).context["table"].rows))
    assert row.record.cited == 1


@pytest.mark.parametrize(
    "ask",
    [
        {"q": "249-KH"},
        {"q": "ke hoach"},
        {"q": "24-07-2025"},
        {"type": "kế hoạch"},
        {"q": "ủy ban kiểm tra"},
        {"date_after": "2025-07-01", "date_before": "2025-07-31"},
        {"undated": "false"},
    ],
)
def test_filters(client: Client, ask: dict[str, str]) -> None:
    DocumentFactory(number="249")
    DocumentFactory(
        number="57",
        symbol="NQ/TW",
        date=None,
        type="nghị quyết",
        issuer="Bộ Chính trị",
        issuer_folded="bộ chính trị",
    )
    index_all()
    assert printed(client.get(reverse(LIST), ask)) == ["249-KH/UBKTTW"]


def test_the_first_line_says_how_many_have_no_day(client: Client) -> None:
    DocumentFactory()
    DocumentFactory(date=None)
    assert client.get(reverse(LIST)).context["summary"] == {"total": 2, "undated": 1}


def test_excel_holds_the_filtered_rows(client: Client) -> None:
    DocumentFactory(number="249")
    DocumentFactory(type="kết luận", symbol="KL/TW")
    response = client.get(reverse(LIST), {"type": "kế hoạch", "export": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)
    assert [row[0] for row in rows[1:]] == ["249-KH/UBKTTW"]
    assert rows[1][2].date() == date(2025, 7, 24)


def test_the_page_shows_the_places_in_reach_with_their_sentence(ward: Unit, client: Client) -> None:
    document = DocumentFactory(number="249")
    near = SourceFactory(
        concerns=[ward], text="Thực hiện Kế hoạch 249-KH/UBKTTW của Trung ương.", name="gan.txt"
    )
    far = SourceFactory(name="xa.txt")
    DocumentCitationFactory(document=document, citation=CitationFactory(source=near, start=10, end=32))
    DocumentCitationFactory(document=document, citation=CitationFactory(source=far))
    page = client.get(document.get_absolute_url()).content.decode()
    assert "<mark>Kế hoạch 249-KH/UBKTTW</mark>" in page
    assert "gan.txt" in page
    assert "xa.txt" not in page


def test_an_administrator_reads_no_content(ward: Unit) -> None:
    client = people.signed_in(people.administrator(ward.parent))
    assert client.get(DocumentFactory().get_absolute_url()).status_code == 404
    assert client.get(reverse(LIST)).status_code == 404
