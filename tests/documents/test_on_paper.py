"""Answers of many units on paper: one act, all or none, every fault by its line; their tasks remain theirs."""

from datetime import date

import pytest
from django.urls import reverse

from tests import people
from tests.documents.directives import City, a_city, a_plan, answered, ordered, own_plan, point_of
from thongsuot.documents.actions import OnPaper, record_answers
from thongsuot.documents.enums import UptakeKind
from thongsuot.documents.models import Directive, Document, Uptake
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> City:
    return a_city()


@pytest.fixture
def directive(place: City) -> Directive:
    document, _version = a_plan(place.officer)
    return ordered(place.officer, document, place.ward, place.sibling)


def said(place: City, symbol: str = "7-KH/ĐU") -> list[OnPaper]:
    return [
        OnPaper(unit, symbol, date(2025, 10, 10), f"Đảng ủy {unit}") for unit in (place.ward, place.sibling)
    ]


def test_many_units_in_one_act_with_the_points_all_carry_out(place: City, directive: Directive) -> None:
    point = point_of(directive.document, "muc-i.1")
    states = set(Matter.objects.values_list("state", flat=True))
    uptakes = record_answers(
        by=place.officer, directive=directive, kind=UptakeKind.PLAN, papers=said(place), points=[point]
    )
    assert {one.unit for one in uptakes} == {place.ward, place.sibling}
    assert all(list(one.points.values_list("point", flat=True)) == [point.pk] for one in uptakes)
    assert {one.document.unit for one in uptakes if one.document} == {place.ward, place.sibling}
    assert set(Matter.objects.values_list("state", flat=True)) == states


def test_a_document_that_stands_in_the_register_is_not_entered_twice(
    place: City, directive: Directive
) -> None:
    own = own_plan(place.clerk, "7-KH/ĐU")
    record_answers(by=place.officer, directive=directive, kind=UptakeKind.PLAN, papers=said(place)[:1])
    assert Uptake.objects.get().document == own


def test_one_that_answered_already_keeps_all_out(place: City, directive: Directive) -> None:
    answered(place.clerk, directive)
    before = Document.objects.count()
    with pytest.raises(Refused, match="đã trả lời trên hệ thống"):
        record_answers(by=place.officer, directive=directive, kind=UptakeKind.PLAN, papers=said(place))
    assert (Uptake.objects.count(), Document.objects.count()) == (1, before)


def test_only_who_keeps_the_register_and_only_for_units_that_were_told(
    place: City, directive: Directive
) -> None:
    with pytest.raises(Refused):
        record_answers(by=place.clerk, directive=directive, kind=UptakeKind.PLAN, papers=said(place)[:1])
    alone = ordered(place.officer, a_plan(place.officer, "13-KH/TU")[0], place.ward)
    with pytest.raises(Refused, match="không được giao"):
        record_answers(by=place.officer, directive=alone, kind=UptakeKind.PLAN, papers=said(place))


class TestThePage:
    def test_units_that_owe_an_answer_stand_there_and_lines_without_a_symbol_are_left_out(
        self, place: City, directive: Directive
    ) -> None:
        client = people.signed_in(place.officer)
        url = reverse("documents:on-paper", args=[directive.pk])
        assert place.sibling.title in client.get(url).content.decode()
        lines = f"{place.ward.title}; 7-KH/ĐU; 10-10-2025\n{place.sibling.title}; ; "
        answer = client.post(url, {"kind": "plan", "issuer": "party_committee", "lines": lines})
        assert answer.status_code == 302
        uptake = Uptake.objects.get()
        assert (uptake.unit, str(uptake.document and uptake.document.date)) == (place.ward, "2025-10-10")
        assert (
            reverse("documents:on-paper", args=[directive.pk])
            in client.get(directive.get_absolute_url()).content.decode()
        )

    def test_every_fault_is_told_by_its_line_and_what_was_typed_stays(
        self, place: City, directive: Directive
    ) -> None:
        lines = f"Phường Không Có; 7-KH/ĐU; 10-10-2025\n{place.ward.title}; 8-KH/ĐU; hôm qua"
        answer = people.signed_in(place.officer).post(
            reverse("documents:on-paper", args=[directive.pk]),
            {"kind": "plan", "issuer": "party_committee", "lines": lines},
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Dòng 1: “Phường Không Có”" in page
        assert "Dòng 2: “hôm qua”" in page
        assert "8-KH/ĐU" in page
        assert not Uptake.objects.exists()

    def test_a_ward_has_no_such_page(self, place: City, directive: Directive) -> None:
        url = reverse("documents:on-paper", args=[directive.pk])
        assert people.signed_in(place.clerk).get(url).status_code in (403, 404)
