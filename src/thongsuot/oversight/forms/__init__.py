from thongsuot.oversight.forms.forming import CampaignForm, GroupForm, GroupUnitsForm, SeatForm
from thongsuot.oversight.forms.minutes import MinutesForm
from thongsuot.oversight.forms.people import EndSeatForm, PersonForm, TitleForm
from thongsuot.oversight.forms.visits import (
    AmendForm,
    BoardForm,
    DayForm,
    LinkForm,
    MoveForm,
    PaperForm,
    PlanForm,
)

__all__ = [
    "AmendForm",
    "BoardForm",
    "CampaignForm",
    "DayForm",
    "EndSeatForm",
    "GroupForm",
    "GroupUnitsForm",
    "LinkForm",
    "MinutesForm",
    "MoveForm",
    "PaperForm",
    "PersonForm",
    "PlanForm",
    "SeatForm",
    "TitleForm",
]
