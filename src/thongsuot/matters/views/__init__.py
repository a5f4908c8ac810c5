from thongsuot.matters.views.answers import answer, answer_new, link, papers
from thongsuot.matters.views.groups import dissolve, group, group_new, groups, leave, restore
from thongsuot.matters.views.orders import order_page
from thongsuot.matters.views.pages import page
from thongsuot.matters.views.proposals import proposals, proposals_chosen
from thongsuot.matters.views.raising import agree, contest, edit, raise_new, withdraw
from thongsuot.matters.views.routing import route
from thongsuot.matters.views.stories import answer_story, matter_story, origin_story
from thongsuot.matters.views.tasks import tasks

__all__ = [
    "agree",
    "answer",
    "answer_new",
    "answer_story",
    "contest",
    "dissolve",
    "edit",
    "group",
    "group_new",
    "groups",
    "leave",
    "link",
    "matter_story",
    "order_page",
    "origin_story",
    "page",
    "papers",
    "proposals",
    "proposals_chosen",
    "raise_new",
    "restore",
    "route",
    "tasks",
    "withdraw",
]
