"""Results the issuing side hands in for those who hold the tasks: whose day stops when, and what stays as it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from tests import people
from tests.factories.sources import SourceFactory
from tests.matters.scene import DUE, MONDAY, Scene
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.matters.actions import (
    PaperResult,
    ask_extension,
    end_wait,
    hand_in_on_paper,
    reopen_task,
    return_task,
    take_back_verification,
    verify_task,
    wait_for,
)
from thongsuot.matters.enums import Act, BodyPart, Decision, LegKind, State
from thongsuot.matters.models import Extension, Matter, MatterBody
from thongsuot.matters.policies import may_verify

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3))


@pytest.fixture
def later(town: Scene, monday: time_machine.Traveller) -> time_machine.Traveller:
    return monday


def on(traveller: time_machine.Traveller, day: date) -> None:
    traveller.move_to(f"{day} 08:00+07:00")


def result(task: Matter, came_on: date = TUESDAY) -> PaperResult:
    return PaperResult(task, came_on, "Đã ban hành kế hoạch.")


def test_one_that_was_not_received_yet_goes_all_the_way_in_one_step(
    town: Scene, later: time_machine.Traveller
) -> None:
    task = town.task()
    on(later, THURSDAY)
    (task,) = hand_in_on_paper(by=town.officer, results=[result(task)])
    assert (task.state, task.stopped_on, task.turn_unit) == (State.SUBMITTED, TUESDAY, town.city)
    assert [step.act for step in task.steps.all()] == [Act.ISSUE, Act.SUBMIT]
    assert [(leg.since, leg.ended_on) for leg in task.legs.all()] == [(MONDAY, TUESDAY), (TUESDAY, None)]


def test_who_wrote_it_down_does_not_verify_nor_does_the_holder(
    town: Scene, later: time_machine.Traveller
) -> None:
    task = town.task()
    on(later, THURSDAY)
    (task,) = hand_in_on_paper(by=town.officer, results=[result(task)])
    assert not may_verify(town.officer, task)
    assert not may_verify(people.ward_leader(town.ward), task)
    task = verify_task(by=town.leader, task=task)
    task = take_back_verification(by=town.leader, task=task)
    assert task.stopped_on == TUESDAY


def test_sent_back_the_days_since_the_paper_came_are_given_back(
    town: Scene, later: time_machine.Traveller
) -> None:
    task = town.task()
    on(later, THURSDAY)
    (task,) = hand_in_on_paper(by=town.officer, results=[result(task)])
    task = return_task(by=town.leader, task=task, reason="Chưa có tiến độ")
    assert task.due_on == add_working_days(DUE, 2)


def test_only_the_issuing_side_and_only_all_or_none(town: Scene, later: time_machine.Traveller) -> None:
    order = town.order()
    one, two = order.tasks.order_by("pk")
    on(later, THURSDAY)
    with pytest.raises(Refused):
        hand_in_on_paper(by=town.clerk(), results=[result(one)])
    with pytest.raises(Refused, match="sau hôm nay"):
        hand_in_on_paper(by=town.officer, results=[result(one), result(two, THURSDAY + timedelta(days=1))])
    with pytest.raises(Refused, match="kết quả"):
        hand_in_on_paper(by=town.officer, results=[result(one), replace(result(two), text=" ")])
    assert set(Matter.objects.values_list("state", flat=True)) == {State.ISSUED}


def test_waiting_and_wishes_for_more_time_end_with_it(town: Scene, later: time_machine.Traveller) -> None:
    asked, waiting = town.received(), town.received()
    ask_extension(by=town.clerk(), task=asked, until=date(2026, 5, 22), reason="Mưa lũ")
    body = people.department(town.city)
    wait_for(by=town.clerk(), task=waiting, body=body, until=THURSDAY, reason="Chờ hướng dẫn")
    on(later, THURSDAY)
    hand_in_on_paper(by=town.officer, results=[result(asked), result(waiting, WEDNESDAY)])
    assert Extension.objects.get().decision == Decision.LAPSED
    waiting.refresh_from_db()
    assert (waiting.waiting_since, waiting.due_on) == (None, add_working_days(DUE, 2))
    assert waiting.legs.get(kind=LegKind.WAITING).ended_on == WEDNESDAY
    assert MatterBody.objects.get(matter=waiting, body=body).part == BodyPart.PAST


def test_each_gets_back_the_days_waited_until_its_own_paper_came(
    town: Scene, later: time_machine.Traveller
) -> None:
    one, two = town.received(), town.received()
    for task in (one, two):
        wait_for(by=town.clerk(), task=task, name="Sở Nội vụ", until=THURSDAY, reason="Chờ hướng dẫn")
    on(later, THURSDAY)
    hand_in_on_paper(by=town.officer, results=[result(one, TUESDAY), result(two, WEDNESDAY)])
    for task, day, waited in ((one, TUESDAY, 1), (two, WEDNESDAY, 2)):
        task.refresh_from_db()
        assert task.due_on == add_working_days(DUE, waited)
        ends = dict(task.legs.values_list("kind", "ended_on"))
        assert (ends[LegKind.WAITING], ends[LegKind.CHECKING]) == (day, None)
        assert task.legs.get(kind=LegKind.CHECKING).since == day


def test_a_wait_begun_after_the_paper_came_gives_no_days(town: Scene, later: time_machine.Traveller) -> None:
    running, ended = town.received(), town.received()
    on(later, WEDNESDAY)
    for task in (running, ended):
        wait_for(by=town.clerk(), task=task, name="Sở Nội vụ", until=THURSDAY, reason="Chờ hướng dẫn")
    end_wait(by=town.clerk(), task=ended, text="Đã có hướng dẫn")
    on(later, THURSDAY)
    handed_in = hand_in_on_paper(by=town.officer, results=[result(running), result(ended)])
    assert [(task.stopped_on, task.due_on) for task in handed_in] == [(TUESDAY, DUE)] * 2
    assert not [
        leg for task in handed_in for leg in task.legs.exclude(kind=LegKind.CHECKING) if not leg.ended_on
    ]


def test_what_was_handed_in_or_closed_stays_as_it_is(town: Scene, later: time_machine.Traveller) -> None:
    submitted, verified = town.submitted(), verify_task(by=town.leader, task=town.submitted())
    on(later, THURSDAY)
    assert hand_in_on_paper(by=town.officer, results=[result(submitted), result(verified)]) == []
    assert submitted.steps.count() == 3


def test_a_paper_that_came_before_the_task_was_sent_back_is_no_answer_to_that(
    town: Scene, later: time_machine.Traveller
) -> None:
    returned, reopened = town.submitted(), verify_task(by=town.leader, task=town.submitted())
    on(later, WEDNESDAY)
    return_task(by=town.leader, task=returned, reason="Chưa có kế hoạch")
    reopen_task(by=town.leader, task=reopened, reason="Kế hoạch chưa ký")
    on(later, THURSDAY)
    assert hand_in_on_paper(by=town.officer, results=[result(returned), result(reopened)]) == []
    again = hand_in_on_paper(by=town.officer, results=[result(returned, WEDNESDAY)])
    assert [task.stopped_on for task in again] == [WEDNESDAY]


def test_priority_asks_for_a_file_and_the_unit_sees_it(town: Scene, later: time_machine.Traveller) -> None:
    task, paper = town.task(priority=True), SourceFactory(received_at_unit=town.city)
    on(later, THURSDAY)
    assert hand_in_on_paper(by=town.officer, results=[result(task)]) == []
    (task,) = hand_in_on_paper(by=town.officer, results=[replace(result(task), sources=[paper])])
    assert list(task.steps.get(act=Act.SUBMIT).sources.all()) == [paper]
    assert town.ward in paper.concerns.all()
