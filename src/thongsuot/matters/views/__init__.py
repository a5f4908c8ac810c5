from thongsuot.matters.views.answers import answer, answer_new, link, papers
from thongsuot.matters.views.bulk import tasks_chosen, undo_verified
from thongsuot.matters.views.deeds import undo_verify
from thongsuot.matters.views.groups import dissolve, group, group_new, groups, leave, restore
from thongsuot.matters.views.orders import (
    drafts,
    issue_recorded,
    order_discard,
    order_edit,
    order_issue,
    order_new,
    order_page,
    order_widen,
    order_withdraw,
)
from thongsuot.matters.views.pages import page
from thongsuot.matters.views.proposals import proposals, proposals_chosen
from thongsuot.matters.views.raising import agree, contest, edit, raise_new, withdraw
from thongsuot.matters.views.routing import route
from thongsuot.matters.views.stories import answer_story, matter_story, origin_story
from thongsuot.matters.views.suggestions import accept, dismiss, reopen, similar, suggestions
from thongsuot.matters.views.tasks import deed, tasks

__all__ = [
    "accept",
    "agree",
    "answer",
    "answer_new",
    "answer_story",
    "contest",
    "deed",
    "dismiss",
    "dissolve",
    "drafts",
    "edit",
    "group",
    "group_new",
    "groups",
    "issue_recorded",
    "leave",
    "link",
    "matter_story",
    "order_discard",
    "order_edit",
    "order_issue",
    "order_new",
    "order_page",
    "order_widen",
    "order_withdraw",
    "origin_story",
    "page",
    "papers",
    "proposals",
    "proposals_chosen",
    "raise_new",
    "reopen",
    "restore",
    "route",
    "similar",
    "suggestions",
    "tasks",
    "tasks_chosen",
    "undo_verified",
    "undo_verify",
    "withdraw",
]
