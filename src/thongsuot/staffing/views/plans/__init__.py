from thongsuot.staffing.views.plans.boards import board, transfers_map, unit
from thongsuot.staffing.views.plans.changing import cancel, change, retry, start, wish, withdraw
from thongsuot.staffing.views.plans.files import paper, workbook
from thongsuot.staffing.views.plans.insight import chains, comparison, overrides, stages, treatment
from thongsuot.staffing.views.plans.lists import moves, openings, plans, surplus
from thongsuot.staffing.views.plans.page import plan, progress
from thongsuot.staffing.views.plans.proposals import accept, chain, decline, move

__all__ = [
    "accept",
    "board",
    "cancel",
    "chain",
    "chains",
    "change",
    "comparison",
    "decline",
    "move",
    "moves",
    "openings",
    "overrides",
    "paper",
    "plan",
    "plans",
    "progress",
    "retry",
    "stages",
    "start",
    "surplus",
    "transfers_map",
    "treatment",
    "unit",
    "wish",
    "withdraw",
    "workbook",
]
