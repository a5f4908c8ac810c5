"""Asking the parties: each has a clock in working days, silence is overdue and goes up, a no needs its reason."""

from datetime import date

import pytest
import time_machine

from tests import people
from tests.factories.staffing import FrameFactory, HoldingFactory, PersonFactory, PositionFactory
from tests.staffing.transfers.scene import MONDAY, Scene
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.models import Matter, Origin
from thongsuot.notices.models import Notice
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Answer, Block, Means, TransferState
from thongsuot.staffing.jobs import follow_transfers_daily
from thongsuot.staffing.models import Transfer
from thongsuot.staffing.queries.transfers import late, refusals_of, silent_units

DUE = date(2026, 6, 8)  # five working days after Monday the 1st
UP = date(2026, 6, 11)  # three working days later


def daily(on: date) -> None:
    follow_transfers_daily.call(on.isoformat())


def refused(town: Scene, party: str = "receiver") -> Transfer:
    transfer = town.asked()
    consent = town.consent(transfer, party)
    return acts.answer(
        by=town.of(consent.unit), consent=consent, answer=Answer.REFUSES, reason="Chưa có chỗ ngồi"
    )


def test_between_communes_both_ends_are_asked_at_once(town: Scene) -> None:
    transfer = town.asked()
    asked = [(one.party, one.unit, one.due_on) for one in transfer.consents.all()]
    assert asked == [("sender", town.wards[1], DUE), ("receiver", town.wards[2], DUE)]


def test_inside_a_committee_nobody_else_is_asked(town: Scene) -> None:
    FrameFactory(unit=town.wards[1], position=town.land)
    transfer = town.heard(town.open(to_unit=town.wards[1], means=Means.REASSIGNMENT))
    assert transfer.state == TransferState.AGREED
    with pytest.raises(Refused):
        acts.ask_parties(by=town.personnel, transfer=transfer)


def test_across_blocks_the_block_is_asked_when_both_ends_have_agreed(town: Scene) -> None:
    board = PositionFactory(block=Block.PARTY)
    transfer = town.asked(town.heard(town.open(to_position=board)))
    for party in ("sender", "receiver"):
        assert set(transfer.consents.values_list("party", flat=True)) == {"sender", "receiver"}
        consent = town.consent(transfer, party)
        acts.answer(by=town.of(consent.unit), consent=consent, answer=Answer.AGREES)
    block = town.consent(transfer, "block")
    assert (block.unit, block.round) == (town.city, 1)
    assert acts.answer(by=town.personnel, consent=block, answer=Answer.AGREES).state == TransferState.AGREED


def test_from_a_department_home_affairs_is_asked_last(town: Scene) -> None:
    person = PersonFactory()
    HoldingFactory(person=person, unit=town.city, position=PositionFactory(block=Block.DEPARTMENT))
    transfer = town.agreed(town.asked(town.heard(town.open(person, means=Means.SECONDMENT))))
    asked = list(transfer.consents.values_list("party", "round"))
    assert asked == [("sender", 0), ("receiver", 0), ("home-affairs", 1)]
    assert transfer.state == TransferState.AGREED


def test_a_question_to_a_commune_is_a_task_of_the_loop(town: Scene) -> None:
    transfer = town.asked()
    task = town.consent(transfer, "receiver").matter
    assert task is not None
    assert (task.holder, task.due_on, task.issuer) == (town.wards[2], DUE, town.city)
    assert (task.state, task.body.code if task.body else "") == ("issued", "peoples_committee")
    origin = Origin.objects.get(key=f"transfer:{transfer.pk}")
    assert (task.origin, origin.path) == (origin, transfer.get_absolute_url())


def test_a_task_names_no_person(town: Scene) -> None:
    town.asked()
    told = " ".join(f"{one.text} {one.origin.title}" for one in Matter.objects.all())
    assert "DD-2026-000001" in told
    assert town.second.full_name not in told
    assert town.second.number not in told


def test_the_question_to_a_party_block_lies_with_its_committee(town: Scene) -> None:
    board = PositionFactory(block=Block.PARTY)
    task = town.consent(town.asked(town.heard(town.open(to_position=board))), "receiver").matter
    assert task is not None
    assert task.body is not None
    assert task.body.code == "party_committee"


def test_the_answer_closes_the_task(town: Scene) -> None:
    transfer = town.asked()
    consent = town.consent(transfer, "receiver")
    acts.answer(by=town.leaders[2], consent=consent, answer=Answer.AGREES, reason="Có chỗ làm việc")
    task = Matter.objects.get(pk=consent.matter_id)
    assert (task.state, task.open) == ("verified", False)
    assert [step.act for step in task.steps.all()] == ["issue", "receive", "submit", "verify"]
    assert "Đồng ý: Có chỗ làm việc" in [step.text for step in task.steps.all()]


def test_a_party_is_told_and_so_is_who_asked(town: Scene) -> None:
    transfer = town.asked()
    assert Notice.objects.filter(
        user=town.leaders[2].user, key__startswith=f"transfer:{transfer.pk}:asked"
    ).exists()
    town.agreed(transfer)
    told = Notice.objects.filter(user=town.personnel.user, key__startswith=f"transfer:{transfer.pk}:answer")
    assert told.count() == 2


def test_a_no_needs_a_reason(town: Scene) -> None:
    consent = town.consent(town.asked(), "sender")
    with pytest.raises(Refused, match="lý do"):
        acts.answer(by=town.leaders[1], consent=consent, answer=Answer.REFUSES, reason="  ")


def test_one_no_makes_the_file_refused_and_says_why(town: Scene) -> None:
    transfer = refused(town)
    assert transfer.state == TransferState.REFUSED
    assert "Ba: Chưa có chỗ ngồi" in transfer.refused_because


def test_the_other_end_may_still_answer(town: Scene) -> None:
    transfer = refused(town)
    consent = town.consent(transfer, "sender")
    after = acts.answer(by=town.leaders[1], consent=consent, answer=Answer.AGREES)
    assert after.state == TransferState.REFUSED


def test_nobody_answers_twice(town: Scene) -> None:
    transfer = refused(town)
    with pytest.raises(Refused, match="đã trả lời"):
        acts.answer(by=town.leaders[2], consent=transfer.consents.get(party="receiver"), answer=Answer.AGREES)


@pytest.mark.parametrize("which", [0, 1])
def test_a_ward_answers_for_itself_alone(town: Scene, which: int) -> None:
    consent = town.consent(town.asked(), "receiver")
    with pytest.raises(Refused, match="không thuộc phạm vi"):
        acts.answer(by=town.leaders[which], consent=consent, answer=Answer.AGREES)


def test_the_city_does_not_answer_for_a_ward(town: Scene) -> None:
    consent = town.consent(town.asked(), "receiver")
    with pytest.raises(Refused, match="không thuộc phạm vi"):
        acts.answer(by=town.personnel, consent=consent, answer=Answer.AGREES)


@pytest.mark.parametrize("role", ["ward_officer", "ward_personnel", "auditor", "reader"])
def test_who_does_not_head_a_ward_does_not_answer(town: Scene, role: str) -> None:
    consent = town.consent(town.asked(), "receiver")
    with pytest.raises(Refused):
        acts.answer(by=people.holder("nobody", role, town.wards[2]), consent=consent, answer=Answer.AGREES)


def test_silence_is_overdue_the_day_after(town: Scene, clock: time_machine.Traveller) -> None:
    town.asked()
    assert not Transfer.objects.filter(late(DUE)).exists()
    assert Transfer.objects.filter(late(date(2026, 6, 9))).exists()
    assert silent_units(town.personnel, date(2026, 6, 9)) == 2
    assert silent_units(town.leaders[2], date(2026, 6, 9)) == 2


def test_silence_goes_up_after_three_working_days(town: Scene, clock: time_machine.Traveller) -> None:
    transfer = town.asked()
    acts.answer(by=town.leaders[1], consent=town.consent(transfer, "sender"), answer=Answer.AGREES)
    for on in (DUE, date(2026, 6, 9), date(2026, 6, 10)):
        clock.move_to(f"{on} 00:10+07:00")
        daily(on)
        assert not transfer.consents.filter(escalated_on__isnull=False).exists()
    clock.move_to(f"{UP} 00:10+07:00")
    daily(UP)
    silent = transfer.consents.get(party="receiver")
    above = transfer.consents.get(party="home-affairs")
    assert silent.escalated_on == UP
    assert (above.unit, above.asked_on, above.due_on) == (town.city, UP, date(2026, 6, 16))
    task = Matter.objects.get(pk=silent.matter_id)
    assert task.state == "withdrawn"


def test_running_again_asks_nobody_twice(town: Scene, clock: time_machine.Traveller) -> None:
    transfer = town.asked()
    clock.move_to(f"{UP} 00:10+07:00")
    for _again in range(3):
        daily(UP)
    assert transfer.consents.filter(party="home-affairs").count() == 1
    assert transfer.consents.filter(escalated_on=UP).count() == 2


def test_a_week_without_service_is_made_good(town: Scene, clock: time_machine.Traveller) -> None:
    transfer = town.asked()
    clock.move_to("2026-06-22 00:10+07:00")
    daily(date(2026, 6, 22))
    assert transfer.consents.filter(party="home-affairs", asked_on=date(2026, 6, 22)).exists()


def test_home_affairs_answers_in_place_of_who_kept_silent(town: Scene, clock: time_machine.Traveller) -> None:
    transfer = town.asked()
    clock.move_to(f"{UP} 08:00+07:00")
    daily(UP)
    with pytest.raises(Refused, match="chuyển Sở Nội vụ"):
        acts.answer(by=town.leaders[2], consent=transfer.consents.get(party="receiver"), answer=Answer.AGREES)
    above = town.consent(transfer, "home-affairs")
    assert acts.answer(by=town.personnel, consent=above, answer=Answer.AGREES).state == TransferState.AGREED


def test_nobody_is_passed_over_before_their_day(town: Scene) -> None:
    consent = town.consent(town.asked(), "sender")
    with pytest.raises(Refused, match="còn hạn"):
        acts.escalate(by=town.personnel, consent=consent, reason="Cần gấp")


def test_a_refusal_may_be_taken_up_at_the_next_level(town: Scene) -> None:
    transfer = refused(town)
    consent = transfer.consents.get(party="receiver")
    with pytest.raises(Refused, match="lý do chuyển lên"):
        acts.escalate(by=town.personnel, consent=consent, reason="")
    after = acts.escalate(by=town.personnel, consent=consent, reason="Phường thừa phòng làm việc")
    assert after.state == TransferState.ASKED
    assert after.refused_because == ""


def test_above_home_affairs_there_is_nobody(town: Scene) -> None:
    transfer = refused(town)
    acts.escalate(by=town.personnel, consent=transfer.consents.get(party="receiver"), reason="Xem lại")
    above = town.consent(transfer, "home-affairs")
    acts.answer(by=town.personnel, consent=above, answer=Answer.REFUSES, reason="Đồng ý với phường")
    with pytest.raises(Refused, match="cấp cuối"):
        acts.escalate(by=town.personnel, consent=above, reason="Xem lại nữa")


def test_a_ward_does_not_go_over_the_head_of_another(town: Scene) -> None:
    transfer = refused(town)
    with pytest.raises(Refused):
        acts.escalate(by=town.leaders[1], consent=transfer.consents.get(party="receiver"), reason="Xem lại")


def test_refusals_feed_the_next_plan(town: Scene) -> None:
    refused(town)
    (refusal,) = refusals_of(town.city)
    assert (refusal.person, refusal.because, refusal.keeps) == (town.second.number, "Chưa có chỗ ngồi", False)
    assert refusal.forbids([]) == [
        {"person": town.second.number, "unit": town.wards[2].code, "position": "DD01"}
    ]


def test_who_will_not_let_go_is_asked_for_nobody_elsewhere(town: Scene) -> None:
    refused(town, "sender")
    (refusal,) = refusals_of(town.city)
    codes = [ward.code for ward in town.wards]
    assert {one["unit"] for one in refusal.forbids(codes)} == {town.wards[0].code, town.wards[2].code}


def test_an_overruled_refusal_feeds_nothing(town: Scene) -> None:
    transfer = refused(town)
    acts.escalate(by=town.personnel, consent=transfer.consents.get(party="receiver"), reason="Xem lại")
    assert refusals_of(town.city) == []


def test_a_refusal_stays_after_the_file_is_given_up(town: Scene) -> None:
    transfer = refused(town)
    acts.cancel(by=town.personnel, transfer=transfer, reason="Theo ý kiến phường")
    assert len(refusals_of(town.city)) == 1
    town.open()
    assert refusals_of(town.city) == []


def test_giving_a_file_up_drops_its_questions(town: Scene) -> None:
    transfer = town.asked()
    acts.cancel(by=town.personnel, transfer=transfer, reason="Người này xin thôi việc")
    assert set(Matter.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert transfer.opened_on == MONDAY
