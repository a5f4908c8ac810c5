from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from thongsuot.audit.chain import verify, verify_recent
from thongsuot.audit.queries import newest_events
from thongsuot.site.filters import EventFilter
from thongsuot.site.tables import EventTable
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.policies import trail_scope
from thongsuot.web.lists import list_page

_LOOKED_AT = 200


@needs(Verb.READ_AUDIT)
def events(request: MandatedRequest) -> HttpResponseBase:
    """The trail, and whether its end, or on demand the whole of it, is as it was written."""
    whole = "verify" in request.GET
    context = {
        "chain": verify() if whole else verify_recent(_LOOKED_AT),
        "whole": whole,
        "crumbs": [(_("Nhật ký"), "")],
    }
    return list_page(
        request,
        table_class=EventTable,
        filterset=EventFilter(
            request.GET, queryset=newest_events(trail_scope(request.mandate)), request=request
        ),
        template="site/event_list.html",
        context=context,
        file_name="nhat-ky",
    )
