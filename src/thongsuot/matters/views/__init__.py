from thongsuot.matters.views.answers import answer
from thongsuot.matters.views.groups import group
from thongsuot.matters.views.orders import order_page
from thongsuot.matters.views.pages import page
from thongsuot.matters.views.proposals import proposals
from thongsuot.matters.views.stories import answer_story, matter_story, origin_story
from thongsuot.matters.views.tasks import tasks

__all__ = [
    "answer",
    "answer_story",
    "group",
    "matter_story",
    "order_page",
    "origin_story",
    "page",
    "proposals",
    "tasks",
]
