"""What is done to a task: by whom, in which state, and that it is done once."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import people
from tests.factories.matters import OriginFactory, TaskFactory
from tests.factories.sources import SourceFactory
from tests.factories.units import ProvinceFactory, WardFactory
from tests.matters.scene import MONDAY, Scene, scene
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import (
    ask_extension,
    assign_task,
    comment,
    end_wait,
    grant_extension,
    receive_task,
    remind_task,
    reopen_task,
    report_progress,
    return_task,
    submit_task,
    take_back_verification,
    verify_task,
    wait_for,
    withdraw_task,
)
from thongsuot.matters.actions.moving import led_to
from thongsuot.matters.clocks import clock_state, counted_by_clock
from thongsuot.matters.enums import CLOSED, TASK_STAYS, TASK_STEPS, Act, ClockState, LegKind, State
from thongsuot.matters.models import Leg, Matter, Step
from thongsuot.sources.models import Source
from thongsuot.sources.policies import scope as source_scope

pytestmark = pytest.mark.django_db

OF_TASKS = [
    State.RECORDED,
    State.ISSUED,
    State.RECEIVED,
    State.IN_PROGRESS,
    State.SUBMITTED,
    State.RETURNED,
    State.VERIFIED,
    State.WITHDRAWN,
]
WORKING = {State.RECEIVED, State.IN_PROGRESS, State.RETURNED}
OWED = {State.ISSUED, *WORKING}
# The same as the tables in enums, written down a second time from the description of the loop.
LEADS_TO = {
    Act.ISSUE: ({State.RECORDED}, State.ISSUED),
    Act.RECEIVE: ({State.ISSUED}, State.RECEIVED),
    Act.PROGRESS: (WORKING, State.IN_PROGRESS),
    Act.SUBMIT: (WORKING, State.SUBMITTED),
    Act.VERIFY: ({State.SUBMITTED}, State.VERIFIED),
    Act.RETURN: ({State.SUBMITTED}, State.RETURNED),
    Act.REOPEN: ({State.VERIFIED}, State.RETURNED),
    Act.TAKE_BACK: ({State.VERIFIED}, State.SUBMITTED),
    Act.WITHDRAW: ({State.RECORDED, State.SUBMITTED, *OWED}, State.WITHDRAWN),
    Act.AMEND: ({State.SUBMITTED, *OWED}, None),
    Act.SEE: ({State.SUBMITTED, *OWED}, None),
    Act.ASSIGN: (OWED, None),
    Act.ASK_EXTENSION: (OWED, None),
    Act.EXTEND: (OWED, None),
    Act.REFUSE_EXTENSION: (OWED, None),
    Act.WAIT: (WORKING, None),
    Act.RESUME: (WORKING, None),
    Act.REMIND: (OWED, None),
    Act.COMMENT: ({State.RECORDED, State.SUBMITTED, *OWED}, None),
}


@pytest.mark.parametrize("state", OF_TASKS)
@pytest.mark.parametrize("act", list(Act))
def test_every_act_leads_from_every_state_where_the_table_says(act: Act, state: State) -> None:
    task = TaskFactory.build(unit=WardFactory.build(parent=ProvinceFactory.build()), state=state)
    allowed, after = LEADS_TO.get(act, (set(), None))
    assert led_to(task, act) == ((after or state) if state in allowed else None)


def test_no_act_stands_in_both_tables() -> None:
    assert not set(TASK_STEPS) & set(TASK_STAYS)


def _in_state(town: Scene, state: State) -> Matter:
    if state == State.RECORDED:
        return TaskFactory(unit=town.ward, origin=OriginFactory(units=[town.ward]))
    task = town.task(product=f"Báo cáo {state}")
    steps: dict[State, Any] = {
        State.RECEIVED: lambda: receive_task(by=town.clerk(), task=task),
        State.IN_PROGRESS: lambda: report_progress(by=town.clerk(), task=task, text="Đang làm"),
        State.SUBMITTED: lambda: submit_task(by=town.clerk(), task=task, text="Xong"),
        State.RETURNED: lambda: return_task(by=town.officer, task=task, reason="Thiếu"),
        State.VERIFIED: lambda: verify_task(by=town.officer, task=task),
        State.WITHDRAWN: lambda: withdraw_task(by=town.officer, task=task, reason="Thôi"),
    }
    way = {
        State.ISSUED: (),
        State.RECEIVED: (State.RECEIVED,),
        State.IN_PROGRESS: (State.RECEIVED, State.IN_PROGRESS),
        State.SUBMITTED: (State.RECEIVED, State.SUBMITTED),
        State.RETURNED: (State.RECEIVED, State.SUBMITTED, State.RETURNED),
        State.VERIFIED: (State.RECEIVED, State.SUBMITTED, State.VERIFIED),
        State.WITHDRAWN: (State.WITHDRAWN,),
    }
    for step in way[state]:
        steps[step]()
    task.refresh_from_db()
    return task


def _acts(town: Scene, task: Matter) -> dict[Act, Any]:
    later = date(2026, 5, 20)
    clerk = town.clerk()
    return {
        Act.RECEIVE: lambda: receive_task(by=clerk, task=task),
        Act.PROGRESS: lambda: report_progress(by=clerk, task=task, text="Đang làm"),
        Act.SUBMIT: lambda: submit_task(by=clerk, task=task, text="Xong"),
        Act.VERIFY: lambda: verify_task(by=town.officer, task=task),
        Act.RETURN: lambda: return_task(by=town.officer, task=task, reason="Thiếu"),
        Act.REOPEN: lambda: reopen_task(by=town.officer, task=task, reason="Sai"),
        Act.TAKE_BACK: lambda: take_back_verification(by=town.officer, task=task),
        Act.WITHDRAW: lambda: withdraw_task(by=town.officer, task=task, reason="Thôi"),
        Act.REMIND: lambda: remind_task(by=town.officer, task=task),
        Act.ASK_EXTENSION: lambda: ask_extension(by=clerk, task=task, until=later, reason="Mưa"),
        Act.WAIT: lambda: wait_for(by=clerk, task=task, until=later, reason="Ý kiến", name="Bộ Nội vụ"),
        Act.COMMENT: lambda: comment(by=clerk, matter=task, text="Trao đổi"),
    }


@pytest.mark.parametrize("state", OF_TASKS)
def test_actions_keep_to_the_table_and_leave_one_step_and_one_event(town: Scene, state: State) -> None:
    task = _in_state(town, state)
    town.clerk()
    for act, run in _acts(town, task).items():
        allowed, after = LEADS_TO[act]
        steps, events, version = task.steps.count(), Event.objects.count(), task.version
        if state == State.RECORDED and act not in (Act.WITHDRAW, Act.COMMENT):
            with pytest.raises(Refused):
                run()
            continue
        if state not in allowed:
            with pytest.raises(Refused, match=f"{task.number}.*không thể"):
                run()
            assert (task.steps.count(), Event.objects.count()) == (steps, events)
            continue
        point = transaction.savepoint()
        run()
        task.refresh_from_db()
        assert task.state == (after or state), act
        assert (task.steps.count(), Event.objects.count()) == (steps + 1, events + 1)
        assert task.steps.last().act == act
        assert task.version == version + 1
        transaction.savepoint_rollback(point)
        task.refresh_from_db()


class TestTheHolder:
    def test_a_result_needs_words_and_a_priority_task_a_file(self, town: Scene) -> None:
        task = town.received(priority=True)
        with pytest.raises(Refused, match="Chưa nêu kết quả"):
            submit_task(by=town.clerk(), task=task, text="  ")
        with pytest.raises(Refused, match=r"ưu tiên.*tệp"):
            submit_task(by=town.clerk(), task=task, text="Xong")
        submit_task(
            by=town.clerk(), task=task, text="Xong", sources=[SourceFactory(received_at_unit=town.ward)]
        )
        task.refresh_from_db()
        assert task.state == State.SUBMITTED

    def test_evidence_is_seen_by_both_sides(self, town: Scene) -> None:
        source = SourceFactory(received_at_unit=town.ward)
        department = people.department_officer(town.body(town.city, "home_affairs"))
        task = town.received()
        submit_task(by=town.clerk(), task=task, text="Xong", sources=[source])
        assert list(task.steps.last().sources.all()) == [source]
        assert Source.objects.filter(source_scope(department), pk=source.pk).exists()

    def test_nobody_attaches_what_they_may_not_see(self, town: Scene) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            submit_task(by=town.clerk(), task=town.received(), text="Xong", sources=[SourceFactory()])

    def test_handing_in_stops_their_time_and_gives_the_turn_to_the_issuer(self, town: Scene) -> None:
        task = town.submitted()
        assert (task.stopped_on, task.turn_unit, task.turn_due_on) == (MONDAY, town.city, date(2026, 4, 28))
        assert clock_state(task, date(2026, 9, 1)) == ClockState.IN_TERM
        assert task.legs.get(ended_on=None).kind == LegKind.CHECKING

    def test_somebody_of_the_unit_does_it(self, town: Scene) -> None:
        task = town.received()
        colleague = people.ward_leader(town.ward)
        assign_task(by=town.clerk(), task=task, to=colleague)
        task.refresh_from_db()
        assert task.assignee == colleague
        for other in (town.clerk(town.wards[1]), people.reader(town.ward), town.officer):
            with pytest.raises(Refused, match="không làm việc tại"):
                assign_task(by=town.clerk(), task=task, to=other)

    def test_another_ward_does_not_touch_it(self, town: Scene) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            receive_task(by=town.clerk(town.wards[1]), task=town.task())

    def test_those_above_do_not_do_it_for_them(self, town: Scene) -> None:
        with pytest.raises(Refused, match="không có quyền"):
            receive_task(by=town.officer, task=town.task())
        with pytest.raises(Refused, match=r"Ủy ban nhân dân.*giữ"):
            receive_task(by=people.department_officer(town.body(town.ward, "office")), task=_seen(town))


def _seen(town: Scene) -> Matter:
    """A task another body of the ward supports, so that it sees it."""
    return town.task(supporters=[town.body(town.ward, "office")])


class TestTheVerifier:
    """Of the issuing side, and neither who holds it nor who did it."""

    def test_the_issuing_side_closes_it(self, town: Scene) -> None:
        task = verify_task(by=town.officer, task=town.submitted())
        assert (task.state, task.open, task.closed_on, task.turn_unit) == (
            State.VERIFIED,
            False,
            MONDAY,
            None,
        )
        assert not task.legs.filter(ended_on=None).exists()

    def test_the_holder_does_not(self, town: Scene) -> None:
        with pytest.raises(Refused, match="Chỉ bên giao"):
            verify_task(by=people.ward_leader(town.ward), task=town.submitted())

    def test_not_even_with_a_second_mandate_above(self, town: Scene) -> None:
        """Whoever works at the holder's does not change sides by changing their mandate."""
        task = town.submitted()
        colleague = people.ward_leader(town.ward)
        above = people.officer(WardFactory().parent)
        type(above).objects.filter(pk=above.pk).update(unit=town.city, user=colleague.user)
        above.refresh_from_db()
        with pytest.raises(Refused, match="không tự xác nhận"):
            verify_task(by=above, task=task)

    def test_nor_who_handed_it_in_nor_who_it_was_assigned_to(self, town: Scene) -> None:
        """Inside one unit both sides are of it, so it goes by person and by body."""
        leader = people.ward_leader(town.ward)
        department = town.body(town.ward, "economic_department")
        head, hand = people.department_leader(department), people.department_officer(department)
        task = town.task(by=leader, lead_code="economic_department")
        receive_task(by=hand, task=task)
        submit_task(by=leader, task=task, text="Làm thay")
        with pytest.raises(Refused, match="đã nộp kết quả"):
            verify_task(by=leader, task=task)
        for one in (head, hand):
            with pytest.raises(Refused):
                verify_task(by=one, task=task)
        Step.objects.filter(act=Act.SUBMIT).update(author_username=hand.user.username)
        Matter.objects.filter(pk=task.pk).update(assignee=leader)
        with pytest.raises(Refused, match="được phân công"):
            verify_task(by=leader, task=task)
        Matter.objects.filter(pk=task.pk).update(assignee=hand)
        assert verify_task(by=leader, task=task).state == State.VERIFIED

    def test_work_a_department_gave_its_own_people_is_verified_by_its_head(self, town: Scene) -> None:
        department = town.body(town.city, "home_affairs")
        head, hand = people.department_leader(department), people.department_officer(department)
        task = town.task(by=head, units=[town.city], lead_code="home_affairs")
        receive_task(by=hand, task=task)
        submit_task(by=hand, task=task, text="Xong")
        assert verify_task(by=head, task=task).state == State.VERIFIED

    def test_a_slip_is_taken_back_on_the_same_day_by_the_same_hand(
        self, town: Scene, monday: time_machine.Traveller
    ) -> None:
        task = verify_task(by=town.officer, task=town.submitted())
        with pytest.raises(Refused, match="Chỉ người xác nhận"):
            take_back_verification(by=town.leader, task=task)
        task = take_back_verification(by=town.officer, task=task)
        assert (task.state, task.open, task.closed_on, task.stopped_on) == (
            State.SUBMITTED,
            True,
            None,
            MONDAY,
        )
        verify_task(by=town.officer, task=task)
        monday.move_to("2026-04-21 08:00+07:00")
        with pytest.raises(Refused, match="trong ngày xác nhận"):
            take_back_verification(by=town.officer, task=task)


class TestGoingBack:
    def test_returned_work_gets_back_the_days_it_lay_above(
        self, town: Scene, monday: time_machine.Traveller
    ) -> None:
        task = town.submitted()
        monday.move_to("2026-04-28 08:00+07:00")  # five working days later: the 27th is a holiday
        task = return_task(by=town.officer, task=task, reason="Thiếu danh sách")
        assert (task.state, task.stopped_on, task.due_on) == (State.RETURNED, None, date(2026, 5, 22))
        assert task.turn_unit == town.ward
        assert task.legs.get(ended_on=None).reason == "Thiếu danh sách"
        assert task.steps.last().text == "Thiếu danh sách"

    def test_or_a_day_named_by_the_issuer(self, town: Scene) -> None:
        task = return_task(by=town.officer, task=town.submitted(), reason="Thiếu", due_on=date(2026, 4, 24))
        assert task.due_on == date(2026, 4, 24)

    def test_completed_work_is_reopened_with_a_reason(self, town: Scene) -> None:
        task = verify_task(by=town.officer, task=town.submitted())
        with pytest.raises(Refused, match="lý do"):
            reopen_task(by=town.officer, task=task, reason="")
        task = reopen_task(by=town.leader, task=task, reason="Số liệu sai")
        assert (task.state, task.open, task.closed_on) == (State.RETURNED, True, None)
        assert task.steps.last().text == "Số liệu sai"
        submit_task(by=town.clerk(), task=task, text="Đã sửa số liệu")

    def test_what_was_only_recorded_may_be_set_aside(self, town: Scene) -> None:
        recorded = TaskFactory(unit=town.ward, origin=OriginFactory(units=[town.ward]))
        task = withdraw_task(by=town.officer, task=recorded, reason="Không còn phù hợp")
        assert (task.state, clock_state(task, MONDAY)) == (State.WITHDRAWN, ClockState.STOPPED)

    def test_words_in_the_thread_come_from_those_who_act(self, town: Scene) -> None:
        task = town.task()
        comment(by=town.officer, matter=task, text="Lưu ý phần phụ lục")
        assert task.steps.last().text == "Lưu ý phần phụ lục"
        for silent in (people.reader(town.city), people.auditor(town.city)):
            with pytest.raises(Refused, match="chỉ được xem"):
                comment(by=silent, matter=task, text="x")
        with pytest.raises(Refused, match="phạm vi"):
            comment(by=people.stranger(), matter=task, text="x")


MOVES = [
    "receive",
    "progress",
    "submit",
    "verify",
    "take_back",
    "return",
    "reopen",
    "withdraw",
    "ask",
    "grant",
    "wait",
    "resume",
    "remind",
    "day",
]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(walk=st.lists(st.sampled_from(MOVES), max_size=14))
def test_whatever_is_tried_the_task_stays_in_order(db: None, walk: list[str]) -> None:
    """Its state is one of the table, its clock in one state, its legs touch, and each act leaves a step and an event."""
    with transaction.atomic(), time_machine.travel(f"{MONDAY} 08:00+07:00", tick=False) as clock:
        town = scene(wards=1)
        task = town.task()
        done, day = 0, MONDAY
        before = Event.objects.count()
        for name in walk:
            if name == "day":
                day = date.fromordinal(day.toordinal() + 3)
                clock.move_to(f"{day} 08:00+07:00")
                continue
            point = transaction.savepoint()
            try:
                _moves(town, task, day)[name]()
            except Refused:
                transaction.savepoint_rollback(point)
            else:
                transaction.savepoint_commit(point)
                done += 1
            _in_order(Matter.objects.get(pk=task.pk), day)
        assert Step.objects.filter(matter=task).count() == done + 1
        assert Event.objects.count() == before + done
        transaction.set_rollback(True)


def _moves(town: Scene, task: Matter, day: date) -> dict[str, Any]:
    later = date(2026, 6, 12)
    return {
        "receive": lambda: receive_task(by=town.clerk(), task=task),
        "progress": lambda: report_progress(by=town.clerk(), task=task, text="Đang làm"),
        "submit": lambda: submit_task(by=town.clerk(), task=task, text="Xong"),
        "verify": lambda: verify_task(by=town.officer, task=task),
        "take_back": lambda: take_back_verification(by=town.officer, task=task),
        "return": lambda: return_task(by=town.officer, task=task, reason="Thiếu"),
        "reopen": lambda: reopen_task(by=town.officer, task=task, reason="Sai"),
        "withdraw": lambda: withdraw_task(by=town.officer, task=task, reason="Thôi"),
        "ask": lambda: ask_extension(by=town.clerk(), task=task, until=later, reason="Mưa"),
        "grant": lambda: grant_extension(by=town.leader, task=task),
        "wait": lambda: wait_for(by=town.clerk(), task=task, until=later, reason="Ý kiến", name="Bộ Nội vụ"),
        "resume": lambda: end_wait(by=town.clerk(), task=task, text="Đã có ý kiến"),
        "remind": lambda: remind_task(by=town.officer, task=task),
    }


def _in_order(task: Matter, today: date) -> None:
    assert task.state in OF_TASKS
    assert task.open == (task.state not in CLOSED)
    assert (task.closed_on is None) == task.open
    counts = counted_by_clock(Matter.objects.all(), today)
    assert sum(counts.values()) == Matter.objects.count()
    assert counts[clock_state(task, today)] >= 1
    legs = list(Leg.objects.filter(matter=task).order_by("pk"))
    assert sum(leg.ended_on is None for leg in legs) == (1 if task.open else 0)
    for one, following in pairwise(legs):
        assert one.ended_on is not None
        assert one.ended_on <= following.since
        assert one.ended_on == following.since or one.kind == LegKind.CHECKING
    if task.waiting_since:
        assert legs[-1].kind == LegKind.WAITING
    assert (task.turn_unit_id is None) == (not task.open)
