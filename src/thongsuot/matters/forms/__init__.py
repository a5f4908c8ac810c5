from thongsuot.matters.forms.answers import AnswerForm
from thongsuot.matters.forms.groups import GroupForm
from thongsuot.matters.forms.proposals import ProposalForm, RouteForm

__all__ = ["AnswerForm", "GroupForm", "ProposalForm", "RouteForm"]
