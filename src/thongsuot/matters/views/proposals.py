from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from thongsuot.matters.models import Matter
from thongsuot.matters.queries import proposals as visible_proposals
from thongsuot.matters.tables import ProposalFilter, ProposalTable
from thongsuot.matters.views.matters import crumbs, list_context, matter_page
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.lists import list_page


@needs(Verb.READ)
def proposals(request: MandatedRequest) -> HttpResponse:
    rows = ProposalFilter(request.GET, queryset=visible_proposals(request.mandate), request=request)
    return list_page(
        request,
        table_class=ProposalTable,
        filterset=rows,
        template="matters/proposal_list.html",
        context=list_context(request, rows, _("Kiến nghị")),
        file_name="kien-nghi",
    )


def proposal_page(request: MandatedRequest, matter: Matter) -> HttpResponse:
    context = {"page": matter_page(request, matter), "crumbs": crumbs(request, matter)}
    return render(request, "matters/proposal_page.html", context)
