"""A plan from the registers to its rows: what goes into the problem, who computes it, what is kept."""

import datetime as dt
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from tests.people import city_leader, officer, personnel, ward_personnel
from tests.staffing.small_city import ON, SINCE, City, small_city
from thongsuot.kernel.verdicts import Refused
from thongsuot.placement import Broken, Objective, Report
from thongsuot.staffing.actions.plans import (
    cancel_plan,
    change_plan,
    conditions_of,
    decline_move,
    retry_plan,
    start_plan,
)
from thongsuot.staffing.actions.running import (
    Overtaken,
    begin_run,
    compute_plan,
    note_progress,
    take_up_forgotten,
)
from thongsuot.staffing.models import Person, Plan
from thongsuot.staffing.planning import solving
from thongsuot.staffing.planning.conditions import Bound, Conditions
from thongsuot.staffing.planning.faults import Unready
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    made, _people = small_city()
    return made


@pytest.fixture
def keeper(city: City) -> Mandate:
    return personnel(city.province)


def solved(plan: Plan) -> Plan:
    compute_plan.call(plan.pk)
    plan.refresh_from_db()
    return plan


def test_the_surplus_clerk_who_studied_it_fills_the_open_it_post(city: City, keeper: Mandate) -> None:
    plan = solved(start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON)))

    assert (plan.state, plan.status) == ("solved", "optimal")
    assert plan.objective["filled_weight"] == 3 + 3
    assert {(str(move.from_unit), str(move.to_unit), move.to_position.code) for move in plan.moves.all()} == {
        ("phường Số 0", "phường Số 1", "CN"),
        ("phường Số 1", "phường Số 2", "VT"),
    }
    assert not plan.surplus.exists()
    assert not plan.openings.exists()


def test_whoever_reads_the_conditions_later_finds_them_in_words(city: City, keeper: Mandate) -> None:
    conditions = Conditions(ON, max_km=5, most_leave=2, weights={"CN": 1})
    plan = solved(start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=conditions))

    assert conditions_of(plan) == conditions
    assert plan.objective["transfers"] == 0  # the next ward is 10 km away


class TestWhoMay:
    def test_start_one(self, city: City) -> None:
        for mandate in (officer(city.province), ward_personnel(city.wards[0])):
            with pytest.raises(Refused):
                start_plan(by=mandate, unit=city.province, title="Đợt 1", conditions=Conditions(ON))
        assert not Plan.objects.exists()

    def test_a_leader_may(self, city: City) -> None:
        by = city_leader(city.province)
        assert (
            start_plan(by=by, unit=city.province, title="Đợt 1", conditions=Conditions(ON)).state == "queued"
        )

    def test_a_ward_has_no_plan_of_its_own(self, city: City, keeper: Mandate) -> None:
        with pytest.raises(Refused, match="không phải cấp tỉnh"):
            start_plan(by=keeper, unit=city.wards[0], title="Đợt 1", conditions=Conditions(ON))


class TestFaults:
    def test_are_told_all_at_once(self, city: City, keeper: Mandate) -> None:
        ward = city.wards[2]
        ward.latitude = None
        ward.save()
        conditions = Conditions(ON, pins=(bound("p999999", city.wards[0].code, "VT"),))
        with pytest.raises(Unready) as told:
            start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=conditions)
        words = [fault.text for fault in told.value.faults]
        assert len(words) == 2
        assert "chưa có tọa độ" in words[0]
        assert "p999999" in words[1]
        assert not Plan.objects.exists()

    def test_of_an_empty_register(self, keeper: Mandate, city: City) -> None:
        with pytest.raises(Unready) as told:
            start_plan(
                by=keeper,
                unit=city.province,
                title="Sớm",
                conditions=Conditions(SINCE - dt.timedelta(days=1)),
            )
        assert len(told.value.faults) == 2  # no frames, nobody on a post


class TestStartingTwice:
    def test_a_second_click_gives_the_same_plan(self, city: City, keeper: Mandate) -> None:
        one, two = (
            start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON)) for _ in "ab"
        )
        assert one == two

    def test_another_plan_of_the_name_is_refused(self, city: City, keeper: Mandate) -> None:
        start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON))
        with pytest.raises(Refused, match="Đã có phương án tên"):
            start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON, max_km=40))

    def test_a_job_that_runs_twice_keeps_one_answer(self, city: City, keeper: Mandate) -> None:
        plan = solved(start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON)))
        assert compute_plan.call(plan.pk) == "nothing to do"
        assert plan.moves.count() == 2


class TestAWorkerThatDies:
    def test_leaves_the_plan_to_the_next(self, city: City, keeper: Mandate) -> None:
        plan = start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON))
        begin_run(plan.pk)  # and is killed here
        assert solved(plan).state == "solved"
        assert plan.attempts == 2

    def test_three_times_makes_it_a_failure_in_one_sentence(self, city: City, keeper: Mandate) -> None:
        plan = start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON))
        for _try in range(3):
            begin_run(plan.pk)
        assert solved(plan).state == "failed"
        assert "dừng giữa chừng 3 lần" in plan.trouble
        assert solved(retry_plan(by=keeper, plan=plan)).state == "solved"

    def test_and_comes_back_late_writes_nothing(self, city: City, keeper: Mandate) -> None:
        plan = start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON))
        ghost = begin_run(plan.pk)
        assert ghost is not None
        solved(plan)
        with pytest.raises(Overtaken):
            note_progress(ghost, "build", 0.5)
        assert plan.moves.count() == 2


def test_a_plan_that_is_stopped_stays_stopped(city: City, keeper: Mandate) -> None:
    plan = start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON))
    cancel_plan(by=keeper, plan=plan)
    assert solved(plan).state == "cancelled"
    assert not plan.moves.exists()
    with pytest.raises(Refused, match="không cần dừng"):
        cancel_plan(by=keeper, plan=plan)


def test_a_plan_the_checker_does_not_pass_is_not_kept(
    city: City, keeper: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Broken("2", "phường Số 1/CN: 2 người cho 1 chỗ", "")
    monkeypatch.setattr(solving, "check", lambda *_given: Report(Objective(), (broken,)))
    plan = solved(start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON)))
    assert plan.state == "failed"
    assert "2 người cho 1 chỗ" in plan.trouble
    assert not plan.moves.exists()


class TestTheNextVersion:
    def plan(self, city: City, keeper: Mandate) -> Plan:
        return solved(start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON)))

    def test_keeps_the_first_beside_it(self, city: City, keeper: Mandate) -> None:
        plan = self.plan(city, keeper)
        again = change_plan(
            by=keeper, plan=plan, conditions=Conditions(ON, max_km=5), change="Thử chỉ trong vòng 5 km"
        )
        assert (solved(again).number, again.parent) == (2, plan)
        assert again.objective["transfers"] == 0
        assert plan.moves.count() == 2

    def test_says_what_was_changed_and_why(self, city: City, keeper: Mandate) -> None:
        with pytest.raises(Refused, match="Chưa ghi thay đổi"):
            change_plan(by=keeper, plan=self.plan(city, keeper), conditions=Conditions(ON), change=" ")

    def test_does_not_propose_again_what_was_declined(self, city: City, keeper: Mandate) -> None:
        plan = self.plan(city, keeper)
        declined = plan.moves.get(to_position__code="CN")
        decline_move(by=keeper, move=declined, reason="Con nhỏ, xin ở lại")
        again = change_plan(
            by=keeper, plan=plan, conditions=conditions_of(plan), change="Theo ý người được hỏi"
        )
        assert not solved(again).moves.filter(person=declined.person, to_position__code="CN").exists()
        assert again.forbids[0]["why"] == "Con nhỏ, xin ở lại"

    def test_keeps_what_was_accepted(self, city: City, keeper: Mandate) -> None:
        plan = self.plan(city, keeper)
        accepted = plan.moves.get(to_position__code="CN")
        plan.moves.filter(pk=accepted.pk).update(standing="accepted")
        shorter = Conditions(ON, weights={"CN": 1, "VT": 50})
        again = solved(change_plan(by=keeper, plan=plan, conditions=shorter, change="Ưu tiên văn thư"))
        assert again.moves.filter(person=accepted.person, to_unit=accepted.to_unit).exists()

    def test_declining_needs_a_reason(self, city: City, keeper: Mandate) -> None:
        move = self.plan(city, keeper).moves.first()
        assert move
        with pytest.raises(Refused, match="Chưa ghi lý do"):
            decline_move(by=keeper, move=move, reason=" ")

    def test_a_pin_that_cannot_hold_is_said_so(self, city: City, keeper: Mandate) -> None:
        plan = self.plan(city, keeper)
        both = list(Person.objects.order_by("number")[:2])
        pins = tuple(bound(one.number, city.wards[2].code, "VT") for one in both)
        again = solved(
            change_plan(by=keeper, plan=plan, conditions=Conditions(ON, pins=pins), change="Ghim hai người")
        )
        assert (again.state, again.status) == ("infeasible", "infeasible")


def bound(person: str, unit: str, position: str) -> Bound:
    return Bound(person, unit, position, "Người Thử", "thử")


def test_starting_queues_one_job(
    city: City, keeper: Mandate, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _click in "ab":
            start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON))
    assert DBTaskResult.objects.filter(task_path=compute_plan.module_path).count() == 1


def test_a_plan_whose_job_was_lost_is_taken_up_again(
    city: City, keeper: Mandate, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        start_plan(by=keeper, unit=city.province, title="Đợt 1", conditions=Conditions(ON))
    assert take_up_forgotten() == 0  # its job waits
    DBTaskResult.objects.all().delete()
    assert take_up_forgotten() == 1
    assert DBTaskResult.objects.count() == 1
