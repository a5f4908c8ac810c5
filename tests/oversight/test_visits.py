"""The timetable: which step may follow which, what a step needs, and when a visit is late."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests import people
from tests.factories.documents import DocumentFactory
from tests.factories.matters import OriginFactory
from tests.factories.oversight import CampaignFactory, MeetingFactory, VisitFactory, WorkingGroupFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.oversight.actions import (
    NewMeeting,
    NewVisit,
    amend_visit,
    cancel_visit,
    hold_visit,
    link_minutes,
    plan_visit,
    plan_visits,
    postpone_visit,
    record_meeting,
    remove_meeting,
    replan_visit,
    report_visit,
    seat_member,
    send_notice,
    step_back,
)
from thongsuot.oversight.enums import STEPS_BACK, TRANSITIONS, Lateness, MeetingKind, VisitState
from thongsuot.oversight.lateness import lateness, next_due, wants_notice
from thongsuot.oversight.models import Meeting, Visit, WorkingGroup
from thongsuot.units.models import Mandate, Unit

DAY = date(2025, 10, 30)  # a Thursday


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel("2025-11-10 09:00+07:00", tick=False):
        yield


@pytest.fixture
def city(db: None) -> Unit:
    return ProvinceFactory()


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def wards(city: Unit) -> list[Unit]:
    return [WardFactory(parent=city, name=name) for name in ("Tân Khánh", "Bình Hưng", "Hòa Lợi")]


@pytest.fixture
def group(city: Unit, wards: list[Unit]) -> WorkingGroup:
    campaign = CampaignFactory(unit=city, ended_on=date(2025, 12, 31))
    return WorkingGroupFactory(campaign=campaign, number=7, units=wards)


@pytest.fixture
def visit(group: WorkingGroup, wards: list[Unit]) -> Visit:
    return VisitFactory(group=group, units=wards[:2], planned_on=DAY)


def minutes_of(visit: Visit) -> Meeting:
    units = list(visit.units.all())
    return MeetingFactory(
        units=units,
        working_group=visit.group,
        date=visit.planned_on,
        origin=OriginFactory(units=units, group_key=visit.group.key),
    )


class TestPlanning:
    def test_one_form_plans_several_days_and_units(
        self, officer: Mandate, group: WorkingGroup, wards: list[Unit]
    ) -> None:
        plan_visits(
            by=officer,
            group=group,
            visits=[NewVisit(wards[:2], DAY, place="UBND phường"), NewVisit(wards[2:], DAY + timedelta(1))],
        )
        assert [(visit.planned_on, visit.units.count()) for visit in Visit.objects.all()] == [
            (DAY, 2),
            (DAY + timedelta(1), 1),
        ]

    def test_all_of_them_or_none(self, officer: Mandate, group: WorkingGroup, wards: list[Unit]) -> None:
        with pytest.raises(Refused, match="ngoài thời gian"):
            plan_visits(
                by=officer,
                group=group,
                visits=[NewVisit(wards[:2], DAY), NewVisit(wards[2:], date(2026, 3, 1))],
            )
        assert not Visit.objects.exists()

    def test_only_units_of_the_group(self, officer: Mandate, city: Unit, group: WorkingGroup) -> None:
        with pytest.raises(Refused, match="Không thuộc Tổ công tác số 7: phường Lạ"):
            plan_visit(by=officer, group=group, units=[WardFactory(parent=city, name="Lạ")], on=DAY)
        with pytest.raises(Refused, match="Chưa chọn đơn vị"):
            plan_visit(by=officer, group=group, units=[], on=DAY)

    def test_not_twice_the_same_unit_on_one_day(
        self, officer: Mandate, visit: Visit, wards: list[Unit]
    ) -> None:
        with pytest.raises(Refused, match="đã có lịch ngày 30-10-2025 với phường Tân Khánh"):
            plan_visit(by=officer, group=visit.group, units=wards[:1], on=DAY)
        cancel_visit(by=officer, visit=visit, reason="bão")
        plan_visit(by=officer, group=visit.group, units=wards[:1], on=DAY)

    def test_units_and_place_are_amended_until_it_is_held(
        self, officer: Mandate, visit: Visit, wards: list[Unit]
    ) -> None:
        amended = amend_visit(by=officer, visit=visit, units=wards, place="Hội trường")
        assert (amended.units.count(), amended.place) == (3, "Hội trường")
        hold_visit(by=officer, visit=visit)
        with pytest.raises(Refused, match="không còn sửa lịch"):
            amend_visit(by=officer, visit=visit, units=wards)

    def test_a_ward_plans_nothing(self, group: WorkingGroup, wards: list[Unit]) -> None:
        with pytest.raises(Refused):
            plan_visit(by=people.clerk(wards[0]), group=group, units=wards[:1], on=DAY)


STEPS: dict[VisitState, Callable[[Mandate, Visit], object]] = {
    VisitState.PLANNED: lambda by, visit: postpone_visit(
        by=by, visit=visit, reason="bận", to=date(2025, 11, 20)
    ),
    VisitState.NOTIFIED: lambda by, visit: send_notice(by=by, visit=visit, on=date(2025, 10, 27)),
    VisitState.HELD: lambda by, visit: hold_visit(by=by, visit=visit),
    VisitState.MINUTES: lambda by, visit: link_minutes(by=by, visit=visit, meeting=minutes_of(visit)),
    VisitState.REPORTED: lambda by, visit: report_visit(by=by, visit=visit, on=date(2025, 11, 5)),
    VisitState.POSTPONED: lambda by, visit: postpone_visit(by=by, visit=visit, reason="bão"),
    VisitState.CANCELLED: lambda by, visit: cancel_visit(by=by, visit=visit, reason="trùng lịch"),
}
PATHS: dict[VisitState, list[VisitState]] = {
    VisitState.PLANNED: [],
    VisitState.NOTIFIED: [VisitState.NOTIFIED],
    VisitState.HELD: [VisitState.HELD],
    VisitState.MINUTES: [VisitState.MINUTES],
    VisitState.REPORTED: [VisitState.MINUTES, VisitState.REPORTED],
    VisitState.POSTPONED: [VisitState.POSTPONED],
    VisitState.CANCELLED: [VisitState.CANCELLED],
}


class TestSteps:
    @pytest.mark.parametrize("now", VisitState)
    @pytest.mark.parametrize("then", VisitState)
    def test_the_table_of_steps_cell_by_cell(
        self, officer: Mandate, visit: Visit, now: VisitState, then: VisitState
    ) -> None:
        for step in PATHS[now]:
            STEPS[step](officer, visit)
        visit.refresh_from_db()
        assert visit.state == now
        if then in TRANSITIONS[now]:
            STEPS[then](officer, visit)
            visit.refresh_from_db()
            assert visit.state == then
        else:
            events = Event.objects.count()
            with pytest.raises(Refused):
                STEPS[then](officer, visit)
            assert (visit.state, Event.objects.count()) == (now, events)

    @pytest.mark.parametrize("now", VisitState)
    def test_the_last_step_is_taken_back_with_its_reason(
        self, officer: Mandate, visit: Visit, now: VisitState
    ) -> None:
        for step in PATHS[now]:
            STEPS[step](officer, visit)
        if now not in STEPS_BACK:
            with pytest.raises(Refused, match="không có bước nào để lùi"):
                step_back(by=officer, visit=visit, reason="ghi nhầm")
            return
        with pytest.raises(Refused, match="Ghi lý do"):
            step_back(by=officer, visit=visit, reason=" ")
        back = step_back(by=officer, visit=visit, reason="ghi nhầm")
        before = {VisitState.REPORTED: VisitState.MINUTES, VisitState.MINUTES: VisitState.HELD}
        assert back.state == before.get(now, VisitState.PLANNED)

    def test_a_new_day_wants_a_new_notice_and_is_counted(self, officer: Mandate, visit: Visit) -> None:
        send_notice(by=officer, visit=visit, on=date(2025, 10, 27), document=DocumentFactory())
        moved = postpone_visit(by=officer, visit=visit, reason="đơn vị họp HĐND", to=date(2025, 11, 12))
        assert (moved.state, moved.notice, moved.moved) == (VisitState.PLANNED, None, 1)
        assert (moved.first_planned_on, moved.planned_on) == (DAY, date(2025, 11, 12))

    def test_one_put_off_without_a_day_gets_one_later(self, officer: Mandate, visit: Visit) -> None:
        postpone_visit(by=officer, visit=visit, reason="bão")
        again = replan_visit(by=officer, visit=visit, on=date(2025, 11, 20))
        assert (again.state, again.reason, again.planned_on) == (
            VisitState.PLANNED,
            "bão",
            date(2025, 11, 20),
        )
        with pytest.raises(Refused, match="Dời ngày"):
            replan_visit(by=officer, visit=visit, on=date(2025, 11, 21))

    def test_putting_off_needs_a_reason(self, officer: Mandate, visit: Visit) -> None:
        for act in (postpone_visit, cancel_visit):
            with pytest.raises(Refused, match="Ghi lý do"):
                act(by=officer, visit=visit, reason="  ")

    def test_only_what_has_happened_is_noted(self, officer: Mandate, visit: Visit) -> None:
        with pytest.raises(Refused, match="chưa tới"):
            hold_visit(by=officer, visit=visit, on=date(2025, 11, 11))
        with pytest.raises(Refused, match="trước hoặc trong ngày"):
            send_notice(by=officer, visit=visit, on=date(2025, 10, 31))
        link_minutes(by=officer, visit=visit, meeting=minutes_of(visit))
        with pytest.raises(Refused, match="trước ngày làm việc"):
            report_visit(by=officer, visit=visit, on=date(2025, 10, 29))

    def test_members_of_the_group_note_its_steps_and_others_do_not(
        self, city: Unit, officer: Mandate, visit: Visit, wards: list[Unit]
    ) -> None:
        member = people.group_member(city, wards)
        with pytest.raises(Refused, match="thành viên Tổ công tác số 7"):
            hold_visit(by=member, visit=visit)
        seat_member(by=officer, group=visit.group, mandate=member)
        hold_visit(by=member, visit=visit)
        for other in (people.clerk(wards[0]), people.stranger()):
            with pytest.raises(Refused, match="thành viên"):
                step_back(by=other, visit=visit, reason="thử")


class TestMinutes:
    def test_a_meeting_recorded_for_a_visit_is_its_minutes(
        self, officer: Mandate, visit: Visit, wards: list[Unit]
    ) -> None:
        meeting = record_meeting(
            by=officer,
            meeting=NewMeeting(
                kind=MeetingKind.SUPERVISION, date=date(2025, 10, 31), units=wards[:2], visit=visit
            ),
        )
        visit.refresh_from_db()
        assert (visit.meeting, visit.held_on, visit.state) == (
            meeting,
            date(2025, 10, 31),
            VisitState.MINUTES,
        )
        assert (meeting.working_group, meeting.origin and meeting.origin.group_key) == (
            visit.group,
            visit.group.key,
        )

    def test_taken_back_the_visit_waits_for_minutes_again(self, officer: Mandate, visit: Visit) -> None:
        meeting = minutes_of(visit)
        link_minutes(by=officer, visit=visit, meeting=meeting)
        remove_meeting(by=officer, meeting=meeting)
        visit.refresh_from_db()
        assert visit.state == VisitState.HELD

    def test_not_once_it_has_been_reported(self, officer: Mandate, visit: Visit) -> None:
        meeting = minutes_of(visit)
        link_minutes(by=officer, visit=visit, meeting=meeting)
        report_visit(by=officer, visit=visit, on=date(2025, 11, 5))
        with pytest.raises(Refused, match="đã báo cáo"):
            remove_meeting(by=officer, meeting=meeting)

    def test_only_a_meeting_of_the_group_with_a_unit_of_the_visit(
        self, officer: Mandate, visit: Visit, wards: list[Unit]
    ) -> None:
        other = WorkingGroupFactory(campaign=visit.group.campaign, number=8, units=wards)
        with pytest.raises(Refused, match="không phải buổi của"):
            link_minutes(
                by=officer, visit=visit, meeting=MeetingFactory(units=wards[:1], working_group=other)
            )
        with pytest.raises(Refused, match="không có đơn vị nào"):
            link_minutes(
                by=officer, visit=visit, meeting=MeetingFactory(units=wards[2:], working_group=visit.group)
            )

    def test_one_meeting_is_the_minutes_of_one_visit(
        self, officer: Mandate, visit: Visit, wards: list[Unit]
    ) -> None:
        meeting = minutes_of(visit)
        for _click in range(2):
            link_minutes(by=officer, visit=visit, meeting=meeting)
        assert Event.objects.filter(verb="visit.minutes").count() == 1
        second = VisitFactory(group=visit.group, units=wards[:1], planned_on=date(2025, 11, 3))
        with pytest.raises(Refused, match="của một buổi khác"):
            link_minutes(by=officer, visit=second, meeting=meeting)


@pytest.mark.django_db
class TestTheDatabaseHoldsIt:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"reported_on": DAY},
            {"set_aside": "postponed"},
            {"set_aside": "lost", "reason": "?"},
            {"set_aside": "cancelled", "reason": "bão", "held_on": DAY},
        ],
    )
    def test_what_cannot_be(self, wrong: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitFactory(**wrong)

    def test_minutes_only_of_one_held(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitFactory(meeting=MeetingFactory())


class TestLateness:
    """Thursday 30-10-2025; minutes within 5 working days (6-11), the report within 10 (13-11)."""

    @pytest.mark.parametrize(
        ("facts", "due", "late"),
        [
            ({}, DAY, Lateness.NOT_HELD),
            ({"notice_on": date(2025, 10, 27)}, DAY, Lateness.NOT_HELD),
            ({"held_on": DAY}, date(2025, 11, 6), Lateness.NO_MINUTES),
            ({"held_on": DAY, "meeting_id": 1}, date(2025, 11, 13), Lateness.NO_REPORT),
            ({"held_on": DAY, "meeting_id": 1, "reported_on": DAY}, None, None),
            ({"set_aside": "postponed"}, None, None),
            ({"set_aside": "cancelled"}, None, None),
        ],
    )
    def test_each_state_has_its_last_day(
        self, facts: dict[str, object], due: date | None, late: Lateness | None
    ) -> None:
        visit = Visit(planned_on=DAY, **facts)
        assert next_due(visit) == due
        if due:
            assert lateness(visit, due) is None
            assert lateness(visit, due + timedelta(1)) == late
        assert lateness(visit, date(2026, 6, 1)) == late

    @pytest.mark.parametrize(
        ("today", "wanted"),
        [(date(2025, 10, 26), False), (date(2025, 10, 27), True), (DAY, True), (date(2025, 10, 31), False)],
    )
    def test_a_notice_is_wanted_three_working_days_before(self, today: date, wanted: bool) -> None:
        assert wants_notice(Visit(planned_on=DAY), today) is wanted
        assert not wants_notice(Visit(planned_on=DAY, notice_on=today), today)

    @given(
        held=st.none() | st.dates(DAY, DAY + timedelta(30)),
        minutes=st.booleans(),
        reported=st.booleans(),
        later=st.integers(0, 90),
    )
    def test_once_late_a_visit_stays_late_until_a_step_is_noted(
        self, held: date | None, minutes: bool, reported: bool, later: int
    ) -> None:
        visit = Visit(
            planned_on=DAY,
            held_on=held,
            meeting_id=1 if held and minutes else None,
            reported_on=held if held and minutes and reported else None,
        )
        first = DAY + timedelta(later)
        if lateness(visit, first):
            assert lateness(visit, first + timedelta(1)) == lateness(visit, first)
