"""The verbs of a transfer file, from opening it to the hand-over.

- open_transfer(by, person, to_unit, to_position, means, reason, move=None); open_chain(by, moves, reason="")
- note_hearing(by, transfer, on, heard_by, view, agrees); ask_parties(by, transfer)
- answer(by, consent, answer, reason=""); escalate(by, consent, reason)
- decide(by, transfers, decision); take_effect(by, transfer)
- tick_handover(by, item, done=True); close(by, transfer)
- send_to_course(by, transfer, course, starts_on): what is still to be learnt for the new place
- end_secondment(by, transfer, on, reason); cancel(by, transfer, reason)
- of the daily job: take_effects(on), escalate_silent(on), end_secondments(on), warn_of_ends(on)
"""

from thongsuot.staffing.actions.transfers.asking import answer, ask_parties, escalate, escalate_silent
from thongsuot.staffing.actions.transfers.cancelling import cancel
from thongsuot.staffing.actions.transfers.deciding import Decision, decide
from thongsuot.staffing.actions.transfers.ending import end_secondment, end_secondments, warn_of_ends
from thongsuot.staffing.actions.transfers.handing_over import close, tick_handover
from thongsuot.staffing.actions.transfers.hearing import note_hearing
from thongsuot.staffing.actions.transfers.looking import note_export, note_look
from thongsuot.staffing.actions.transfers.opening import open_chain, open_transfer
from thongsuot.staffing.actions.transfers.stepping import Faults
from thongsuot.staffing.actions.transfers.taking_effect import take_effect, take_effects
from thongsuot.staffing.actions.transfers.training import send_to_course

__all__ = [
    "Decision",
    "Faults",
    "answer",
    "ask_parties",
    "cancel",
    "close",
    "decide",
    "end_secondment",
    "end_secondments",
    "escalate",
    "escalate_silent",
    "note_export",
    "note_hearing",
    "note_look",
    "open_chain",
    "open_transfer",
    "send_to_course",
    "take_effect",
    "take_effects",
    "tick_handover",
    "warn_of_ends",
]
