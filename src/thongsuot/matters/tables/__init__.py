from thongsuot.matters.tables.matters import ALL, KIND_TONES, YesNo, unit_names, units_in_reach
from thongsuot.matters.tables.proposals import ProposalFilter, ProposalTable
from thongsuot.matters.tables.tasks import TaskFilter, TaskTable

__all__ = [
    "ALL",
    "KIND_TONES",
    "ProposalFilter",
    "ProposalTable",
    "TaskFilter",
    "TaskTable",
    "YesNo",
    "unit_names",
    "units_in_reach",
]
