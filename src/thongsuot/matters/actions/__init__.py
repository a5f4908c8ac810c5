"""The verbs of the loop, by what they act on."""

from thongsuot.matters.actions.answers import answer_proposals
from thongsuot.matters.actions.groups import (
    dissolve_group,
    form_group,
    join_group,
    leave_group,
    restore_group,
)
from thongsuot.matters.actions.links import link_document, link_task, unlink_document, unlink_task
from thongsuot.matters.actions.proposals import (
    edit_proposal,
    raise_proposal,
    route_proposal,
    route_proposals,
    withdraw_proposal,
)
from thongsuot.matters.actions.recording import (
    Statement,
    record_origin,
    record_proposal,
    record_task,
    remove_matter,
    remove_origin,
)
from thongsuot.matters.actions.responses import agree, contest, lapse_answers
from thongsuot.matters.actions.saying import Incomplete, NewTask

__all__ = [
    "Incomplete",
    "NewTask",
    "Statement",
    "agree",
    "answer_proposals",
    "contest",
    "dissolve_group",
    "edit_proposal",
    "form_group",
    "join_group",
    "lapse_answers",
    "leave_group",
    "link_document",
    "link_task",
    "raise_proposal",
    "record_origin",
    "record_proposal",
    "record_task",
    "remove_matter",
    "remove_origin",
    "restore_group",
    "route_proposal",
    "route_proposals",
    "unlink_document",
    "unlink_task",
    "withdraw_proposal",
]
