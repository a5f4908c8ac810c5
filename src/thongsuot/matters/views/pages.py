from django.http import HttpResponse

from thongsuot.matters.views.matters import found
from thongsuot.matters.views.proposals import proposal_page
from thongsuot.matters.views.tasks import task_page
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb


@needs(Verb.READ)
def page(request: MandatedRequest, number: str) -> HttpResponse:
    """One address for both: whoever has a number need not know which way it goes."""
    matter = found(request, number)
    return proposal_page(request, matter) if matter.is_proposal else task_page(request, matter)
