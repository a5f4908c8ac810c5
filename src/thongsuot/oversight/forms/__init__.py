from thongsuot.oversight.forms.conferences import (
    ConclusionForm,
    ConclusionsForm,
    ConferenceForm,
    HoldForm,
)
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
    "ConclusionForm",
    "ConclusionsForm",
    "ConferenceForm",
    "DayForm",
    "EndSeatForm",
    "GroupForm",
    "GroupUnitsForm",
    "HoldForm",
    "LinkForm",
    "MinutesForm",
    "MoveForm",
    "PaperForm",
    "PersonForm",
    "PlanForm",
    "SeatForm",
    "TitleForm",
]
