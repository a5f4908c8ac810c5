"""A whole campaign from one file: groups, people, units, timetable; see docs/campaigns.md for both formats.

read_set(data, name) -> CampaignSet; compare(campaign, read, by) -> Comparison; apply_set(by, campaign, data, name,
seen) carries the differences out through the actions.
"""

from thongsuot.oversight.importing.applying import apply_set
from thongsuot.oversight.importing.comparing import Comparison, compare
from thongsuot.oversight.importing.content import CampaignSet, Problem
from thongsuot.oversight.importing.files import MAX_BYTES, read_set
from thongsuot.oversight.importing.workbooks import sample_workbook

__all__ = [
    "MAX_BYTES",
    "CampaignSet",
    "Comparison",
    "Problem",
    "apply_set",
    "compare",
    "read_set",
    "sample_workbook",
]
