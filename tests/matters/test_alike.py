"""What looks alike is shown while one types, and offered as groups; a person decides."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from tests import people
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.likeness import Statement as Said
from thongsuot.matters import alike
from thongsuot.matters.actions import (
    Statement,
    accept_suggestion,
    answer_proposals,
    dismiss_suggestion,
    edit_proposal,
    form_group,
    raise_proposal,
    reopen_suggestion,
    suggest_groups,
    withdraw_proposal,
)
from thongsuot.matters.enums import AnswerKind, Kind
from thongsuot.matters.jobs import suggest_daily
from thongsuot.matters.models import GroupSuggestion, Matter, ProposalGroup
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db

COMPUTERS = (
    "Đề nghị trang bị thêm máy tính cho Trung tâm Phục vụ hành chính công",
    "Kiến nghị cấp bổ sung máy tính cho trung tâm phục vụ hành chính công của phường",
    "Đề nghị thành phố trang bị máy tính cho Trung tâm Phục vụ hành chính công",
)
STAFF = (
    "Đề nghị bổ sung biên chế công chức cho phường",
    "Kiến nghị giao thêm biên chế công chức cho phường",
)


@pytest.fixture(autouse=True)
def worker_just_started() -> None:
    alike.forget()


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory(name="Hồ Chí Minh")


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def leaders(city: Unit) -> list[Mandate]:
    return [people.ward_leader(ward) for ward in WardFactory.create_batch(3, parent=city)]


def ask(leader: Mandate, text: str, topic: str = "it-infrastructure") -> Matter:
    return raise_proposal(by=leader, statement=Statement(text, topic=topic))


@pytest.fixture
def computers(leaders: list[Mandate]) -> list[Matter]:
    return [ask(leader, text) for leader, text in zip(leaders, COMPUTERS, strict=True)]


def found(by: Mandate, text: str = COMPUTERS[0]) -> list[str]:
    return [one.matter.number for one in alike.similar(Said("", text, "it-infrastructure"), by)]


class TestWhileOneTypes:
    def test_the_most_alike_come_with_their_reason(self, computers: list[Matter], officer: Mandate) -> None:
        first = alike.similar(Said("", COMPUTERS[0], "it-infrastructure"), officer)[0]
        assert first.matter.number == computers[0].number
        assert "máy tính" in first.why
        assert "cùng lĩnh vực" in first.why

    def test_a_ward_is_shown_its_own_and_nothing_of_others(
        self, computers: list[Matter], leaders: list[Mandate]
    ) -> None:
        assert [found(leader) for leader in leaders] == [[matter.number] for matter in computers]
        assert found(people.stranger()) == []

    def test_the_worker_keeps_up_with_what_happens(
        self, computers: list[Matter], officer: Mandate, leaders: list[Mandate]
    ) -> None:
        assert len(found(officer)) == 3
        new = ask(leaders[0], "Xin trang bị máy tính cho Trung tâm Phục vụ hành chính công phường")
        assert new.number in found(officer)
        edit_proposal(
            by=leaders[0], proposal=new, statement=Statement("Xin sửa mái nhà văn hóa"), kind=Kind.REQUEST
        )
        assert new.number not in found(officer)
        withdraw_proposal(by=leaders[1], proposal=computers[1], reason="Đã có")
        assert set(found(officer)) == {computers[0].number, computers[2].number}

    def test_it_is_drawn_under_the_text(self, computers: list[Matter], leaders: list[Mandate]) -> None:
        client = people.signed_in(leaders[0])
        assert 'id="similar"' in client.get(reverse("matters:raise")).content.decode()
        words = client.get(
            reverse("matters:similar"), {"text": COMPUTERS[1], "topic": "other"}
        ).content.decode()
        assert computers[0].number in words
        assert "Hạ tầng công nghệ thông tin" in words
        assert computers[1].number not in words

    def test_it_says_who_usually_answers(self, city: Unit, leaders: list[Mandate]) -> None:
        body = people.department(city, "Sở Khoa học và Công nghệ")
        body.code = "science_technology"
        body.save()
        asked: dict[str, Any] = {"text": "", "topic": "it-infrastructure"}
        words = people.signed_in(leaders[0]).get(reverse("matters:similar"), asked).content.decode()
        assert "Sở Khoa học và Công nghệ" in words

    def test_whoever_answers_sees_what_like_ones_were_answered(
        self, computers: list[Matter], officer: Mandate
    ) -> None:
        answer = answer_proposals(
            by=officer, proposals=computers[:1], kind=AnswerKind.REJECTED, text="Đã có trong dự án chung"
        )
        page = people.signed_in(officer).get(reverse("matters:answer-new"), {"proposals": computers[1].pk})
        assert answer.number in page.content.decode()

    def test_to_compare_costs_a_constant_number_of_queries(
        self, computers: list[Matter], officer: Mandate, django_assert_max_num_queries: Any
    ) -> None:
        found(officer)
        with django_assert_max_num_queries(7):
            found(officer)


class TestSuggestedGroups:
    @pytest.fixture
    def suggestion(self, city: Unit, computers: list[Matter], leaders: list[Mandate]) -> GroupSuggestion:
        for leader, text in zip(leaders, STAFF, strict=False):
            ask(leader, text, "staffing-quota")
        ask(leaders[2], "Đề nghị sớm khởi công cầu bắc qua rạch", "project-obstacle")
        assert suggest_groups(city) == 2
        return GroupSuggestion.objects.get(topic="it-infrastructure")

    def test_they_say_why(self, suggestion: GroupSuggestion, computers: list[Matter], city: Unit) -> None:
        assert set(suggestion.members.all()) == {Matter.objects.get(pk=one.pk) for one in computers}
        assert any("máy tính" in word for word in suggestion.reason["shared"])
        assert suggestion.unit == city

    def test_looking_again_changes_nothing(self, suggestion: GroupSuggestion, city: Unit) -> None:
        before = Event.objects.count(), set(GroupSuggestion.objects.values_list("pk", flat=True))
        suggest_groups(city)
        assert before == (Event.objects.count(), set(GroupSuggestion.objects.values_list("pk", flat=True)))

    def test_accepted_wholly_or_in_part(
        self, suggestion: GroupSuggestion, computers: list[Matter], officer: Mandate, city: Unit
    ) -> None:
        group = accept_suggestion(
            by=officer, suggestion=suggestion, proposals=computers[:2], title="Máy tính"
        )
        assert group.members.count() == 2
        assert group.reason["shared"] == suggestion.reason["shared"]
        with pytest.raises(Refused, match="đã được xem"):
            accept_suggestion(by=officer, suggestion=suggestion, proposals=computers, title="Máy tính")
        assert suggest_groups(city) == 1

    def test_passed_over_it_stays_so_even_when_one_more_comes(
        self, suggestion: GroupSuggestion, officer: Mandate, leaders: list[Mandate], city: Unit
    ) -> None:
        dismiss_suggestion(by=officer, suggestion=suggestion)
        assert suggest_groups(city) == 1
        ask(leaders[0], "Đề nghị cấp thêm máy tính cho Trung tâm Phục vụ hành chính công phường")
        assert suggest_groups(city) == 1
        reopen_suggestion(by=officer, suggestion=suggestion)
        assert suggest_groups(city) == 2

    def test_what_was_grouped_meanwhile_is_not_suggested_again(
        self, suggestion: GroupSuggestion, computers: list[Matter], officer: Mandate, city: Unit
    ) -> None:
        form_group(by=officer, proposals=computers, title="Máy tính")
        assert suggest_groups(city) == 1
        assert not GroupSuggestion.objects.filter(pk=suggestion.pk).exists()

    def test_only_members_of_it_and_only_by_those_of_the_place(
        self, suggestion: GroupSuggestion, computers: list[Matter], officer: Mandate, leaders: list[Mandate]
    ) -> None:
        other = ask(leaders[0], "Xin máy in", "it-infrastructure")
        with pytest.raises(Refused, match=other.number):
            accept_suggestion(by=officer, suggestion=suggestion, proposals=[*computers, other], title="x")
        with pytest.raises(Refused, match="đơn vị khác"):
            dismiss_suggestion(by=people.officer(ProvinceFactory()), suggestion=suggestion)
        with pytest.raises(Refused, match="không có quyền"):
            dismiss_suggestion(by=leaders[0], suggestion=suggestion)

    def test_the_page_lists_them_to_be_taken_or_left(
        self, suggestion: GroupSuggestion, computers: list[Matter], officer: Mandate
    ) -> None:
        client, url = people.signed_in(officer), reverse("matters:suggestions")
        words = client.get(url).content.decode()
        assert "3 kiến nghị của 3 đơn vị" in words
        assert all(matter.text in words for matter in computers)
        dismissed = client.post(reverse("matters:suggestion-dismiss", args=[suggestion.pk]), follow=True)
        assert reverse("matters:suggestion-reopen", args=[suggestion.pk]) in dismissed.content.decode()
        client.post(reverse("matters:suggestion-reopen", args=[suggestion.pk]))
        client.post(
            reverse("matters:suggestion-accept", args=[suggestion.pk]),
            {"chosen": [matter.pk for matter in computers], "title": "Máy tính"},
        )
        assert ProposalGroup.objects.get().members.count() == 3

    def test_it_costs_the_same_for_one_and_for_two(
        self, suggestion: GroupSuggestion, officer: Mandate, django_assert_num_queries: Any
    ) -> None:
        from tests.costs import queries_of_page

        client, url = people.signed_in(officer), reverse("matters:suggestions")
        both = queries_of_page(client, url)
        dismiss_suggestion(by=officer, suggestion=suggestion)
        assert queries_of_page(client, url) == both

    def test_to_others_it_is_not_there(self, suggestion: GroupSuggestion, leaders: list[Mandate]) -> None:
        for person in (leaders[0], people.stranger()):
            client = people.signed_in(person)
            assert client.get(reverse("matters:suggestions")).status_code == 404
            for name in ("accept", "dismiss", "reopen"):
                url = reverse(f"matters:suggestion-{name}", args=[suggestion.pk])
                assert client.post(url).status_code == 404

    def test_the_worker_looks_every_night(self, computers: list[Matter]) -> None:
        with time_machine.travel(date(2026, 1, 5)):
            suggest_daily.func("2026-01-05")
        assert GroupSuggestion.objects.count() == 1
