"""The demonstration: a living campaign told through the actions, with every state there is, alive on any day."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.test import TestCase
from django.utils import timezone

from tests.units.places import city, ward
from thongsuot.audit.actors import SYSTEM
from thongsuot.audit.chain import verify
from thongsuot.audit.models import Event
from thongsuot.finding.models import Entry
from thongsuot.indicators.actions import load_catalogue
from thongsuot.intake.enums import DraftState
from thongsuot.intake.models import Draft
from thongsuot.lawbook.staffing import relatives_rule
from thongsuot.matters.clocks import counted_by_clock
from thongsuot.matters.enums import AnswerKind, ClockState, Direction, Kind, OrderState, Response, State
from thongsuot.matters.models import (
    Answer,
    Extension,
    GroupSuggestion,
    Matter,
    Order,
    OrderVersion,
    ProposalGroup,
    Reply,
    Step,
)
from thongsuot.notices.models import Notice
from thongsuot.oversight.enums import Lateness, SeatPart, VisitState
from thongsuot.oversight.lateness import lateness
from thongsuot.oversight.models import GroupSeat, Visit, WorkingGroup
from thongsuot.site.demo import building
from thongsuot.site.demo.people import PASSWORD, SIGN_INS
from thongsuot.site.demo.words import themes, written
from thongsuot.site.work import waiting_for
from thongsuot.staffing.enums import RunState
from thongsuot.staffing.models import Consent, Kinship, Person, Plan, Transfer
from thongsuot.units.loading import create_bodies
from thongsuot.units.models import Mandate

TODAY = date(2026, 11, 18)
TOLD_OF = 24


def places() -> None:
    """The city with its printed wards."""
    above = city()
    create_bodies([above], since=date(2025, 7, 1))
    names = [name for group in written("campaign")["groups"].values() for name in group]
    for code, name in enumerate(["phường Bình Tân", *names], start=26000):
        kind, _space, bare = name.partition(" ")
        ward(above, bare, f"{code}", kind)
    load_catalogue(by=SYSTEM)


class TestTheStory(TestCase):
    """One story for all of these, told of a fifth of the city."""

    before: ClassVar[int]
    tasks: ClassVar[QuerySet[Matter]]
    proposals: ClassVar[QuerySet[Matter]]

    @classmethod
    def setUpTestData(cls) -> None:
        places()
        cls.before = Event.objects.count()
        building.build(today=TODAY, most_units=TOLD_OF)
        building.marker().unlink()
        cls.tasks = Matter.objects.filter(direction=Direction.DOWN)
        cls.proposals = Matter.objects.filter(direction=Direction.UP)

    def test_nineteen_groups_share_out_every_unit(self) -> None:
        groups = list(WorkingGroup.objects.all())
        assert [group.number for group in groups] == list(range(1, 20))
        worked_with = Counter(unit.pk for group in groups for unit in group.units.all())
        assert len(worked_with) == TOLD_OF
        assert set(worked_with.values()) == {1}
        for part in SeatPart:
            assert GroupSeat.objects.filter(part=part).values("group").distinct().count() == len(groups)

    def test_visits_stand_at_every_step(self) -> None:
        visits = list(Visit.objects.all())
        assert {visit.state for visit in visits} >= {
            VisitState.PLANNED,
            VisitState.NOTIFIED,
            VisitState.MINUTES,
            VisitState.REPORTED,
            VisitState.POSTPONED,
        }
        assert {lateness(visit, TODAY) for visit in visits} & set(Lateness)
        assert any(visit.moved for visit in visits)

    def test_tasks_are_in_every_state_of_the_clock(self) -> None:
        counts = counted_by_clock(self.tasks, TODAY)
        assert [state for state in ClockState if not counts[state]] == []
        assert sum(counts.values()) == self.tasks.count()

    def test_tasks_are_in_every_state(self) -> None:
        states = {State.ISSUED, State.RECEIVED, State.IN_PROGRESS, State.SUBMITTED, State.RETURNED}
        assert set(self.tasks.values_list("state", flat=True)) == states | {
            State.RECORDED,
            State.VERIFIED,
            State.WITHDRAWN,
        }
        assert self.tasks.filter(kind=Kind.COMMITMENT, state=State.RECORDED).exists()

    def test_time_was_given_once_and_twice_and_refused(self) -> None:
        assert set(self.tasks.values_list("extensions", flat=True)) == {0, 1, 2}
        assert set(Extension.objects.values_list("decision", flat=True)) >= {"granted", "refused", "pending"}

    def test_orders_are_drafted_amended_and_withdrawn(self) -> None:
        assert set(Order.objects.values_list("state", flat=True)) == set(OrderState)
        assert OrderVersion.objects.filter(version=2).exists()
        assert Order.objects.filter(units__isnull=False).distinct().count() > 8

    def test_a_priority_task_is_submitted_with_a_file(self) -> None:
        submitted = Step.objects.filter(matter__priority=True, act="submit")
        assert submitted.exists()
        assert all(step.sources.exists() for step in submitted)

    def test_proposals_are_answered_in_all_kinds(self) -> None:
        assert set(Answer.objects.values_list("kind", flat=True)) == set(AnswerKind)
        assert self.proposals.filter(holder_name__startswith="Bộ").exists()
        assert Answer.objects.filter(documents__isnull=False, tasks=None).exists()
        assert Answer.objects.filter(tasks__isnull=False).exists()

    def test_some_answers_are_late_and_some_contested(self) -> None:
        counts = counted_by_clock(self.proposals, TODAY)
        assert counts[ClockState.OVERDUE]
        assert counts[ClockState.DONE_LATE] or counts[ClockState.DUE_SOON]
        assert set(Reply.objects.values_list("response", flat=True)) >= {
            Response.AGREED,
            Response.CONTESTED,
            Response.FORWARDED,
            Response.LAPSED,
            Response.PENDING,
        }
        assert Answer.objects.filter(level__gt=0).exists()

    def test_one_answer_closes_a_group(self) -> None:
        answered = Reply.objects.filter(proposal__group__isnull=False)
        of_a_group = Counter(answered.values_list("answer", "proposal__group"))
        assert max(of_a_group.values()) > 1
        assert ProposalGroup.objects.count() > 1

    def test_more_might_be_answered_together_and_people_were_told(self) -> None:
        assert GroupSuggestion.objects.exists()
        assert Notice.objects.filter(user__username="chuyenvien", read_at=None).exists()

    def test_many_ask_the_same_in_other_words(self) -> None:
        for theme in themes():
            assert len(set(theme.wordings)) == len(theme.wordings) > 1
            assert all("{" in wording for wording in theme.wordings)
        assert len(set(self.proposals.values_list("text", flat=True))) > 0.95 * self.proposals.count()

    def test_reports_were_read_and_some_wait_for_a_person(self) -> None:
        assert Counter(Draft.objects.values_list("state", flat=True)) == {
            DraftState.CONFIRMED: 3,
            DraftState.PROPOSED: 2,
        }
        assert Visit.objects.filter(meeting__source__isnull=False).count() == 2

    def test_the_past_is_in_order_and_the_trail_says_when_it_was_told(self) -> None:
        *told, said = Event.objects.filter(number__gt=self.before).order_by("number")
        moments = [event.at for event in told]
        assert moments == sorted(moments)
        assert moments[-1].date() < TODAY
        assert said.verb == "demonstration.built"
        assert abs((timezone.now() - said.at).total_seconds()) < 3600
        assert verify().intact

    def test_a_plan_was_computed_and_files_of_its_chains_stand_at_every_step(self) -> None:
        plan = Plan.objects.get()
        assert (plan.state, plan.status) == (RunState.SOLVED, "optimal")
        assert plan.findings["checked"]["moves"] == plan.moves.count()
        standings = set(plan.moves.values_list("standing", flat=True))
        assert standings == {"proposed", "accepted", "declined"}
        states = set(Transfer.objects.filter(move__plan=plan).values_list("state", flat=True))
        assert states >= {"opened", "heard", "asked", "agreed", "refused", "decided", "cancelled"}
        chains = Transfer.objects.filter(state="decided").values_list("move__chain", "effective_on")
        assert len(set(chains)) == 1, "a whole chain, by one paper and of one day"
        assert chains[0][1] > TODAY

    def test_what_has_taken_effect_changed_no_published_sum(self) -> None:
        """Two who changed places, handed over and closed, and one who helps out elsewhere."""
        before = Transfer.objects.filter(move=None)
        closed = before.filter(state="closed")
        assert sorted(closed.values_list("from_unit", "from_position")) == sorted(
            closed.values_list("to_unit", "to_position")
        )
        assert list(before.exclude(state="closed").values_list("means", "state")) == [
            ("secondment", "in-effect")
        ]

    def test_a_ward_is_asked_about_a_file_and_says_nothing(self) -> None:
        """One that somebody signs in for, late by a day: what they see first."""
        silent = Consent.objects.filter(answer="", transfer__state="asked", due_on__lt=TODAY)
        signed = Mandate.objects.filter(
            role_code="ward_leader", user__username__in=[one.username for one in SIGN_INS]
        )
        assert silent.filter(unit__in=signed.values("unit")).exists()

    def test_some_are_relatives_at_posts_they_may_hold_together(self) -> None:
        rule, found = relatives_rule(), Kinship.objects.select_related("person", "relative")
        assert found.exists()
        for pair in found:
            one, other = (_posts(person) for person in (pair.person, pair.relative))
            for unit, code in one:
                assert not any(there == unit and rule.forbids(code, position) for there, position in other)

    def test_each_who_works_has_something_to_do(self) -> None:
        idle = {"auditor", "reader", "administrator", "group_member"}
        for one in SIGN_INS:
            mandate = Mandate.objects.get(user__username=one.username, deputy_of=None)
            assert mandate.user.check_password(PASSWORD)
            if one.role not in idle:
                assert waiting_for(mandate, TODAY) > 0, one.username

    def test_a_deputy_stands_in_for_a_while(self) -> None:
        deputy = Mandate.objects.get(deputy_of__isnull=False)
        assert deputy.user.username == "thaybinhtan"
        assert deputy.holds_on(TODAY)
        assert deputy.valid_to is not None

    def test_the_figures_of_the_story_cannot_sign_in(self) -> None:
        signing = {one.username for one in SIGN_INS}
        others = Mandate.objects.exclude(user__username__in=signing).select_related("user")
        assert others.exists()
        assert not any(mandate.user.has_usable_password() for mandate in others)

    def test_nothing_is_left_out_of_the_search(self) -> None:
        found = Entry.objects.filter(kind__in=["proposal", "task"])
        assert found.count() == Matter.objects.count()


def _posts(person: Person) -> list[tuple[int, str]]:
    return list(person.holdings.filter(valid_to=None).values_list("unit", "position__code"))


def _content() -> list[tuple[object, ...]]:
    matters = Matter.objects.order_by("number").values_list(
        "number", "text", "state", "due_on", "holder_name", "raised_on"
    )
    return [
        *matters,
        *Visit.objects.order_by("planned_on", "pk").values_list("planned_on", "held_on", "place"),
        *Transfer.objects.order_by("number").values_list("number", "person__number", "state"),
    ]


@pytest.mark.django_db
def test_the_same_seed_tells_the_same_story() -> None:
    """On a Sunday after New Year, when even the numbers begin anew."""
    told = []
    places()
    for _time in range(2):
        point = transaction.savepoint()
        building.build(today=date(2027, 1, 10), most_units=7)
        told.append(_content())
        transaction.savepoint_rollback(point)
    building.marker().unlink()
    assert told[0] == told[1]
    assert len(told[0]) > 50


def test_nothing_else_in_the_product_moves_the_clock() -> None:
    source = Path(settings.REPOSITORY) / "src"
    movers = [path.name for path in source.rglob("*.py") if "timezone.now = " in path.read_text("utf-8")]
    assert movers == ["days.py"]
