"""A decision: after the hearing and the consents, with its number and day, for one file or for a chain."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import people
from tests.factories.staffing import FrameFactory, HoldingFactory, PersonFactory
from tests.staffing.transfers.scene import MONDAY, Scene
from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Means, TransferState
from thongsuot.staffing.models import Lock, Transfer
from thongsuot.staffing.queries.transfers import waited_for


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": " "}, "số quyết định"),
        ({"signed_by": ""}, "người ký"),
        ({"on": MONDAY + timedelta(days=1)}, "chưa tới"),
        ({"effective_on": MONDAY - timedelta(days=3)}, "trước ngày quyết định"),
        ({"on": MONDAY - timedelta(days=4)}, "trước khi gặp"),
    ],
)
def test_a_decision_that_does_not_hold_is_refused(town: Scene, changed: dict[str, Any], said: str) -> None:
    transfer = town.agreed()
    with pytest.raises(Refused, match=said):
        town.decided(transfer, **changed)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.decision_number) == (TransferState.AGREED, "")


def test_every_fault_is_said_at_once(town: Scene) -> None:
    transfer = town.agreed()
    Lock.objects.create(person=town.second, reason="proceedings", valid_from=MONDAY)
    with pytest.raises(acts.Faults) as refused:
        town.decided(transfer, number="", signed_by="")
    assert len(refused.value.faults) == 3


def test_before_the_day_nothing_changes_in_the_registers(town: Scene) -> None:
    (transfer,) = town.decided()
    assert (transfer.state, transfer.holding) == (TransferState.DECIDED, None)
    assert town.post(town.second, MONDAY) == [("Hai", "VP01", "full")]


def test_of_a_day_gone_by_it_takes_effect_at_once_by_that_day(town: Scene, clock: Any) -> None:
    transfer = town.agreed()
    clock.move_to("2026-06-10 08:00+07:00")
    (transfer,) = town.decided(transfer, effective_on=date(2026, 6, 3))
    assert transfer.state == TransferState.IN_EFFECT
    assert town.post(town.second, date(2026, 6, 2)) == [("Hai", "VP01", "full")]
    assert town.post(town.second, date(2026, 6, 3)) == [("Ba", "DD01", "full")]


def test_a_place_another_file_is_to_free_is_not_free_before(town: Scene) -> None:
    first, second = (town.agreed(town.asked(town.heard(one))) for one in town.chain())
    assert waited_for([first], MONDAY) == {first.pk: [second]}
    with pytest.raises(Refused, match=f"{second.number}"):
        town.decided(first)


def test_a_chain_is_decided_by_one_paper(town: Scene) -> None:
    files = [town.agreed(town.asked(town.heard(one))) for one in town.chain()]
    decided = town.decided(*files)
    assert {one.decision_number for one in decided} == {"15/QĐ-SNV"}
    assert {one.state for one in decided} == {TransferState.DECIDED}


def test_one_after_the_other_goes_too_where_the_first_frees_the_place(town: Scene) -> None:
    first, second = (town.agreed(town.asked(town.heard(one))) for one in town.chain())
    town.decided(second)
    with pytest.raises(Refused, match="đã có 1 người"):
        town.decided(first, effective_on=MONDAY + timedelta(days=7))
    town.decided(first, number="16/QĐ-SNV")


def test_a_chain_with_one_fault_is_not_decided_by_halves(town: Scene) -> None:
    files = [town.agreed(town.asked(town.heard(one))) for one in town.chain()]
    Lock.objects.create(person=town.first, reason="maternity", valid_from=MONDAY)
    with pytest.raises(Refused):
        town.decided(*files)
    assert not Transfer.objects.exclude(state=TransferState.AGREED).exists()


def test_a_swap_is_decided_together(town: Scene) -> None:
    there = town.open(town.first, to_unit=town.wards[1], to_position=town.office)
    back = town.open(town.second, to_unit=town.wards[0], to_position=town.office)
    files = [town.agreed(town.asked(town.heard(one))) for one in (there, back)]
    with pytest.raises(Refused, match="đã có 1 người"):
        town.decided(files[0])
    assert len(town.decided(*files)) == 2


def test_where_there_are_too_many_one_may_come_for_each_who_leaves(town: Scene) -> None:
    """A chain of a plan may lead through a place that has more people than it should: it does not become worse."""
    HoldingFactory(person=PersonFactory(), unit=town.wards[1], position=town.office)
    files = [town.agreed(town.asked(town.heard(one))) for one in town.chain()]
    with pytest.raises(Refused, match="có 1 chỗ, ngày 15-06-2026 đã có 2 người"):
        town.decided(files[0])
    assert len(town.decided(*files)) == 2


def test_a_secondment_takes_no_place(town: Scene) -> None:
    transfer = town.open(town.first, to_unit=town.wards[1], to_position=town.office, means=Means.SECONDMENT)
    ready = town.agreed(town.asked(town.heard(transfer)))
    assert town.decided(ready, ends_on=date(2027, 6, 1))


@pytest.mark.parametrize(
    ("ends_on", "said"),
    [
        (None, "phải có ngày kết thúc"),
        (MONDAY, "sau ngày có hiệu lực"),
        (date(2029, 6, 15), "không quá 3 năm"),
    ],
)
def test_a_secondment_ends_within_three_years(town: Scene, ends_on: date | None, said: str) -> None:
    ready = town.agreed(town.asked(town.heard(town.open(means=Means.SECONDMENT))))
    with pytest.raises(Refused, match=said):
        town.decided(ready, ends_on=ends_on)
    assert town.decided(ready, ends_on=date(2029, 6, 14))


def test_inside_a_committee_party_and_front_are_consulted_first(town: Scene) -> None:
    FrameFactory(unit=town.wards[1], position=town.land)
    ready = town.heard(town.open(to_unit=town.wards[1], means=Means.REASSIGNMENT))
    leader = town.leaders[1]
    with pytest.raises(Refused, match="Ban Thường vụ cấp ủy"):
        acts.decide(by=leader, transfers=[ready], decision=town.decision())
    both = town.decision(consulted=("party_standing_committee", "fatherland_front"))
    (decided,) = acts.decide(by=leader, transfers=[ready], decision=both)
    assert decided.consulted == ["party_standing_committee", "fatherland_front"]


def test_a_ward_leader_decides_only_inside_the_ward(town: Scene) -> None:
    ready = town.agreed()
    for leader in town.leaders:
        with pytest.raises(Refused, match="không thuộc phạm vi"):
            acts.decide(by=leader, transfers=[ready], decision=town.decision())


@pytest.mark.parametrize("role", ["city_officer", "auditor", "reader"])
def test_who_does_not_decide_cannot(town: Scene, role: str) -> None:
    with pytest.raises(Refused):
        acts.decide(
            by=people.holder("nobody", role, town.city), transfers=[town.agreed()], decision=town.decision()
        )


def test_the_city_leader_decides_too(town: Scene) -> None:
    acts.decide(by=people.city_leader(town.city), transfers=[town.agreed()], decision=town.decision())


def test_a_decision_is_taken_back_with_a_reason_by_those_who_decide(town: Scene) -> None:
    (transfer,) = town.decided()
    with pytest.raises(Refused):
        acts.cancel(by=people.ward_personnel(town.wards[1]), transfer=transfer, reason="Thôi")
    acts.cancel(by=town.personnel, transfer=transfer, reason="Thay bằng quyết định khác")
    assert town.post(town.second, date(2026, 7, 1)) == [("Hai", "VP01", "full")]
