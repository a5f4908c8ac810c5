"""The lists of proposals and tasks, and the page of one matter."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import people
from tests.costs import queries_of_list, queries_of_page
from tests.factories.matters import OriginFactory, ProposalFactory, TaskFactory
from tests.factories.sources import CitationFactory, SourceFactory
from tests.factories.units import WardFactory
from tests.searching import index_all
from thongsuot.matters.models import Matter
from thongsuot.matters.queries.remembering import Memory
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db

LISTS = [("matters:proposals", ProposalFactory), ("matters:tasks", TaskFactory)]


@pytest.fixture
def ward() -> Unit:
    return WardFactory(name="Tân Khánh")


@pytest.fixture
def client(ward: Unit) -> Client:
    return people.signed_in(people.clerk(ward))


def numbers(response: Any) -> list[str]:
    return [row.record.number for row in response.context["table"].rows]


def asked(ward: Unit, **facts: Any) -> Matter:
    origin = facts.pop("origin", None) or OriginFactory(units=[ward])
    return ProposalFactory(unit=facts.pop("unit", ward), origin=origin, **facts)


class TestLists:
    @pytest.mark.parametrize(("name", "factory"), LISTS)
    def test_a_row_more_costs_no_query_more(
        self, name: str, factory: Any, ward: Unit, client: Client
    ) -> None:
        factory(unit=ward)
        list_cost, page_cost = queries_of_list(client, reverse(name)), queries_of_page(client, reverse(name))
        factory.create_batch(2, unit=ward)
        assert queries_of_list(client, reverse(name)) == list_cost <= 10
        assert queries_of_page(client, reverse(name)) == page_cost

    @pytest.mark.parametrize(("name", "factory"), LISTS)
    def test_a_stranger_finds_it_empty(self, name: str, factory: Any, ward: Unit) -> None:
        factory(unit=ward)
        response = people.signed_in(people.stranger()).get(reverse(name))
        assert numbers(response) == []

    @pytest.mark.parametrize(("name", "factory"), LISTS)
    def test_nobody_comes_in_unsigned(self, name: str, factory: Any) -> None:
        assert Client().get(reverse(name)).status_code == 302

    @pytest.mark.parametrize("name", ["matters:page", "matters:answer", "matters:story"])
    def test_no_number_has_a_nul(self, client: Client, name: str) -> None:
        assert client.get(reverse(name, args=["x"]).replace("x", "%00")).status_code == 404

    def test_the_first_line_adds_up(self, ward: Unit, client: Client) -> None:
        asked(ward)
        asked(ward, kind="difficulty")
        asked(ward, kind="difficulty")
        TaskFactory(unit=ward)
        summary = client.get(reverse("matters:proposals")).context["summary"]
        assert summary.total == 3

    def test_of_what_is_much_the_closed_part_is_told_again(
        self, ward: Unit, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("thongsuot.matters.queries.doing.OF_CLOSED", Memory(2, 60))
        closed = {
            "state": "settled",
            "open": False,
            "stopped_on": date(2025, 11, 3),
            "closed_on": date(2025, 11, 4),
        }
        for _number in range(2):
            asked(ward, **closed)
        first, again = (
            client.get(reverse("matters:proposals")).context["summary"].total for _time in range(2)
        )
        asked(ward)
        third = client.get(reverse("matters:proposals")).context["summary"].total
        assert (first, again, third) == (2, 2, 3)
        caches["counts"].clear()

    @pytest.mark.parametrize("typed", ["máy tính", "may tinh", "MÁY TÍNH", "Hoà", "hoa binh"])
    def test_words_are_found_with_or_without_marks(self, typed: str, ward: Unit, client: Client) -> None:
        wanted = asked(ward, text="Xin 10 máy tính cho trụ sở Hòa Bình")
        asked(ward, text="Xin thêm biên chế")
        index_all()
        assert numbers(client.get(reverse("matters:proposals"), {"q": typed})) == [wanted.number]

    def test_marks_typed_are_marks_wanted(self, ward: Unit, client: Client) -> None:
        asked(ward, text="Bàn về chợ")
        wanted = asked(ward, text="Bán chợ")
        index_all()
        assert numbers(client.get(reverse("matters:proposals"), {"q": "bán"})) == [wanted.number]

    def test_filters_by_unit_topic_kind_group_and_day(self, ward: Unit) -> None:
        officer = people.signed_in(people.officer(ward.parent))
        neighbour = WardFactory(parent=ward.parent)
        tenth = OriginFactory(units=[ward, neighbour], group_key="g10", group_label="Tổ 10")
        wanted = asked(ward, origin=tenth, topic="budget", raised_on=date(2025, 11, 20))
        asked(ward, topic="training")
        asked(ward, unit=neighbour, origin=tenth, kind="difficulty")
        asked(ward, raised_on=date(2025, 10, 1))
        ask = {
            "unit": (ward.pk, 3),
            "topic": ("budget", 1),
            "kind": ("request", 3),
            "group": ("g10", 2),
            "raised_on_after": ("2025-11-01", 1),
        }
        for name, (value, count) in ask.items():
            found = numbers(officer.get(reverse("matters:proposals"), {name: value}))
            assert len(found) == count, name
            assert wanted.number in found
        together = {name: value for name, (value, _) in ask.items()}
        assert numbers(officer.get(reverse("matters:proposals"), together)) == [wanted.number]

    def test_it_sorts_by_unit(self, ward: Unit) -> None:
        officer = people.signed_in(people.officer(ward.parent))
        second = asked(ward)
        first = asked(ward, unit=WardFactory(name="An Khánh", parent=ward.parent))
        assert numbers(officer.get(reverse("matters:proposals"), {"sort": "places"})) == [
            first.number,
            second.number,
        ]

    def test_excel_holds_exactly_the_filtered_rows(self, ward: Unit, client: Client) -> None:
        wanted = [asked(ward, topic="budget", text=f"Xin kinh phí {number}").number for number in range(30)]
        asked(ward, topic="training")
        response = client.get(reverse("matters:proposals"), {"topic": "budget", "export": "xlsx"})
        rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)
        assert {row[0] for row in rows[1:]} == set(wanted)
        assert rows[0][:3] == ("Số", "Đơn vị", "Nội dung")
        assert rows[1][1] == "phường Tân Khánh"

    def test_each_row_leads_back_to_its_sentence(self, ward: Unit, client: Client) -> None:
        matter = asked(ward)
        page = client.get(reverse("matters:proposals")).content.decode()
        assert f"?at={matter.citation.pk}" in page

    def test_a_matter_of_nobody_says_so(self, ward: Unit, client: Client) -> None:
        asked(ward, unit=None)
        assert "Chưa rõ đơn vị" in client.get(reverse("matters:proposals")).content.decode()


class TestPage:
    def test_it_shows_the_matter_with_its_sentence_and_its_story(self, ward: Unit, client: Client) -> None:
        source = SourceFactory(received_at_unit=ward, text="Bà Mẫu đề nghị bổ sung máy tính cho phường. Hết.")
        citation = CitationFactory(source=source, start=7, end=38)
        matter = asked(ward, citation=citation, speaker_title="Bí thư Đảng ủy", addressee="UBND thành phố")
        page = client.get(matter.get_absolute_url()).content.decode()
        assert "<mark>đề nghị bổ sung máy tính cho ph</mark>" in page
        for words in (matter.number, matter.text, "Bí thư Đảng ủy", "UBND thành phố", "phường Tân Khánh"):
            assert words in page

    def test_the_sentence_stays_hidden_where_the_source_is_out_of_reach(
        self, ward: Unit, client: Client
    ) -> None:
        response = client.get(asked(ward).get_absolute_url())
        assert response.status_code == 200
        assert "<mark>" not in response.content.decode()

    def test_to_a_stranger_it_does_not_exist(self, ward: Unit) -> None:
        matter = asked(ward)
        assert people.signed_in(people.stranger()).get(matter.get_absolute_url()).status_code == 404

    def test_a_number_never_given_is_not_there(self, client: Client) -> None:
        assert client.get(reverse("matters:page", args=["KN-1999-000001"])).status_code == 404
