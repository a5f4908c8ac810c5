"""Reads of the staff registers."""

from thongsuot.staffing.queries.figures import PositionFigures, figures_of, totals_of
from thongsuot.staffing.queries.registers import (
    changed_after,
    frames_on,
    full_posts_of,
    holdings_on,
    positions_on,
    quotas_on,
    staff_of,
    workload_of,
)
from thongsuot.staffing.queries.standards import (
    Schooling,
    Standards,
    major_fits,
    schooling_of,
    standards_on,
)

__all__ = [
    "PositionFigures",
    "Schooling",
    "Standards",
    "changed_after",
    "figures_of",
    "frames_on",
    "full_posts_of",
    "holdings_on",
    "major_fits",
    "positions_on",
    "quotas_on",
    "schooling_of",
    "staff_of",
    "standards_on",
    "totals_of",
    "workload_of",
]
