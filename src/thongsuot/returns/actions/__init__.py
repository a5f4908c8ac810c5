"""Returns, by what is done with them.

- templates: keep_template, change_template, end_template, load_templates
- rounds: open_round, extend_return, chase_returns, close_round
- filling: begin_return, save_return(filled=Filled(cells, passages, explanations))
- moving: submit_return, approve_return, send_back_return, accept_return(s), reopen_return
- noting: note_on, settle_note; taking: take_line
- workbooks: draw_workbook, receive_workbooks, read_file, write_workbook, drop_workbook
"""

from thongsuot.returns.actions.filling import Filled, begin_return, save_return
from thongsuot.returns.actions.moving import (
    Faulty,
    accept_return,
    accept_returns,
    approve_return,
    reopen_return,
    send_back_return,
    submit_return,
)
from thongsuot.returns.actions.noting import note_on, settle_note
from thongsuot.returns.actions.rounds import chase_returns, close_round, extend_return, open_round
from thongsuot.returns.actions.taking import take_line
from thongsuot.returns.actions.templates import (
    Design,
    Line,
    Section,
    change_template,
    design_from,
    end_template,
    keep_template,
    load_templates,
)

__all__ = [
    "Design",
    "Faulty",
    "Filled",
    "Line",
    "Section",
    "accept_return",
    "accept_returns",
    "approve_return",
    "begin_return",
    "change_template",
    "chase_returns",
    "close_round",
    "design_from",
    "end_template",
    "extend_return",
    "keep_template",
    "load_templates",
    "note_on",
    "open_round",
    "reopen_return",
    "save_return",
    "send_back_return",
    "settle_note",
    "submit_return",
    "take_line",
]
