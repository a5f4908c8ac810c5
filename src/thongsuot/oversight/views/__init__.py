from thongsuot.oversight.views.forming import (
    assign_units,
    form_new_group,
    group,
    open_new_campaign,
    seat,
    unseat,
)
from thongsuot.oversight.views.reading import campaign, campaigns, meeting, meetings

__all__ = [
    "assign_units",
    "campaign",
    "campaigns",
    "form_new_group",
    "group",
    "meeting",
    "meetings",
    "open_new_campaign",
    "seat",
    "unseat",
]
