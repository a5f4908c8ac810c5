"""The minutes of a visit: typed by hand here, or sent as a file to be read."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused
from thongsuot.oversight.actions import record_minutes
from thongsuot.oversight.enums import VisitState
from thongsuot.oversight.forms import MinutesForm
from thongsuot.oversight.models import Meeting, Visit
from thongsuot.oversight.queries import visible_visits
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form
from thongsuot.web.toasts import done


@needs(Verb.CONFIRM)
def minutes(request: MandatedRequest, pk: int) -> HttpResponse:
    found: Visit = get_object_or_404(visible_visits(request.mandate), pk=pk)
    if not found.may_become(VisitState.MINUTES):
        if found.meeting:
            return redirect(found.meeting)
        raise Http404
    form = MinutesForm(found, request.POST or None)
    asked_for_rows = "more" in request.POST
    if request.method == "POST" and not asked_for_rows and (recorded := _recorded(request, found, form)):
        done(request, _("Đã ghi biên bản vào sổ."))
        return redirect(recorded)
    crumbs = [
        (found.group.campaign.title, found.group.campaign.get_absolute_url()),
        (str(found), found.get_absolute_url()),
        (_("Ghi biên bản"), ""),
    ]
    context = {
        "visit": found,
        "form": form,
        "crumbs": crumbs,
        "may_send": request.mandate.allows(Verb.INTAKE),
        "send_url": reverse("intake:receive"),
    }
    return show_form(request, "oversight/minutes_form.html", context, only_asked=asked_for_rows)


def _recorded(request: MandatedRequest, found: Visit, form: MinutesForm) -> Meeting | None:
    if not form.is_valid():
        return None
    try:
        return record_minutes(by=request.mandate, visit=found, minutes=form.minutes())
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
    return None
