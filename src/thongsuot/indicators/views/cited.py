from django.http import HttpResponse
from django.utils.translation import gettext as _

from thongsuot.indicators.queries import summary, visible_figures
from thongsuot.indicators.tables import FigureFilter, FigureTable
from thongsuot.indicators.views.totals import section_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.lists import list_page


@needs(Verb.READ)
def figures(request: MandatedRequest) -> HttpResponse:
    rows = FigureFilter(request.GET, queryset=visible_figures(request.mandate), request=request)
    return list_page(
        request,
        table_class=FigureTable,
        filterset=rows,
        template="indicators/figure_list.html",
        context={
            "crumbs": [(request.mandate.unit.title, ""), (_("Số liệu"), "")],
            "summary": summary(rows.qs),
            "tabs": section_tabs("figures"),
        },
        file_name="so-lieu",
    )
