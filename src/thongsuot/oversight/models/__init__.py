from thongsuot.oversight.models.campaigns import (
    LED_THE_GROUP,
    PUBLIC_OFFICE,
    Campaign,
    GroupSeat,
    WorkingGroup,
)
from thongsuot.oversight.models.conferences import Conclusion, Conference
from thongsuot.oversight.models.meetings import (
    Meeting,
    MeetingDocument,
    MeetingFigure,
    MeetingMatter,
    MeetingRole,
    Official,
)
from thongsuot.oversight.models.visits import Visit

__all__ = [
    "LED_THE_GROUP",
    "PUBLIC_OFFICE",
    "Campaign",
    "Conclusion",
    "Conference",
    "GroupSeat",
    "Meeting",
    "MeetingDocument",
    "MeetingFigure",
    "MeetingMatter",
    "MeetingRole",
    "Official",
    "Visit",
    "WorkingGroup",
]
