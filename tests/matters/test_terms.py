"""More time, and time that is another's: extensions and waits, in working days."""

from datetime import date
from typing import Any

import pytest
import time_machine

from tests import people
from tests.factories.sources import SourceFactory
from tests.matters.scene import DUE, MONDAY, Scene
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import (
    ask_extension,
    end_wait,
    grant_extension,
    refuse_extension,
    submit_task,
    verify_task,
    wait_for,
)
from thongsuot.matters.clocks import clock_state
from thongsuot.matters.enums import Act, BodyPart, ClockState, Decision, LegKind, State
from thongsuot.matters.models import Extension, Matter, MatterBody
from thongsuot.matters.policies import scope
from thongsuot.matters.queries.work import extensions_to_decide, owed, waited_for

pytestmark = pytest.mark.django_db
LATER = date(2026, 5, 22)


def asked(town: Scene, until: date = LATER, **changed: Any) -> Matter:
    task = town.received(**changed)
    ask_extension(by=town.clerk(), task=task, until=until, reason="Mưa lũ")
    return task


class TestExtensions:
    def test_granted_the_clock_says_so_with_count_reason_and_who(self, town: Scene) -> None:
        task = grant_extension(by=town.officer, task=asked(town), remark="Đồng ý")
        wish = Extension.objects.get()
        assert (wish.decision, wish.count, wish.old_due_on, wish.new_due_on) == (
            Decision.GRANTED,
            1,
            DUE,
            LATER,
        )
        assert (wish.reason, wish.decided_by, wish.remark) == ("Mưa lũ", town.officer.actor.name, "Đồng ý")
        assert (task.extensions, task.due_on, task.turn_due_on) == (1, LATER, LATER)
        assert clock_state(task, MONDAY) == ClockState.EXTENDED
        assert [leg.due_on for leg in task.legs.all()] == [DUE, LATER]

    def test_refused_it_stays_as_it_was(self, town: Scene) -> None:
        task = asked(town)
        with pytest.raises(Refused, match="lý do"):
            refuse_extension(by=town.officer, task=task, remark="")
        task = refuse_extension(by=town.officer, task=task, remark="Việc gấp")
        assert (task.extensions, task.due_on) == (0, DUE)
        assert Extension.objects.get().decision == Decision.REFUSED

    def test_the_second_needs_the_higher_role(self, town: Scene) -> None:
        task = grant_extension(by=town.officer, task=asked(town))
        ask_extension(by=town.clerk(), task=task, until=date(2026, 6, 5), reason="Lại mưa")
        with pytest.raises(Refused, match="Duyệt gia hạn từ lần thứ hai"):
            grant_extension(by=town.officer, task=task)
        assert grant_extension(by=town.leader, task=task).extensions == 2

    def test_of_work_given_inside_a_ward_the_second_is_for_the_tier_above(self, town: Scene) -> None:
        leader = people.ward_leader(town.ward)
        task = asked(town, by=leader)
        grant_extension(by=leader, task=task)
        ask_extension(by=town.clerk(), task=task, until=date(2026, 6, 5), reason="Lại mưa")
        with pytest.raises(Refused, match="không có quyền"):
            grant_extension(by=leader, task=task)
        assert [extensions_to_decide(by).count() for by in (leader, town.officer, town.leader)] == [0, 0, 1]
        assert grant_extension(by=town.leader, task=task).extensions == 2

    def test_another_day_may_be_granted(self, town: Scene) -> None:
        assert grant_extension(by=town.officer, task=asked(town), until=date(2026, 5, 19)).due_on == date(
            2026, 5, 19
        )

    @pytest.mark.parametrize(
        ("until", "words"),
        [
            (DUE, "phải sau hạn đang có"),
            (date(2026, 4, 17), "đã qua"),
            (date(2026, 5, 23), "không phải ngày làm việc"),
            (date(2026, 6, 29), "không quá 30 ngày làm việc: muộn nhất là 26-06-2026"),
        ],
    )
    def test_the_new_day_is_a_working_day_not_too_far_off(self, town: Scene, until: date, words: str) -> None:
        with pytest.raises(Refused, match=words):
            asked(town, until)
        assert not Extension.objects.exists()

    def test_one_wish_at_a_time(self, town: Scene) -> None:
        with pytest.raises(Refused, match="đang chờ duyệt"):
            ask_extension(by=town.clerk(), task=asked(town), until=LATER, reason="Nữa")

    def test_nobody_grants_their_own(self, town: Scene) -> None:
        leader = people.ward_leader(town.ward)
        task = town.task(by=leader)
        ask_extension(by=leader, task=task, until=LATER, reason="Mưa")
        with pytest.raises(Refused, match="người khác phải duyệt"):
            grant_extension(by=leader, task=task)

    def test_without_a_wish_there_is_nothing_to_grant(self, town: Scene) -> None:
        with pytest.raises(Refused, match="không có lần xin gia hạn"):
            grant_extension(by=town.officer, task=town.received())

    def test_handing_in_ends_the_wish(self, town: Scene) -> None:
        submit_task(by=town.clerk(), task=asked(town), text="Xong rồi")
        assert Extension.objects.get().decision == Decision.LAPSED


class TestWaiting:
    def waiting(self, town: Scene, **on: Any) -> Matter:
        return wait_for(
            by=town.clerk(),
            task=town.received(product=on.pop("product", "Báo cáo")),
            until=date(2026, 4, 28),
            reason="Cho ý kiến",
            **on,
        )

    def test_the_time_waited_is_not_the_holders(self, town: Scene, monday: time_machine.Traveller) -> None:
        """From Monday the 20th to Wednesday the 29th are six working days: the 27th is a holiday."""
        task = self.waiting(town, body=town.body(town.city, "finance"))
        assert clock_state(task, MONDAY) == ClockState.WAITING
        monday.move_to("2026-04-29 08:00+07:00")
        task = end_wait(by=town.clerk(), task=task, text="Đã có ý kiến")
        assert task.due_on == date(2026, 5, 25)
        assert clock_state(task, date(2026, 4, 29)) == ClockState.IN_TERM
        legs = [(leg.kind, leg.name, leg.since, leg.ended_on) for leg in task.legs.all()]
        holder = f"Ủy ban nhân dân {town.ward}"
        assert legs == [
            (LegKind.HOLDING, holder, MONDAY, MONDAY),
            (LegKind.WAITING, str(town.body(town.city, "finance")), MONDAY, date(2026, 4, 29)),
            (LegKind.HOLDING, holder, date(2026, 4, 29), None),
        ]

    def test_the_body_waited_for_sees_it_has_the_turn_and_answers(self, town: Scene) -> None:
        finance = town.body(town.city, "finance")
        officer, other = (
            people.department_officer(finance),
            people.department_officer(town.body(town.city, "justice")),
        )
        task = self.waiting(town, body=finance)
        assert (task.turn_unit, task.turn_body, task.turn_due_on) == (town.city, finance, date(2026, 4, 28))
        assert Matter.objects.filter(scope(officer), pk=task.pk).exists()
        with pytest.raises(Refused):
            end_wait(by=other, task=task, text="Đồng ý")
        source = SourceFactory(received_at_unit=town.city)
        task = end_wait(by=officer, task=task, text="Đồng ý theo đề xuất", sources=[source])
        step = task.steps.last()
        assert (step.act, step.text, list(step.sources.all())) == (
            Act.RESUME,
            "Đồng ý theo đề xuất",
            [source],
        )
        assert (task.turn_unit, task.turn_body) == (town.ward, task.body)
        assert MatterBody.objects.get(matter=task, body=finance).part == BodyPart.PAST
        with pytest.raises(Refused, match="không chờ cơ quan nào"):
            end_wait(by=town.clerk(), task=task, text="Lần nữa")

    def test_meanwhile_it_is_nobody_elses_turn_to_do_the_work(self, town: Scene) -> None:
        """The body waited for answers; the work stays the holder's. Waiting on one outside, the holder looks after it."""
        colleague = town.clerk(town.wards[1])
        task = self.waiting(town, unit=town.wards[1])
        assert [owed(by).count() for by in (town.clerk(), colleague)] == [0, 0]
        assert [leg.matter for leg in waited_for(colleague)] == [task]
        end_wait(by=town.clerk(), task=task, text="Đã có")
        wait_for(by=town.clerk(), task=task, until=date(2026, 4, 28), reason="Hướng dẫn", name="Bộ Nội vụ")
        assert list(owed(town.clerk())) == [task]

    def test_another_unit_or_one_outside_the_register_may_be_waited_for(self, town: Scene) -> None:
        task = self.waiting(town, unit=town.wards[1])
        assert Matter.objects.filter(scope(town.clerk(town.wards[1])), pk=task.pk).exists()
        end_wait(by=town.clerk(town.wards[1]), task=task, text="Đã phối hợp")
        task = wait_for(
            by=town.clerk(), task=task, until=date(2026, 4, 28), reason="Hướng dẫn", name="Bộ Nội vụ"
        )
        assert (task.turn_unit, task.turn_due_on) == (town.ward, date(2026, 4, 28))

    @pytest.mark.parametrize(
        ("how", "words"),
        [
            ({"until": date(2026, 4, 30), "name": "Bộ"}, "không phải ngày làm việc"),
            ({"reason": "", "name": "Bộ"}, "Chưa nêu chờ việc gì"),
            ({"name": " "}, "Chưa chọn cơ quan"),
        ],
    )
    def test_a_wait_says_for_whom_what_and_until_when(
        self, town: Scene, how: dict[str, Any], words: str
    ) -> None:
        asked = {"until": date(2026, 4, 28), "reason": "Ý kiến", **how}
        with pytest.raises(Refused, match=words):
            wait_for(by=town.clerk(), task=town.received(), **asked)

    def test_nobody_waits_for_themselves_or_twice(self, town: Scene) -> None:
        with pytest.raises(Refused, match="không thể tự chờ mình"):
            self.waiting(town, body=town.body(town.ward, "peoples_committee"))
        task = self.waiting(town, name="Bộ Nội vụ", product="Khác")
        with pytest.raises(Refused, match="đang chờ cơ quan khác rồi"):
            wait_for(by=town.clerk(), task=task, until=LATER, reason="x", name="Bộ Tài chính")

    def test_meanwhile_no_extension_is_needed(self, town: Scene) -> None:
        with pytest.raises(Refused, match="hạn tự lùi"):
            ask_extension(by=town.clerk(), task=self.waiting(town, name="Bộ"), until=LATER, reason="x")

    def test_handing_in_ends_the_wait(self, town: Scene) -> None:
        task = submit_task(by=town.clerk(), task=self.waiting(town, name="Bộ"), text="Xong không cần chờ")
        assert (task.waiting_since, task.state) == (None, State.SUBMITTED)
        assert verify_task(by=town.officer, task=task).state == State.VERIFIED
