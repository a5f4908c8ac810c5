from thongsuot.staffing.views.transfers.chains import transfer_chain
from thongsuot.staffing.views.transfers.deeds import (
    answer,
    ask,
    cancel,
    close,
    course,
    decide,
    end,
    escalate,
    hear,
    take_effect,
    tick,
)
from thongsuot.staffing.views.transfers.lists import transfers, unit_transfers
from thongsuot.staffing.views.transfers.opening import open_transfer
from thongsuot.staffing.views.transfers.page import transfer
from thongsuot.staffing.views.transfers.papers import chain_word, decision_word, hearing_word
from thongsuot.staffing.views.transfers.together import transfers_chosen

__all__ = [
    "answer",
    "ask",
    "cancel",
    "chain_word",
    "close",
    "course",
    "decide",
    "decision_word",
    "end",
    "escalate",
    "hear",
    "hearing_word",
    "open_transfer",
    "take_effect",
    "tick",
    "transfer",
    "transfer_chain",
    "transfers",
    "transfers_chosen",
    "unit_transfers",
]
