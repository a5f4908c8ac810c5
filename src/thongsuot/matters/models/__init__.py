from thongsuot.matters.models.answers import Answer, GroupSuggestion, ProposalGroup, Reply
from thongsuot.matters.models.matters import (
    Matter,
    MatterBody,
    MatterCounter,
    MatterUnit,
    Proposal,
    Task,
)
from thongsuot.matters.models.orders import Order, OrderVersion
from thongsuot.matters.models.origins import Origin
from thongsuot.matters.models.threads import Extension, Leg, Step

__all__ = [
    "Answer",
    "Extension",
    "GroupSuggestion",
    "Leg",
    "Matter",
    "MatterBody",
    "MatterCounter",
    "MatterUnit",
    "Order",
    "OrderVersion",
    "Origin",
    "Proposal",
    "ProposalGroup",
    "Reply",
    "Step",
    "Task",
]
