"""Opening a file for one person."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Means
from thongsuot.staffing.forms.transfers import OpenForm
from thongsuot.staffing.models import Transfer
from thongsuot.staffing.views.transfers.deeds import each_told
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done

ASKED = ("person", "to_unit", "to_position", "means", "reason")


@needs(Verb.KEEP_STAFF)
def open_transfer(request: MandatedRequest) -> HttpResponse:
    """Other pages fill the form by the address: ?person=p000123&to_unit=…&to_position=…"""
    known = {name: request.GET[name] for name in ASKED if name in request.GET}
    form = OpenForm(request.mandate, request.POST or None, initial=known)

    def act() -> Transfer:
        said = form.cleaned_data
        return acts.open_transfer(
            by=request.mandate,
            person=said["person"],
            to_unit=said["to_unit"],
            to_position=said["to_position"],
            to_body=said["to_body"],
            means=Means(said["means"]),
            reason=said["reason"],
        )

    if request.method == "POST" and (opened := tried(form, each_told(act))):
        done(request, _("Đã lập hồ sơ %(number)s.") % {"number": opened.number})
        return redirect(opened)
    crumbs = [
        (request.mandate.unit.title, ""),
        (_("Hồ sơ điều động"), reverse("staffing:transfers")),
        (_("Lập hồ sơ"), ""),
    ]
    return show_form(request, "staffing/transfer_open.html", {"form": form, "crumbs": crumbs})
