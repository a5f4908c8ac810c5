"""The transition table, cell by cell: what it allows is done, and nothing else."""

from copy import deepcopy
from itertools import product
from typing import Any

import pytest
from django.db import transaction

from tests.staffing.transfers.scene import Scene
from thongsuot.kernel.verdicts import Refused, Stale
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.actions.transfers.stepping import step, why_not
from thongsuot.staffing.enums import OPEN_TRANSFERS, TRANSFER_STEPS, Answer, TransferState
from thongsuot.staffing.models import Transfer

O, H, Q, A, R, D, E, C, N, X = TransferState  # noqa: E741  in the order of the way
ALLOWED = {
    (O, H), (O, X),
    (H, Q), (H, A), (H, X),
    (Q, A), (Q, R), (Q, X),
    (A, D), (A, X),
    (R, Q), (R, X),
    (D, E), (D, X),
    (E, C), (E, N),
    (C, N),
}  # fmt: skip


@pytest.mark.parametrize(("state", "to"), list(product(TransferState, TransferState)))
def test_a_step_is_taken_only_where_the_table_has_it(state: TransferState, to: TransferState) -> None:
    transfer = Transfer(number="DD-2026-000001", state=state)
    if (state, to) in ALLOWED:
        step(transfer, to)
        assert transfer.state == to
    else:
        with pytest.raises(Refused, match="DD-2026-000001"):
            step(transfer, to)
        assert transfer.state == state


def test_every_state_has_its_line() -> None:
    assert set(TRANSFER_STEPS) == set(TransferState)
    assert {state for state in TransferState if TransferState.CANCELLED in TRANSFER_STEPS[state]} == set(
        OPEN_TRANSFERS
    )


def test_what_is_over_goes_nowhere() -> None:
    assert all(why_not(Transfer(number="x", state=N), to) for to in TransferState)


def in_state(town: Scene, state: TransferState) -> Transfer:
    match state:
        case TransferState.OPENED:
            return town.open()
        case TransferState.HEARD:
            return town.heard()
        case TransferState.ASKED:
            return town.asked()
        case TransferState.AGREED:
            return town.agreed()
        case TransferState.REFUSED:
            transfer = town.asked()
            consent = town.consent(transfer, "sender")
            return acts.answer(
                by=town.of(consent.unit), consent=consent, answer=Answer.REFUSES, reason="Còn một người"
            )
        case TransferState.CANCELLED:
            return acts.cancel(by=town.personnel, transfer=town.open(), reason="Lập nhầm")
        case _:
            return town.decided()[0]


DEEDS: dict[str, tuple[set[TransferState], Any]] = {
    "hear": ({O}, lambda town, one: town.heard(one)),
    "ask": ({H}, lambda town, one: acts.ask_parties(by=town.personnel, transfer=one)),
    "decide": ({A}, lambda town, one: town.decided(one)),
    "close": (set(), lambda town, one: acts.close(by=town.personnel, transfer=one)),
    "cancel": (
        {O, H, Q, A, R, D},
        lambda town, one: acts.cancel(by=town.personnel, transfer=one, reason="Thôi"),
    ),
}


@pytest.mark.parametrize("state", [O, H, Q, A, R, D, X])
def test_a_deed_is_done_only_from_its_states(town: Scene, state: TransferState) -> None:
    """The way to a state is walked once for all the deeds, each of which is undone before the next."""
    number = in_state(town, state).pk
    for deed, (states, act) in DEEDS.items():
        point = transaction.savepoint()
        here, transfer = deepcopy(town), Transfer.objects.get(pk=number)
        if state in states:
            act(here, transfer)
            transfer.refresh_from_db()
            assert transfer.state != state, deed
        else:
            with pytest.raises(Refused):
                act(here, transfer)
            transfer.refresh_from_db()
            assert transfer.state == state, deed
        transaction.savepoint_rollback(point)


def test_whoever_comes_second_is_told(town: Scene) -> None:
    transfer = town.open()
    seen = transfer.version
    town.heard(transfer, seen=seen)
    with pytest.raises(Stale):
        acts.cancel(by=town.personnel, transfer=transfer, reason="Thôi", seen=seen)


def test_an_act_leaves_one_event_of_its_own(town: Scene) -> None:
    from thongsuot.audit.models import Event

    transfer = town.decided(effective_on=town.decision().on)[0]
    verbs = list(
        Event.objects.filter(subject_kind="staffing.transfer", subject_key=str(transfer.pk))
        .order_by("number")
        .values_list("verb", flat=True)
    )
    assert verbs == [
        "transfer.opened",
        "transfer.heard",
        "transfer.asked",
        "transfer.answered",
        "transfer.answered",
        "transfer.decided",
        "transfer.in-effect",
    ]
