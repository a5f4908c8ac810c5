from thongsuot.matters.views.pages import page
from thongsuot.matters.views.proposals import proposals
from thongsuot.matters.views.tasks import tasks

__all__ = ["page", "proposals", "tasks"]
