"""Formal answers, and what those who asked say to them."""

from datetime import date
from typing import Any

import pytest
import time_machine

from tests import people
from tests.factories.matters import IssuedTaskFactory, OriginFactory, ProposalFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.matters.actions import (
    Incomplete,
    NewTask,
    Statement,
    agree,
    answer_proposals,
    contest,
    form_group,
    lapse_answers,
    link_document,
    link_task,
    raise_proposal,
    record_proposal,
    route_proposal,
    route_proposals,
    unlink_document,
    unlink_task,
    withdraw_proposal,
)
from thongsuot.matters.enums import AnswerKind, Response, State
from thongsuot.matters.models import Answer, Leg, Matter, Origin, Reply, Step
from thongsuot.matters.policies import answer_scope
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db

TODAY = date(2025, 11, 3)  # a Monday
LAST_DAY = add_working_days(TODAY, 10)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(f"{TODAY}T09:00:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory(name="Hồ Chí Minh")


@pytest.fixture
def ward(city: Unit) -> Unit:
    return WardFactory(name="Tân Khánh", parent=city)


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def leader(ward: Unit) -> Mandate:
    return people.ward_leader(ward)


def ask(leader: Mandate, text: str = "Đề nghị bổ sung biên chế") -> Matter:
    return raise_proposal(by=leader, statement=Statement(text, topic="staffing-quota"))


def a_document(title: str = "Quyết định 12/QĐ-UBND") -> Origin:
    return OriginFactory(kind="document", title=title)


def reject(by: Mandate, *proposals: Matter) -> Answer:
    return answer_proposals(by=by, proposals=proposals, kind=AnswerKind.REJECTED, text="Chưa có nguồn")


def now(proposal: Matter) -> Matter:
    return Matter.objects.get(pk=proposal.pk)


class TestEachKindNeedsItsOwn:
    @pytest.mark.parametrize("kind", [AnswerKind.ACCEPTED, AnswerKind.PARTLY])
    def test_accepted_names_what_does_it(self, kind: AnswerKind, officer: Mandate, leader: Mandate) -> None:
        proposal = ask(leader)
        with pytest.raises(Incomplete) as refusal:
            answer_proposals(by=officer, proposals=[proposal], kind=kind, text="Đồng ý")
        assert set(refusal.value.faults) == {"tasks"}
        answer = answer_proposals(
            by=officer, proposals=[proposal], kind=kind, text="Đồng ý", documents=[a_document()]
        )
        assert answer.documents.count() == 1
        assert now(proposal).state == State.ANSWERED

    def test_all_faults_come_at_once(self, officer: Mandate, leader: Mandate) -> None:
        with pytest.raises(Incomplete) as refusal:
            answer_proposals(
                by=officer,
                proposals=[ask(leader)],
                kind=AnswerKind.ACCEPTED,
                new_task=NewTask(text="", person="", product="", due_on=date(2025, 1, 2)),
            )
        assert set(refusal.value.faults) == {
            "text",
            "task_text",
            "task_person",
            "task_body",
            "task_product",
            "task_due_on",
        }
        assert not Answer.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "field"),
        [
            (AnswerKind.REJECTED, "text"),
            (AnswerKind.BEYOND_AUTHORITY, "forward_to"),
            (AnswerKind.ALREADY_ANSWERED, "points_to"),
        ],
    )
    def test_nothing_said_is_refused(
        self, kind: AnswerKind, field: str, officer: Mandate, leader: Mandate
    ) -> None:
        with pytest.raises(Incomplete) as refusal:
            answer_proposals(by=officer, proposals=[ask(leader)], kind=kind)
        assert field in refusal.value.faults

    def test_a_task_may_be_made_on_the_spot(self, officer: Mandate, leader: Mandate, city: Unit) -> None:
        body = people.department(city)
        body.code = "home_affairs"
        body.save()
        answer = answer_proposals(
            by=officer,
            proposals=[ask(leader)],
            kind=AnswerKind.ACCEPTED,
            text="Đồng ý bổ sung",
            new_task=NewTask(
                "Trình phương án bổ sung biên chế",
                "Giám đốc Sở Nội vụ",
                "Tờ trình",
                date(2025, 12, 1),
                body=body,
            ),
        )
        task = answer.tasks.get()
        assert (task.state, task.body, task.due_on) == (State.ISSUED, body, date(2025, 12, 1))
        assert task.basis == f"Trả lời kiến nghị {answer.number}"
        assert task.origin.path == answer.get_absolute_url()

    def test_already_answered_points_to_where(self, officer: Mandate, leader: Mandate) -> None:
        first = reject(officer, ask(leader))
        proposal = ask(leader, "Xin thêm người")
        again = answer_proposals(
            by=officer, proposals=[proposal], kind=AnswerKind.ALREADY_ANSWERED, points_to=first
        )
        assert (again.points_to, again.text) == (first, f"Đã được trả lời tại {first.number}.")
        assert now(proposal).state == State.ANSWERED

    def test_it_points_to_an_answer_not_to_a_forwarding(self, officer: Mandate, leader: Mandate) -> None:
        forwarded = answer_proposals(
            by=officer,
            proposals=[ask(leader)],
            kind=AnswerKind.BEYOND_AUTHORITY,
            forward_to="Bộ Nội vụ",
        )
        with pytest.raises(Incomplete, match="chưa trả lời"):
            answer_proposals(
                by=officer,
                proposals=[ask(leader, "Xin thêm người")],
                kind=AnswerKind.ALREADY_ANSWERED,
                points_to=forwarded,
            )


class TestAnswering:
    def test_it_is_numbered_told_in_every_thread_and_one_event(
        self, officer: Mandate, leader: Mandate
    ) -> None:
        proposals = [ask(leader, f"Xin {number}") for number in range(3)]
        before = Event.objects.count()
        answer = reject(officer, *proposals)
        assert (answer.number, answer.unit) == ("TL-2025-000001", officer.unit)
        assert Event.objects.count() == before + 1
        assert Event.objects.order_by("-number").first().details["proposals"] == [  # type: ignore[union-attr]
            proposal.number for proposal in proposals
        ]
        assert Step.objects.filter(act="answer", text__startswith="TL-2025-000001: ").count() == 3
        assert set(Reply.objects.values_list("response", "respond_by")) == {(Response.PENDING, LAST_DAY)}

    def test_the_turn_passes_to_those_who_asked(self, officer: Mandate, leader: Mandate) -> None:
        proposal = ask(leader)
        reject(officer, proposal)
        proposal = now(proposal)
        assert (proposal.state, proposal.open, proposal.stopped_on) == (State.ANSWERED, True, TODAY)
        assert (proposal.turn_unit, proposal.turn_due_on) == (leader.unit, LAST_DAY)
        assert not Leg.objects.filter(ended_on__isnull=True).exists()

    def test_all_or_none(self, officer: Mandate, leader: Mandate) -> None:
        first, second = ask(leader), ask(leader, "Xin thêm người")
        reject(officer, first)
        with pytest.raises(Refused, match=first.number):
            reject(officer, first, second)
        assert now(second).state == State.RECORDED
        assert Answer.objects.count() == 1

    def test_answered_by_whoever_holds_it(self, officer: Mandate, leader: Mandate, city: Unit) -> None:
        home_affairs, finance = people.department(city), people.department(city, "Sở Tài chính")
        proposal = ask(leader)
        route_proposal(by=officer, proposal=proposal, body=home_affairs)
        with pytest.raises(Refused, match="phạm vi"):
            reject(people.department_leader(finance), proposal)
        answer = reject(people.department_officer(home_affairs), proposal)
        assert (answer.body, answer.unit) == (home_affairs, city)

    @pytest.mark.parametrize("person", [people.clerk, people.auditor, people.reader])
    def test_those_below_and_those_who_watch_answer_nothing(self, person: Any, leader: Mandate) -> None:
        with pytest.raises(Refused, match="không có quyền"):
            reject(person(leader.unit), ask(leader))

    def test_an_officer_answers_in_their_own_field(self, city: Unit, leader: Mandate) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            reject(people.officer(city, fields=["budget"]), ask(leader))

    def test_one_answer_closes_a_whole_city_in_a_few_hundred_queries(
        self, city: Unit, officer: Mandate, django_assert_max_num_queries: Any
    ) -> None:
        proposals = ProposalFactory.create_batch(
            168, unit=WardFactory(parent=city), topic="staffing-quota", origin=OriginFactory(units=[city])
        )
        group = form_group(by=officer, proposals=proposals, title="Biên chế")
        with django_assert_max_num_queries(168 + 50):
            answer_proposals(by=officer, group=group, kind=AnswerKind.REJECTED, text="Chưa có nguồn")
        assert Matter.objects.filter(state=State.ANSWERED).count() == 168

    def test_a_group_answers_those_that_still_wait(self, officer: Mandate, leader: Mandate) -> None:
        first, second, third = (ask(leader, f"Xin {number}") for number in range(3))
        group = form_group(by=officer, proposals=[first, second, third], title="Biên chế")
        reject(officer, first)
        answer = answer_proposals(by=officer, group=group, kind=AnswerKind.REJECTED, text="Chưa")
        assert set(answer.proposals.values_list("pk", flat=True)) == {second.pk, third.pk}


class TestForwarding:
    def test_to_a_body_the_clock_starts_again_there(
        self, officer: Mandate, leader: Mandate, city: Unit, clock: Any
    ) -> None:
        ward_body = people.department(leader.unit.parent or city, "Sở Tài chính")
        proposal = ask(leader)
        clock.move_to("2025-11-10T09:00:00+07:00")
        later = date(2025, 11, 10)
        answer = answer_proposals(
            by=officer,
            proposals=[proposal],
            kind=AnswerKind.BEYOND_AUTHORITY,
            text="Thuộc thẩm quyền Sở Tài chính",
            forward_to=ward_body,
        )
        proposal = now(proposal)
        assert (proposal.state, proposal.holder_name) == (State.ROUTED, "Sở Tài chính")
        assert proposal.due_on == add_working_days(later, 15)
        assert answer.replies.get().response == Response.FORWARDED
        legs = list(Leg.objects.order_by("pk").values_list("name", "since", "ended_on"))
        assert legs == [(str(city), TODAY, later), ("Sở Tài chính", later, None)]

    def test_to_the_centre_the_province_follows_it_up(
        self, leader: Mandate, officer: Mandate, city: Unit
    ) -> None:
        home_affairs = people.department(city)
        proposal = ask(leader)
        route_proposal(by=officer, proposal=proposal, body=home_affairs)
        answer_proposals(
            by=people.department_leader(home_affairs),
            proposals=[proposal],
            kind=AnswerKind.BEYOND_AUTHORITY,
            forward_to="Bộ Nội vụ",
        )
        proposal = now(proposal)
        assert (proposal.holder, proposal.body, proposal.holder_name) == (city, None, "Bộ Nội vụ")
        assert (proposal.turn_unit, proposal.competence) == (city, "centre")
        answer = answer_proposals(
            by=officer,
            proposals=[proposal],
            kind=AnswerKind.ACCEPTED,
            text="Bộ Nội vụ đã có văn bản",
            documents=[a_document("Công văn 99/BNV-CQĐP")],
        )
        assert now(proposal).state == State.ANSWERED
        assert set(proposal.answers.values_list("kind", flat=True)) == {"beyond_authority", answer.kind}

    def test_not_to_where_it_already_is(self, officer: Mandate, leader: Mandate) -> None:
        proposal = ask(leader)
        facts: Any = {"by": officer, "kind": AnswerKind.BEYOND_AUTHORITY, "forward_to": "Bộ Nội vụ"}
        answer_proposals(proposals=[proposal], **facts)
        with pytest.raises(Refused, match="đang ở Bộ Nội vụ rồi"):
            answer_proposals(proposals=[proposal], **facts)
        assert Answer.objects.count() == 1


class TestWhatThoseWhoAskedSay:
    def test_agreeing_settles_it(self, officer: Mandate, leader: Mandate) -> None:
        proposal = ask(leader)
        answer = reject(officer, proposal)
        agree(by=leader, proposal=proposal)
        proposal = now(proposal)
        assert (proposal.state, proposal.open, proposal.closed_on) == (State.SETTLED, False, TODAY)
        reply = answer.replies.get()
        assert (reply.response, reply.responded_on) == (Response.AGREED, TODAY)
        assert "Leader" in reply.responder

    def test_contesting_takes_it_to_the_next_level(
        self, officer: Mandate, leader: Mandate, city: Unit
    ) -> None:
        committee = people.Body.objects.create(
            unit=city, code="peoples_committee", name="UBND Thành phố", bare="", valid_from=date(2025, 7, 1)
        )
        proposal = ask(leader)
        answer = reject(officer, proposal)
        contest(by=leader, proposal=proposal, note="Chưa nêu rõ nguồn")
        proposal = now(proposal)
        assert (proposal.state, proposal.level, proposal.body) == (State.CONTESTED, 1, committee)
        assert (proposal.due_on, proposal.stopped_on) == (add_working_days(TODAY, 10), None)
        assert answer.replies.get().note == "Chưa nêu rõ nguồn"
        with pytest.raises(Refused, match="không có quyền"):
            reject(officer, proposal)
        decided = reject(people.city_leader(city), proposal)
        assert decided.level == 1

    def test_the_highest_level_is_final(self, leader: Mandate, city: Unit) -> None:
        boss, proposal = people.city_leader(city), ask(leader)
        for level in (1, 2):
            reject(boss, proposal)
            contest(by=leader, proposal=proposal, note="Chưa đồng ý")
            assert now(proposal).level == level
        reject(boss, proposal)
        with pytest.raises(Refused, match="cấp giải quyết cuối cùng"):
            contest(by=leader, proposal=proposal, note="Vẫn chưa")
        agree(by=leader, proposal=proposal)
        assert now(proposal).state == State.SETTLED

    def test_contesting_has_its_days_and_its_reason(
        self, officer: Mandate, leader: Mandate, clock: Any
    ) -> None:
        proposal = ask(leader)
        reject(officer, proposal)
        with pytest.raises(Refused, match="điểm chưa đồng ý"):
            contest(by=leader, proposal=proposal, note=" ")
        clock.move_to(f"{add_working_days(LAST_DAY, 1)}T09:00:00+07:00")
        with pytest.raises(Refused, match="hết thời hạn"):
            contest(by=leader, proposal=proposal, note="Chưa")
        agree(by=leader, proposal=proposal)

    def test_each_ward_contests_its_own(self, officer: Mandate, leader: Mandate, city: Unit) -> None:
        neighbour = people.ward_leader(WardFactory(parent=city))
        mine, theirs = ask(leader), ask(neighbour)
        form = form_group(by=officer, proposals=[mine, theirs], title="Biên chế")
        answer_proposals(by=officer, group=form, kind=AnswerKind.REJECTED, text="Chưa")
        contest(by=leader, proposal=mine, note="Chưa rõ")
        with pytest.raises(Refused, match="phạm vi"):
            contest(by=leader, proposal=theirs, note="Chưa rõ")
        assert (now(mine).state, now(theirs).state) == (State.CONTESTED, State.ANSWERED)

    def test_the_answering_side_does_not_agree_for_them(
        self, officer: Mandate, leader: Mandate, city: Unit
    ) -> None:
        proposal = ask(leader)
        reject(officer, proposal)
        with pytest.raises(Refused):
            agree(by=people.city_leader(city), proposal=proposal)

    def test_saying_it_twice_is_refused(self, officer: Mandate, leader: Mandate) -> None:
        proposal = ask(leader)
        reject(officer, proposal)
        agree(by=leader, proposal=proposal)
        for again in (lambda: agree(by=leader, proposal=proposal), lambda: reject(officer, proposal)):
            with pytest.raises(Refused, match="Đã giải quyết"):
                again()


class TestSeveralUnits:
    @pytest.fixture
    def together(self, city: Unit, ward: Unit, officer: Mandate) -> tuple[Matter, Mandate, Mandate]:
        other = WardFactory(parent=city)
        statement = Statement("Cùng xin", [ward, other], topic="staffing-quota")
        proposal = record_proposal(
            by=people.clerk(ward), origin=OriginFactory(units=[ward, other]), statement=statement
        )
        reject(officer, proposal)
        return proposal, people.ward_leader(ward), people.ward_leader(other)

    def test_it_is_settled_when_each_agrees(self, together: tuple[Matter, Mandate, Mandate]) -> None:
        proposal, one, other = together
        agree(by=one, proposal=proposal)
        assert now(proposal).state == State.ANSWERED
        agree(by=other, proposal=proposal)
        assert now(proposal).state == State.SETTLED

    def test_any_of_them_contests(self, together: tuple[Matter, Mandate, Mandate]) -> None:
        proposal, one, other = together
        agree(by=one, proposal=proposal)
        contest(by=other, proposal=proposal, note="Chưa đủ")
        assert now(proposal).state == State.CONTESTED


class TestSilence:
    def test_it_counts_as_agreement_once_the_days_are_over(
        self, officer: Mandate, leader: Mandate, clock: Any
    ) -> None:
        proposal = ask(leader)
        answer = reject(officer, proposal)
        assert lapse_answers(LAST_DAY) == 0
        late = add_working_days(LAST_DAY, 1)
        clock.move_to(f"{late}T09:00:00+07:00")
        assert lapse_answers(late) == 1
        assert now(proposal).state == State.SETTLED
        reply = answer.replies.get()
        assert (reply.response, reply.responded_on) == (Response.LAPSED, LAST_DAY)

    def test_running_it_again_or_days_late_doubles_nothing(
        self, officer: Mandate, leader: Mandate, clock: Any
    ) -> None:
        reject(officer, ask(leader), ask(leader, "Xin thêm người"))
        late = add_working_days(LAST_DAY, 4)
        clock.move_to(f"{late}T09:00:00+07:00")
        assert [lapse_answers(late) for _ in range(3)] == [2, 0, 0]
        assert Event.objects.filter(verb="answer.lapsed").count() == 1

    def test_what_was_withdrawn_meanwhile_stays_withdrawn(
        self, officer: Mandate, leader: Mandate, clock: Any
    ) -> None:
        proposal = ask(leader)
        reject(officer, proposal)
        withdraw_proposal(by=leader, proposal=proposal, reason="Đã có")
        assert Reply.objects.get().response == Response.WITHDRAWN
        assert lapse_answers(add_working_days(LAST_DAY, 4)) == 0
        assert now(proposal).state == State.WITHDRAWN


class TestWhatCarriesItOut:
    def test_documents_and_tasks_are_added_by_those_who_answered(
        self, officer: Mandate, leader: Mandate, ward: Unit, city: Unit
    ) -> None:
        answer = reject(officer, ask(leader))
        task, document = IssuedTaskFactory(unit=ward), a_document()
        link_task(by=officer, answer=answer, task=task)
        link_document(by=officer, answer=answer, document=document)
        assert (task.carries_out.get(), document.answers.get()) == (answer, answer)
        unlink_task(by=officer, answer=answer, task=task)
        unlink_document(by=officer, answer=answer, document=document)
        assert not answer.tasks.exists()
        body = people.department_leader(people.department(city))
        with pytest.raises(Refused, match="nơi trả lời"):
            link_document(by=body, answer=answer, document=document)

    def test_only_documents_and_tasks(self, officer: Mandate, leader: Mandate) -> None:
        proposal = ask(leader)
        answer = reject(officer, proposal)
        with pytest.raises(Refused, match="không phải nhiệm vụ"):
            link_task(by=officer, answer=answer, task=proposal)
        with pytest.raises(Refused, match="không phải là văn bản"):
            link_document(by=officer, answer=answer, document=OriginFactory())

    def test_the_last_thing_that_does_it_stays(self, officer: Mandate, leader: Mandate) -> None:
        document = a_document()
        answer = answer_proposals(
            by=officer, proposals=[ask(leader)], kind=AnswerKind.ACCEPTED, text="Đồng ý", documents=[document]
        )
        with pytest.raises(Refused, match="ít nhất một"):
            unlink_document(by=officer, answer=answer, document=document)
        assert answer.documents.exists()


class TestWhoSeesAnAnswer:
    def test_those_who_see_what_it_answered_or_carry_it_out(
        self, officer: Mandate, leader: Mandate, city: Unit
    ) -> None:
        worker = WardFactory(parent=city)
        answer = reject(officer, ask(leader))
        link_task(by=officer, answer=answer, task=IssuedTaskFactory(unit=worker, topic="other"))
        nearby = people.clerk(WardFactory(parent=city))

        def sees(mandate: Mandate) -> bool:
            return Answer.objects.filter(answer_scope(mandate)).exists()

        assert [sees(one) for one in (officer, leader, people.clerk(worker))] == [True] * 3
        assert [sees(one) for one in (nearby, people.stranger(), people.administrator(city))] == [False] * 3

    def test_and_those_whose_own_answer_points_to_it(
        self, officer: Mandate, leader: Mandate, city: Unit
    ) -> None:
        first = reject(officer, ask(leader))
        neighbour = people.ward_leader(WardFactory(parent=city))
        answer_proposals(
            by=officer, proposals=[ask(neighbour)], kind=AnswerKind.ALREADY_ANSWERED, points_to=first
        )
        assert Answer.objects.filter(answer_scope(neighbour), pk=first.pk).exists()


def test_a_routed_hundred_is_handed_over_in_few_queries(
    city: Unit, officer: Mandate, django_assert_max_num_queries: Any
) -> None:
    proposals = ProposalFactory.create_batch(
        100, unit=WardFactory(parent=city), origin=OriginFactory(units=[city])
    )
    with django_assert_max_num_queries(100 + 45):
        route_proposals(by=officer, proposals=proposals, body=people.department(city))
