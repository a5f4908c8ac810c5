from thongsuot.matters.views.answers import answer
from thongsuot.matters.views.groups import group
from thongsuot.matters.views.orders import order_page
from thongsuot.matters.views.pages import page
from thongsuot.matters.views.proposals import proposals
from thongsuot.matters.views.tasks import tasks

__all__ = ["answer", "group", "order_page", "page", "proposals", "tasks"]
