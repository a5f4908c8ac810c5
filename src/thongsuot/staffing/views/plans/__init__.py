from thongsuot.staffing.views.plans.changing import cancel, change, retry, start, wish, withdraw
from thongsuot.staffing.views.plans.lists import moves, openings, plans, surplus
from thongsuot.staffing.views.plans.page import plan, progress
from thongsuot.staffing.views.plans.proposals import chain, decline, move

__all__ = [
    "cancel",
    "chain",
    "change",
    "decline",
    "move",
    "moves",
    "openings",
    "plan",
    "plans",
    "progress",
    "retry",
    "start",
    "surplus",
    "wish",
    "withdraw",
]
