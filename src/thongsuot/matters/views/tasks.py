from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from thongsuot.matters.models import Matter
from thongsuot.matters.queries import tasks as visible_tasks
from thongsuot.matters.tables import TaskFilter, TaskTable
from thongsuot.matters.views.matters import crumbs, list_context, matter_page
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.lists import list_page


@needs(Verb.READ)
def tasks(request: MandatedRequest) -> HttpResponse:
    rows = TaskFilter(request.GET, queryset=visible_tasks(request.mandate), request=request)
    return list_page(
        request,
        table_class=TaskTable,
        filterset=rows,
        template="matters/task_list.html",
        context=list_context(request, rows, _("Nhiệm vụ")),
        file_name="nhiem-vu",
    )


def task_page(request: MandatedRequest, matter: Matter) -> HttpResponse:
    context = {"page": matter_page(request, matter), "crumbs": crumbs(request, matter)}
    return render(request, "matters/task_page.html", context)
