"""One order, one act, one task for each unit: with all six clears or not at all."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from tests import people
from tests.factories.matters import OriginFactory, TaskFactory
from tests.factories.units import WardFactory
from tests.matters.scene import DUE, SIX, Scene, scene
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import (
    Clears,
    acknowledge_amendment,
    add_units,
    amend_draft,
    amend_order,
    ask_extension,
    discard_draft,
    draft_order,
    grant_extension,
    issue_order,
    issue_task,
    receive_task,
    submit_task,
    verify_task,
    withdraw_order,
)
from thongsuot.matters.enums import Act, BodyPart, LegKind, OrderState, State
from thongsuot.matters.models import Leg, Matter, MatterBody, MatterUnit, Order, OrderVersion, Step
from thongsuot.matters.policies import scope

pytestmark = pytest.mark.django_db


class TestIssuing:
    def test_every_unit_gets_its_own_task_number_clock_and_holder(self, town: Scene) -> None:
        order = town.order()
        tasks = list(Matter.objects.filter(order=order).order_by("number"))
        assert [task.number for task in tasks] == ["NV-2026-000001", "NV-2026-000002"]
        for task, ward in zip(tasks, town.wards, strict=True):
            assert (task.state, task.unit, task.holder, task.issuer) == (State.ISSUED, ward, ward, town.city)
            assert task.holder_name == f"Ủy ban nhân dân {ward}"
            assert (task.due_on, task.due_soon_on) == (DUE, date(2026, 5, 12))
            assert (task.turn_unit, task.turn_body, task.turn_due_on) == (ward, task.body, DUE)
            assert list(task.steps.values_list("act", "state")) == [(Act.ISSUE, State.ISSUED)]
            leg = Leg.objects.get(matter=task)
            assert (leg.kind, leg.unit, leg.due_on, leg.ended_on) == (LegKind.HOLDING, ward, DUE, None)
            assert MatterUnit.objects.get(matter=task).unit == ward
            assert MatterBody.objects.get(matter=task).body == town.body(ward, "peoples_committee")

    def test_it_is_one_act_in_the_trail_naming_all_the_numbers(self, town: Scene) -> None:
        order = town.draft()
        before = Event.objects.count()
        tasks = issue_order(by=town.officer, order=order)
        event = Event.objects.order_by("number").last()
        assert event is not None
        assert Event.objects.count() == before + 1
        assert event.verb == "order.issued"
        assert event.details["numbers"] == [task.number for task in tasks]

    def test_rows_are_written_together(self, monday: object) -> None:
        costs = []
        for wards in (2, 2, 30):  # the first also begins the counter and the trail
            town = scene(wards)
            order = town.draft()
            with CaptureQueriesContext(connection) as captured:
                issue_order(by=town.officer, order=order)
            costs.append(len(captured))
        batches = 4 if connection.vendor == "sqlite" else 0  # SQLite takes fewer values at a time
        assert costs[2] <= costs[1] + batches  # of many, a worker tells those concerned: that may be fewer

    def test_each_body_sees_its_own(self, town: Scene) -> None:
        support = town.body(town.city, "home_affairs")
        town.order(supporters=[support])
        helper = people.department_officer(support)
        lead = people.department_officer(town.body(town.ward, "peoples_committee"))
        other = people.department_officer(town.body(town.ward, "military_command"))
        seen = [Matter.objects.filter(scope(by)).count() for by in (helper, lead, other)]
        assert seen == [2, 1, 0]
        assert MatterBody.objects.filter(body=support, part=BodyPart.SUPPORTING).count() == 2

    def test_without_a_recorded_origin_it_rests_on_its_basis(self, town: Scene) -> None:
        order = town.order()
        assert order.origin is not None
        assert order.origin.title == SIX["basis"]
        meeting = OriginFactory(units=[town.ward])
        assert town.order(origin=meeting).origin == meeting

    def test_nothing_is_stored_by_halves(self, town: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        order = town.draft()
        counts: list[type[Model]] = [Matter, Leg, Step, MatterBody, OrderVersion, Event]
        before = [model._default_manager.count() for model in counts]

        def broken(*args: object, **kwargs: object) -> None:
            raise OSError("the database went away")

        monkeypatch.setattr("thongsuot.matters.actions.issuing.leave_steps", broken)
        with pytest.raises(OSError, match="went away"):
            issue_order(by=town.officer, order=order)
        assert [model._default_manager.count() for model in counts] == before
        order.refresh_from_db()
        assert order.state == OrderState.DRAFT

    def test_a_second_click_finds_it_issued(self, town: Scene) -> None:
        order = town.order()
        with pytest.raises(Refused, match="đã được giao"):
            issue_order(by=town.officer, order=order)
        assert Matter.objects.count() == 2


class TestTheSixClears:
    def test_all_that_is_missing_is_said_at_once(self, town: Scene) -> None:
        order = draft_order(by=town.officer, clears=Clears(text="Rà soát"))
        with pytest.raises(Refused) as refusal:
            issue_order(by=town.officer, order=order)
        for word in ("người chịu trách nhiệm", "thời hạn", "cơ quan chủ trì", "đơn vị", "căn cứ", "sản phẩm"):
            assert word in str(refusal.value)

    @pytest.mark.parametrize(
        ("missing", "word"),
        [
            ({"person": " "}, "người chịu trách nhiệm"),
            ({"due_on": None}, "thời hạn"),
            ({"units": []}, "đơn vị thực hiện"),
            ({"lead_code": ""}, "cơ quan chủ trì"),
            ({"basis": ""}, "căn cứ"),
            ({"product": ""}, "sản phẩm"),
        ],
    )
    def test_none_may_be_missing(self, town: Scene, missing: dict[str, Any], word: str) -> None:
        with pytest.raises(Refused, match=f"còn thiếu: {word}"):
            issue_order(by=town.officer, order=town.draft(**missing))
        assert not Matter.objects.exists()

    def test_the_work_is_what_a_draft_begins_with(self, town: Scene) -> None:
        with pytest.raises(Refused, match="Chưa nói rõ việc"):
            town.draft(text="  ")

    @pytest.mark.parametrize("field", ["person", "product", "basis"])
    def test_the_database_knows_them_too(self, town: Scene, field: str) -> None:
        order = town.order()
        with pytest.raises(IntegrityError), transaction.atomic():
            Matter.objects.filter(order=order).update(**{field: ""})
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**{field: ""})

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (date(2026, 4, 17), "đã qua"),
            (date(2026, 4, 30), "Ngày Chiến thắng"),
            (date(2026, 5, 2), r"thứ bảy, chủ nhật\).*04-05-2026"),
        ],
    )
    def test_time_is_a_working_day_to_come(self, town: Scene, day: date, words: str) -> None:
        with pytest.raises(Refused, match=words):
            issue_order(by=town.officer, order=town.draft(due_on=day))

    def test_a_unit_without_the_leading_body_is_named(self, town: Scene) -> None:
        bare = WardFactory(name="Chưa Có", parent=town.city)
        with pytest.raises(Refused, match=r"Ủy ban nhân dân.*phường Chưa Có"):
            issue_order(by=town.officer, order=town.draft(units=[*town.wards, bare]))
        assert not Matter.objects.exists()


class TestWhoMayIssue:
    def test_units_out_of_reach_are_named(self, town: Scene) -> None:
        elsewhere = WardFactory(name="Nơi Khác")
        with pytest.raises(Refused, match=r"Ngoài phạm vi.*phường Nơi Khác"):
            town.draft(units=[*town.wards, elsewhere])

    def test_a_group_leader_gives_to_the_units_of_the_group_alone(self, town: Scene) -> None:
        leader = people.group_leader(town.city, [town.ward])
        assert town.task(by=leader).holder == town.ward
        with pytest.raises(Refused, match="Ngoài phạm vi"):
            town.draft(by=leader)

    def test_a_ward_officer_gives_none(self, town: Scene) -> None:
        with pytest.raises(Refused, match="không có quyền"):
            town.draft(by=town.clerk())

    def test_a_ward_leader_gives_work_inside_the_ward(self, town: Scene) -> None:
        leader = people.ward_leader(town.ward)
        task = town.task(by=leader, lead_code="economic_department")
        assert (task.issuer, task.holder) == (town.ward, town.ward)
        assert task.body == town.body(town.ward, "economic_department")

    def test_a_department_gives_work_to_its_own_people_alone(self, town: Scene) -> None:
        leader = people.department_leader(town.body(town.city, "home_affairs"))
        task = town.task(by=leader, units=[town.city], lead_code="home_affairs")
        assert task.issuer_body == task.body
        with pytest.raises(Refused, match="chỉ giao việc trong cơ quan mình"):
            town.draft(by=leader, units=[town.city], lead_code="justice")

    def test_an_officer_gives_in_the_given_fields_of_work(self, town: Scene) -> None:
        specialist = people.holder("specialist", "city_officer", town.city, fields=["budget"])
        with pytest.raises(Refused, match="Lĩnh vực"):
            town.draft(by=specialist, topic="training")
        assert town.order(by=specialist, topic="budget").state == OrderState.ISSUED

    def test_a_draft_is_its_authors_own(self, town: Scene) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            issue_order(by=town.leader, order=town.draft())


class TestDrafts:
    def test_it_may_wait_unfinished_and_be_changed(self, town: Scene) -> None:
        order = draft_order(by=town.officer, clears=Clears(text="Rà soát"))
        amend_draft(by=town.officer, order=order, clears=town.clears())
        assert len(issue_order(by=town.officer, order=order)) == 2

    def test_a_form_filled_from_an_older_one_loses_nothing(self, town: Scene) -> None:
        order = town.draft()
        amend_draft(by=town.officer, order=order, clears=town.clears(text="Bản mới"), seen=1)
        with pytest.raises(Refused, match="vừa được người khác sửa"):
            amend_draft(by=town.officer, order=order, clears=town.clears(text="Bản khác"), seen=1)
        order.refresh_from_db()
        assert order.text == "Bản mới"

    def test_it_may_be_discarded_and_an_order_may_not(self, town: Scene) -> None:
        discard_draft(by=town.officer, order=town.draft())
        assert not Order.objects.exists()
        with pytest.raises(Refused, match="đã được giao"):
            discard_draft(by=town.officer, order=town.order())


class TestAmending:
    def test_open_tasks_follow_and_what_changed_is_kept(self, town: Scene) -> None:
        order = town.order()
        amend_order(
            by=town.leader,
            order=order,
            clears=town.clears(product="Báo cáo và bản đồ", due_on=date(2026, 5, 22)),
            reason="Thêm bản đồ",
        )
        for task in Matter.objects.filter(order=order):
            assert (task.product, task.due_on, task.turn_due_on) == (
                "Báo cáo và bản đồ",
                date(2026, 5, 22),
                date(2026, 5, 22),
            )
            assert task.order_version_seen == 1
            assert task.steps.last().act == Act.AMEND
            legs = list(task.legs.values_list("due_on", "ended_on", "reason"))
            assert legs == [(DUE, date(2026, 4, 20), ""), (date(2026, 5, 22), None, "Thêm bản đồ")]
        first, second = OrderVersion.objects.filter(order=order)
        assert (first.content["due_on"], second.content["due_on"]) == ("2026-05-15", "2026-05-22")
        assert second.reason == "Thêm bản đồ"

    def test_each_holder_says_they_saw_it(self, town: Scene) -> None:
        order = town.order()
        amend_order(
            by=town.officer, order=order, clears=town.clears(person="Phó Chủ tịch"), reason="Đổi người"
        )
        task = Matter.objects.get(order=order, unit=town.ward)
        acknowledge_amendment(by=town.clerk(), task=task)
        task.refresh_from_db()
        assert task.order_version_seen == 2
        with pytest.raises(Refused, match="không có nội dung sửa"):
            acknowledge_amendment(by=town.clerk(), task=task)

    def test_receiving_it_is_reading_it(self, town: Scene) -> None:
        order = town.order()
        amend_order(
            by=town.officer, order=order, clears=town.clears(person="Phó Chủ tịch"), reason="Đổi người"
        )
        assert receive_task(by=town.clerk(), task=Matter.objects.get(unit=town.ward)).order_version_seen == 2

    def test_a_day_of_its_own_is_not_taken_away(self, town: Scene) -> None:
        """Extended tasks keep what they were granted; a later day of the order is for them as well."""
        order = town.order()
        task = receive_task(by=town.clerk(), task=Matter.objects.get(unit=town.ward))
        ask_extension(by=town.clerk(), task=task, until=date(2026, 5, 29), reason="Mưa lũ")
        grant_extension(by=town.officer, task=task)
        amend_order(by=town.officer, order=order, clears=town.clears(due_on=date(2026, 5, 8)), reason="Gấp")
        days = dict(Matter.objects.values_list("unit", "due_on"))
        assert days == {town.wards[0].pk: date(2026, 5, 29), town.wards[1].pk: date(2026, 5, 8)}
        order.refresh_from_db()
        amend_order(by=town.officer, order=order, clears=town.clears(due_on=date(2026, 6, 5)), reason="Giãn")
        assert set(Matter.objects.values_list("due_on", flat=True)) == {date(2026, 6, 5)}

    def test_another_body_may_lead_from_now_on(self, town: Scene) -> None:
        order = town.order()
        amend_order(
            by=town.officer,
            order=order,
            clears=town.clears(lead_code="economic_department"),
            reason="Đúng vai",
        )
        task = Matter.objects.get(unit=town.ward)
        department = town.body(town.ward, "economic_department")
        assert (task.body, task.turn_body) == (department, department)
        parts = dict(MatterBody.objects.filter(matter=task).values_list("body__code", "part"))
        assert parts == {"peoples_committee": BodyPart.PAST, "economic_department": BodyPart.HOLDER}
        assert task.legs.filter(ended_on=None).count() == 1

    def test_what_is_completed_stays_as_it_was(self, town: Scene) -> None:
        order = town.order()
        done = Matter.objects.get(unit=town.ward)
        receive_task(by=town.clerk(), task=done)
        submit_task(by=town.clerk(), task=done, text="Xong")
        verify_task(by=town.officer, task=done)
        amend_order(by=town.officer, order=order, clears=town.clears(product="Khác"), reason="Thêm")
        done.refresh_from_db()
        assert done.product == SIX["product"]

    @pytest.mark.parametrize(
        ("changes", "reason", "words"),
        [
            ({}, "Vì sao", "Chưa có gì thay đổi"),
            ({"product": "Khác"}, " ", "lý do"),
            ({"product": ""}, "x", "còn thiếu: sản phẩm"),
            ({"due_on": date(2026, 5, 1)}, "x", "không phải ngày làm việc"),
        ],
    )
    def test_nonsense_is_refused(self, town: Scene, changes: dict[str, Any], reason: str, words: str) -> None:
        order = town.order()
        with pytest.raises(Refused, match=words):
            amend_order(by=town.officer, order=order, clears=town.clears(**changes), reason=reason)

    def test_who_reaches_only_some_of_its_units_does_not_change_it(self, town: Scene) -> None:
        order = town.order()
        for by in (people.group_leader(town.city, [town.ward]), people.ward_leader(town.ward)):
            with pytest.raises(Refused):
                withdraw_order(by=by, order=order, reason="Thôi")

    def test_units_may_be_added_and_get_it_as_it_stands(self, town: Scene) -> None:
        order = town.order(units=[town.ward])
        amend_order(by=town.officer, order=order, clears=town.clears(product="Khác"), reason="Thêm")
        (task,) = add_units(by=town.officer, order=order, units=[town.wards[1]])
        assert (task.product, task.order_version_seen) == ("Khác", 2)
        with pytest.raises(Refused, match="Đã được giao rồi"):
            add_units(by=town.officer, order=order, units=town.wards)


class TestWithdrawing:
    def test_open_tasks_end_and_the_trace_stays(self, town: Scene) -> None:
        order = town.order()
        done = Matter.objects.get(unit=town.ward)
        receive_task(by=town.clerk(), task=done)
        submit_task(by=town.clerk(), task=done, text="Xong")
        verify_task(by=town.officer, task=done)
        withdraw_order(by=town.officer, order=order, reason="Đã có văn bản khác")
        assert dict(Matter.objects.values_list("unit", "state")) == {
            town.wards[0].pk: State.VERIFIED,
            town.wards[1].pk: State.WITHDRAWN,
        }
        assert not Leg.objects.filter(ended_on=None).exists()
        assert Step.objects.get(act=Act.WITHDRAW).text == "Đã có văn bản khác"
        with pytest.raises(Refused, match="đã rút"):
            withdraw_order(by=town.officer, order=order, reason="Lần nữa")


class TestWhatWasRecorded:
    def test_it_becomes_a_task_with_the_six_clears(self, town: Scene) -> None:
        recorded = TaskFactory(unit=town.ward, origin=OriginFactory(units=[town.ward]))
        (task,) = issue_task(by=town.officer, task=recorded, clears=town.clears(units=[]))
        assert (task.pk, task.number, task.text) == (recorded.pk, recorded.number, recorded.text)
        assert (task.state, task.holder, task.due_on) == (State.ISSUED, town.ward, DUE)
        assert task.order is not None
        with pytest.raises(Refused, match="không thể"):
            issue_task(by=town.officer, task=recorded, clears=town.clears(units=[]))

    def test_named_for_two_units_each_gets_its_own(self, town: Scene) -> None:
        first, second = town.wards
        recorded = TaskFactory(unit=first, origin=OriginFactory(units=town.wards))
        MatterUnit.objects.create(matter=recorded, unit=second)
        tasks = issue_task(by=town.officer, task=recorded, clears=town.clears(units=[]))
        assert [task.holder for task in tasks] == [first, second]
        assert set(MatterUnit.objects.filter(named=True).values_list("matter", "unit")) == {
            (tasks[0].pk, first.pk),
            (tasks[1].pk, second.pk),
        }

    def test_the_clears_are_asked_of_it_as_well(self, town: Scene) -> None:
        recorded = TaskFactory(unit=town.ward, origin=OriginFactory(units=[town.ward]))
        with pytest.raises(Refused, match="còn thiếu: người chịu trách nhiệm"):
            issue_task(by=town.officer, task=recorded, clears=town.clears(units=[], person=""))
        assert not Order.objects.exists()
