from thongsuot.matters.tables.answers import ANSWER_TONES, RESPONSE_TONES
from thongsuot.matters.tables.groups import GroupFilter, GroupTable
from thongsuot.matters.tables.matters import ALL, KIND_TONES, YesNo, topic_choices, unit_names, units_in_reach
from thongsuot.matters.tables.proposals import (
    ChoosingProposalTable,
    ProposalFilter,
    ProposalTable,
)
from thongsuot.matters.tables.tasks import ChoosingTaskTable, TaskFilter, TaskTable

__all__ = [
    "ALL",
    "ANSWER_TONES",
    "KIND_TONES",
    "RESPONSE_TONES",
    "ChoosingProposalTable",
    "ChoosingTaskTable",
    "GroupFilter",
    "GroupTable",
    "ProposalFilter",
    "ProposalTable",
    "TaskFilter",
    "TaskTable",
    "YesNo",
    "topic_choices",
    "unit_names",
    "units_in_reach",
]
