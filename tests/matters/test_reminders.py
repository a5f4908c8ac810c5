"""Whose turn it is hears of it: those nearest first, then up to the leaders; news of each act to those concerned."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import people
from tests.factories.matters import IssuedTaskFactory, ProposalFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.actors import SYSTEM
from thongsuot.lawbook.clocks import periods
from thongsuot.lawbook.topics import topics
from thongsuot.matters.actions.moving import leave_step, leave_steps
from thongsuot.matters.enums import Act
from thongsuot.matters.models import Leg, Matter, MatterUnit, Step
from thongsuot.matters.reminders import AWAITED, announce, deadlines, dues, tell_of_many
from thongsuot.notices.actions import silence
from thongsuot.notices.enums import Kind
from thongsuot.notices.models import Notice
from thongsuot.notices.reminding import Due
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 10, 2, 0, tzinfo=UTC)
DUE = date(2025, 11, 20)
FIELD, OTHER_FIELD = sorted(topics())[:2]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory()


@pytest.fixture
def ward(city: Unit) -> Unit:
    return WardFactory(parent=city)


def the_due(first: date = DUE, last: date = DUE) -> Due:
    [due] = dues(first, last)
    return due


def names(users: Any) -> set[str]:
    return set(Mandate.objects.filter(user__in=list(users)).values_list("user__username", flat=True))


def heard(kind: Kind) -> set[str]:
    return names(Notice.objects.filter(kind=kind).values_list("user", flat=True))


class TestWhoHolds:
    def test_a_task_lies_with_the_officers_of_the_ward_then_its_leader_then_the_issuing_side(
        self, city: Unit, ward: Unit
    ) -> None:
        officer, leader, above = people.clerk(ward), people.ward_leader(ward), people.city_leader(city)
        people.officer(city)
        people.reader(ward)
        IssuedTaskFactory(unit=ward)
        due = the_due()
        assert due.holders == [officer.user_id]
        assert due.next_levels == [[leader.user_id], [above.user_id]]
        assert not due.waits

    def test_whom_it_was_given_to_by_name_alone(self, ward: Unit) -> None:
        people.clerk(ward)
        named = people.holder("named", "ward_officer", ward)
        IssuedTaskFactory(unit=ward, assignee=named)
        assert the_due().holders == [named.user_id]

    def test_whose_mandate_has_ended_hears_no_more(self, ward: Unit) -> None:
        clerk, named = people.clerk(ward), people.holder("named", "ward_officer", ward)
        IssuedTaskFactory(unit=ward, assignee=named)
        Mandate.objects.filter(pk=named.pk).update(valid_to=NOW.date())
        assert the_due().holders == [clerk.user_id]

    def test_where_there_is_no_officer_the_leader_holds_it(self, ward: Unit) -> None:
        leader = people.ward_leader(ward)
        IssuedTaskFactory(unit=ward)
        assert the_due().holders == [leader.user_id]

    def test_a_proposal_lies_with_the_body_it_was_routed_to(self, city: Unit, ward: Unit) -> None:
        body = people.department(city)
        officer, leader = people.department_officer(body), people.department_leader(body)
        people.department_officer(people.department(city, "Sở Tài chính"))
        people.officer(city)
        above = people.city_leader(city)
        ProposalFactory(unit=ward, state="routed", body=body, turn_body=body)
        due = the_due()
        assert due.holders == [officer.user_id]
        assert due.next_levels == [[leader.user_id], [above.user_id]]

    def test_without_a_body_those_of_the_field_before_those_of_every_field(
        self, city: Unit, ward: Unit
    ) -> None:
        everything = people.officer(city)
        for_it = people.holder("for.it", "city_officer", city, fields=[FIELD])
        people.holder("for.other", "city_officer", city, fields=[OTHER_FIELD])
        ProposalFactory(unit=ward, topic=FIELD)
        assert the_due().holders == [for_it.user_id]
        Matter.objects.update(topic=sorted(topics())[2])
        assert the_due().holders == [everything.user_id]

    def test_a_submission_waits_for_the_group_of_that_ward(self, city: Unit, ward: Unit) -> None:
        secretary = people.group_secretary(city, [ward])
        people.holder("other.group", "group_secretary", city, covers=[WardFactory(parent=city)])
        people.officer(city)
        IssuedTaskFactory(unit=ward, state="submitted", turn_unit=city, turn_due_on=DUE)
        due = the_due()
        assert (due.holders, due.waits) == ([secretary.user_id], True)

    def test_an_answer_waits_for_every_unit_that_asked(self, city: Unit, ward: Unit) -> None:
        other = WardFactory(parent=city)
        askers = [people.clerk(ward), people.clerk(other)]
        proposal = ProposalFactory(unit=ward, state="answered", turn_unit=ward)
        MatterUnit.objects.create(matter=proposal, unit=other)
        assert set(the_due().holders) == {asker.user_id for asker in askers}

    def test_a_contested_one_is_decided_by_the_leader(self, city: Unit, ward: Unit) -> None:
        people.officer(city)
        leader = people.city_leader(city)
        ProposalFactory(unit=ward, state="contested", level=1)
        assert the_due().holders == [leader.user_id]

    def test_who_took_over_a_merged_ward_holds_what_it_held(self, city: Unit, ward: Unit) -> None:
        heir = people.clerk(WardFactory(parent=city))
        Mandate.objects.filter(pk=heir.pk).update(inherited=[ward.pk])
        IssuedTaskFactory(unit=ward)
        assert the_due().holders == [heir.user_id]


class TestWhatIsDue:
    def test_only_what_is_open_and_ends_between_the_days(self, ward: Unit) -> None:
        people.clerk(ward)
        IssuedTaskFactory(unit=ward, state="verified", open=False, closed_on=NOW.date())
        IssuedTaskFactory(unit=ward, turn_due_on=DUE + timedelta(days=1))
        IssuedTaskFactory(unit=ward)
        assert len(list(dues(DUE, DUE))) == 1

    def test_while_another_is_waited_for_that_one_is_reminded(self, city: Unit, ward: Unit) -> None:
        people.clerk(ward)
        body = people.department(city)
        officer = people.department_officer(body)
        task = IssuedTaskFactory(unit=ward, state="in_progress", waiting_since=NOW.date())
        Leg.objects.create(
            matter=task, kind="waiting", unit=city, body=body, name=body.name, since=NOW.date(), due_on=DUE
        )
        due = the_due()
        assert due.key == f"{task.number}:{AWAITED}"
        assert due.holders == [officer.user_id]

    def test_counts_from_the_day_the_turn_came(self, ward: Unit) -> None:
        people.clerk(ward)
        task = IssuedTaskFactory(unit=ward)
        for act, days in ((Act.ISSUE, 9), (Act.RETURN, 2), (Act.COMMENT, 1)):
            Step.objects.create(
                matter=task,
                act=act,
                state="returned",
                at=NOW - timedelta(days=days),
                author="x",
                author_username="x",
            )
        assert the_due().since == date(2025, 11, 8)

    def test_says_number_beginning_and_what_to_do(self, ward: Unit) -> None:
        people.clerk(ward)
        task = IssuedTaskFactory(unit=ward, text="Rà soát\nhồ sơ " * 40)
        due = the_due()
        assert due.title.startswith(f"{task.number}: Rà soát hồ sơ Rà soát")
        assert len(due.title) < 150
        assert str(due.what) == "Thực hiện và nộp kết quả."
        assert due.url == task.get_absolute_url()

    def test_a_row_more_costs_no_query_more(self, ward: Unit) -> None:
        people.clerk(ward)
        costs = []
        for _ in range(2):
            IssuedTaskFactory(unit=ward)
            ProposalFactory(unit=ward)
            with CaptureQueriesContext(connection) as captured:
                list(dues(DUE, DUE))
            costs.append(len(captured))
        assert costs[0] == costs[1] == 5


class TestNews:
    def announce(self, matter: Matter, act: Act, by: Any = SYSTEM) -> None:
        leave_step(matter, act, by=by)

    def test_a_task_given_is_told_to_those_who_must_do_it(self, city: Unit, ward: Unit) -> None:
        clerk = people.clerk(ward)
        people.clerk(WardFactory(parent=city))
        self.announce(IssuedTaskFactory(unit=ward), Act.ISSUE, by=people.officer(city))
        [notice] = Notice.objects.all()
        assert (notice.user_id, notice.kind, notice.due_on) == (clerk.user_id, Kind.ASSIGNED, DUE)
        assert notice.text.startswith("Giao nhiệm vụ: Officer")

    @pytest.mark.parametrize(
        ("act", "state", "kind", "who"),
        [
            (Act.SUBMIT, "submitted", Kind.WAITS, "officer"),
            (Act.RETURN, "returned", Kind.RETURNED, "clerk"),
            (Act.ASK_EXTENSION, "received", Kind.WAITS, "officer"),
            (Act.EXTEND, "received", Kind.CHANGED, "clerk"),
            (Act.AMEND, "received", Kind.CHANGED, "clerk"),
            (Act.VERIFY, "submitted", Kind.CHANGED, "clerk"),
            (Act.WITHDRAW, "received", Kind.CHANGED, "clerk"),
            (Act.REMIND, "received", Kind.DUE, "clerk"),
            (Act.ASSIGN, "received", Kind.ASSIGNED, "clerk"),
            (Act.RESUME, "received", Kind.ANSWERED, "clerk"),
        ],
    )
    def test_of_a_task(self, act: Act, state: str, kind: Kind, who: str, city: Unit, ward: Unit) -> None:
        people.clerk(ward), people.officer(city)
        turn = city if state == "submitted" else ward
        self.announce(IssuedTaskFactory(unit=ward, state=state, turn_unit=turn), act)
        assert {name.split(".")[0] for name in heard(kind)} == {who}

    @pytest.mark.parametrize(
        ("act", "state", "kind", "who"),
        [
            (Act.RAISE, "recorded", Kind.ASSIGNED, "officer"),
            (Act.ROUTE, "routed", Kind.CHANGED, "clerk"),
            (Act.ANSWER, "answered", Kind.ANSWERED, "clerk"),
            (Act.CONTEST, "recorded", Kind.RETURNED, "officer"),
            (Act.AGREE, "answered", Kind.CHANGED, "officer"),
        ],
    )
    def test_of_a_proposal(self, act: Act, state: str, kind: Kind, who: str, city: Unit, ward: Unit) -> None:
        people.clerk(ward), people.officer(city)
        self.announce(ProposalFactory(unit=ward, state=state), act)
        assert {name.split(".")[0] for name in heard(kind)} == {who}

    def test_a_later_extension_is_asked_of_the_higher_role(self, city: Unit, ward: Unit) -> None:
        people.officer(city)
        leader = people.city_leader(city)
        task = IssuedTaskFactory(unit=ward, extensions=periods().extensions_by_officer)
        self.announce(task, Act.ASK_EXTENSION)
        assert heard(Kind.WAITS) == {leader.user.username}

    def test_whoever_acts_is_not_told_of_it(self, ward: Unit) -> None:
        clerk = people.clerk(ward)
        self.announce(IssuedTaskFactory(unit=ward), Act.ISSUE, by=clerk)
        assert not Notice.objects.exists()

    def test_talk_and_progress_are_no_news(self, ward: Unit) -> None:
        people.clerk(ward)
        for act in (Act.COMMENT, Act.PROGRESS, Act.RECEIVE):
            self.announce(IssuedTaskFactory(unit=ward), act)
        assert not Notice.objects.exists()

    def test_nobody_is_told_in_silence(self, ward: Unit) -> None:
        people.clerk(ward)
        with silence():
            self.announce(IssuedTaskFactory(unit=ward), Act.ISSUE)
        assert not Notice.objects.exists()

    def test_one_act_on_many_costs_what_it_costs_on_one(self, city: Unit) -> None:
        costs = []
        for count in (1, 3):
            tasks = [IssuedTaskFactory(unit=WardFactory(parent=city)) for _ in range(count)]
            for task in tasks:
                people.clerk(task.unit)
            with silence():
                steps = leave_steps(tasks, Act.ISSUE, by=SYSTEM)
            with CaptureQueriesContext(connection) as captured:
                announce(Act.ISSUE, list(zip(tasks, steps, strict=True)), by=SYSTEM)
            costs.append(len(captured))
        assert costs[0] == costs[1]
        assert Notice.objects.count() == 4

    def test_of_many_a_worker_tells_and_tells_the_same(
        self, city: Unit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tasks = [IssuedTaskFactory(unit=WardFactory(parent=city)) for _ in range(2)]
        for task in tasks:
            people.clerk(task.unit)
        with silence():
            steps = leave_steps(tasks, Act.ISSUE, by=SYSTEM)
        together = list(zip(tasks, steps, strict=True))
        announce(Act.ISSUE, together, by=SYSTEM)
        at_once = set(Notice.objects.values_list("user", "key", "title", "text", "kind", "due_on"))
        Notice.objects.all().delete()
        monkeypatch.setattr("thongsuot.matters.reminders.TOLD_AT_ONCE", 1)
        announce(Act.ISSUE, together, by=SYSTEM)
        assert not Notice.objects.exists()
        waiting = DBTaskResult.objects.get(task_path=tell_of_many.module_path)
        tell_of_many.call(*waiting.args_kwargs["args"])
        told = set(Notice.objects.values_list("user", "key", "title", "text", "kind", "due_on"))
        assert told == at_once
        assert len(told) == 2

    def test_what_is_dealt_with_is_no_longer_unread(self, city: Unit, ward: Unit) -> None:
        clerk = people.clerk(ward)
        task = IssuedTaskFactory(unit=ward)
        Notice.objects.create(
            user=clerk.user, key=f"{task.number}:perform", rung="x", kind="due", due_on=DUE, created_at=NOW
        )
        self.announce(task, Act.COMMENT)
        assert Notice.objects.filter(read_at=None, key__endswith="perform").exists()
        self.announce(task, Act.SUBMIT)
        assert not Notice.objects.filter(read_at=None, key__endswith="perform").exists()


class TestCalendar:
    def test_holds_the_days_of_my_turns_once(self, city: Unit, ward: Unit) -> None:
        clerk = people.clerk(ward)
        task = IssuedTaskFactory(unit=ward)
        IssuedTaskFactory(unit=WardFactory(parent=city))
        events = list(deadlines(clerk.user, [clerk, clerk], NOW.date(), DUE))
        assert [(event.key, event.begins) for event in events] == [(f"matter:{task.number}", DUE)]
        assert events[0].title.startswith(task.number)
        assert timezone.localdate() == NOW.date()
