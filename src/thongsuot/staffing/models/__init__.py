from thongsuot.staffing.models.people import (
    Experience,
    Holding,
    Kinship,
    Lock,
    Person,
    Qualification,
    Training,
    Wish,
)
from thongsuot.staffing.models.plans import Plan, PlanMove, PlanOpening, PlanPaper, PlanSurplus
from thongsuot.staffing.models.positions import Frame, Position, PositionStandard, Quota, Workload
from thongsuot.staffing.models.reviews import (
    Chase,
    ImportBatch,
    ImportFile,
    ReviewRound,
    Snapshot,
    UnitReview,
)
from thongsuot.staffing.models.transfers import Consent, HandoverItem, Transfer

__all__ = [
    "Chase",
    "Consent",
    "Experience",
    "Frame",
    "HandoverItem",
    "Holding",
    "ImportBatch",
    "ImportFile",
    "Kinship",
    "Lock",
    "Person",
    "Plan",
    "PlanMove",
    "PlanOpening",
    "PlanPaper",
    "PlanSurplus",
    "Position",
    "PositionStandard",
    "Qualification",
    "Quota",
    "ReviewRound",
    "Snapshot",
    "Training",
    "Transfer",
    "UnitReview",
    "Wish",
    "Workload",
]
