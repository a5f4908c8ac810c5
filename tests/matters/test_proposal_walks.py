"""Whatever people do, in whatever order, no proposal leaves without an answer."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import people
from tests.factories.matters import ProposalFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import (
    Statement,
    agree,
    answer_proposals,
    contest,
    lapse_answers,
    raise_proposal,
    route_proposal,
    withdraw_proposal,
)
from thongsuot.matters.actions.moving import state_after
from thongsuot.matters.clocks import clock_state, counted_by_clock
from thongsuot.matters.enums import CLOSED, PROPOSAL_STEPS, Act, AnswerKind, Response, State
from thongsuot.matters.models import Leg, Matter, Reply
from thongsuot.units.models import Body, Mandate, Unit

pytestmark = pytest.mark.django_db

STATES_OF_PROPOSALS = [
    State.RECORDED,
    State.ROUTED,
    State.ANSWERED,
    State.CONTESTED,
    State.SETTLED,
    State.WITHDRAWN,
]
ALLOWED = {
    (State.RECORDED, Act.ROUTE): State.ROUTED,
    (State.ROUTED, Act.ROUTE): State.ROUTED,
    (State.CONTESTED, Act.ROUTE): State.ROUTED,
    (State.RECORDED, Act.ANSWER): State.ANSWERED,
    (State.ROUTED, Act.ANSWER): State.ANSWERED,
    (State.CONTESTED, Act.ANSWER): State.ANSWERED,
    (State.ANSWERED, Act.AGREE): State.SETTLED,
    (State.ANSWERED, Act.LAPSE): State.SETTLED,
    (State.ANSWERED, Act.CONTEST): State.CONTESTED,
    (State.RECORDED, Act.WITHDRAW): State.WITHDRAWN,
    (State.ROUTED, Act.WITHDRAW): State.WITHDRAWN,
    (State.CONTESTED, Act.WITHDRAW): State.WITHDRAWN,
    (State.ANSWERED, Act.WITHDRAW): State.WITHDRAWN,
}


@pytest.mark.parametrize("state", STATES_OF_PROPOSALS)
@pytest.mark.parametrize("act", sorted(PROPOSAL_STEPS))
def test_each_state_allows_these_acts_and_no_other(state: State, act: Act) -> None:
    closed = {"open": False, "closed_on": date(2025, 11, 3)} if state in CLOSED else {}
    proposal = ProposalFactory.build(
        state=state, unit=None, origin=None, citation=None, holder=None, turn_unit=None, **closed
    )
    if expected := ALLOWED.get((state, act)):
        assert state_after(proposal, act) == expected
    else:
        with pytest.raises(Refused, match="không thể"):
            state_after(proposal, act)


class World:
    """A ward that asks and a city that answers, with its departments."""

    def __init__(self) -> None:
        self.city: Unit = ProvinceFactory()
        self.ward: Unit = WardFactory(parent=self.city)
        self.bodies: list[Body] = [people.department(self.city, name) for name in ("Sở A", "Sở B")]
        self.boss: Mandate = people.city_leader(self.city)
        self.officer: Mandate = people.officer(self.city)
        self.leader: Mandate = people.ward_leader(self.ward)
        self.proposal = raise_proposal(by=self.leader, statement=Statement("Đề nghị"))

    def do(self, act: str, which: int) -> None:
        by = [self.boss, self.officer][which % 2]
        acts: dict[str, Any] = {
            "route": lambda: route_proposal(by=by, proposal=self.proposal, body=self.bodies[which % 2]),
            "answer": lambda: answer_proposals(
                by=by, proposals=[self.proposal], kind=AnswerKind.REJECTED, text="Chưa"
            ),
            "forward": lambda: answer_proposals(
                by=by,
                proposals=[self.proposal],
                kind=AnswerKind.BEYOND_AUTHORITY,
                forward_to=["Bộ Nội vụ", self.bodies[0]][which % 2],
            ),
            "agree": lambda: agree(by=self.leader, proposal=self.proposal),
            "contest": lambda: contest(by=self.leader, proposal=self.proposal, note="Chưa rõ"),
            "withdraw": lambda: withdraw_proposal(by=self.leader, proposal=self.proposal, reason="Thôi"),
            "lapse": lambda: lapse_answers(self.today),
        }
        acts[act]()

    @property
    def today(self) -> date:
        return timezone.localdate()

    def check(self) -> None:
        proposal = Matter.objects.get(pk=self.proposal.pk)
        pending = Reply.objects.filter(proposal=proposal, response=Response.PENDING)
        if not proposal.open:
            answered = Reply.objects.filter(proposal=proposal).exclude(response=Response.FORWARDED).exists()
            assert proposal.state == State.WITHDRAWN or answered
            assert not pending.exists()
        elif proposal.state == State.ANSWERED:
            assert pending.get().respond_by
            assert proposal.turn_unit == self.ward
        else:
            assert proposal.holder_name
            assert proposal.holder == proposal.turn_unit == self.city
            assert proposal.due_on == proposal.turn_due_on is not None
            assert not pending.exists()
        self.check_legs(proposal)
        counts = counted_by_clock(Matter.objects.all(), self.today)
        assert sum(counts.values()) == 1
        assert counts[clock_state(proposal, self.today)] == 1

    def check_legs(self, proposal: Matter) -> None:
        """While it waits for an answer somebody's time runs; one leg begins where the one before ended."""
        legs = list(Leg.objects.filter(matter=proposal).order_by("pk"))
        waits = proposal.open and proposal.state != State.ANSWERED
        assert [leg.ended_on is None for leg in legs] == [False] * (len(legs) - 1) + [waits]
        for before, after in pairwise(legs):
            assert before.ended_on is not None
            assert before.since <= before.ended_on <= after.since
        if waits:
            assert legs[-1].name == proposal.holder_name
            assert legs[-1].due_on == proposal.due_on


ACTS = ["route", "answer", "forward", "agree", "contest", "withdraw", "lapse"]
WALKS = st.lists(
    st.tuples(
        st.sampled_from([*ACTS, "answer", "contest", "forward"]), st.integers(0, 1), st.integers(0, 20)
    ),
    min_size=1,
    max_size=15,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=WALKS)
def test_no_walk_loses_a_proposal(walk: list[tuple[str, int, int]]) -> None:
    with time_machine.travel("2025-11-03T09:00:00+07:00", tick=False) as traveller, transaction.atomic():
        world = World()
        world.check()
        for act, which, days in walk:
            traveller.shift(timedelta(days=days))
            try:
                with transaction.atomic():
                    world.do(act, which)
            except Refused:
                pass
            world.check()
        transaction.set_rollback(True)
