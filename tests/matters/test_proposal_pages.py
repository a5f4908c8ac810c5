"""The pages around proposals: list, raising, routing, answering, responding, groups."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import people
from tests.costs import queries_of_list, queries_of_page
from tests.factories.documents import DocumentFactory
from tests.factories.matters import IssuedTaskFactory, OriginFactory, ProposalFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.documents.found import index_document
from thongsuot.documents.models import Document
from thongsuot.matters.actions import (
    Statement,
    answer_proposals,
    contest,
    form_group,
    link_task,
    raise_proposal,
    route_proposal,
)
from thongsuot.matters.enums import AnswerKind, State
from thongsuot.matters.models import Answer, Matter, ProposalGroup
from thongsuot.units.models import Body, Mandate, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory(name="Hồ Chí Minh")


@pytest.fixture
def ward(city: Unit) -> Unit:
    return WardFactory(name="Tân Khánh", parent=city)


@pytest.fixture
def leader(ward: Unit) -> Mandate:
    return people.ward_leader(ward)


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def home_affairs(city: Unit) -> Body:
    body = people.department(city)
    body.code = "home_affairs"
    body.save()
    return body


def ask(leader: Mandate, text: str = "Đề nghị bổ sung biên chế") -> Matter:
    return raise_proposal(by=leader, statement=Statement(text, topic="staffing-quota"))


def reject(by: Mandate, *proposals: Matter) -> Answer:
    return answer_proposals(by=by, proposals=proposals, kind=AnswerKind.REJECTED, text="Chưa có nguồn")


def now(proposal: Matter) -> Matter:
    return Matter.objects.get(pk=proposal.pk)


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


class TestList:
    def test_the_first_line_adds_up_to_the_total(self, officer: Mandate, leader: Mandate, ward: Unit) -> None:
        ask(leader)
        for facts in (
            {"due_on": date(2025, 1, 20), "due_soon_on": date(2025, 1, 17)},
            {
                "state": "settled",
                "open": False,
                "closed_on": date(2025, 11, 3),
                "stopped_on": date(2025, 11, 3),
            },
        ):
            ProposalFactory(unit=ward, **facts)
        context = people.signed_in(officer).get(reverse("matters:proposals")).context
        counts = {line.state: line.count for line in context["stats"]}
        assert counts == {"overdue": 1, "in_term": 1, "done_in_time": 1}
        assert sum(counts.values()) == context["summary"].total

    def test_it_is_filtered_by_all_one_asks_for(
        self, officer: Mandate, leader: Mandate, home_affairs: Body, city: Unit
    ) -> None:
        plain, routed, contested = (ask(leader, text) for text in ("Một", "Hai", "Ba"))
        route_proposal(by=officer, proposal=routed, body=home_affairs)
        reject(officer, contested)
        contest(by=leader, proposal=contested, note="Chưa")
        form_group(by=officer, proposals=[plain, routed], title="Nhóm")
        Matter.objects.filter(pk=plain.pk).update(addressee="Sở Nội vụ", competence="centre")
        wanted = {
            ("state", "contested"): {contested},
            ("body", str(home_affairs.pk)): {routed},
            ("competence", "centre"): {plain},
            ("addressee", "Nội vụ"): {plain},
            ("answered", "rejected"): {contested},
            ("contested", "true"): {contested},
            ("contested", "false"): {plain, routed},
            ("grouped", "true"): {plain, routed},
            ("clock", "in_term"): {plain, routed, contested},
            ("clock", "overdue"): set(),
        }
        client = people.signed_in(officer)
        for (name, value), found in wanted.items():
            rows = client.get(reverse("matters:proposals"), {name: value}).context["table"].rows
            assert {row.record.number for row in rows} == {matter.number for matter in found}, (name, value)

    def test_a_row_more_costs_no_query_more(self, officer: Mandate, ward: Unit) -> None:
        client, url = people.signed_in(officer), reverse("matters:proposals")
        columns = f"{url}?columns=clock&columns=cluster&columns=competence&columns=holder_name"
        ProposalFactory(unit=ward)
        cost = queries_of_list(client, url), queries_of_list(client, columns), queries_of_page(client, url)
        ProposalFactory.create_batch(2, unit=ward)
        assert cost == (
            queries_of_list(client, url),
            queries_of_list(client, columns),
            queries_of_page(client, url),
        )

    def test_only_those_who_may_act_on_many_can_choose(self, officer: Mandate, leader: Mandate) -> None:
        ask(leader)
        url = reverse("matters:proposals")
        assert 'name="chosen"' in page_of(people.signed_in(officer), url)
        assert 'name="chosen"' not in page_of(people.signed_in(leader), url)

    @pytest.mark.parametrize(
        ("action", "words"),
        [("route", "Sẽ chuyển 3 kiến nghị của 1 đơn vị"), ("answer", "Sẽ trả lời 3"), ("group", "Sẽ gộp 3")],
    )
    def test_ticked_rows_or_all_that_match_go_to_the_form(
        self, action: str, words: str, officer: Mandate, leader: Mandate
    ) -> None:
        proposals = [ask(leader, f"Xin {number}") for number in range(3)]
        client = people.signed_in(officer)
        for chosen in (
            {"chosen": [proposal.pk for proposal in proposals]},
            {"all": "1", "query": "topic=staffing-quota"},
        ):
            response = client.post(reverse("matters:proposals-chosen"), {"action": action, **chosen})
            assert words in response.content.decode()


class TestRaising:
    def test_it_is_filled_in_already_and_leads_to_its_page(self, leader: Mandate, ward: Unit) -> None:
        client = people.signed_in(leader)
        form = client.get(reverse("matters:raise")).context["form"]
        assert form["speaker"].value() == str(leader.user)
        assert form["raised_on"].value()
        sent = {
            "text": "Đề nghị cấp thêm máy tính",
            "kind": "request",
            "topic": "it-infrastructure",
            "raised_on": "03-11-2025",
        }
        response = client.post(reverse("matters:raise"), sent)
        proposal = Matter.objects.get()
        assert response.url == proposal.get_absolute_url()  # type: ignore[attr-defined]
        assert (proposal.unit, proposal.topic) == (ward, "it-infrastructure")

    def test_a_second_click_makes_no_second_proposal(self, leader: Mandate) -> None:
        client = people.signed_in(leader)
        sent = {"text": "Xin máy", "kind": "request", "topic": "other", "raised_on": "03-11-2025"}
        assert client.post(reverse("matters:raise"), sent).status_code == 302
        again = client.post(reverse("matters:raise"), sent)
        assert again.status_code == 422
        assert "đã được nêu trong ngày" in again.content.decode()
        assert Matter.objects.count() == 1

    def test_who_mends_second_sees_what_changed_and_keeps_their_words(
        self, leader: Mandate, ward: Unit
    ) -> None:
        proposal = ask(leader)
        url = reverse("matters:edit-proposal", args=[proposal.number])
        first, second = people.signed_in(leader), people.signed_in(people.clerk(ward))
        seen = second.get(url).context["form"]["seen"].value()
        sent = {"kind": "request", "topic": "staffing-quota", "seen": seen}
        assert first.post(url, {**sent, "text": "Xin hai biên chế"}).status_code == 302
        refused = second.post(url, {**sent, "text": "Xin ba biên chế"})
        assert refused.status_code == 422
        assert "Xin hai biên chế" in refused.content.decode()
        assert "Xin ba biên chế" in refused.content.decode()
        assert now(proposal).text == "Xin hai biên chế"


class TestRecord:
    def test_it_says_who_has_it_since_when_until_when(
        self, officer: Mandate, leader: Mandate, home_affairs: Body
    ) -> None:
        proposal = ask(leader)
        route_proposal(by=officer, proposal=proposal, body=home_affairs, reason="Đúng lĩnh vực")
        words = page_of(people.signed_in(leader), proposal.get_absolute_url())
        for part in ("Sở Nội vụ đang giữ", "Đúng lĩnh vực", f"{now(proposal).due_on:%d-%m-%Y}"):
            assert part in words

    def test_each_sees_the_buttons_of_their_side(
        self, officer: Mandate, leader: Mandate, city: Unit, ward: Unit
    ) -> None:
        proposal = ask(leader)
        url = proposal.get_absolute_url()
        asks, answers = people.signed_in(leader), people.signed_in(officer)
        assert 'data-opens="withdraw"' in page_of(asks, url)
        assert reverse("matters:route") in page_of(answers, url)
        assert reverse("matters:route") not in page_of(asks, url)
        reject(officer, proposal)
        assert reverse("matters:agree", args=[proposal.number]) in page_of(asks, url)
        assert reverse("matters:agree", args=[proposal.number]) not in page_of(answers, url)
        contest(by=leader, proposal=proposal, note="Chưa rõ")
        assert "không có quyền" in page_of(answers, url)
        for watcher in (people.auditor(city), people.reader(ward)):
            assert "data-opens" not in page_of(people.signed_in(watcher), url).split("<main")[1]

    def test_it_costs_the_same_however_long_its_story(
        self, officer: Mandate, leader: Mandate, city: Unit
    ) -> None:
        boss, proposal = people.city_leader(city), ask(leader)
        client, url = people.signed_in(leader), proposal.get_absolute_url()
        reject(boss, proposal)
        contest(by=leader, proposal=proposal, note="Chưa")
        reject(boss, proposal)
        cost = queries_of_page(client, url)
        contest(by=leader, proposal=proposal, note="Chưa")
        reject(boss, proposal)
        assert queries_of_page(client, url) <= cost

    def test_agreeing_contesting_and_withdrawing(self, officer: Mandate, leader: Mandate) -> None:
        client = people.signed_in(leader)
        first, second, third = (ask(leader, text) for text in ("Một", "Hai", "Ba"))
        reject(officer, first, second)
        client.post(reverse("matters:agree", args=[first.number]))
        refused = client.post(reverse("matters:contest", args=[second.number]), {"reason": ""}, follow=True)
        assert "Chưa nêu điểm chưa đồng ý" in refused.content.decode()
        client.post(reverse("matters:contest", args=[second.number]), {"reason": "Chưa rõ nguồn"})
        client.post(reverse("matters:withdraw-proposal", args=[third.number]), {"reason": "Đã có"})
        assert [now(one).state for one in (first, second, third)] == [
            State.SETTLED,
            State.CONTESTED,
            State.WITHDRAWN,
        ]


class TestRouting:
    def test_the_usual_body_is_chosen_already(
        self, officer: Mandate, leader: Mandate, home_affairs: Body
    ) -> None:
        proposal = ask(leader)
        client = people.signed_in(officer)
        form = client.get(reverse("matters:route"), {"proposals": proposal.pk}).context["form"]
        assert form["body"].value() == home_affairs.pk
        client.post(reverse("matters:route"), {"proposals": proposal.pk, "body": home_affairs.pk})
        assert now(proposal).body == home_affairs

    def test_a_refusal_keeps_what_was_typed(
        self, officer: Mandate, leader: Mandate, home_affairs: Body
    ) -> None:
        proposal = ask(leader)
        sent = {
            "proposals": proposal.pk,
            "body": home_affairs.pk,
            "due_on": "01-01-2020",
            "reason": "Vì sao đó",
        }
        response = people.signed_in(officer).post(reverse("matters:route"), sent)
        assert response.status_code == 422
        assert "Vì sao đó" in response.content.decode()


class TestAnswering:
    def test_every_fault_stands_beside_its_field(self, officer: Mandate, leader: Mandate) -> None:
        sent = {"proposals": ask(leader).pk, "kind": "accepted", "task_text": "Trình phương án"}
        response = people.signed_in(officer).post(reverse("matters:answer-new"), sent)
        assert response.status_code == 422
        assert {"text", "task_person", "task_body", "task_product", "task_due_on"} <= set(
            response.context["form"].errors
        )

    def test_a_task_there_already_or_a_new_one_carries_it_out(
        self, officer: Mandate, leader: Mandate, ward: Unit, home_affairs: Body
    ) -> None:
        client = people.signed_in(officer)
        task = IssuedTaskFactory(unit=ward)
        sent = {
            "proposals": ask(leader).pk,
            "kind": "accepted",
            "text": "Đồng ý",
            "tasks": task.number.lower(),
            "task_text": "Trình phương án",
            "task_person": "Giám đốc Sở",
            "task_product": "Tờ trình",
            "task_body": home_affairs.pk,
            "task_due_on": "31-12-2099",
        }
        response = client.post(reverse("matters:answer-new"), sent)
        assert response.status_code in {302, 422}
        if response.status_code == 422:
            assert "thời hạn" in response.content.decode().lower()
            response = client.post(reverse("matters:answer-new"), {**sent, "task_due_on": in_a_month()})
        answer = Answer.objects.get()
        assert response.url == answer.get_absolute_url()
        assert answer.tasks.count() == 2

    def test_from_a_group_it_answers_those_that_wait(self, officer: Mandate, leader: Mandate) -> None:
        first, second = ask(leader, "Một"), ask(leader, "Hai")
        group = form_group(by=officer, proposals=[first, second], title="Nhóm")
        client = people.signed_in(officer)
        words = page_of(client, f"{reverse('matters:answer-new')}?group={group.number}")
        assert "Sẽ trả lời 2 kiến nghị của 1 đơn vị" in words
        sent = {"proposals": f"{first.pk},{second.pk}", "kind": "rejected", "text": "Chưa có nguồn"}
        client.post(reverse("matters:answer-new"), sent)
        assert Answer.objects.get().proposals.count() == 2

    def test_a_second_click_and_a_second_officer_are_told(
        self, officer: Mandate, leader: Mandate, city: Unit
    ) -> None:
        proposal = ask(leader)
        sent = {"proposals": proposal.pk, "kind": "rejected", "text": "Chưa có nguồn"}
        for person in (officer, officer, people.city_leader(city)):
            response = people.signed_in(person).post(reverse("matters:answer-new"), sent)
        assert response.status_code == 422
        assert "đang ở trạng thái" in response.content.decode()
        assert Answer.objects.count() == 1

    def test_what_is_named_but_not_there_is_said(self, officer: Mandate, leader: Mandate) -> None:
        sent = {
            "proposals": ask(leader).pk,
            "kind": "accepted",
            "text": "x",
            "tasks": "NV-2025-999999",
            "points_to": "TL-2025-999999",
        }
        errors = people.signed_in(officer).post(reverse("matters:answer-new"), sent).context["form"].errors
        assert "NV-2025-999999" in str(errors["tasks"])
        assert "TL-2025-999999" in str(errors["points_to"])

    def test_the_page_of_an_answer_shows_only_what_one_may_see(
        self, officer: Mandate, leader: Mandate, city: Unit
    ) -> None:
        neighbour = people.ward_leader(WardFactory(parent=city))
        mine, theirs = ask(leader, "Xin của mình"), ask(neighbour, "Xin của bên kia")
        answer = reject(officer, mine, theirs)
        words = page_of(people.signed_in(leader), answer.get_absolute_url())
        assert "Xin của mình" in words
        assert "Xin của bên kia" not in words
        everything = page_of(people.signed_in(officer), answer.get_absolute_url())
        assert "Xin của bên kia" in everything

    def test_its_page_costs_the_same_for_one_and_for_three(self, officer: Mandate, leader: Mandate) -> None:
        client = people.signed_in(officer)
        one = reject(officer, ask(leader, "Một"))
        three = reject(officer, *(ask(leader, text) for text in ("Hai", "Ba", "Bốn")))
        cost = queries_of_page(client, one.get_absolute_url())
        assert queries_of_page(client, three.get_absolute_url()) == cost

    def test_a_task_is_added_afterwards(self, officer: Mandate, leader: Mandate, ward: Unit) -> None:
        answer, task = reject(officer, ask(leader)), IssuedTaskFactory(unit=ward)
        client, url = people.signed_in(officer), reverse("matters:link", args=[answer.number])
        assert "NV-1999-000001" in client.post(url, {"task": "NV-1999-000001"}, follow=True).content.decode()
        client.post(url, {"task": task.number})
        assert answer.tasks.get() == Matter.objects.get(pk=task.pk)
        assert "Chưa chọn" in client.post(url, {}, follow=True).content.decode()
        assert people.signed_in(leader).post(url, {"task": task.number}).status_code == 404


class TestGroups:
    def test_formed_left_dissolved_and_restored(self, officer: Mandate, leader: Mandate) -> None:
        proposals = [ask(leader, f"Xin {number}") for number in range(3)]
        client = people.signed_in(officer)
        keys = ",".join(str(proposal.pk) for proposal in proposals)
        refused = client.post(reverse("matters:group-new"), {"proposals": keys})
        assert refused.status_code == 422
        client.post(reverse("matters:group-new"), {"proposals": keys, "title": "Xin biên chế"})
        group = ProposalGroup.objects.get()
        words = page_of(client, group.get_absolute_url())
        assert all(proposal.text in words for proposal in proposals)
        address = [group.number]
        client.post(
            reverse("matters:group-leave", args=address), {"chosen": proposals[0].pk, "reason": "Khác"}
        )
        assert group.members.count() == 2
        client.post(reverse("matters:group-dissolve", args=address), {"reason": "Nhầm"})
        assert group.members.count() == 0
        client.post(reverse("matters:group-restore", args=address))
        assert group.members.count() == 2

    def test_one_may_be_put_into_a_group_there_already(self, officer: Mandate, leader: Mandate) -> None:
        first, second, third = (ask(leader, f"Xin {number}") for number in range(3))
        group = form_group(by=officer, proposals=[first, second], title="Nhóm")
        people.signed_in(officer).post(
            reverse("matters:group-new"), {"proposals": third.pk, "group": group.pk}
        )
        assert now(third).group == group

    def test_a_ward_sees_its_own_member_and_how_many_others(
        self, officer: Mandate, leader: Mandate, city: Unit
    ) -> None:
        neighbour = people.ward_leader(WardFactory(parent=city))
        group = form_group(
            by=officer,
            proposals=[ask(leader, "Xin của mình"), ask(neighbour, "Xin của bên kia")],
            title="Nhóm",
        )
        words = page_of(people.signed_in(leader), group.get_absolute_url())
        assert "Xin của mình" in words
        assert "Xin của bên kia" not in words
        assert "Và 1 kiến nghị của đơn vị khác" in words
        assert "group-leave" not in words

    def test_list_and_page_cost_the_same_for_more(self, officer: Mandate, ward: Unit) -> None:
        client, url = people.signed_in(officer), reverse("matters:groups")

        def formed(count: int) -> ProposalGroup:
            return form_group(
                by=officer, proposals=ProposalFactory.create_batch(count, unit=ward), title="Nhóm"
            )

        small = formed(2)
        costs = queries_of_list(client, url), queries_of_page(client, small.get_absolute_url())
        large = formed(5)
        formed(2)
        assert costs == (queries_of_list(client, url), queries_of_page(client, large.get_absolute_url()))


def in_a_month() -> str:
    from django.utils import timezone

    from thongsuot.lawbook.calendar import add_working_days

    return f"{add_working_days(timezone.localdate(), 20):%d-%m-%Y}"


def test_to_a_stranger_none_of_it_is_there(officer: Mandate, leader: Mandate, ward: Unit) -> None:
    proposal = ask(leader)
    group = form_group(by=officer, proposals=[proposal, ask(leader, "Hai")], title="Nhóm")
    answer = reject(officer, proposal)
    link_task(by=officer, answer=answer, task=IssuedTaskFactory(unit=ward))
    client = people.signed_in(people.stranger())
    gets: list[Any] = [
        proposal.get_absolute_url(),
        answer.get_absolute_url(),
        group.get_absolute_url(),
        reverse("matters:edit-proposal", args=[proposal.number]),
        f"{reverse('matters:answer-new')}?proposals={proposal.pk}",
        f"{reverse('matters:route')}?proposals={proposal.pk}",
    ]
    assert [client.get(url).status_code for url in gets] == [404] * len(gets)
    posts = [
        reverse(f"matters:{name}", args=[number])
        for name, number in (
            ("agree", proposal.number),
            ("contest", proposal.number),
            ("withdraw-proposal", proposal.number),
            ("link", answer.number),
            ("group-leave", group.number),
            ("group-dissolve", group.number),
            ("group-restore", group.number),
        )
    ]
    assert [client.post(url, {"reason": "x"}).status_code for url in posts] == [404] * len(posts)


def test_a_proposal_of_several_units_waits_for_each(city: Unit, ward: Unit, officer: Mandate) -> None:
    other = WardFactory(parent=city)
    proposal = ProposalFactory(unit=ward, origin=OriginFactory(units=[ward, other]))
    proposal.matterunit_set.create(unit=other)
    reject(officer, proposal)
    one, two = people.ward_leader(ward), people.ward_leader(other)
    url = reverse("matters:agree", args=[proposal.number])
    people.signed_in(one).post(url)
    assert "Đã đồng ý:" in page_of(people.signed_in(one), proposal.get_absolute_url())
    people.signed_in(two).post(url)
    assert now(proposal).state == State.SETTLED


class TestDocuments:
    """An answer rests on documents of the register above; each shows the other."""

    @pytest.fixture
    def decision(self) -> Document:
        document = DocumentFactory(number="12", symbol="QĐ-UBND", abstract="Giao bổ sung biên chế")
        index_document(document)
        return document

    def test_one_is_found_chosen_and_seen_from_both_ends(
        self, decision: Document, officer: Mandate, leader: Mandate, city: Unit
    ) -> None:
        client = people.signed_in(officer)
        found = client.get(reverse("matters:papers"), {"find": "bổ sung biên chế"}).content.decode()
        assert f'value="{decision.pk}"' in found
        proposal = ask(leader)
        sent = {"proposals": proposal.pk, "kind": "accepted", "text": "Đồng ý", "documents": decision.pk}
        assert client.post(reverse("matters:answer-new"), sent).status_code == 302
        answer = Answer.objects.get()
        assert decision.get_absolute_url() in page_of(client, answer.get_absolute_url())
        assert decision.get_absolute_url() in page_of(people.signed_in(leader), proposal.get_absolute_url())
        seen_from = {
            mandate: answer.number in page_of(people.signed_in(mandate), decision.get_absolute_url())
            for mandate in (officer, leader, people.clerk(WardFactory(parent=city)))
        }
        assert list(seen_from.values()) == [True, True, False]

    def test_one_is_added_afterwards(self, decision: Document, officer: Mandate, leader: Mandate) -> None:
        answer = reject(officer, ask(leader))
        url = reverse("matters:link", args=[answer.number])
        people.signed_in(officer).post(url, {"documents": decision.pk})
        assert answer.documents.get().path == decision.get_absolute_url()

    def test_what_is_ticked_stays_while_one_looks_for_more(
        self, decision: Document, officer: Mandate
    ) -> None:
        ticked = {"documents": decision.pk, "find": "không có gì"}
        page = people.signed_in(officer).get(reverse("matters:papers"), ticked).content.decode()
        assert f'value="{decision.pk}" checked' in page

    def test_a_refused_form_keeps_them(self, decision: Document, officer: Mandate, leader: Mandate) -> None:
        sent = {"proposals": ask(leader).pk, "kind": "accepted", "documents": decision.pk}
        response = people.signed_in(officer).post(reverse("matters:answer-new"), sent)
        assert response.status_code == 422
        assert f'value="{decision.pk}" checked' in response.content.decode()
