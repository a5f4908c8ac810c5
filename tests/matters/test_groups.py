"""Proposals put together and taken apart again: the originals stay as they were."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import people
from tests.factories.matters import OriginFactory, ProposalFactory, TaskFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import (
    dissolve_group,
    form_group,
    join_group,
    leave_group,
    restore_group,
    withdraw_proposal,
)
from thongsuot.matters.models import Matter, ProposalGroup, Step
from thongsuot.matters.policies import group_scope
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db

TODAY = date(2025, 11, 3)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(f"{TODAY}T09:00:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory(name="Hồ Chí Minh")


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


def asked(city: Unit, count: int = 3, **facts: Any) -> list[Matter]:
    return [
        ProposalFactory(
            unit=ward, topic=facts.get("topic", "staffing-quota"), origin=OriginFactory(units=[ward])
        )
        for ward in WardFactory.create_batch(count, parent=city)
    ]


def members(group: ProposalGroup) -> set[int]:
    return set(group.members.values_list("pk", flat=True))


class TestTogether:
    def test_a_group_has_a_number_its_reason_and_a_step_in_every_thread(
        self, city: Unit, officer: Mandate
    ) -> None:
        proposals = asked(city)
        group = form_group(
            by=officer, proposals=proposals, title="Xin thêm biên chế", reason={"shared": ["biên chế"]}
        )
        assert (group.number, group.topic) == ("NH-2025-000001", "staffing-quota")
        assert group.reason == {"shared": ["biên chế"]}
        assert members(group) == {proposal.pk for proposal in proposals}
        assert Step.objects.filter(act="group", text=str(group)).count() == 3
        assert list(Event.objects.values_list("verb", flat=True)) == ["proposals.grouped"]

    def test_those_of_no_field_in_particular_go_with_any(self, city: Unit, officer: Mandate) -> None:
        group = form_group(by=officer, proposals=[*asked(city, 2), *asked(city, 1, topic="other")], title="x")
        assert (group.topic, group.members.count()) == ("staffing-quota", 3)

    def test_each_keeps_its_own_clock_and_holder(self, city: Unit, officer: Mandate) -> None:
        proposals = asked(city)
        before = list(
            Matter.objects.order_by("pk").values("due_on", "holder", "turn_due_on", "state", "open")
        )
        form_group(by=officer, proposals=proposals, title="x")
        assert before == list(
            Matter.objects.order_by("pk").values("due_on", "holder", "turn_due_on", "state", "open")
        )

    def test_one_may_join_later_and_leave_again(self, city: Unit, officer: Mandate) -> None:
        first, second, third = asked(city)
        group = form_group(by=officer, proposals=[first, second], title="x")
        join_group(by=officer, group=group, proposals=[third])
        leave_group(by=officer, proposals=[first], reason="Khác nội dung")
        assert members(group) == {second.pk, third.pk}
        assert Step.objects.order_by("-pk").first().text == f"{group}: Khác nội dung"  # type: ignore[union-attr]

    def test_when_the_last_leaves_nothing_is_left_of_it(self, city: Unit, officer: Mandate) -> None:
        proposals = asked(city)
        group = form_group(by=officer, proposals=proposals, title="x")
        leave_group(by=officer, proposals=proposals, reason="Khác nội dung")
        group.refresh_from_db()
        assert group.dissolved_at

    def test_dissolving_frees_all_and_can_be_taken_back(self, city: Unit, officer: Mandate) -> None:
        proposals = asked(city)
        group = form_group(by=officer, proposals=proposals, title="x", reason={"shared": ["biên chế"]})
        dissolve_group(by=officer, group=group, reason="Gộp nhầm")
        assert members(group) == set()
        restore_group(by=officer, group=group)
        group.refresh_from_db()
        assert (members(group), group.dissolved_at) == ({proposal.pk for proposal in proposals}, None)
        assert group.reason == {"shared": ["biên chế"]}
        assert list(Event.objects.order_by("number").values_list("verb", flat=True)) == [
            "proposals.grouped",
            "proposals.ungrouped",
            "proposals.regrouped",
        ]

    def test_what_found_another_group_meanwhile_stays_there(self, city: Unit, officer: Mandate) -> None:
        first, second, third = asked(city)
        group = form_group(by=officer, proposals=[first, second, third], title="x")
        dissolve_group(by=officer, group=group, reason="Gộp nhầm")
        other = form_group(by=officer, proposals=[first, *asked(city, 1)], title="y")
        restore_group(by=officer, group=group)
        assert members(group) == {second.pk, third.pk}
        assert first.pk in members(other)


class TestRefused:
    def refusal(self, by: Mandate, proposals: list[Matter]) -> str:
        with pytest.raises(Refused) as refused:
            form_group(by=by, proposals=proposals, title="x")
        assert not ProposalGroup.objects.filter(title="x").exists()
        return str(refused.value)

    def test_those_of_another_field_are_named(self, city: Unit, officer: Mandate) -> None:
        odd = asked(city, 1, topic="budget")
        assert odd[0].number in self.refusal(officer, [*asked(city), *odd])

    def test_those_out_of_reach_are_named(self, city: Unit, officer: Mandate) -> None:
        far = asked(ProvinceFactory(), 1)
        assert far[0].number in self.refusal(officer, [*asked(city), *far])

    def test_those_grouped_or_ended_already_are_named(self, city: Unit, officer: Mandate) -> None:
        grouped, ended, free = asked(city, 2), *asked(city, 2)
        form_group(by=officer, proposals=grouped, title="Nhóm khác")
        withdraw_proposal(by=people.ward_leader(ended.unit), proposal=ended, reason="Đã có")
        words = self.refusal(officer, [*grouped, ended, free])
        assert all(one.number in words for one in (*grouped, ended))
        assert free.number not in words

    def test_a_task_one_alone_and_no_title(self, city: Unit, officer: Mandate) -> None:
        assert "không phải là kiến nghị" in self.refusal(
            officer, [*asked(city), TaskFactory(unit=WardFactory(parent=city))]
        )
        assert "ít nhất hai" in self.refusal(officer, asked(city, 1))
        with pytest.raises(Refused, match="nội dung chung"):
            form_group(by=officer, proposals=asked(city), title=" ")

    def test_taking_apart_asks_for_a_reason(self, city: Unit, officer: Mandate) -> None:
        proposals = asked(city)
        group = form_group(by=officer, proposals=proposals, title="x")
        for act in (
            lambda: leave_group(by=officer, proposals=proposals, reason=""),
            lambda: dissolve_group(by=officer, group=group, reason=" "),
        ):
            with pytest.raises(Refused, match="lý do"):
                act()

    @pytest.mark.parametrize("person", [people.reader, people.auditor])
    def test_those_who_only_watch_group_nothing(self, city: Unit, person: Any) -> None:
        assert "không có quyền" in self.refusal(person(city), asked(city))

    def test_a_secretary_groups_what_their_wards_ask(self, city: Unit, officer: Mandate) -> None:
        mine, other = asked(city, 2), asked(city, 1)
        secretary = people.group_secretary(city, [proposal.unit for proposal in mine])
        assert other[0].number in self.refusal(secretary, [*mine, *other])
        assert form_group(by=secretary, proposals=mine, title="Của tổ").unit == city


def test_who_sees_a_group(city: Unit, officer: Mandate) -> None:
    proposals = asked(city)
    group = form_group(by=officer, proposals=proposals, title="x")
    inside, outside = people.clerk(proposals[0].unit), people.clerk(WardFactory(parent=city))

    def sees(mandate: Mandate) -> bool:
        return ProposalGroup.objects.filter(group_scope(mandate), pk=group.pk).exists()

    assert [sees(one) for one in (officer, inside)] == [True, True]
    assert [sees(one) for one in (outside, people.stranger(), people.administrator(city))] == [False] * 3
    dissolve_group(by=officer, group=group, reason="Nhầm")
    assert [sees(one) for one in (officer, inside)] == [True, False]


ORIGINAL = (
    "number",
    "text",
    "citation",
    "raised_on",
    "origin",
    "unit",
    "speaker",
    "topic",
    "kind",
    "competence",
    "addressee",
    "state",
    "open",
    "holder",
    "body",
    "due_on",
    "turn_due_on",
    "level",
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["form", "join", "leave", "dissolve", "restore"]),
        st.sets(st.integers(0, 4), min_size=1),
        st.integers(0, 3),
    ),
    max_size=12,
)


def act_on(groups: list[ProposalGroup], act: str, some: list[Matter], which: int, by: Mandate) -> None:
    if act == "form":
        groups.append(form_group(by=by, proposals=some, title="x"))
    elif act == "leave":
        leave_group(by=by, proposals=some, reason="x")
    elif groups:
        group = groups[which % len(groups)]
        acts: dict[str, Any] = {
            "join": lambda: join_group(by=by, group=group, proposals=some),
            "dissolve": lambda: dissolve_group(by=by, group=group, reason="x"),
            "restore": lambda: restore_group(by=by, group=group),
        }
        acts[act]()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_of_group_acts_changes_an_original(
    steps: list[tuple[str, set[int], int]], city: Unit, officer: Mandate
) -> None:
    proposals = asked(city, 5)
    originals = Matter.objects.filter(pk__in=[one.pk for one in proposals]).order_by("pk").values(*ORIGINAL)
    before = list(originals.all())
    groups: list[ProposalGroup] = []
    for act, chosen, which in steps:
        with suppress(Refused), transaction.atomic():
            act_on(groups, act, [proposals[position] for position in sorted(chosen)], which, officer)
    assert list(originals.all()) == before
    for group in groups:
        group.refresh_from_db()
        assert (group.dissolved_at is None) == group.members.exists()
        if group.dissolved_at is None:
            dissolve_group(by=officer, group=group, reason="x")
    assert not Matter.objects.filter(group__isnull=False).exists()
    assert list(originals.all()) == before
