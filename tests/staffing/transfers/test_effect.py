"""The registers change by the day of the decision, whenever the worker gets to it; nothing is done twice."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests import people
from tests.factories.staffing import FrameFactory, PositionFactory
from tests.staffing.transfers.scene import MONDAY, Scene
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.notices.models import Notice
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Means, TransferState
from thongsuot.staffing.jobs import follow_transfers_daily
from thongsuot.staffing.models import Holding, Transfer

DAY = date(2026, 6, 15)


def daily(on: date) -> None:
    follow_transfers_daily.call(on.isoformat())


def run(clock: time_machine.Traveller, on: date) -> None:
    clock.move_to(f"{on} 00:10+07:00")
    daily(on)


def seconded(town: Scene, ends_on: date = date(2026, 12, 31)) -> Transfer:
    ready = town.agreed(town.asked(town.heard(town.open(means=Means.SECONDMENT))))
    return town.decided(ready, ends_on=ends_on)[0]


def test_on_its_day_the_old_post_ends_and_the_new_one_begins(
    town: Scene, clock: time_machine.Traveller
) -> None:
    town.decided()
    run(clock, DAY - timedelta(days=1))
    assert town.post(town.second, DAY) == [("Hai", "VP01", "full")]
    run(clock, DAY)
    assert town.post(town.second, DAY - timedelta(days=1)) == [("Hai", "VP01", "full")]
    assert town.post(town.second, DAY) == [("Ba", "DD01", "full")]
    transfer = Transfer.objects.get()
    assert transfer.state == TransferState.IN_EFFECT
    assert transfer.holding is not None
    assert transfer.holding.basis == "Quyết định 15/QĐ-SNV ngày 01-06-2026, hồ sơ DD-2026-000001"


def test_three_days_without_service_lose_and_double_nothing(
    town: Scene, clock: time_machine.Traveller
) -> None:
    town.decided()
    late = DAY + timedelta(days=3)
    for _again in range(3):
        run(clock, late)
    assert town.post(town.second, DAY) == [("Ba", "DD01", "full")]
    assert Holding.objects.filter(person=town.second).count() == 2
    assert Event.objects.filter(verb="transfer.in-effect").count() == 1


def test_a_chain_takes_effect_together(town: Scene, clock: time_machine.Traveller) -> None:
    town.decided(*[town.agreed(town.asked(town.heard(one))) for one in town.chain()])
    run(clock, DAY)
    assert town.post(town.first, DAY) == [("Hai", "VP01", "full")]
    assert town.post(town.second, DAY) == [("Ba", "DD01", "full")]


def test_what_stands_in_the_way_of_one_does_not_hold_up_the_others(
    town: Scene, clock: time_machine.Traveller
) -> None:
    first, second = town.decided(*[town.agreed(town.asked(town.heard(one))) for one in town.chain()])
    Holding.objects.filter(person=town.first).update(valid_to=DAY - timedelta(days=2))
    run(clock, DAY)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (TransferState.DECIDED, TransferState.IN_EFFECT)
    assert "không còn giữ" in first.trouble
    run(clock, DAY + timedelta(days=1))
    told = Notice.objects.filter(user=town.personnel.user, key=f"transfer:{first.pk}:trouble")
    assert told.count() == 1


def test_trouble_that_is_mended_lets_it_take_effect_by_hand(
    town: Scene, clock: time_machine.Traveller
) -> None:
    (transfer,) = town.decided()
    Holding.objects.filter(person=town.second).update(valid_to=DAY - timedelta(days=2))
    run(clock, DAY)
    Holding.objects.filter(person=town.second).update(valid_to=None)
    with pytest.raises(Refused):
        acts.take_effect(by=town.leaders[1], transfer=transfer)
    after = acts.take_effect(by=town.personnel, transfer=transfer)
    assert (after.state, after.trouble) == (TransferState.IN_EFFECT, "")


def test_nobody_brings_it_forward(town: Scene) -> None:
    (transfer,) = town.decided()
    with pytest.raises(Refused, match="chưa đến ngày"):
        acts.take_effect(by=town.personnel, transfer=transfer)


def test_a_secondment_keeps_the_post_and_the_payroll(town: Scene, clock: time_machine.Traveller) -> None:
    seconded(town)
    run(clock, DAY)
    assert town.post(town.second, DAY) == [("Hai", "VP01", "full"), ("Ba", "DD01", "secondment")]
    holding = Holding.objects.get(kind="secondment")
    assert (holding.payroll, holding.valid_to) == (town.wards[1], date(2027, 1, 1))


def test_after_its_last_day_the_person_is_back(town: Scene, clock: time_machine.Traveller) -> None:
    transfer = seconded(town)
    run(clock, DAY)
    run(clock, date(2026, 12, 31))
    transfer.refresh_from_db()
    assert transfer.state == TransferState.IN_EFFECT
    assert len(town.post(town.second, date(2026, 12, 31))) == 2
    run(clock, date(2027, 1, 1))
    transfer.refresh_from_db()
    assert transfer.state == TransferState.ENDED
    assert town.post(town.second, date(2027, 1, 1)) == [("Hai", "VP01", "full")]


def test_begun_and_over_while_the_service_was_down(town: Scene, clock: time_machine.Traveller) -> None:
    transfer = seconded(town, ends_on=date(2026, 6, 30))
    run(clock, date(2026, 7, 20))
    transfer.refresh_from_db()
    assert transfer.state == TransferState.ENDED
    assert len(town.post(town.second, date(2026, 6, 20))) == 2
    assert len(town.post(town.second, date(2026, 7, 1))) == 1


def test_both_ends_hear_of_the_end_once_at_each_distance(town: Scene, clock: time_machine.Traveller) -> None:
    transfer = seconded(town)
    run(clock, DAY)

    def told() -> list[str]:
        keys = Notice.objects.filter(
            user=town.leaders[2].user, key__startswith=f"transfer:{transfer.pk}:ends"
        )
        return sorted(key.split("-")[1] for key in keys.values_list("key", flat=True))

    assert told() == []
    run(clock, date(2026, 11, 1))
    assert told() == ["60"]
    for on in (
        date(2026, 12, 26),
        date(2026, 12, 27),
    ):  # the distance of 30 days fell into days without service
        run(clock, on)
    assert told() == ["60", "7"]


def test_a_secondment_may_end_before_its_term_with_a_reason(
    town: Scene, clock: time_machine.Traveller
) -> None:
    transfer = seconded(town)
    run(clock, DAY)
    clock.move_to("2026-08-03 08:00+07:00")
    with pytest.raises(Refused, match="lý do"):
        acts.end_secondment(by=town.personnel, transfer=transfer, on=date(2026, 7, 31), reason="")
    with pytest.raises(Refused, match="chưa tới"):
        acts.end_secondment(by=town.personnel, transfer=transfer, on=date(2026, 8, 31), reason="Xong việc")
    after = acts.end_secondment(
        by=town.personnel, transfer=transfer, on=date(2026, 7, 31), reason="Xong việc"
    )
    assert (after.state, after.ends_on) == (TransferState.ENDED, date(2026, 7, 31))
    assert len(town.post(town.second, date(2026, 7, 31))) == 2
    assert len(town.post(town.second, date(2026, 8, 1))) == 1


def test_a_combined_post_is_held_beside_the_old_one(town: Scene, clock: time_machine.Traveller) -> None:
    both = PositionFactory(code="VP09", combinable=True)
    FrameFactory(unit=town.wards[1], position=both)
    ready = town.heard(town.open(to_unit=town.wards[1], to_position=both, means=Means.COMBINED))
    town.decided(ready, consulted=("party_standing_committee", "fatherland_front"))
    run(clock, DAY)
    assert town.post(town.second, DAY) == [("Hai", "VP01", "full"), ("Hai", "VP09", "combined")]


def test_the_list_of_what_is_handed_over_is_ticked_off_by_each_end(
    town: Scene, clock: time_machine.Traveller
) -> None:
    (transfer,) = town.decided()
    run(clock, DAY)
    receiver = transfer.handover.get(code="reception")
    with pytest.raises(Refused):
        acts.tick_handover(by=town.leaders[1], item=receiver)
    acts.tick_handover(by=town.leaders[2], item=receiver)
    receiver.refresh_from_db()
    assert receiver.done_on == DAY
    acts.tick_handover(by=town.leaders[2], item=receiver, done=False)
    receiver.refresh_from_db()
    assert receiver.done_on is None


def test_a_file_is_closed_when_everything_is_handed_over(town: Scene, clock: time_machine.Traveller) -> None:
    (transfer,) = town.decided()
    run(clock, DAY)
    with pytest.raises(Refused, match="Còn chưa bàn giao"):
        acts.close(by=town.leaders[2], transfer=transfer)
    keeper = people.ward_personnel(town.wards[1])
    for item in transfer.handover.all():
        try:
            acts.tick_handover(by=keeper, item=item)
        except Refused:
            acts.tick_handover(by=town.leaders[2], item=item)
    assert acts.close(by=town.leaders[2], transfer=transfer).state == TransferState.CLOSED


def test_the_database_holds_the_rules_too(town: Scene, clock: time_machine.Traveller) -> None:
    (transfer,) = town.decided()
    rows = Transfer.objects.filter(pk=transfer.pk)
    wrongs: tuple[dict[str, object], ...] = (
        {"heard_on": None},
        {"decision_number": ""},
        {"state": TransferState.IN_EFFECT},
        {"state": TransferState.CANCELLED},
        {"ends_on": DAY},
    )
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    assert transfer.decision_on == MONDAY
